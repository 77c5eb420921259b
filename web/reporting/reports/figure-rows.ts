import type { FigureLine } from '#reporting/model'
import {
  amountsOf,
  readStanding,
  written,
  type ColumnName,
  type Reading,
  type Said,
  type Standing,
} from '../../indicators/entry/rows.ts'
import { readNumber } from '../../kit/sheet/read-number.ts'
import type { SheetChange } from '../../kit/sheet/rows.ts'

/** What was written where a number is asked for and cannot be read as one. */
export interface Unread {
  numeratorTyped?: string | undefined
  denominatorTyped?: string | undefined
}

export type FigureRow = FigureLine & Unread

const mostOfComment = 2_000

export const emptyLine = (key: string): FigureLine => ({
  ...{ key, mode: 'typed', status: null, absence: null, numerator: null, denominator: null },
  ...{ comment: '', explanation: '' },
})

/** A row as it would be typed. */
export function saidOf(row: FigureRow, print: (value: number) => string): Said {
  const number = (value: number | null) => (value === null ? '' : print(value))
  return {
    numerator: row.numeratorTyped ?? number(row.numerator),
    denominator: row.denominatorTyped ?? number(row.denominator),
    standing: row.status ?? row.absence ?? '',
    comment: row.comment,
  }
}

export interface Writing extends Pick<Reading, 'locale' | 'print'> {
  usual: Parameters<typeof written>[3]
  /** Statuses and reasons as they are called on the page. */
  named: ReadonlyMap<string, Standing>
}

/** A row after one cell of it was written, as in the grid where figures are entered. Numbers that were not touched stay exact. */
export function laid(row: FigureRow, { column, text }: SheetChange<ColumnName>, writing: Writing): FigureRow {
  const before = saidOf(row, writing.print)
  const said = column === 'standing' ? (readStanding(text, writing.named) ?? '') : text
  const next = written(before, column, said, writing.usual)
  const { status, absence } = amountsOf(next, row)
  const read = (name: 'numerator' | 'denominator') =>
    next[name] === before[name] ? undefined : { typed: next[name], value: readNumber(next[name], writing.locale) }
  const [numerator, denominator] = [read('numerator'), read('denominator')]
  return {
    ...{ ...row, status, absence, comment: next.comment.slice(0, mostOfComment) },
    ...(numerator && {
      numerator: numerator.value ?? null,
      numeratorTyped: numerator.value === undefined ? numerator.typed : undefined,
    }),
    ...(denominator && {
      denominator: denominator.value ?? null,
      denominatorTyped: denominator.value === undefined ? denominator.typed : undefined,
    }),
  }
}

/** What is saved of a row. */
export function lineOf(row: FigureRow): FigureLine {
  const { key, mode, status, numerator, denominator, absence, comment, explanation } = row
  return { key, mode, status, numerator, denominator, absence, comment, explanation }
}

/** Whether nothing was said in a line. */
export function isUnsaid({ status, absence, numerator, denominator, comment, explanation }: FigureLine): boolean {
  return [status, absence, numerator, denominator].every((one) => one === null) && comment + explanation === ''
}
