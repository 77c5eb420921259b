import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReleasedFigure, ReleasedPicture } from '#indicators/model'
import { usePathId, useSetUrl, useUrl } from '../../kit/address.ts'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty, LoadFailed } from '../../kit/Empty.tsx'
import { SelectField } from '../../kit/fields.tsx'
import { Figure } from '../../kit/Figure.tsx'
import { FigureNote } from '../../kit/FigureNote.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { Picker } from '../../kit/Picker.tsx'
import { ApiProblem } from '../../kit/problem.ts'
import { Section } from '../../kit/Section.tsx'
import { useMay } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { oneOf } from '../../kit/url.ts'
import { indicatorsTo } from '../addresses.ts'
import styles from '../Indicators.module.css'
import { usePeriods } from '../periods.ts'
import { useNames, useOwnUnit } from '../queries.ts'
import { findUnit, useUnitName } from '../units.ts'
import { amountWords, periodWords } from '../words.ts'
import { names, releasesTo } from './addresses.ts'
import { releasedQuery } from './queries.ts'
import { ReleaseDialog } from './ReleaseDialog.tsx'

/** A measure and period as everyone may know them: hidden figures hatched, with why. */
export function ReleasedPage() {
  const t = useText()
  const may = useMay()
  const measureId = usePathId('measureId')
  const url = useUrl()
  const known = useNames()
  const own = useOwnUnit()
  const periods = usePeriods({ measureId, ended: true })
  const period = oneOf(url[names.period]) ?? periods.newest
  const unitId = oneOf(url[names.unit]) ?? own.data?.id
  const breakdown = oneOf(url[names.breakdown]) ?? ''
  const [isReleasing, setReleasing] = useState(false)
  const { data, error, refetch } = useQuery({
    ...releasedQuery(measureId, { unitId, period, breakdown }),
    enabled: unitId !== undefined && period !== undefined,
    retry: false,
  })
  const name = known.measure(measureId)?.measure.name
  if (known.isKnown && name === undefined) return <Empty title={t('kit.not-found')}>{t('kit.not-found-words')}</Empty>
  const isUntold = error instanceof ApiProblem && error.status === 404
  return (
    <>
      <PageHeader
        title={name ?? ''}
        state={data && !isUntold && <State picture={data} />}
        crumbs={[
          { label: t('indicators.title'), to: indicatorsTo },
          { label: t('indicators.releases-title'), to: releasesTo },
          { label: name ?? '' },
        ]}
        acts={
          may('indicators.release-figures') &&
          period !== undefined && (
            <Button variant="default" onClick={() => setReleasing(true)}>
              {t('indicators.releases-again')}
            </Button>
          )
        }
      />
      <Choices measureId={measureId} unitId={unitId} period={period} breakdown={breakdown} periods={periods.choices} />
      {isUntold && <Empty title={t('indicators.releases-untold')}>{t('indicators.releases-untold-words')}</Empty>}
      {error && !isUntold && !data && <LoadFailed problem={error} onRetry={() => void refetch()} />}
      {data && !isUntold && <Told picture={data} measureId={measureId} />}
      {isReleasing && period !== undefined && (
        <ReleaseDialog of={{ measureId, period }} onClose={() => setReleasing(false)} />
      )}
    </>
  )
}

function State({ picture: { release } }: { picture: ReleasedPicture }) {
  const t = useText()
  const format = useFormat()
  return t('indicators.releases-told', {
    at: format.dateTime(release.releasedAt),
    body: release.agencyName,
    count: release.cellCount,
    hidden: release.hiddenCount,
    why: release.bound === null ? 'open' : 'small',
    bound: release.bound ?? 0,
  })
}

function Choices(of: {
  measureId: string
  unitId: string | undefined
  period: string | undefined
  breakdown: string
  periods: readonly { value: string; label: string }[]
}) {
  const t = useText()
  const setUrl = useSetUrl()
  const known = useNames()
  const unitName = useUnitName(of.unitId)
  const parts = (known.measure(of.measureId)?.measure.breakdowns ?? []).flatMap(({ dimension }) => {
    const found = known.dimension(dimension)
    return (found?.values ?? []).map((value) => ({
      value: `${dimension}=${value.code}`,
      label: t('indicators.breakdown-is', { dimension: found?.name ?? '', value: value.name }),
    }))
  })
  return (
    <div className={`${styles.choices} screen-only`}>
      <Picker
        id="unit"
        label={t('indicators.unit')}
        what="units"
        find={findUnit}
        value={of.unitId !== undefined && unitName !== undefined ? { id: of.unitId, name: unitName } : null}
        onChange={(unit) => setUrl({ [names.unit]: unit?.id }, true)}
      />
      <SelectField
        id="period"
        label={t('indicators.period')}
        choices={of.periods}
        value={of.period ?? ''}
        onChange={(period) => setUrl({ [names.period]: period }, true)}
      />
      {parts.length > 0 && (
        <SelectField
          id="breakdown"
          label={t('indicators.breakdown')}
          choices={[{ value: '', label: t('indicators.whole') }, ...parts]}
          value={of.breakdown}
          onChange={(part) => setUrl({ [names.breakdown]: part || undefined }, true)}
        />
      )}
    </div>
  )
}

function Told({ picture, measureId }: { picture: ReleasedPicture; measureId: string }) {
  const t = useText()
  const known = useNames()
  const unit = known.measure(measureId)?.measure.unitOfMeasure ?? ''
  const columns = useColumns(unit)
  const { total, release } = picture
  return (
    <>
      {total && (
        <Section title={t('indicators.figures-of', { unit: total.unit.name, period: periodWords(release.period, t) })}>
          <p className={styles.number}>
            <Figure value={total.value} digits={2} absent={total.isHidden ? 'suppressed' : 'missing'} />{' '}
            {!total.isHidden && <span>{unit}</span>}
          </p>
          <FigureNote
            period={periodWords(release.period, t)}
            unit={unit}
            coverage={{ reported: total.reported, owed: total.expected }}
            source={t('indicators.from-reports')}
          />
        </Section>
      )}
      {picture.rows.length > 0 && (
        <Section title={t('indicators.units-below', { unit: total?.unit.name ?? '' })}>
          <DataTable
            id="released-figures"
            caption={t('indicators.releases-one')}
            columns={columns}
            rows={picture.rows}
            rowId={(row) => row.unit.id}
            rowName={(row) => row.unit.name}
          />
        </Section>
      )}
    </>
  )
}

function useColumns(unitOfMeasure: string): Column<ReleasedFigure>[] {
  const t = useText()
  const format = useFormat()
  return [
    { id: 'unit', title: t('indicators.unit'), width: '18rem', cell: (row) => row.unit.name },
    {
      id: 'value',
      title: t('indicators.value'),
      unit: unitOfMeasure,
      align: 'end',
      width: '9rem',
      cell: (row) => <Figure value={row.value} digits={2} absent={row.isHidden ? 'suppressed' : 'missing'} />,
    },
    {
      id: 'amounts',
      title: t('indicators.numerator-denominator'),
      align: 'end',
      width: '12rem',
      cell: (row) => (row.isHidden ? t('indicators.releases-is-hidden') : amountWords(row, format)),
    },
    {
      id: 'coverage',
      title: t('indicators.coverage'),
      align: 'end',
      width: '8rem',
      cell: (row) => `${format.number(row.reported)} / ${format.number(row.expected)}`,
    },
  ]
}
