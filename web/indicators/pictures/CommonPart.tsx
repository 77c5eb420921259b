import { useQuery } from '@tanstack/react-query'
import type { AreaSeries } from '#indicators/model'
import { read } from '../../plans/requests.ts'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Figure } from '../../kit/Figure.tsx'
import { Section } from '../../kit/Section.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import type { LookedAt } from './looked.ts'
import { NotTold } from './NotTold.tsx'
import styles from './Pictures.module.css'
import { SmallTrend } from './SmallTrend.tsx'

/** Years on ground whose border stands through a reform: nothing is apportioned, every year compares with every other. */
export function CommonPart({ looked, from, to }: { looked: LookedAt; from: string; to: string }) {
  const t = useText()
  const format = useFormat()
  const { measure, breakdown, unitId } = looked
  const asked = { unitId, from, to, breakdown }
  const { data, error, refetch } = useQuery({
    queryKey: ['indicators', 'pictures', 'common', measure.id, asked],
    queryFn: ({ signal }) => read<{ areas: AreaSeries[] }>(`/measures/${measure.id}/common-areas`, asked, signal),
  })
  const title = t('pictures.common')
  if (error) return <NotTold error={error} title={title} onRetry={() => void refetch()} />
  const areas = data?.areas.filter(({ figures }) => figures.some(({ reported }) => reported > 0))
  const years = [...new Set(areas?.flatMap(({ figures }) => figures.map(({ year }) => year)))].toSorted()
  const nameOf = ({ before, after }: AreaSeries) =>
    format.list((after.length > 0 ? after : before).map(({ name }) => name))
  const columns: Column<AreaSeries>[] = [
    {
      ...{ id: 'area', title: t('pictures.area'), width: '18rem' },
      cell: (area) => (
        <span className={styles.named}>
          {nameOf(area)}
          <span className={styles.detail}>
            {t('pictures.made-of', { units: format.list(area.before.map(({ name }) => name)) })}
          </span>
        </span>
      ),
    },
    {
      ...{ id: 'years', title: t('pictures.years'), width: '9rem' },
      cell: (area) => (
        <SmallTrend
          name={nameOf(area)}
          goal={null}
          series={area.figures.map(({ year, value, isEstimate, expected, reported }) => ({
            ...{ year, value, isEstimate, expected, reported },
          }))}
        />
      ),
    },
    ...years.map((year): Column<AreaSeries> => ({
      ...{ id: String(year), title: String(year), align: 'end', width: '7rem' },
      cell: ({ figures }) => {
        const figure = figures.find((one) => one.year === year)
        return (
          <span className={styles.named}>
            <Figure value={figure?.value ?? null} digits={2} isEstimate={figure?.isEstimate ?? false} />
            <span className={styles.detail}>
              {figure && `${format.number(figure.reported)} / ${format.number(figure.expected)}`}
            </span>
          </span>
        )
      },
    })),
  ]
  return (
    <Section title={title}>
      <p className={styles.quiet}>
        {t('pictures.common-words', { from: format.date(from), to: format.date(to), unit: measure.unitOfMeasure })}
      </p>
      <DataTable
        id="picture-common"
        caption={title}
        columns={columns}
        rows={areas}
        rowId={(area) => [...area.before, ...area.after].map(({ id }) => id).join(' ')}
        rowName={nameOf}
      />
    </Section>
  )
}
