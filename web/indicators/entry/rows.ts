import {
  AbsenceReason,
  FigureStatus,
  valueFault,
  type FigureEntry,
  type GridRow,
  type MeasureRow,
  type Period,
} from '#indicators/model'
import { readNumber } from '../../kit/sheet/read-number.ts'

/** What may be written in a row, in the order of its columns. */
export const columns = ['numerator', 'denominator', 'standing', 'comment'] as const
export type ColumnName = (typeof columns)[number]

/** A status, or why there is no figure; empty where nothing was said. */
export type Standing = FigureStatus | AbsenceReason | ''

/** A row as it is being written: figures as text, until they can be read. `seen`: the vintage its writer began from. */
export type Said = Record<ColumnName, string> & { standing: Standing }
export type RowDraft = Said & { seen: number | null }

/** What a row needs to be judged: where it is, what is there, and the language numbers are written in. */
export type EntryRow = { key: string; row: GridRow; measure: MeasureRow }
export type Reading = { period: Period; today: string; locale: string; print: (value: number) => string }

export const keyOf = (row: GridRow): string => [row.measureId, row.unit.id, row.breakdown].join(' ')

export function isRatio({ aggregation }: Pick<MeasureRow, 'aggregation'>): boolean {
  return aggregation === 'ratio' || aggregation === 'weighted'
}

/** What the server holds of a row, as it would be typed. */
export function heldOf({ figure }: GridRow, print: (value: number) => string): RowDraft {
  const said = figure?.latest
  const number = (value: number | null | undefined) => (value === null || value === undefined ? '' : print(value))
  return {
    numerator: number(said?.numerator),
    denominator: number(said?.denominator),
    standing: said?.status ?? said?.absence ?? '',
    comment: said?.comment ?? '',
    seen: said?.vintage ?? null,
  }
}

/** Whether a cell can be written in. */
export function isOpen({ row, measure }: EntryRow, column: ColumnName): boolean {
  return row.mayEnter && !row.isLocked && (column !== 'denominator' || isRatio(measure))
}

/** A status by its letter or code, or as it is called on the page. */
export function readStanding(text: string, named: ReadonlyMap<string, Standing>): Standing | undefined {
  const typed = text.trim()
  if (typed === '') return ''
  const letter = FigureStatus.safeParse(typed.toUpperCase())
  if (letter.success) return letter.data
  const absence = AbsenceReason.safeParse(typed.toLowerCase())
  return absence.success ? absence.data : named.get(typed.toLowerCase())
}

const isAbsence = (standing: Standing): boolean => AbsenceReason.safeParse(standing).success

/** A row after one cell of it was written: a figure gets a status, an absence takes the figures away. */
export function written<S extends Said>(draft: S, column: ColumnName, text: string, usual: FigureStatus): S {
  const next: S = { ...draft, [column]: text }
  if (column === 'standing') return isAbsence(next.standing) ? { ...next, numerator: '', denominator: '' } : next
  if (column === 'comment') return next
  const isEmpty = next.numerator.trim() === '' && next.denominator.trim() === ''
  if (!isEmpty && (next.standing === '' || isAbsence(next.standing))) return { ...next, standing: usual }
  return isEmpty && !isAbsence(next.standing) ? { ...next, standing: '' } : next
}

/** The status figures have unless another is chosen: final once the period is over. */
export function usualStatus({ period, today }: Pick<Reading, 'period' | 'today'>): FigureStatus {
  return period.to > today ? 'E' : 'A'
}

type Amounts = { numerator: number | null; denominator: number | null }
type Measured = Pick<MeasureRow, 'aggregation' | 'isShare' | 'factor'>

export type Read = Amounts & {
  /** Key of what is wrong, with its values. */
  fault: { code: string; params: Record<string, string | number> } | null
  /** What the figures come to in the measure's unit. */
  value: number | null
}

export type Judged = Read & { draft: RowDraft; isChanged: boolean }

/** Reads and judges a row by the rules the server has. */
export function judge(entry: EntryRow, draft: RowDraft, reading: Reading): Judged {
  const held = heldOf(entry.row, reading.print)
  const isChanged = columns.some((column) => draft[column].trim() !== held[column].trim())
  const read = readAmounts(draft, entry.measure, reading)
  if (isChanged && isOvertaken(entry, draft, read))
    return { draft, isChanged, ...read, fault: { code: overtaken, params: {} } }
  return isChanged ? { draft, isChanged, ...read } : { draft, isChanged, ...read, ...lenient(entry.measure, read) }
}

/** Says of a row that somebody gave it another figure since its writer began. */
export const overtaken = 'indicators.overtaken'

/** Whether somebody gave the row another figure since its writer began; who says the same is not in anyone's way. */
function isOvertaken({ row }: EntryRow, draft: RowDraft, read: Read): boolean {
  const latest = row.figure?.latest
  if (latest === undefined || draft.seen === latest.vintage) return false
  const said = amountsOf(draft, read)
  const isSame = (['status', 'absence', 'numerator', 'denominator'] as const).every((one) => said[one] === latest[one])
  return !isSame || draft.comment.trim() !== (latest.comment ?? '')
}

/** Rows as they were written in one language, with their figures as another writes them: 1.234 is a thousand only in some. */
export function inLocale(
  drafts: Readonly<Record<string, RowDraft>>,
  { from, to }: { from: string; to: string },
): Readonly<Record<string, RowDraft>> {
  if (from === to) return drafts
  const format = new Intl.NumberFormat(to, { maximumFractionDigits: 20 })
  const again = (text: string): string => {
    const value = readNumber(text, from)
    return value === null || value === undefined ? text : format.format(value)
  }
  return Object.fromEntries(
    Object.entries(drafts).map(([key, draft]) => [
      key,
      { ...draft, numerator: again(draft.numerator), denominator: again(draft.denominator) },
    ]),
  )
}

/**
 * Rows that are left to send after the server took some as vintages: one written on meanwhile stays, as of the vintage it follows.
 */
export function settled(
  drafts: Readonly<Record<string, RowDraft>>,
  taken: ReadonlyMap<string, { draft: RowDraft; vintage: number }>,
): Record<string, RowDraft> {
  return Object.fromEntries(
    Object.entries(drafts).flatMap(([key, draft]) => {
      const sent = taken.get(key)
      if (sent === undefined) return [[key, draft] as const]
      if (columns.every((column) => draft[column] === sent.draft[column])) return []
      return [[key, { ...draft, seen: sent.vintage }] as const]
    }),
  )
}

/** What stands as it was sent is not judged again. */
const lenient = (measure: Measured, read: Read): Pick<Read, 'value' | 'fault'> => ({
  value: valueOf(measure, read),
  fault: null,
})

/** What amounts written as text come to, and what is wrong with them by the rules the server has. */
export function readAmounts(draft: Said, measure: Measured, reading: Omit<Reading, 'print'>): Read {
  const numerator = readNumber(draft.numerator, reading.locale)
  const denominator = readNumber(draft.denominator, reading.locale)
  const base = { numerator: numerator ?? null, denominator: denominator ?? null }
  const unreadable = numerator === undefined ? draft.numerator : denominator === undefined ? draft.denominator : null
  if (unreadable !== null)
    return { ...base, value: null, fault: { code: 'indicators.unreadable', params: { text: unreadable } } }
  const fault = valueFault(amountsOf(draft, base), { measure, period: reading.period, today: reading.today })
  return { ...base, value: fault === null ? valueOf(measure, base) : null, fault }
}

/** What is said of a figure: its status or why there is none, and its amounts. */
export function amountsOf({ standing }: Pick<Said, 'standing'>, { numerator, denominator }: Amounts) {
  const status = FigureStatus.safeParse(standing)
  const absence = AbsenceReason.safeParse(standing)
  return {
    status: status.success ? status.data : null,
    absence: absence.success ? absence.data : null,
    ...{ numerator, denominator },
  }
}

function valueOf(measure: Measured, { numerator, denominator }: Amounts): number | null {
  if (measure.aggregation !== 'ratio' || numerator === null) return numerator
  return denominator === null || denominator === 0 ? null : (numerator / denominator) * measure.factor
}

/** What is sent of a row. */
export function entryOf({ row }: EntryRow, judged: Judged, period: Period): FigureEntry {
  const { draft } = judged
  return {
    ...{ measureId: row.measureId, unitId: row.unit.id, period: period.id, breakdown: row.breakdown },
    ...{ ...amountsOf(draft, judged), seen: draft.seen },
    comment: draft.comment.trim() === '' ? null : draft.comment.trim(),
  }
}
