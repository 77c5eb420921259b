import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ListedRelease } from '#indicators/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { serverFilter, type Filter } from '../../kit/filter-url.ts'
import { FilterBar } from '../../kit/FilterBar.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useMay } from '../../kit/session.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { indicatorsTo } from '../addresses.ts'
import styles from '../Indicators.module.css'
import { usePeriods } from '../periods.ts'
import { useDictionary, useNames } from '../queries.ts'
import { periodWords } from '../words.ts'
import { names, releasedTo } from './addresses.ts'
import { releasesQuery } from './queries.ts'
import { ReleaseDialog } from './ReleaseDialog.tsx'

/** What was told to everyone, when, with how much hidden and why; telling more, after a trial. */
export function ReleasesPage() {
  const t = useText()
  const may = useMay()
  const [isReleasing, setReleasing] = useState(false)
  const list = useListUrl({ filters: useFilters() })
  const { data, error, refetch, isPlaceholderData } = useQuery(
    releasesQuery({ page: list.page, size: list.size, ...serverFilter(list.filters, list.values) }),
  )
  return (
    <>
      <PageHeader
        title={t('indicators.releases-title')}
        state={data && t('indicators.releases-state', { count: data.total })}
        crumbs={[{ label: t('indicators.title'), to: indicatorsTo }, { label: t('indicators.releases-title') }]}
        acts={
          may('indicators.release-figures') && (
            <Button onClick={() => setReleasing(true)}>{t('indicators.releases-act')}</Button>
          )
        }
      />
      <p className={styles.quiet}>{t('indicators.releases-words')}</p>
      <FilterBar list={list} />
      <DataTable
        id="figure-releases"
        caption={t('indicators.releases-title')}
        columns={useColumns()}
        rows={data?.items}
        error={error}
        onRetry={() => void refetch()}
        isRefreshing={isPlaceholderData}
        rowId={(one) => one.id}
        rowName={(one) => periodWords(one.period, t)}
        rowTo={(one) => releasedTo(one.measureId, one.period)}
        list={list}
        total={data?.total}
        empty={
          list.isFiltered ? undefined : (
            <Empty title={t('indicators.releases-none')}>{t('indicators.releases-none-words')}</Empty>
          )
        }
      />
      {isReleasing && <ReleaseDialog onClose={() => setReleasing(false)} />}
    </>
  )
}

function useFilters(): Filter[] {
  const t = useText()
  const { data } = useDictionary()
  const measures = (data?.indicators ?? []).flatMap((one) => one.measures)
  return [
    {
      ...{ name: names.measure, key: 'measureId', kind: 'one', label: t('indicators.measure') },
      choices: measures.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      ...{ name: names.period, key: 'period', kind: 'one', label: t('indicators.period') },
      choices: usePeriods({ ended: true }).choices,
    },
  ]
}

function useColumns(): Column<ListedRelease>[] {
  const t = useText()
  const format = useFormat()
  const known = useNames()
  return [
    {
      id: 'measure',
      title: t('indicators.measure'),
      width: '24rem',
      cell: (one) => (
        <span className={styles.named}>
          <Link to={releasedTo(one.measureId, one.period)} className={styles.title}>
            {known.measure(one.measureId)?.measure.name}
          </Link>
          <span className={styles.detail}>{periodWords(one.period, t)}</span>
        </span>
      ),
    },
    {
      id: 'at',
      title: t('indicators.releases-at'),
      width: '13rem',
      cell: (one) => (
        <span className={styles.named}>
          {format.dateTime(one.releasedAt)}
          <span className={styles.detail}>{one.agencyName}</span>
        </span>
      ),
    },
    {
      id: 'state',
      title: t('indicators.status'),
      width: '10rem',
      cell: (one) => (
        <StatusBadge tone={one.isNewest ? 'done' : 'note'}>
          {t('indicators.releases-is', { newest: one.isNewest ? 'yes' : 'no' })}
        </StatusBadge>
      ),
    },
    {
      id: 'cells',
      title: t('indicators.releases-cells'),
      align: 'end',
      width: '7rem',
      cell: (one) => format.number(one.cellCount - one.hiddenCount),
    },
    {
      id: 'hidden',
      title: t('indicators.releases-hidden'),
      align: 'end',
      width: '12rem',
      cell: (one) => (
        <span className={styles.named}>
          {format.number(one.hiddenCount)}
          <span className={styles.detail}>
            {t('indicators.releases-why', {
              why: one.bound === null ? 'open' : one.hiddenCount === 0 ? 'none' : 'small',
              bound: one.bound ?? 0,
            })}
          </span>
        </span>
      ),
    },
  ]
}
