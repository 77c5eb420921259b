import type { BodyChange, BodyTarget, NewBody } from '#agencies/model'
import type { NewUnit, UnitChange } from '#territory/model'
import type { Say } from '../../kit/catalogue.ts'

/** What a change of the draft is about in words: names by key, lists as the language joins them. */
export interface Naming {
  t: Say
  list: (names: readonly string[]) => string
  name: (key: string) => string
}

export const unitPointer = (made: NewUnit): string => `new:${made.code}`
export const bodyPointer = (made: NewBody): string => `${made.unit}/${made.slug ?? ''}`
const shown = (made: NewUnit): string => `${made.name} (${made.code})`

/** A change of units as a sentence. */
export function unitSentence(change: UnitChange, { t, list, name }: Naming): string {
  const portions = (from: readonly { unit: string; extent: string }[]) =>
    list(
      from.map((each) =>
        each.extent === 'part' ? t('agencies.reform-part-of', { name: name(each.unit) }) : name(each.unit),
      ),
    )
  switch (change.kind) {
    case 'merge':
      return t('agencies.reform-say-merge', { from: portions(change.from), into: shown(change.into) })
    case 'split':
      return t('agencies.reform-say-split', { unit: name(change.unit), into: list(change.into.map(shown)) })
    case 'convert':
      return t('agencies.reform-say-convert', { unit: name(change.unit), into: shown(change.into) })
    case 'rename': {
      const after = [change.name, change.code, change.type].filter((each) => each !== null).join(', ')
      return t('agencies.reform-say-rename', { unit: name(change.unit), after })
    }
    case 'move':
      return t('agencies.reform-say-move', { unit: name(change.unit), parent: name(change.parent) })
    case 'abolish':
      return change.to.length === 0
        ? t('agencies.reform-say-abolish', { unit: name(change.unit) })
        : t('agencies.reform-say-abolish-to', { unit: name(change.unit), to: portions(change.to) })
    case 'create':
      return t('agencies.reform-say-create', { unit: shown(change.made) })
  }
}

/** A change of bodies as a sentence; `fields` gives the names of fields of work. */
export function bodySentence(change: BodyChange, naming: Naming & { field: (code: string) => string }): string {
  const { t, list, name, field } = naming
  const target = (to: BodyTarget) => to.made?.name ?? name(to.body ?? '')
  const fields = (codes: readonly string[]) => list(codes.map(field))
  switch (change.kind) {
    case 'merge':
      return t('agencies.reform-say-merge', { from: list(change.from.map(name)), into: target(change.into) })
    case 'split':
      return t('agencies.reform-say-split', {
        unit: name(change.body),
        into: list(
          change.into.map((heir) =>
            heir.functions.length === 0 ? target(heir.to) : `${target(heir.to)} (${fields(heir.functions)})`,
          ),
        ),
      })
    case 'transfer':
      return t('agencies.reform-say-transfer', {
        body: name(change.body),
        fields: fields(change.functions),
        to: target(change.to),
      })
    case 'rename':
      return t('agencies.reform-say-rename', { unit: name(change.body), after: change.name })
    case 'move':
      return t('agencies.reform-say-move', { unit: name(change.body), parent: name(change.superior) })
    case 'abolish':
      return change.to === null
        ? t('agencies.reform-say-abolish', { unit: name(change.body) })
        : t('agencies.reform-say-abolish-to', { unit: name(change.body), to: name(change.to) })
    case 'create':
      return t('agencies.reform-say-create', { unit: change.made.name })
  }
}
