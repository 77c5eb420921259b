import type { SeriesPoint } from '#indicators/model'
import { DataTable } from '../kit/DataTable.tsx'
import { Figure } from '../kit/Figure.tsx'
import { useFormat, useText } from '../kit/text.tsx'

/** Figures of a unit by year, with how many gave theirs. */
export function SeriesTable({ series, unitOfMeasure }: { series: readonly SeriesPoint[]; unitOfMeasure: string }) {
  const t = useText()
  const format = useFormat()
  return (
    <DataTable
      id="indicator-series"
      caption={t('indicators.trend')}
      columns={[
        { id: 'year', title: t('indicators.year'), width: '4rem', cell: (point) => String(point.year) },
        {
          id: 'value',
          title: t('indicators.value'),
          unit: unitOfMeasure,
          align: 'end',
          width: '6rem',
          cell: (point) => <Figure value={point.value} digits={2} isEstimate={point.isEstimate} />,
        },
        {
          id: 'coverage',
          title: t('indicators.coverage'),
          align: 'end',
          width: '8rem',
          cell: (point) => `${format.number(point.reported)} / ${format.number(point.expected)}`,
        },
      ]}
      rows={series}
      rowId={(point) => String(point.year)}
      rowName={(point) => String(point.year)}
    />
  )
}
