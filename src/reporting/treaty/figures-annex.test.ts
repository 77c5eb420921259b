import { expect, test } from 'vitest'
import type { AnnexRow } from '#indicators'
import { openCatalogue, readMessages } from '#platform'
import { figuresSection } from './figures-annex.ts'

const say = openCatalogue(readMessages([import.meta.dirname + '/messages']))
const period = { id: '2030', calendar: '', frequency: 'year', from: '2030-01-01', to: '2031-01-01' } as NonNullable<AnnexRow['period']> // prettier-ignore
const point = (year: number, value: number | null, isEstimate = false) => ({ year, value, isEstimate, expected: 4, reported: 3 }) // prettier-ignore
const figure = (value: number) => ({ ...{ value, numerator: null, denominator: null, reason: null }, ...{ isEstimate: false, isHidden: false, expected: 4, reported: 3 } }) // prettier-ignore

function rowsOf(rows: AnnexRow[]) {
  const { pieces } = figuresSection(rows, { say, language: 'en', date: '2031-03-04', widthTwips: 14_000 })
  const table = pieces.find((piece) => piece.type === 'table')
  if (table?.type !== 'table') throw new Error('no table')
  return table.table.groups.map(({ label, rows: of }) => [label, ...of])
}

test('measures stand under their clusters, the last five years beside each other; what is not known is never 0', () => {
  const row = (over: Partial<AnnexRow>): AnnexRow => ({
    ...{ measureId: 'm', name: 'Measure', unitOfMeasure: '%', articles: [] },
    ...{ basis: 'accepted', period, asOf: '2031-03-04', figure: figure(12.345), series: [] },
    ...over,
  })
  const found = rowsOf([
    row({ name: 'Unfiled', basis: null, figure: null, period: null, asOf: null }),
    row({
      name: 'Survival',
      articles: ['6', '24'],
      series: [point(2029, 11, true), point(2030, 0), point(2028, null)],
    }),
    row({ name: 'Violence', articles: ['19'], basis: 'released', series: [point(2030, null)] }),
    row({ name: 'Under way', articles: ['19'], asOf: '2031-06-30', series: [{ ...point(2030, 7), reported: 4 }] }),
    row({ name: 'Small', articles: ['19'], basis: 'released', figure: { ...figure(0), value: null, isHidden: true } }),
  ])
  const newest = '12.35 (2030-01-01 – 2030-12-31)'
  expect(found).toEqual([
    ['E', ['Violence', '%', 'no figure yet', 'no figure yet', 'no figure yet', 'small, not told', 'no figure yet', newest, '3/4', 'Published figures, 2031-03-04'], // prettier-ignore
      // A figure of a period that is not over is known on the day of the paper, not on a day to come.
      ['Under way', '%', 'no figure yet', 'no figure yet', 'no figure yet', '7', 'no figure yet', newest, '3/4', 'Accepted reports, 2031-03-04'], // prettier-ignore
      ['Small', '%', 'no figure yet', 'no figure yet', 'no figure yet', 'no figure yet', 'no figure yet', 'small, not told', '3/4', 'Published figures, 2031-03-04']], // prettier-ignore
    ['H', ['Survival', '%', 'no figure yet', 'not comparable', '11 (est.)\n3/4', '0\n3/4', 'no figure yet', newest, '3/4', 'Accepted reports, 2031-03-04']], // prettier-ignore
    [null, ['Unfiled', '%', 'not published', 'not published', 'not published', 'not published', 'not published', 'not published', '', '']], // prettier-ignore
  ])
})
