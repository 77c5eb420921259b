/** Where the parts of a consolidated report come from, as marks in its paper and an annex they lead to. Pure. */
import type { OfficialDocument } from '#documents'
import type { KeptWords, Origin, QuotedFigure, ReportBelow } from '../../model.ts'
import type { SourceWords } from './words.ts'

type Annex = OfficialDocument['annexes'][number]

/** What a mark is set for. */
type Marked = { what: string; source: string; standing: string; how: string }

/** Marks of a paper, in the order in which they are asked for; what comes from the same has the same. */
export type Sources = {
  /** Of words, by the section they stand in; none where they are the body's own. */
  ofWords: (section: string, origins: readonly Origin[]) => string | undefined
  ofFigure: (line: string, figure: QuotedFigure, of: { name: string; unit: string }) => string | undefined
  /** The marks set so far. */
  marks: () => string[]
  /** What the marks lead to; none where nothing came from below. */
  annex: () => Annex | undefined
}

type Told = {
  kept: KeptWords
  words: SourceWords
  /** The period of the report, as printed. */
  period: string
  printedDate: (day: string) => string
}

/** Up to this many reports are named beside a mark; more are given by their numbers in the list. */
const namedAtMost = 2

/** No paper says where its words come from. */
export const noSources: Sources = {
  ofWords: () => undefined,
  ofFigure: () => undefined,
  marks: () => [],
  annex: () => undefined,
}

export function sourcesOf(told: Told): Sources {
  const { kept, words } = told
  const places = new Map(kept.below.map((report, at) => [nameOf(report), at]))
  const marks = new Map<string, { mark: string; of: Marked }>()
  const markOf = (key: string, of: () => Marked): string => {
    const known = marks.get(key)
    if (known !== undefined) return known.mark
    const mark = words.mark(marks.size + 1)
    marks.set(key, { mark, of: of() })
    return mark
  }
  return {
    ofWords: (section, origins) => {
      const from = [...new Set(origins.flatMap((origin) => places.get(nameOf(origin)) ?? []))].toSorted((a, b) => a - b)
      if (from.length === 0) return undefined
      return markOf(`${section} ${from.join(' ')}`, () => ({
        ...{ what: section, source: sourceIn(told, from) },
        standing: words.reports(from.length, lateIn(told, from)),
        how: [told.period, words.taken].join('; '),
      }))
    },
    ofFigure: (line, figure, { name, unit }) => {
      const { made, measureId } = figure
      if (made === null || made.reported === 0) return undefined
      return markOf(`${line} ${measureId}`, () => figureOf(told, { line, figure, name, unit, made }))
    },
    marks: () => [...marks.values()].map(({ mark }) => mark),
    annex: () => (marks.size === 0 ? undefined : annexOf(told, [...marks.values()])),
  }
}

const nameOf = ({ reportId, number }: Pick<Origin, 'reportId' | 'number'>): string => `${reportId} ${number}`

/** What a total is made of: the reports that give it, how many bodies of how many, what is missing, late, estimated. */
function figureOf(
  told: Told,
  of: { line: string; figure: QuotedFigure; name: string; unit: string; made: NonNullable<QuotedFigure['made']> },
): Marked {
  const { kept, words } = told
  const { expected, reported, late, estimated } = of.made
  const below = kept.figures[of.line]
  const lacking = new Set(below?.without)
  const from = kept.below.flatMap((_, at) => (below === undefined || lacking.has(at) ? [] : [at]))
  const rule = kept.measures[of.figure.measureId]?.aggregation
  return {
    ...{ what: of.name, source: from.length === 0 ? words.fromFigures : sourceIn(told, from) },
    standing: [
      words.figures({ expected, reported, late, estimated }),
      ...(below !== undefined && below.without.length > 0
        ? [words.without(words.numbers(rangesOf(below.without)))]
        : []),
      ...(below !== undefined && below.estimated.length > 0
        ? [words.estimatedIn(words.numbers(rangesOf(below.estimated)))]
        : []),
    ].join('; '),
    how: [told.period, of.unit, rule === undefined ? '' : words.rules[rule]].filter((one) => one !== '').join('; '),
  }
}

function sourceIn({ kept, words, printedDate }: Told, from: readonly number[]): string {
  if (from.length > namedAtMost) return words.listed(from.length, words.numbers(rangesOf(from)))
  return from
    .flatMap((at) => {
      const report = kept.below[at]
      return report === undefined
        ? []
        : [words.report(report.agencyName, report.number, printedDate(report.acceptedOn))]
    })
    .join('; ')
}

const lateIn = ({ kept }: Told, from: readonly number[]): number =>
  from.filter((at) => kept.below[at]?.isLate === true).length

/** Places as numbers of the list, those in a row as from and to. */
export function rangesOf(places: readonly number[]): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = []
  for (const place of places.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last?.to === place) last.to = place + 1
    else ranges.push({ from: place + 1, to: place + 1 })
  }
  return ranges
}

function annexOf(told: Told, marks: readonly { mark: string; of: Marked }[]): Annex {
  const { kept, words } = told
  return {
    ...{ label: null, title: words.annex, landscape: true },
    blocks: [
      { type: 'note', text: words.intro },
      { type: 'heading', level: 'section', title: words.marksTitle, label: null },
      {
        type: 'table',
        table: {
          columns: Object.values(words.markColumns).map((column) => ({ ...column })),
          groups: [
            {
              ...{ label: null, title: null },
              rows: marks.map(({ mark, of }) => [mark, of.what, of.source, of.standing, of.how]),
            },
          ],
          total: null,
          marks: { lead: 'to', of: marks.map(({ mark }) => mark) },
        },
      },
      {
        type: 'heading',
        level: 'section',
        title: words.listTitle(kept.below.length, kept.missing.length),
        label: null,
      },
    ],
    table: {
      columns: Object.values(words.listColumns).map((column) => ({ ...column })),
      groups: [{ label: null, title: null, rows: kept.below.map((report, at) => listRow(told, report, at)) }].concat(
        kept.missing.length === 0
          ? []
          : [
              {
                ...{ label: null, title: null },
                rows: kept.missing.map((name) => ['', name, '', '', '', words.missing]),
              },
            ],
      ),
      total: null,
    },
  }
}

function listRow({ words, printedDate }: Told, report: ReportBelow, at: number): string[] {
  const { agencyName, number, sentOn, acceptedOn, isLate, isNil } = report
  return [
    ...[String(at + 1), agencyName, String(number), printedDate(sentOn), printedDate(acceptedOn)],
    [...(isLate ? [words.late] : []), ...(isNil ? [words.nil] : [])].join('; '),
  ]
}
