import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { IndicatorRow, MeasureRow } from '#indicators/model'
import { choice } from '../plans/words.ts'
import { usePathId, useSetUrl, useUrl } from '../kit/address.ts'
import { Empty, LoadFailed } from '../kit/Empty.tsx'
import { SelectField, type Choice } from '../kit/fields.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Picker } from '../kit/Picker.tsx'
import { useMay } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import { oneOf } from '../kit/url.ts'
import { entryAt, indicatorsAt, indicatorsTo, names, picturesTo } from './addresses.ts'
import { DefinitionSection } from './DefinitionSection.tsx'
import { FiguresSection } from './FiguresSection.tsx'
import styles from './Indicators.module.css'
import { usePeriods } from './periods.ts'
import { useDictionary, useNames, useOwnUnit } from './queries.ts'
import { TrendSection } from './TrendSection.tsx'
import { UsesSection } from './links/UsesSection.tsx'
import { findUnit, useUnitName } from './units.ts'

/** One indicator: what it counts, how things stand in a unit, and what stands behind the number. */
export function IndicatorPage() {
  const id = usePathId('indicatorId')
  const t = useText()
  const { data, error, refetch } = useDictionary()
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (!data) return null
  const one = data.indicators.find((each) => each.id === id)
  if (!one) return <Empty title={t('kit.not-found')}>{t('kit.not-found-words')}</Empty>
  return <Indicator key={one.id} one={one} />
}

/** What of an indicator is looked at, as the address says. */
export type Looked = { measure: MeasureRow; unitId: string; period: string; breakdown: string; view: string }

function Indicator({ one }: { one: IndicatorRow }) {
  const t = useText()
  const may = useMay()
  const url = useUrl()
  const { data: own } = useOwnUnit()
  const asked = oneOf(url[names.measure])
  const measure = one.measures.find(({ code }) => code === asked) ?? one.measures[0]
  const periods = usePeriods({ measureId: measure?.id })
  if (!measure) return null
  const period = oneOf(url[names.period]) ?? periods.newest
  const unitId = oneOf(url[names.unit]) ?? own?.id
  const breakdown = oneOf(url[names.breakdown]) ?? ''
  const looked = unitId !== undefined &&
    period !== undefined && {
      ...{ measure, unitId, period, breakdown },
      view: oneOf(url[names.view]) === 'as-was' ? 'as-was' : 'as-is',
    }
  const field = measure.functionName
  return (
    <>
      <PageHeader
        title={one.name}
        state={t('indicators.one-state', { document: one.source.document, item: one.source.item, field })}
        crumbs={[
          { label: t('indicators.title'), to: indicatorsTo },
          { label: field, to: indicatorsAt({ field: measure.function }) },
          { label: one.name },
        ]}
        acts={
          <>
            <Button
              component={Link}
              to={picturesTo(one.id, {
                measure: measure.code,
                unit: unitId,
                period,
                breakdown: breakdown || undefined,
              })}
              variant="default"
            >
              {t('pictures.title')}
            </Button>
            {may('indicators.enter-figures') && (
              <Button component={Link} to={entryAt({ measure: measure.id, period })} variant="default">
                {t('indicators.enter-this')}
              </Button>
            )}
          </>
        }
      />
      <Choices one={one} measure={measure} periods={periods.choices} looked={looked || undefined} />
      {looked && (
        <>
          <FiguresSection looked={looked} />
          <TrendSection looked={looked} />
        </>
      )}
      <UsesSection indicator={one} measure={measure} />
      <DefinitionSection one={one} measure={measure} />
    </>
  )
}

/** Which measure, unit, period, part and borders are looked at. */
function Choices(of: {
  one: IndicatorRow
  measure: MeasureRow
  periods: readonly Choice[]
  looked: Looked | undefined
}) {
  const { one, measure, periods, looked } = of
  const t = useText()
  const setUrl = useSetUrl()
  const known = useNames()
  const unitName = useUnitName(looked?.unitId)
  const parts = measure.breakdowns.flatMap(({ dimension }) => {
    const found = known.dimension(dimension)
    return (found?.values ?? []).map((value) => ({
      value: `${dimension}=${value.code}`,
      label: t('indicators.breakdown-is', { dimension: found?.name ?? '', value: value.name }),
    }))
  })
  return (
    <div className={`${styles.choices} screen-only`}>
      {one.measures.length > 1 && (
        <SelectField
          id="measure"
          label={t('indicators.measure')}
          choices={one.measures.map(({ code, name }) => ({ value: code, label: name }))}
          value={measure.code}
          onChange={(code) => setUrl({ [names.measure]: code, [names.breakdown]: undefined }, true)}
        />
      )}
      <Picker
        id="unit"
        label={t('indicators.unit')}
        what="units"
        find={findUnit}
        value={looked && unitName !== undefined ? { id: looked.unitId, name: unitName } : null}
        onChange={(unit) => setUrl({ [names.unit]: unit?.id }, true)}
      />
      <SelectField
        id="period"
        label={t('indicators.period')}
        choices={periods}
        value={looked?.period ?? ''}
        onChange={(period) => setUrl({ [names.period]: period }, true)}
      />
      {parts.length > 0 && (
        <SelectField
          id="breakdown"
          label={t('indicators.breakdown')}
          choices={[{ value: '', label: t('indicators.whole') }, ...parts]}
          value={looked?.breakdown ?? ''}
          onChange={(part) => setUrl({ [names.breakdown]: part || undefined }, true)}
        />
      )}
      <SelectField
        id="view"
        label={t('indicators.view')}
        choices={['as-is', 'as-was'].map((view) => ({
          value: view,
          label: t('indicators.view-is', { view: choice(view) }),
        }))}
        value={looked?.view ?? 'as-is'}
        onChange={(view) => setUrl({ [names.view]: view === 'as-is' ? undefined : view }, true)}
      />
    </div>
  )
}
