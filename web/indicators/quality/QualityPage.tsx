import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { FindingState, RuleKind, type Finding } from '#indicators/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { serverFilter, type Filter } from '../../kit/filter-url.ts'
import { ListTools } from '../../kit/lists/ListTools.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useMay } from '../../kit/session.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { entryAt, indicatorsTo, indicatorTo } from '../addresses.ts'
import styles from '../Indicators.module.css'
import { usePeriods } from '../periods.ts'
import { useDictionary, useNames } from '../queries.ts'
import { findUnit, readUnitName } from '../units.ts'
import { periodWords } from '../words.ts'
import { CheckDialog } from './CheckDialog.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import own from './Quality.module.css'
import { findingsQuery, findingTones, names } from './queries.ts'
import { findingWords } from './words.ts'

/** What does not agree in figures within reach: each a task for the body whose figure it is, with its answer. */
export function QualityPage() {
  const t = useText()
  const may = useMay()
  const list = useListUrl({ filters: useFilters() })
  const { data, error, refetch, isPlaceholderData } = useQuery(
    findingsQuery({ page: list.page, size: list.size, ...serverFilter(list.filters, list.values) }),
  )
  const [answering, setAnswering] = useState<Finding>()
  const [isChecking, setChecking] = useState(false)
  const columns = useColumns(may('indicators.answer-findings') ? setAnswering : undefined)
  return (
    <>
      <PageHeader
        title={t('indicators.quality-title')}
        state={data && t('indicators.quality-state', { count: data.total })}
        crumbs={[{ label: t('indicators.title'), to: indicatorsTo }, { label: t('indicators.quality-title') }]}
        acts={
          may('indicators.check-figures') && (
            <Button variant="default" onClick={() => setChecking(true)}>
              {t('indicators.quality-check')}
            </Button>
          )
        }
      />
      <ListTools
        list={list}
        of="indicators.findings"
        table="figure-findings"
        facets={{ path: '/figures/findings/facets', open: ['state', 'kind'] }}
        total={data?.total}
      >
        <DataTable
          id="figure-findings"
          caption={t('indicators.quality-title')}
          columns={columns}
          rows={data?.items}
          error={error}
          onRetry={() => void refetch()}
          isRefreshing={isPlaceholderData}
          rowId={(one) => one.id}
          rowName={(one) => `${one.unit.name}, ${periodWords(one.period, t)}`}
          list={list}
          total={data?.total}
          empty={
            list.isFiltered ? undefined : (
              <Empty title={t('indicators.quality-none')}>{t('indicators.quality-none-words')}</Empty>
            )
          }
        />
      </ListTools>
      {answering && <ConfirmDialog finding={answering} onClose={() => setAnswering(undefined)} />}
      {isChecking && <CheckDialog onClose={() => setChecking(false)} />}
    </>
  )
}

function useFilters(): Filter[] {
  const t = useText()
  const { data } = useDictionary()
  const periods = usePeriods({})
  const measures = (data?.indicators ?? []).flatMap((one) => one.measures)
  return [
    {
      ...{ name: names.state, key: 'state', kind: 'many', isFacet: true, label: t('indicators.status') },
      choices: FindingState.options.map((value) => ({ value, label: t(`indicators.findings-state-${value}`) })),
    },
    {
      ...{ name: names.kind, key: 'kind', kind: 'many', isFacet: true, label: t('indicators.quality-kind') },
      choices: RuleKind.options.map((value) => ({ value, label: t(`indicators.findings-kind-${value}`) })),
    },
    {
      ...{ name: names.own, key: 'isOwn', kind: 'many', isFacet: true, label: t('indicators.quality-whose') },
      choices: ['true', 'false'].map((value) => ({
        value,
        label: t('indicators.quality-whose-is', { own: value === 'true' ? 'yes' : 'no' }),
      })),
    },
    {
      ...{ name: names.measure, key: 'measureId', kind: 'one', label: t('indicators.measure') },
      choices: measures.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      ...{ name: names.unit, key: 'inUnitId', kind: 'picked', label: t('indicators.unit') },
      ...{ find: findUnit, nameOf: readUnitName },
    },
    { ...{ name: names.period, key: 'period', kind: 'one', label: t('indicators.period') }, choices: periods.choices },
  ]
}

function useColumns(onAnswer: ((one: Finding) => void) | undefined): Column<Finding>[] {
  const t = useText()
  const format = useFormat()
  const known = useNames()
  return [
    {
      id: 'unit',
      title: t('indicators.unit'),
      width: '12rem',
      cell: (one) => {
        const found = one.measureId === null ? undefined : known.measure(one.measureId)
        const to =
          found &&
          indicatorTo(found.indicator.id, { measure: found.measure.code, unit: one.unit.id, period: one.period })
        return to === undefined ? one.unit.name : <Link to={to}>{one.unit.name}</Link>
      },
    },
    {
      id: 'measure',
      title: t('indicators.measure'),
      width: '15rem',
      cell: (one) => (
        <span className={styles.named}>
          {one.measureId === null ? t('indicators.quality-all-figures') : known.measure(one.measureId)?.measure.name}
          <span className={styles.detail}>
            {[periodWords(one.period, t), known.breakdown(one.breakdown)].filter((word) => word !== '').join(' · ')}
          </span>
        </span>
      ),
    },
    {
      id: 'what',
      title: t('indicators.quality-kind'),
      width: '20rem',
      cell: (one) => (
        <span className={styles.named}>
          {t(`indicators.findings-kind-${one.kind}`)}
          <span className={styles.detail}>{findingWords(one, t, format)}</span>
        </span>
      ),
    },
    {
      id: 'state',
      title: t('indicators.status'),
      width: '15rem',
      cell: (one) => (
        <span className={styles.named}>
          <StatusBadge tone={findingTones[one.state]}>{t(`indicators.findings-state-${one.state}`)}</StatusBadge>
          {one.explanation !== null && <span className={styles.detail}>{one.explanation}</span>}
          {one.answeredAt !== null && (
            <span className={styles.detail}>
              {[one.answeredBy, format.dateTime(one.answeredAt)].filter((word) => word !== null).join(', ')}
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'acts',
      title: t('indicators.quality-answer'),
      width: '11rem',
      cell: (one) =>
        one.mayAnswer &&
        onAnswer !== undefined && (
          <span className={own.acts}>
            <Button variant="default" size="compact-sm" onClick={() => onAnswer(one)}>
              {t('indicators.quality-confirm')}
            </Button>
            <Button
              component={Link}
              to={entryAt({ period: one.period, ...(one.measureId === null ? {} : { measure: one.measureId }) })}
              variant="default"
              size="compact-sm"
            >
              {t('indicators.quality-correct')}
            </Button>
          </span>
        ),
    },
    { id: 'body', title: t('indicators.quality-body'), width: '14rem', isSpare: true, cell: (one) => one.agencyName },
    {
      id: 'found',
      title: t('indicators.quality-found'),
      width: '9rem',
      isSpare: true,
      cell: (one) => format.day(one.foundAt),
    },
  ]
}
