import type { Catalogue } from '#platform'
import type { Language } from '#platform/model'
import { TermRecord, type Names } from '../model.ts'

export type MeasureRecord = Extract<TermRecord, { kind: 'measure' }>
type Indicator = MeasureRecord['indicator']
type Measure = MeasureRecord['measure']

/** What stands in a cell: words, a number, or nothing. */
export type Cell = string | number | null

/**
 * A column of a file of the dictionary: where in a record it belongs, how it is written. `of` names the choice its words are of; of a text in
 * every language there are three columns.
 */
export type TermColumn = {
  key: string
  base: string
  language?: Language
  width: number
  isNumber?: true
  /** Values that are written as words. */
  words?: { of: string; values: readonly string[] }
  isNeeded?: true
  /** Where faults of a record are told: its path. */
  path: string
  read: (record: MeasureRecord) => Cell
}

const written: readonly Language[] = ['vi', 'en', 'fr']

function inEach(
  base: string,
  path: string,
  read: (record: MeasureRecord) => Names | null,
  isNeeded?: true,
): TermColumn[] {
  return written.map((language) => ({
    ...{ key: `${base}_${language}`, base, language, width: 30, path },
    ...(isNeeded === true && language === 'vi' ? { isNeeded } : {}),
    read: (record) => read(record)?.[language] ?? null,
  }))
}

type One = Pick<TermColumn, 'isNumber' | 'isNeeded' | 'words'> & { width?: number }
const indicatorColumn = (base: string, path: string, read: (of: Indicator) => Cell, of: One = {}): TermColumn => ({
  ...{ key: base, base, width: 14, path: `indicator.${path}`, read: ({ indicator }) => read(indicator) },
  ...of,
})
const measureColumn = (base: string, path: string, read: (of: Measure) => Cell, of: One = {}): TermColumn => ({
  ...{ key: base, base, width: 14, path: `measure.${path}`, read: ({ measure }) => read(measure) },
  ...of,
})

/** Parts several values of one cell. */
export const separator = ';'
const several = (values: readonly string[]): Cell => (values.length === 0 ? null : values.join(`${separator} `))

type Rhythm = { calendar: string; frequency: string }
const rhythmWords = ({ calendar, frequency }: Rhythm): string =>
  calendar === '' ? frequency : `${calendar}:${frequency}`

const yesNo = { of: 'share', values: ['yes', 'no'] } as const

/** The columns, in their order; the same in as out. */
export const termColumns: readonly TermColumn[] = [
  indicatorColumn('indicator', 'code', ({ code }) => code, { isNeeded: true }),
  ...inEach('indicatorName', 'indicator.names', ({ indicator }) => indicator.names, true),
  ...inEach('definition', 'indicator.definition', ({ indicator }) => indicator.definition),
  indicatorColumn('aspect', 'aspect', ({ aspect }) => aspect, {
    words: { of: 'aspect', values: ['structure', 'process', 'outcome'] },
  }),
  indicatorColumn('fromAge', 'ages.fromAge', ({ ages }) => ages?.fromAge ?? null, { isNumber: true }),
  indicatorColumn('toAge', 'ages.toAge', ({ ages }) => ages?.toAge ?? null, { isNumber: true }),
  indicatorColumn('ageBasis', 'ages.basis', ({ ages }) => ages?.basis ?? null, {
    words: { of: 'basis', values: ['law', 'convention', 'own'] },
  }),
  indicatorColumn('document', 'source.document', ({ source }) => source.document, { isNeeded: true }),
  indicatorColumn('item', 'source.item', ({ source }) => source.item),
  ...inEach('remark', 'indicator.remark', ({ indicator }) => indicator.remark),
  indicatorColumn('sdgTargets', 'sdgTargets', ({ sdgTargets }) => several(sdgTargets)),
  indicatorColumn('articles', 'articles', ({ articles }) => several(articles)),
  indicatorColumn('supporting', 'supporting', ({ supporting }) => several(supporting), { width: 20 }),
  ...written.map((language): TermColumn => ({
    ...{ key: `dataSources_${language}`, base: 'dataSources', language, width: 30, path: 'indicator.dataSources' },
    read: ({ indicator }) => several(indicator.dataSources.map((names) => names[language])),
  })),
  measureColumn('measure', 'code', ({ code }) => code, { isNeeded: true }),
  ...inEach('name', 'measure.names', ({ measure }) => measure.names, true),
  ...inEach('unitOfMeasure', 'measure.unitOfMeasure', ({ measure }) => measure.unitOfMeasure, true),
  measureColumn('factor', 'factor', ({ factor }) => factor, { isNumber: true }),
  ...inEach('numerator', 'measure.numerator', ({ measure }) => measure.numerator),
  ...inEach('denominator', 'measure.denominator', ({ measure }) => measure.denominator),
  measureColumn('isShare', 'isShare', ({ isShare }) => (isShare ? 'yes' : 'no'), { words: yesNo }),
  measureColumn('direction', 'direction', ({ direction }) => direction, {
    words: { of: 'direction', values: ['up', 'down'] },
    isNeeded: true,
  }),
  measureColumn('aggregation', 'aggregation', ({ aggregation }) => aggregation, {
    words: { of: 'aggregation', values: ['sum', 'ratio', 'weighted', 'last', 'none'] },
    isNeeded: true,
  }),
  measureColumn('level', 'level', ({ level }) => level, {
    words: { of: 'level', values: ['country', 'province', 'district', 'commune'] },
    isNeeded: true,
  }),
  measureColumn('function', 'function', (of) => of.function, { isNeeded: true }),
  measureColumn('dueDays', 'dueDays', ({ dueDays }) => dueDays, { isNumber: true }),
  measureColumn('smallCounts', 'smallCounts', ({ smallCounts }) => smallCounts, { isNumber: true }),
  measureColumn('largest', 'largest', ({ largest }) => largest, { isNumber: true }),
  measureColumn('periods', 'periods', ({ periods }) => several(periods.map(rhythmWords)), {
    isNeeded: true,
    width: 20,
  }),
  measureColumn(
    'breakdowns',
    'breakdowns',
    ({ breakdowns }) =>
      several(
        breakdowns.map((by) => `${by.dimension}=${rhythmWords(by)}${by.everyYears === 1 ? '' : `/${by.everyYears}`}`),
      ),
    { width: 24 },
  ),
]

/** The head of a column, with the language where it is one of three. */
export function headOf(say: Catalogue, language: Language, { base, language: of }: TermColumn): string {
  const head = say(language, `indicators.terms-column-${base}`)
  return of === undefined ? head : `${head} (${of})`
}

/** The word for a value that is one of a few. */
export function wordOf(say: Catalogue, language: Language, of: string, value: string): string {
  return say(language, `indicators.terms-${of}-${value}`)
}
