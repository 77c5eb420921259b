import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { TargetState, UnitTarget } from '#indicators/model'
import { useSetUrl, useUrl } from '../../kit/address.ts'
import { DataTable } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import type { Filter, FilterValues } from '../../kit/filter-url.ts'
import { FilterBar } from '../../kit/FilterBar.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { Picker } from '../../kit/Picker.tsx'
import { useMay } from '../../kit/session.tsx'
import { useText } from '../../kit/text.tsx'
import { oneOf } from '../../kit/url.ts'
import { useListUrl } from '../../kit/useListUrl.ts'
import { choice } from '../../plans/words.ts'
import { indicatorsTo } from '../addresses.ts'
import styles from '../Indicators.module.css'
import { useNames, useOwnUnit, type Names } from '../queries.ts'
import { findUnit, useUnitName } from '../units.ts'
import { names } from './addresses.ts'
import { useTargetColumns } from './columns.tsx'
import { EndTarget } from './EndTarget.tsx'
import { targetsQuery, useStandings, type Standing } from './queries.ts'
import { TargetDialog } from './TargetDialog.tsx'

const states: readonly TargetState[] = ['reached', 'on-course', 'off-course', 'no-data']

/** All that a unit is to reach, its own targets and those above it, with how it stands and how that was found. */
export function TargetsPage() {
  const t = useText()
  const may = useMay()
  const url = useUrl()
  const setUrl = useSetUrl()
  const known = useNames()
  const own = useOwnUnit()
  const unitId = oneOf(url[names.unit]) ?? own.data?.id
  const unitName = useUnitName(unitId)
  const { data, error, refetch, isPlaceholderData } = useQuery(targetsQuery(unitId))
  const [dialog, setDialog] = useState<'new' | UnitTarget>()
  const [ending, setEnding] = useState<UnitTarget>()
  const measureIds = useMemo(() => [...new Set((data?.targets ?? []).map(({ measureId }) => measureId))], [data])
  const standingOf = useStandings(isPlaceholderData ? undefined : data?.unit.id, measureIds)
  const list = useListUrl({ filters: useFilters(data?.targets ?? [], known) })
  const rows = data?.targets.filter((one) => matches(one, list.values, { known, standing: standingOf(one) }))
  const maySet = may('indicators.set-targets') && (data?.settable.length ?? 0) > 0
  const columns = useTargetColumns({
    standingOf,
    ...(may('indicators.set-targets') ? { onChange: setDialog, onEnd: setEnding } : {}),
  })
  return (
    <>
      <PageHeader
        title={t('indicators.targets-title')}
        state={data && t('indicators.targets-state', countsOf(data.targets, standingOf))}
        crumbs={[{ label: t('indicators.title'), to: indicatorsTo }, { label: t('indicators.targets-title') }]}
        acts={maySet && <Button onClick={() => setDialog('new')}>{t('indicators.targets-set')}</Button>}
      />
      <div className={`${styles.choices} screen-only`}>
        <Picker
          id="unit"
          label={t('indicators.unit')}
          what="units"
          find={findUnit}
          value={unitId !== undefined && unitName !== undefined ? { id: unitId, name: unitName } : null}
          onChange={(unit) => setUrl({ [names.unit]: unit?.id }, true)}
        />
      </div>
      <FilterBar list={list} />
      <DataTable
        id="unit-targets"
        caption={t('indicators.targets-title')}
        columns={columns}
        rows={rows}
        error={error}
        onRetry={() => void refetch()}
        isRefreshing={isPlaceholderData}
        rowId={(one) => one.id}
        rowName={(one) => known.measure(one.measureId)?.measure.name ?? ''}
        empty={
          list.isFiltered ? undefined : (
            <Empty title={t('indicators.targets-none')}>{t('indicators.targets-none-words')}</Empty>
          )
        }
      />
      {dialog !== undefined && data && (
        <TargetDialog of={data} changing={dialog === 'new' ? undefined : dialog} onClose={() => setDialog(undefined)} />
      )}
      {ending && <EndTarget target={ending} onClose={() => setEnding(undefined)} />}
    </>
  )
}

type StandingOf = ReturnType<typeof useStandings>

function stateOf(standing: Standing): TargetState | undefined {
  return standing === undefined || standing === 'unseen' ? undefined : standing.progress.state
}

function countsOf(targets: readonly UnitTarget[], standingOf: StandingOf) {
  const found = targets.map((one) => stateOf(standingOf(one)))
  const count = (state: TargetState) => found.filter((one) => one === state).length
  return {
    ...{ count: targets.length, reached: count('reached'), on: count('on-course'), off: count('off-course') },
  }
}

function matches(one: UnitTarget, values: FilterValues, of: { known: Names; standing: Standing }): boolean {
  const has = (name: string, value: string | undefined) => {
    const wanted = values[name]
    return wanted === undefined || (value !== undefined && wanted.includes(value))
  }
  return (
    has(names.field, of.known.measure(one.measureId)?.measure.function) &&
    has(names.year, String(one.year)) &&
    has(names.whose, one.isAbove ? 'above' : 'own') &&
    has(names.state, stateOf(of.standing))
  )
}

function useFilters(targets: readonly UnitTarget[], known: Names): Filter[] {
  const t = useText()
  const fields = new Map(
    targets.flatMap(({ measureId }) => {
      const measure = known.measure(measureId)?.measure
      return measure === undefined ? [] : [[measure.function, measure.functionName] as const]
    }),
  )
  const years = [...new Set(targets.map(({ year }) => year))].toSorted()
  return [
    {
      ...{ name: names.state, kind: 'many', label: t('indicators.status') },
      choices: states.map((state) => ({ value: state, label: t('indicators.target-state', { state: choice(state) }) })),
    },
    {
      ...{ name: names.field, kind: 'many', label: t('indicators.field') },
      choices: [...fields].map(([value, label]) => ({ value, label })),
    },
    {
      ...{ name: names.year, kind: 'many', label: t('indicators.year') },
      choices: years.map((year) => ({ value: String(year), label: String(year) })),
    },
    {
      ...{ name: names.whose, kind: 'one', label: t('indicators.targets-whose') },
      choices: ['own', 'above'].map((value) => ({ value, label: t('indicators.targets-whose-is', { whose: value }) })),
    },
  ]
}
