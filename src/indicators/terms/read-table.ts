import { cellAddress, invalid, type Catalogue, type SheetRow } from '#platform'
import { Language } from '#platform/model'
import { foldName } from '#territory/model'
import { findByHead } from '../import/layout.ts'
import type { Fault } from '../rules.ts'
import { Indicator, Measure, TermRecord, type Names } from '../model.ts'
import { headOf, separator, termColumns, wordOf, type TermColumn } from './columns.ts'

/** A fault of a row, at a cell; empty where it is of the whole row. */
export type TermFault = Fault & { place: string; excerpt: string | null }
export type ReadTerm = { record: TermRecord } | { faults: TermFault[] } | 'empty'

/** Reads rows of a file of the dictionary by their heads. */
export type TermReader = { read: (row: SheetRow) => ReadTerm; isHeads: (row: SheetRow) => boolean }

/**
 * Reads the heads of a file: by key or in any language, in any order.
 * @throws invalid `indicators.file-head-twice`, `indicators.file-head-missing`
 */
export function openTermReader(say: Catalogue, language: Language, heads: readonly string[]): TermReader {
  const named = termColumns.map((column) => ({
    key: column.key,
    heads: Language.options.map((one) => headOf(say, one, column)),
  }))
  const layout = findByHead(named, heads)
  const missing = termColumns.find(({ key, isNeeded }) => isNeeded === true && !layout.has(key))
  if (missing !== undefined) throw invalid('indicators.file-head-missing', { head: headOf(say, language, missing) })
  const choices = new Map(
    termColumns.flatMap(({ key, words }) =>
      words === undefined
        ? []
        : [
            [
              key,
              new Map(
                words.values.flatMap((value) =>
                  [value, ...Language.options.map((one) => wordOf(say, one, words.of, value))].map(
                    (word) => [foldName(word), value] as const,
                  ),
                ),
              ),
            ] as const,
          ],
    ),
  )
  const place = (row: SheetRow, key: string) => {
    const at = layout.get(key)
    return at === undefined ? '' : cellAddress(at, row.number)
  }
  const read = (row: SheetRow): ReadTerm => {
    const cell = (key: string) => (row.cells[layout.get(key) ?? -1] ?? '').trim().normalize('NFC')
    if (termColumns.every(({ key }) => cell(key) === '')) return 'empty'
    const faults: TermFault[] = (row.odd ?? []).flatMap(({ column, what }) => {
      const found = [...layout].find(([, at]) => at === column)
      return found === undefined
        ? []
        : [{ code: `indicators.cell-${what}`, params: {}, place: place(row, found[0]), excerpt: null }]
    })
    const report = (key: string, code: string) =>
      faults.push({ code, params: {}, place: place(row, key), excerpt: cell(key).slice(0, 100) || null })
    const said = saidOf({ cell, report, choices })
    for (const { key, isNeeded } of termColumns)
      if (isNeeded === true && cell(key) === '') report(key, 'indicators.term-missing')
    const parsed = TermRecord.safeParse({ kind: 'measure', ...said })
    if (!parsed.success)
      for (const issue of parsed.error.issues) report(columnAt(issue.path.join('.')), 'indicators.term-wrong')
    if (!parsed.success || faults.length > 0) return { faults: firstOfEach(faults) }
    return { record: parsed.data }
  }
  const isHeads = ({ cells }: SheetRow) =>
    named.some(({ key, heads: own }) =>
      own.some((head) => foldName(head) === foldName(cells[layout.get(key) ?? -1] ?? '')),
    )
  return { read, isHeads }
}

function firstOfEach(faults: readonly TermFault[]): TermFault[] {
  return faults.filter(({ place }, at) => faults.findIndex((one) => one.place === place) === at)
}

function columnAt(path: string): string {
  const nearest = termColumns
    .filter((column) => path === column.path || path.startsWith(`${column.path}.`))
    .toSorted((one: TermColumn, other: TermColumn) => other.path.length - one.path.length)[0]
  return nearest?.key ?? ''
}

type Reading = {
  cell: (key: string) => string
  report: (key: string, code: string) => void
  choices: ReadonlyMap<string, ReadonlyMap<string, string>>
}

function saidOf({ cell, report, choices }: Reading): { indicator: unknown; measure: unknown } {
  const names = (base: string): Names | null => {
    const [vi, en, fr] = [cell(`${base}_vi`), cell(`${base}_en`), cell(`${base}_fr`)]
    const any = vi || en || fr
    // What is said in one language only stands for the others until they are said.
    return any === '' ? null : { vi: vi || any, en: en || any, fr: fr || any }
  }
  const number = (key: string): number | null => {
    if (cell(key) === '') return null
    if (/^-?\d+([.,]\d+)?$/.test(cell(key))) return Number(cell(key).replace(',', '.'))
    report(key, 'indicators.term-no-number')
    return null
  }
  const choice = (key: string, usual: string | null): string | null => {
    if (cell(key) === '') return usual
    const value = choices.get(key)?.get(foldName(cell(key)))
    if (value === undefined) report(key, 'indicators.term-no-choice')
    return value ?? usual
  }
  const several = (key: string) =>
    cell(key)
      .split(separator)
      .map((one) => one.trim())
      .filter((one) => one !== '')
  const [fromAge, toAge, basis] = [number('fromAge'), number('toAge'), choice('ageBasis', null)]
  const isOfAges = fromAge !== null || toAge !== null || basis !== null
  const sources = [several('dataSources_vi'), several('dataSources_en'), several('dataSources_fr')]
  const longest = Math.max(...sources.map(({ length }) => length))
  if (sources.some(({ length }) => length !== 0 && length !== longest))
    report('dataSources_vi', 'indicators.term-sources-differ')
  const [vi = [], en = [], fr = []] = sources
  const indicator: Record<keyof typeof Indicator.shape, unknown> = {
    code: cell('indicator'),
    names: names('indicatorName'),
    definition: names('definition'),
    aspect: choice('aspect', 'outcome'),
    ages: isOfAges ? { fromAge, toAge, basis } : null,
    source: { document: cell('document'), item: cell('item') },
    remark: names('remark'),
    ...{ sdgTargets: several('sdgTargets'), articles: several('articles'), supporting: several('supporting') },
    dataSources: Array.from({ length: longest }, (_none, at) => {
      const any = vi[at] ?? en[at] ?? fr[at]
      return { vi: vi[at] ?? any, en: en[at] ?? any, fr: fr[at] ?? any }
    }),
    measures: undefined,
  }
  const measure: Record<keyof typeof Measure.shape, unknown> = {
    code: cell('measure'),
    names: names('name'),
    unitOfMeasure: names('unitOfMeasure'),
    factor: number('factor') ?? 1,
    ...{ numerator: names('numerator'), denominator: names('denominator') },
    isShare: choice('isShare', 'no') === 'yes',
    ...{ direction: choice('direction', null), aggregation: choice('aggregation', null), level: choice('level', null) },
    function: cell('function'),
    ...{ dueDays: number('dueDays') ?? 30, smallCounts: number('smallCounts'), largest: number('largest') },
    periods: several('periods').map(rhythmOf),
    breakdowns: several('breakdowns').map((words) => {
      const [, dimension, rhythm = '', years] = /^([^=]+)=([^/]+)(?:\/(\d{1,2}))?$/.exec(words) ?? []
      return { dimension, ...rhythmOf(rhythm), everyYears: Number(years ?? 1) }
    }),
  }
  return { indicator, measure }
}

function rhythmOf(words: string): { calendar: string; frequency: string } {
  const [frequency = '', calendar = ''] = words.split(':').toReversed()
  return { calendar, frequency }
}
