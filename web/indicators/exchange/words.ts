import type { ForeignThing, FoundMeaning } from '#indicators/model'
import type { Say } from '../../kit/catalogue.ts'
import type { Names } from '../queries.ts'

/** What another system calls a thing: its name, else its code, else its id. */
export function nameOf({ name, code, uid }: ForeignThing): string {
  return name ?? code ?? uid ?? ''
}

/** What tells it apart there. */
export function detailOf({ name, code, uid, above }: ForeignThing): string {
  const ids = [code, uid].filter((one) => one !== null && one !== (name ?? code ?? uid))
  return [...ids, ...above].filter((one) => one !== null).join(' · ')
}

/** What something is with us, in one line. */
export function foundWords(
  { unit, measure, part, breakdown }: Pick<FoundMeaning, 'unit' | 'measure' | 'part' | 'breakdown'>,
  t: Say,
  known: Names,
): string {
  if (unit !== null) return unit.name
  if (measure !== null) return t('indicators.exchange-part', { measure: measure.name, part: part ?? 'value' })
  if (breakdown === null) return t('indicators.exchange-rhythm')
  return breakdown === '' ? t('indicators.exchange-whole') : known.breakdown(breakdown)
}

/** What a person said a thing is. */
export function saidWords({ said }: ForeignThing, t: Say, known: Names): string {
  if (said === null) return ''
  const { meaning, unit, measure } = said
  const id = meaning.kind === 'element' ? meaning.measureId : ''
  return foundWords(
    {
      unit,
      measure: measure && { id, ...measure },
      part: meaning.kind === 'element' ? (meaning.part ?? null) : null,
      breakdown: meaning.kind === 'combo' ? meaning.breakdown : null,
    },
    t,
    known,
  )
}
