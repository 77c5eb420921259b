import { paragraph, space, type Pages } from '#documents'
import type { AnnexRow } from '#indicators'
import { dateInFile, type Catalogue } from '#platform'
import type { Language } from '#platform/model'
import { clusterOfArticles, treatyClusters } from '#recommendations'

/** How many years stand beside each other. */
const years = 5

type Frame = { say: Catalogue; language: Language; date: string; widthTwips: number }

/** Measures of the country by the clusters of the Convention, the last years beside each other; what is not known says so and is never 0. */
export function figuresSection(
  rows: readonly AnnexRow[],
  { say, language, date, widthTwips }: Frame,
): Pages['sections'][number] {
  const said = (key: string, params: Record<string, string | number> = {}) =>
    say(language, `reporting.treaty-annex-${key}`, params)
  const last = Number(date.slice(0, 4))
  const shown = Array.from({ length: years }, (_none, at) => last - years + 1 + at)
  const column = (heading: string, width: number, align: 'left' | 'right' = 'left') => ({ heading, width, align })
  const cells = cellsOf(said, { language, date })
  const table = {
    columns: [
      column(said('measure'), 34),
      column(said('unit'), 10),
      ...shown.map((year) => column(String(year), 9, 'right')),
      column(said('newest'), 14, 'right'),
      column(said('coverage'), 12, 'right'),
      column(said('source'), 18),
    ],
    groups: byCluster(rows).map(({ code, of }) => ({
      label: code,
      title: treatyClusters.find((one) => one.code === code)?.names[language] ?? said('no-cluster'),
      rows: of.map((row) => cells(row, shown)),
    })),
    total: null,
  }
  return {
    landscape: true,
    foot: null,
    pieces: [
      paragraph('title', said('figures'), space({ after: 6 })),
      paragraph('note', said('figures-note', { date: dateInFile(date, language) }), { indent: { firstLine: 0 } }),
      { type: 'gap' },
      { type: 'table', table, widthTwips, keepsTogether: false, breaksRows: true },
    ],
  }
}

type Said = (key: string, params?: Record<string, string | number>) => string

type Counted = { value: number; isEstimate: boolean; reported: number; expected: number }

function cellsOf(
  said: Said,
  { language, date }: Pick<Frame, 'language' | 'date'>,
): (row: AnnexRow, shown: readonly number[]) => string[] {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 })
  const valueOf = (value: number, isEstimate: boolean) =>
    isEstimate ? said('estimate', { value: number.format(value) }) : number.format(value)
  const coverageOf = ({ reported, expected }: Pick<Counted, 'reported' | 'expected'>) =>
    said('coverage-is', { reported, expected })
  // A year of which not every unit told its figure says so beside it: what stands in the last column is of the newest period alone.
  const ofPart = ({ value, isEstimate, ...of }: Counted) =>
    of.reported < of.expected ? `${valueOf(value, isEstimate)}\n${coverageOf(of)}` : valueOf(value, isEstimate)
  return (row, shown) => {
    const { basis, series, figure, period, asOf } = row
    const none = said(basis === null ? 'not-told' : 'none')
    const silent = (reported: number) =>
      reported === 0 ? none : said(basis === 'released' ? 'hidden' : 'not-comparable')
    const ofYear = (year: number) => {
      const point = series.find((one) => one.year === year)
      if (point === undefined) return none
      return point.value === null ? silent(point.reported) : ofPart({ ...point, value: point.value })
    }
    const newest = () => {
      if (figure === null || period === null) return none
      if (figure.value === null) return silent(figure.reported)
      return said('newest-is', {
        value: valueOf(figure.value, figure.isEstimate),
        from: dateInFile(period.from, language),
        to: dateInFile(dayBefore(period.to), language),
      })
    }
    return [
      row.name,
      row.unitOfMeasure,
      ...shown.map(ofYear),
      newest(),
      figure === null ? '' : coverageOf(figure),
      // Of a period that is not over, what is known is known on the day of the paper.
      basis === null || asOf === null
        ? ''
        : said(`basis-${basis}`, { date: dateInFile(asOf > date ? date : asOf, language) }),
    ]
  }
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

/** Measures under the clusters of the Convention in their order; those of none are last. */
function byCluster(rows: readonly AnnexRow[]): { code: string | null; of: AnnexRow[] }[] {
  const groups = Map.groupBy(rows, ({ articles }) => clusterOfArticles(articles))
  return [...treatyClusters.map(({ code }) => code), null].flatMap((code) => {
    const of = groups.get(code)
    return of === undefined ? [] : [{ code, of }]
  })
}
