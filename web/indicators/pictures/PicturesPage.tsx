import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Basis, type IndicatorRow, type MeasureRow } from '#indicators/model'
import { choice } from '../../plans/words.ts'
import { useAsOf, usePathId, useSetUrl, useUrl } from '../../kit/address.ts'
import { Empty, LoadFailed } from '../../kit/Empty.tsx'
import { SelectField, type Choice } from '../../kit/fields.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { Picker } from '../../kit/Picker.tsx'
import { useSession } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { oneOf } from '../../kit/url.ts'
import { indicatorTo, indicatorsTo, names } from '../addresses.ts'
import { usePeriods } from '../periods.ts'
import { useDictionary, useNames, useOwnUnit } from '../queries.ts'
import { findUnit, useUnitName } from '../units.ts'
import { CommonPart } from './CommonPart.tsx'
import { askedOf, type LookedAt } from './looked.ts'
import { MapPart } from './MapPart.tsx'
import styles from './Pictures.module.css'
import { trendQuery } from './queries.ts'
import { RankingPart } from './RankingPart.tsx'
import { TargetStates, TrendPart } from './TrendPart.tsx'

/** A measure in pictures: years, units in their order, a map; each with its table and files, on the borders of any day. */
export function PicturesPage() {
  const id = usePathId('indicatorId')
  const t = useText()
  const { data, error, refetch } = useDictionary()
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (!data) return null
  const one = data.indicators.find((each) => each.id === id)
  if (!one) return <Empty title={t('kit.not-found')}>{t('kit.not-found-words')}</Empty>
  return <Pictures key={one.id} one={one} />
}

const views = ['as-is', 'as-was', 'common'] as const

function Pictures({ one }: { one: IndicatorRow }) {
  const t = useText()
  const url = useUrl()
  const { asOf, isToday } = useAsOf()
  const { data: own } = useOwnUnit()
  const asked = oneOf(url[names.measure])
  const measure = one.measures.find(({ code }) => code === asked) ?? one.measures[0]
  const unitId = oneOf(url[names.unit]) ?? own?.id
  const unitName = useUnitName(unitId)
  const periods = usePeriods({ measureId: measure?.id })
  if (!measure) return null
  const period = oneOf(url[names.period]) ?? periods.newest
  const looked: LookedAt | undefined =
    unitId === undefined || unitName === undefined || period === undefined
      ? undefined
      : {
          ...{ measure, unitId, unitName, period },
          breakdown: oneOf(url[names.breakdown]) ?? '',
          view: views.find((view) => view === oneOf(url[names.view])) ?? 'as-is',
          basis: Basis.options.find((basis) => basis === oneOf(url[names.basis])),
          asOf: isToday ? undefined : asOf,
          level: oneOf(url[names.level]),
        }
  return (
    <>
      <PageHeader
        title={t('pictures.title-of', { name: measure.name })}
        state={t('indicators.direction-is', { direction: measure.direction })}
        crumbs={[
          { label: t('indicators.title'), to: indicatorsTo },
          { label: one.name, to: indicatorTo(one.id, { measure: measure.code, unit: unitId }) },
          { label: t('pictures.title') },
        ]}
        acts={
          <Button
            component={Link}
            variant="default"
            to={indicatorTo(one.id, { measure: measure.code, unit: unitId, period: looked?.period })}
          >
            {t('pictures.to-figures')}
          </Button>
        }
      />
      {looked && (
        <>
          <Choices one={one} looked={looked} periods={periods.choices} />
          <Parts looked={looked} indicatorId={one.id} />
        </>
      )}
    </>
  )
}

function Parts({ looked, indicatorId }: { looked: LookedAt; indicatorId: string }) {
  const { today } = useSession()
  const { data } = useQuery(trendQuery(looked.measure.id, askedOf(looked)))
  const reforms = data?.reforms ?? []
  const first = data?.points[0]?.year
  if (looked.view === 'common') {
    const from = first === undefined ? undefined : `${first}-01-01`
    return (
      <>
        <TrendPart looked={looked} />
        {from !== undefined && <CommonPart looked={looked} from={from} to={today} />}
      </>
    )
  }
  return (
    <>
      <DaySlider reforms={reforms} />
      <TargetStates looked={looked} />
      <TrendPart looked={looked} />
      <MapPart looked={looked} />
      <RankingPart looked={looked} indicatorId={indicatorId} />
    </>
  )
}

/** The day whose borders are drawn: the last one before each reform, and today. */
function DaySlider({ reforms }: { reforms: readonly string[] }) {
  const t = useText()
  const format = useFormat()
  const { asOf, setAsOf } = useAsOf()
  const { today } = useSession()
  if (reforms.length === 0) return null
  const stops = [...reforms.map((day) => ({ day: dayBefore(day), reform: day })), { day: today, reform: null }]
  const at = Math.max(
    0,
    stops.findIndex(({ day }) => asOf <= day),
  )
  const stop = stops[at]
  const words =
    stop === undefined
      ? ''
      : t('pictures.day-is', {
          date: format.date(asOf),
          reform: stop.reform === null ? '' : format.date(stop.reform),
          isBefore: stop.reform === null ? 'no' : 'yes',
        })
  return (
    <div className={styles.slider}>
      <label htmlFor="day">{t('pictures.day')}</label>
      <input
        id="day"
        type="range"
        min={0}
        max={stops.length - 1}
        step={1}
        value={at}
        aria-valuetext={words}
        onChange={(event) => setAsOf(stops[Number(event.currentTarget.value)]?.day)}
      />
      <output htmlFor="day">{words}</output>
    </div>
  )
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

/** Which measure, unit, period, part, borders, level and figures are drawn. */
function Choices({ one, looked, periods }: { one: IndicatorRow; looked: LookedAt; periods: readonly Choice[] }) {
  const t = useText()
  const setUrl = useSetUrl()
  const known = useNames()
  const { measure } = looked
  const parts = partsOf(measure, known)
  const set = (name: keyof typeof names) => (value: string) =>
    setUrl({ [names[name]]: value || undefined, trang: undefined }, true)
  const levels = ['province', 'commune'].filter((level) => level === 'province' || measure.level === 'commune')
  return (
    <div className={`${styles.choices} screen-only`}>
      {one.measures.length > 1 && (
        <SelectField
          id="measure"
          label={t('indicators.measure')}
          choices={one.measures.map(({ code, name }) => ({ value: code, label: name }))}
          value={measure.code}
          onChange={(code) => setUrl({ [names.measure]: code, [names.breakdown]: undefined, trang: undefined }, true)}
        />
      )}
      <Picker
        id="unit"
        label={t('indicators.unit')}
        what="units"
        find={findUnit}
        value={{ id: looked.unitId, name: looked.unitName }}
        onChange={(unit) => setUrl({ [names.unit]: unit?.id, trang: undefined }, true)}
      />
      <SelectField
        id="period"
        label={t('pictures.period')}
        choices={periods}
        value={looked.period}
        onChange={set('period')}
      />
      {parts.length > 0 && (
        <SelectField
          id="breakdown"
          label={t('indicators.breakdown')}
          choices={[{ value: '', label: t('indicators.whole') }, ...parts]}
          value={looked.breakdown}
          onChange={set('breakdown')}
        />
      )}
      <SelectField
        id="view"
        label={t('indicators.view')}
        choices={views.map((view) => ({ value: view, label: t('pictures.view-is', { view: choice(view) }) }))}
        value={looked.view}
        onChange={(view) => set('view')(view === 'as-is' ? '' : view)}
      />
      <SelectField
        id="level"
        label={t('pictures.level')}
        choices={[
          { value: '', label: t('pictures.level-below') },
          ...levels.map((level) => ({ value: level, label: t('territory.level', { level }) })),
        ]}
        value={looked.level ?? ''}
        onChange={set('level')}
      />
      <SelectField
        id="basis"
        label={t('pictures.source')}
        choices={[
          { value: '', label: t('pictures.basis-usual') },
          { value: 'released', label: t('pictures.basis-is', { basis: 'released' }) },
        ]}
        value={looked.basis === 'released' ? 'released' : ''}
        onChange={set('basis')}
      />
    </div>
  )
}

function partsOf(measure: MeasureRow, known: ReturnType<typeof useNames>): { value: string; label: string }[] {
  return measure.breakdowns.flatMap(({ dimension }) => {
    const found = known.dimension(dimension)
    return (found?.values ?? []).map((value) => ({
      value: `${dimension}=${value.code}`,
      label: `${found?.name ?? ''}: ${value.name}`,
    }))
  })
}
