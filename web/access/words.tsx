import type { PersonState, Post } from '#access/model'
import { Role } from '#access/model'
import type { Choice } from '../kit/fields.tsx'
import { StatusBadge, type Tone } from '../kit/StatusBadge.tsx'
import type { Say } from '../kit/catalogue.ts'
import { useText } from '../kit/text.tsx'

/** The roles to choose from, in the order of the model. */
export function roleChoices(t: Say): Choice[] {
  return Role.options.map((role) => ({ value: role, label: t(`access.role.${role}`) }))
}

const personTones: Record<PersonState, Tone> = { active: 'done', invited: 'pending', disabled: 'overdue' }

export function PersonBadge({ state }: { state: PersonState }) {
  const t = useText()
  return <StatusBadge tone={personTones[state]}>{t(`access.person-${state}-state`)}</StatusBadge>
}

const postTones: Record<Post['state'], Tone> = {
  unconfirmed: 'soon',
  coming: 'pending',
  current: 'done',
  ended: 'draft',
}

export function PostBadge({ state }: { state: Post['state'] }) {
  const t = useText()
  return <StatusBadge tone={postTones[state]}>{t(`access.post-${state}-state`)}</StatusBadge>
}

/** A post in one line: role, body, and the territory where one is named. */
export function postLine(t: Say, post: Pick<Post, 'role' | 'agencyName' | 'unitName'>): string {
  return t('access.post-line', {
    role: t(`access.role.${post.role}`),
    agency: post.agencyName,
    unit: post.unitName ?? '',
    hasUnit: post.unitName === null ? 'no' : 'yes',
  })
}
