import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { AgencyLevel } from '#agencies/model'
import { ObstacleAge, ObstacleClock, ObstacleSide, ObstacleState, type ObstacleRow } from '#reporting/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { serverFilter, type Filter } from '../../kit/filter-url.ts'
import { ListTools } from '../../kit/lists/ListTools.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useMay } from '../../kit/session.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { choice } from '../../plans/words.ts'
import styles from '../reports/Reports.module.css'
import { useNamed } from '../reports/words.ts'
import { boardQuery, boardTo, names, obstaclesQuery, obstacleTo, toneOf } from './queries.ts'
import { RaiseDialog } from './RaiseDialog.tsx'

/** What stands in the way of work, within reach: those that wait for an answer first. */
export function ObstaclesPage() {
  const t = useText()
  const may = useMay()
  const list = useListUrl({ filters: useFilters() })
  const [isRaising, setRaising] = useState(false)
  const { data, error, refetch, isPlaceholderData } = useQuery(
    obstaclesQuery({ page: list.page, size: list.size, ...serverFilter(list.filters, list.values) }),
  )
  return (
    <>
      <PageHeader
        title={t('obstacles.title')}
        state={
          <span className={styles.facts}>
            {data && <span>{t('obstacles.count', { count: data.total })}</span>}
            <Link to={boardTo}>{t('obstacles.board')}</Link>
          </span>
        }
        acts={
          may('reporting.raise-obstacle') && <Button onClick={() => setRaising(true)}>{t('obstacles.raise')}</Button>
        }
      />
      <ListTools
        list={list}
        of="reporting.obstacles"
        table="obstacles"
        facets={{ path: '/reporting/obstacles/facets', open: ['state', 'clock', 'side'] }}
        total={data?.total}
      >
        <DataTable
          id="obstacles"
          caption={t('obstacles.title')}
          columns={useColumns()}
          rows={data?.items}
          error={error}
          onRetry={() => void refetch()}
          isRefreshing={isPlaceholderData}
          rowId={(one) => one.id}
          rowName={(one) => one.words.slice(0, 80)}
          rowTo={(one) => obstacleTo(one.id)}
          list={list}
          total={data?.total}
          empty={list.isFiltered ? undefined : <Empty title={t('obstacles.none')}>{t('obstacles.none-words')}</Empty>}
        />
      </ListTools>
      {isRaising && <RaiseDialog onClose={() => setRaising(false)} />}
    </>
  )
}

function useFilters(): Filter[] {
  const t = useText()
  const named = useNamed()
  const { data } = useQuery(boardQuery)
  const words = (of: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`obstacles.${of}-is`, { code: choice(value) }) }))
  const facet = { kind: 'many', isFacet: true } as const
  return [
    { name: names.search, key: 'search', kind: 'text', label: t('obstacles.search') },
    {
      ...facet,
      name: names.state,
      key: 'state',
      label: t('obstacles.state'),
      choices: words('state', ObstacleState.options),
    },
    {
      ...facet,
      name: names.clock,
      key: 'clock',
      label: t('obstacles.clock'),
      choices: words('clock', ObstacleClock.options),
    },
    {
      ...facet,
      name: names.side,
      key: 'side',
      label: t('obstacles.side'),
      choices: words('side', ObstacleSide.options),
    },
    {
      ...{ ...facet, name: names.theme, key: 'theme', label: t('obstacles.theme') },
      choices: (data?.themes ?? []).map((theme) => ({ value: theme.key, label: named(theme.names) })),
    },
    { ...facet, name: names.age, key: 'age', label: t('obstacles.age'), choices: words('age', ObstacleAge.options) },
    {
      ...facet,
      name: names.level,
      key: 'level',
      label: t('obstacles.level'),
      choices: words('level', AgencyLevel.options),
    },
  ]
}

function useColumns(): Column<ObstacleRow>[] {
  const t = useText()
  const format = useFormat()
  const named = useNamed()
  const { data } = useQuery(boardQuery)
  const themeName = (key: string) => named(data?.themes.find((theme) => theme.key === key)?.names ?? {}) || key
  return [
    {
      id: 'words',
      title: t('obstacles.one'),
      width: '19rem',
      cell: (one) => <Link to={obstacleTo(one.id)}>{one.words.slice(0, 200)}</Link>,
    },
    { id: 'theme', title: t('obstacles.theme'), width: '9rem', cell: (one) => themeName(one.theme) },
    { id: 'body', title: t('obstacles.by'), width: '9rem', cell: (one) => one.by.name },
    { id: 'to', title: t('obstacles.to'), width: '9rem', cell: (one) => one.routedTo.name },
    {
      id: 'state',
      title: t('obstacles.state'),
      width: '9rem',
      cell: (one) => (
        <StatusBadge tone={toneOf(one)}>
          {one.clock === 'overdue'
            ? t('obstacles.clock-is', { code: 'overdue' })
            : t('obstacles.state-is', { code: one.state })}
        </StatusBadge>
      ),
    },
    {
      id: 'due',
      title: t('obstacles.answer-due'),
      width: '8rem',
      cell: (one) => (one.state === 'raised' ? format.date(one.answerDueOn) : ''),
    },
    {
      id: 'age',
      title: t('obstacles.days'),
      align: 'end',
      width: '6rem',
      cell: (one) => format.number(one.ageDays, 0),
    },
  ]
}
