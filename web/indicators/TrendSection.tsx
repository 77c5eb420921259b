import { useQuery } from '@tanstack/react-query'
import type { MeasureRow, SeriesPoint } from '#indicators/model'
import { choice } from '../plans/words.ts'
import { useAsOf } from '../kit/address.ts'
import { DataTable } from '../kit/DataTable.tsx'
import { Empty, LoadFailed } from '../kit/Empty.tsx'
import { Figure } from '../kit/Figure.tsx'
import { Section } from '../kit/Section.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import type { Looked } from './IndicatorPage.tsx'
import styles from './Indicators.module.css'
import { progressQuery, useNames, type Progress } from './queries.ts'
import { TrendPicture } from './TrendPicture.tsx'
import { changeWords, signs, targetTones, valueWords } from './words.ts'

/** The figures of a unit over the years as picture and table, and in words how things stand with what is to be reached. */
export function TrendSection({ looked }: { looked: Looked }) {
  const t = useText()
  const format = useFormat()
  const { asOf, isToday } = useAsOf()
  const { measure, unitId, breakdown } = looked
  const { data, error, refetch } = useQuery(
    progressQuery(measure.id, { unitId, breakdown, asOf: isToday ? undefined : asOf }),
  )
  if (error) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  return (
    <Section title={t('indicators.trend')}>
      {data && <Targets targets={data.targets} measure={measure} />}
      {data?.series.length === 0 && <Empty title={t('indicators.no-series')} />}
      {data && data.series.length > 0 && (
        <>
          <p className={styles.quiet}>{t('indicators.trend-note', { date: format.date(asOf) })}</p>
          <div className={styles.trend}>
            <TrendPicture series={data.series} targets={data.targets} measure={measure} />
            <SeriesTable series={data.series} measure={measure} />
          </div>
        </>
      )}
    </Section>
  )
}

function SeriesTable({ series, measure }: { series: readonly SeriesPoint[]; measure: MeasureRow }) {
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
          unit: measure.unitOfMeasure,
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

/** Each target with its state and how that was found. */
function Targets({ targets, measure }: { targets: Progress['targets']; measure: MeasureRow }) {
  const t = useText()
  const format = useFormat()
  const known = useNames()
  if (targets.length === 0) return <p className={styles.quiet}>{t('indicators.no-targets')}</p>
  const number = (value: number | null) => (value === null ? '' : valueWords(value, format))
  return (
    <ul className={styles.targets}>
      {targets.map((target) => (
        <li key={target.id}>
          <StatusBadge tone={targetTones[target.progress.state]}>
            {t('indicators.target-state', { state: choice(target.progress.state) })}
          </StatusBadge>
          <span>
            {t('indicators.target-is', {
              kind: choice(target.kind),
              year: String(target.year),
              from: String(target.yearFrom ?? ''),
              goal: signs[target.comparator] + number(target.value),
              unit: measure.unitOfMeasure,
              part: known.breakdown(target.breakdown),
              hasPart: target.breakdown === '' ? 'no' : 'yes',
              owner: target.isOwn ? 'own' : 'country',
            })}
          </span>
          <span className={styles.quiet}>
            {t('indicators.progress-is', {
              method: target.progress.method,
              state: choice(target.progress.state),
              points: target.progress.points,
              perYear: target.progress.perYear === null ? '' : changeWords(target.progress.perYear, format),
              projected: number(target.progress.projected),
              year: String(target.year),
            })}
          </span>
        </li>
      ))}
    </ul>
  )
}
