import { useQuery } from '@tanstack/react-query'
import { useAsOf } from '../kit/address.ts'
import { Empty, LoadFailed } from '../kit/Empty.tsx'
import { Section } from '../kit/Section.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import type { Looked } from './IndicatorPage.tsx'
import styles from './Indicators.module.css'
import { progressQuery } from './queries.ts'
import { SeriesTable } from './SeriesTable.tsx'
import { Targets } from './Targets.tsx'
import { TrendPicture } from './TrendPicture.tsx'

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
      {data && <Targets targets={data.targets} unitOfMeasure={measure.unitOfMeasure} />}
      {data?.series.length === 0 && <Empty title={t('indicators.no-series')} />}
      {data && data.series.length > 0 && (
        <>
          <p className={styles.quiet}>{t('indicators.trend-note', { date: format.date(asOf) })}</p>
          <div className={styles.trend}>
            <TrendPicture series={data.series} targets={data.targets} measure={measure} />
            <SeriesTable series={data.series} unitOfMeasure={measure.unitOfMeasure} />
          </div>
        </>
      )}
    </Section>
  )
}
