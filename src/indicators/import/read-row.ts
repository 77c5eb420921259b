import { cellAddress, type SheetRow } from '#platform'
import type { UnitKey } from '#territory/model'
import {
  AbsenceReason,
  Breakdown,
  FigureStatus,
  largest,
  readPeriod,
  type Calendar,
  type FigureColumn,
  type FigureEntry,
} from '../model.ts'
import { lastDay } from '../rollup/ground.ts'
import type { Fault } from '../rules.ts'
import type { Layout } from './layout.ts'
import { readNumber, type DecimalSign } from './read-number.ts'
import { readUnitCode, type UnitCodes } from './unit-codes.ts'

/** What reading a row needs to know. */
export type RowKnowledge = {
  layout: Layout
  sign: DecimalSign | null
  measures: ReadonlyMap<string, string>
  calendars: readonly Calendar[]
  codes: UnitCodes
  idOf: (unit: UnitKey) => string
  /** Words of people for statuses and reasons, folded by `fold`. */
  statuses: ReadonlyMap<string, FigureStatus>
  absences: ReadonlyMap<string, AbsenceReason>
  fold: (words: string) => string
}

/** One fault of a row, at a column; null where it is of the whole row. */
export type CellFault = Fault & { column: FigureColumn | null }

/** `seen` undefined: the file does not say which vintage it was written from. */
export type FileEntry = Omit<FigureEntry, 'seen'> & { seen: number | null | undefined }

export type ReadRow = { entry: FileEntry } | { faults: CellFault[] } | 'empty'

/** Reads a row of a file into an entry, or says of each cell what is wrong with it. */
export function readRow(row: SheetRow, known: RowKnowledge): ReadRow {
  const cell = (column: FigureColumn) => row.cells[known.layout.get(column) ?? -1] ?? ''
  const faults = oddCells(row, known.layout)
  const report = (column: FigureColumn, { code, params }: Fault) => faults.push({ column, code, params })
  const said = saidOf(row, known, report)
  if (said === 'empty' && faults.length === 0) return 'empty'
  const place = placeOf(cell, known, report)
  if (faults.length > 0 || said === 'empty' || place === undefined) return { faults: firstOfEach(faults) }
  return { entry: { ...place, ...said } }
}

/** At most one fault a cell is told: the first. */
function firstOfEach(faults: readonly CellFault[]): CellFault[] {
  return faults.filter(({ column }, at) => faults.findIndex((one) => one.column === column) === at)
}

function oddCells({ odd = [] }: SheetRow, layout: Layout): CellFault[] {
  return odd.flatMap(({ column: at, what }) =>
    [...layout].flatMap(([column, place]) =>
      place === at ? [{ column, code: `indicators.cell-${what}`, params: {} }] : [],
    ),
  )
}

type Report = (column: FigureColumn, fault: Fault) => void
const fault = (code: string, params: Fault['params'] = {}): Fault => ({ code: `indicators.${code}`, params })

function placeOf(
  cell: (column: FigureColumn) => string,
  known: RowKnowledge,
  report: Report,
): Pick<FileEntry, 'measureId' | 'unitId' | 'period' | 'breakdown'> | undefined {
  const measureId = known.measures.get(cell('measure'))
  if (measureId === undefined) report('measure', fault('unknown-measure-code', { measure: cell('measure') }))
  const period = readPeriod(cell('period'), known.calendars)
  if (period === undefined) report('period', fault('unknown-period', { period: cell('period') }))
  const breakdown = Breakdown.safeParse(cell('breakdown'))
  if (!breakdown.success) report('breakdown', fault('unknown-breakdown', { breakdown: cell('breakdown') }))
  // Which unit a code means depends on the period: without one nothing is said of the code.
  const unit =
    period &&
    readUnitCode(known.codes, {
      ...{ code: cell('unit'), said: cell('unitName'), on: lastDay(period), period: period.id },
    })
  if (unit !== undefined && 'code' in unit) report('unit', unit)
  if (measureId === undefined || period === undefined || !breakdown.success) return undefined
  if (unit === undefined || 'code' in unit) return undefined
  return { measureId, unitId: known.idOf(unit.unit), period: period.id, breakdown: breakdown.data }
}

type Said = Pick<FileEntry, 'status' | 'numerator' | 'denominator' | 'absence' | 'comment' | 'seen'>

function saidOf(row: SheetRow, known: RowKnowledge, report: Report): Said | 'empty' {
  const at = (column: FigureColumn) => known.layout.get(column) ?? -1
  const cell = (column: FigureColumn) => row.cells[at(column)] ?? ''
  const said: readonly FigureColumn[] = ['numerator', 'denominator', 'absence', 'comment']
  if (said.every((column) => cell(column) === '')) return 'empty'
  const amount = (column: 'numerator' | 'denominator'): number | null => {
    if (cell(column) === '') return null
    const read = readNumber(cell(column), row.numbers?.includes(at(column)) === true ? '.' : known.sign)
    if ('code' in read) report(column, fault(read.code))
    else if (Math.abs(read.value) > largest) report(column, fault('number-too-large'))
    else return read.value
    return null
  }
  const choice = <V>(column: FigureColumn, values: ReadonlyMap<string, V>): V | null => {
    if (cell(column) === '') return null
    const value = values.get(known.fold(cell(column)))
    if (value === undefined) report(column, fault(`unknown-${column}`))
    return value ?? null
  }
  const [numerator, denominator] = [amount('numerator'), amount('denominator')]
  const absence = choice('absence', known.absences)
  const chosen = choice('status', known.statuses)
  const comment = cell('comment') === '' ? null : cell('comment')
  if (comment !== null && comment.length > 2000) report('comment', fault('comment-too-long'))
  // Whoever gives a value and no status means it as final; whoever gives a reason there is none leaves a status behind.
  const status = cell('numerator') === '' ? null : (chosen ?? 'A')
  return { status, numerator, denominator, absence, comment, seen: vintageOf(cell('vintage'), report) }
}

function vintageOf(words: string, report: Report): number | undefined {
  if (words === '') return undefined
  if (/^[1-9]\d{0,6}$/.test(words)) return Number(words)
  report('vintage', fault('unknown-vintage'))
  return undefined
}

/** To which column a reason of `entryFault` belongs. */
const columnOfFault: Readonly<Record<string, FigureColumn>> = {
  'indicators.unknown-measure': 'measure',
  'indicators.unknown-unit': 'unit',
  'indicators.not-ones-unit': 'unit',
  'indicators.unit-does-not-answer': 'unit',
  'indicators.other-body-answers': 'unit',
  'indicators.unknown-breakdown': 'breakdown',
  'indicators.unknown-period': 'period',
  'indicators.period-not-of-measure': 'period',
  'indicators.period-to-come': 'period',
  'indicators.period-is-locked': 'period',
  'indicators.final-before-end': 'status',
  'indicators.denominator-missing': 'denominator',
  'indicators.denominator-unwanted': 'denominator',
  'indicators.denominator-not-whole': 'denominator',
  'indicators.not-whole': 'numerator',
  'indicators.below-zero': 'numerator',
  'indicators.too-many-decimals': 'numerator',
  'indicators.part-above-whole': 'numerator',
  'indicators.above-largest': 'numerator',
  'indicators.value-or-absence': 'numerator',
  'indicators.entered-meanwhile': 'vintage',
}

/** The cell to blame as spreadsheets write it; empty where it is the whole row or the file has no such column. */
export function cellOf(row: number, layout: Layout, fault: Fault & { column?: FigureColumn | null }): string {
  const column = fault.column ?? columnOfFault[fault.code]
  const at = column && layout.get(column)
  return at === undefined ? '' : cellAddress(at, row)
}

/** The codes of statuses and reasons, and the words for them in every language. */
export function choicesOf(
  words: (key: string) => readonly string[],
  fold: (words: string) => string,
): Pick<RowKnowledge, 'statuses' | 'absences'> {
  const named = <V extends string>(prefix: string, values: readonly V[]) =>
    new Map(
      values.flatMap((value) => [value, ...words(`${prefix}${value}`)].map((word) => [fold(word), value] as const)),
    )
  return {
    statuses: named('indicators.figures-status-', FigureStatus.options),
    absences: named('indicators.figures-absence-', AbsenceReason.options),
  }
}
