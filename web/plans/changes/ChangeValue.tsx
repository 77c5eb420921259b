import { useQuery } from '@tanstack/react-query'
import type { Change, DutyInput, NodeInput } from '#plans/model'
import { useFormat, useText } from '../../kit/text.tsx'
import { termWords, useNames } from '../../recommendations/words.ts'
import { choicesQuery } from '../queries.ts'
import { choice, shorten, timeMeaning, withPath } from '../words.ts'
import styles from './Changes.module.css'

/** A value of a change as words: what it was, or what it becomes; of lists only what differs stands out. */
export function ChangeValue({ change, side }: { change: Change; side: Side }) {
  return change.field === 'tags' ? <Tags change={change} side={side} /> : <Value change={change} side={side} />
}

type Side = 'was' | 'becomes'
type OfTags = Extract<Change, { field: 'tags' }>

/** Terms of a recommendation, and what is decided of each. */
function Tags({ change, side }: { change: OfTags; side: Side }) {
  const t = useText()
  const own = useNames()
  const said = change[side].filter(({ state }) => side === 'becomes' || state !== 'open')
  if (said.length === 0) return <span className={styles.none}>{t('changes.tags-open')}</span>
  return (
    <ul className={styles.value} data-side={side}>
      {said.map(({ term, state }) => {
        const known = own.term(term)
        return (
          <li key={term} data-other>
            {t('changes.tag', { state, name: known === undefined ? term : termWords(known) })}
          </li>
        )
      })}
    </ul>
  )
}

function Value({ change, side }: { change: Exclude<Change, OfTags>; side: Side }) {
  const t = useText()
  const lines = useLines(change, side)
  if (lines.length === 0) {
    const isNew = change.field === 'node' || change.field === 'progress'
    return <span className={styles.none}>{t(isNew ? 'changes.not-there' : 'changes.empty-value')}</span>
  }
  return (
    <ul className={styles.value} data-side={side}>
      {lines.map(({ text, isOther }) => (
        <li key={text} data-other={isOther || undefined}>
          {text}
        </li>
      ))}
    </ul>
  )
}

type Line = { text: string; isOther: boolean }

function useLines(change: Exclude<Change, OfTags>, side: Side): Line[] {
  const t = useText()
  const format = useFormat()
  const { data } = useQuery({ ...choicesQuery, enabled: change.field === 'programmes' })
  const programme = (code: string) => data?.programmes.find((one) => one.code === code)?.name ?? code
  const one = (text: string | null | undefined): Line[] => (text ? [{ text, isOther: true }] : [])
  const list = (own: readonly string[], other: readonly string[]): Line[] =>
    own.map((text) => ({ text, isOther: !other.includes(text) }))
  switch (change.field) {
    case 'text':
    case 'path':
    case 'output':
    case 'funding':
      return one(change[side])
    case 'time': {
      const time = change[side]
      return one(time && (time.text || timeMeaning(time, t, format)))
    }
    case 'duties': {
      const words = (duties: readonly DutyInput[]) =>
        duties.map((duty) =>
          t('changes.duty', {
            name: duty.raw || (duty.classCode ?? '…'),
            kind: t('plans.duty-kind', { kind: duty.kind }),
          }),
        )
      return list(words(change[side]), words(change[side === 'was' ? 'becomes' : 'was']))
    }
    case 'programmes':
      return list(change[side].map(programme), change[side === 'was' ? 'becomes' : 'was'].map(programme))
    case 'bases':
    case 'labels':
      return list(change[side], change[side === 'was' ? 'becomes' : 'was'])
    case 'place':
      return one(change[side].parentId === null ? t('changes.top') : shorten(change[side].name, 120))
    case 'node':
      return one(nodeWords(change[side]?.node))
    case 'progress': {
      const said = change[side]
      if (said === null) return []
      return [
        ...one(t('plans.status-is', { status: choice(said.status) })),
        ...one(said.narrative),
        ...one(said.evidenceNote),
      ]
    }
  }
}

function nodeWords(node: NodeInput | undefined): string | undefined {
  return node && withPath(node.path, node.text)
}
