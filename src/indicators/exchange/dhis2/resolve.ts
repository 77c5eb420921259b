import { readForeignPeriod } from './periods.ts'
import type { Calendar, CodeKind, FigurePart, Period } from '../../model.ts'
import { largest } from '../../model.ts'
import type { UnitKey } from '#territory/model'
import { lastDay } from '../../rollup/ground.ts'
import type { Book, Combo, Element, Scheme } from './book.ts'
import type { Conflicts, Wrong } from './conflicts.ts'
import { rhythmsOf, type MeasureThing } from './dictionary.ts'
import type { ComboWords, Head, RawValue } from './values.ts'

/** A value with its place among our figures. `amount` null: the figure is taken back. */
export type Placed = {
  raw: RawValue
  measure: MeasureThing
  part: FigurePart
  unit: UnitKey
  period: Period
  breakdown: string
  amount: number | null
  comment: string | null
}

export type Resolving = {
  book: Book
  calendars: readonly Calendar[]
  conflicts: Conflicts
  schemes: (head: Head) => Schemes
  strict: { combo: boolean; attribute: boolean }
  /** The import takes figures back, whatever they say. */
  deletes: boolean
  /** Told of every name that is no thing of ours. */
  miss: (kind: CodeKind, scheme: Scheme, said: string) => void
}
export type Schemes = Record<'element' | 'unit' | 'combo' | 'attribute' | 'dataSet', Scheme>

/** Which names a payload uses: it says so itself, or its address does; ids unless told otherwise. */
export function schemesFor(said: Readonly<Record<string, string>>, usual: Scheme): Schemes {
  const of = (name: string): Scheme => {
    const scheme = said[name] ?? said.idScheme ?? usual
    return scheme.toLowerCase().startsWith('attribute:') ? `attribute:${scheme.slice(10)}` : scheme.toLowerCase()
  }
  return {
    ...{ element: of('dataElementIdScheme'), unit: of('orgUnitIdScheme'), combo: of('categoryOptionComboIdScheme') },
    ...{ attribute: of('attributeOptionComboIdScheme'), dataSet: of('dataSetIdScheme') },
  }
}

/** Makes the function that finds the place of values among our figures, or says why there is none. */
export function openResolver(of: Resolving): (head: Head, raw: RawValue) => Placed | undefined {
  const { book, conflicts } = of
  const periods = new Map<string, ReturnType<typeof readForeignPeriod>>()
  const periodOf = (
    { measure, breakdown }: Pick<Placed, 'measure' | 'breakdown'>,
    words: string,
    calendar: string | null,
  ) => {
    const key = `${measure.id} ${breakdown} ${calendar ?? ''} ${words}`
    const known = periods.get(key)
    if (known !== undefined) return known
    const rhythms = rhythmsOf(measure, breakdown)
    const found = readForeignPeriod(words, { rhythms, calendars: of.calendars, calendar })
    if (periods.size < 50_000) periods.set(key, found)
    return found
  }
  const refuse = (raw: RawValue, wrong: Wrong) => {
    conflicts.add(wrong, raw)
    return undefined
  }
  const miss = (raw: RawValue, kind: CodeKind, { by, said }: { by: Scheme; said: ComboWords }, wrong: Wrong) => {
    if (typeof said === 'string') of.miss(kind, by, said)
    return refuse(raw, wrong)
  }
  return (head, raw) => {
    const schemes = of.schemes(head)
    const element = book.element(raw.element, schemes.element)
    if (element === undefined) return miss(raw, 'element', { by: schemes.element, said: raw.element }, 'element')
    const combo = comboOf(book, raw.combo, schemes.combo)
    const attribute = comboOf(book, raw.attribute, schemes.attribute)
    const meaning = meaningOf(element, combo ?? null, attribute ?? null)
    const form = head.dataSet === null ? undefined : book.form(head.dataSet, schemes.dataSet)
    const period = periodOf(meaning, raw.period, form?.calendar ?? null)
    if (period === 'unreadable') return refuse(raw, 'period')
    if (period === 'not-ours') return refuse(raw, 'period-type')
    const unit = book.unit(raw.unit, schemes.unit, lastDay(period))
    if (unit === undefined) return miss(raw, 'unit', { by: schemes.unit, said: raw.unit }, 'unit')
    if (combo === undefined) return miss(raw, 'combo', { by: schemes.combo, said: raw.combo }, 'combo')
    if (combo === null && of.strict.combo) return refuse(raw, 'combo-required')
    if (attribute === undefined) return miss(raw, 'combo', { by: schemes.attribute, said: raw.attribute }, 'attribute')
    if (attribute === null && of.strict.attribute) return refuse(raw, 'attribute-required')
    if (raw.comment !== null && raw.comment.length > 2000) return refuse(raw, 'comment')
    const amount = raw.isDeleted || of.deletes ? null : amountOf(raw.value, element)
    if (amount === 'nothing') return refuse(raw, 'no-value')
    if (amount === 'unreadable') return refuse(raw, 'not-a-number')
    return { raw, ...meaning, unit, period, amount, comment: raw.comment }
  }
}

/** The combination words name; null where none is named, undefined where it is unknown. */
function comboOf(book: Book, words: ComboWords, scheme: Scheme): Combo | null | undefined {
  if (words === null) return null
  return typeof words === 'string' ? book.combo(words, scheme) : book.comboOf(words)
}

function meaningOf(
  element: Element,
  combo: Combo | null,
  attribute: Combo | null,
): Pick<Placed, 'measure' | 'part' | 'breakdown'> {
  const single = combo?.rowId == null ? undefined : element.byCombo.get(combo.rowId)
  const { measure, part } = single ?? element
  const breakdowns = [single?.breakdown ?? combo?.breakdown ?? '', attribute?.breakdown ?? ''].filter(
    (one) => one !== '',
  )
  return { measure, part, breakdown: breakdowns.join(';') }
}

const yes = new Set(['true', '1', 't'])
const no = new Set(['false', '0', 'f'])

function amountOf(words: string | null, { valueType }: Element): number | 'nothing' | 'unreadable' {
  const text = words?.trim() ?? ''
  if (text === '') return 'nothing'
  if (valueType !== 'number') {
    const said = text.toLowerCase()
    if (yes.has(said)) return 1
    return valueType === 'boolean' && no.has(said) ? 0 : 'unreadable'
  }
  if (!/^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(text)) return 'unreadable'
  const amount = Number(text)
  return Number.isFinite(amount) && Math.abs(amount) <= largest ? amount : 'unreadable'
}
