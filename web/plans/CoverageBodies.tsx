import { Button } from '@mantine/core'
import { IconBellRinging } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { Page } from '#platform/model'
import type { CoverageRow } from '#plans/model'
import { DataTable, type Column } from '../kit/DataTable.tsx'
import type { Filter } from '../kit/filter-url.ts'
import { Figure } from '../kit/Figure.tsx'
import { FilterBar } from '../kit/FilterBar.tsx'
import { useProblemWords } from '../kit/problem-words.ts'
import { useMay } from '../kit/session.tsx'
import { StatusBadge, type Tone } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { useListUrl } from '../kit/useListUrl.ts'
import { coverageTo, names, planTo } from './addresses.ts'
import { agencyName, findAgencies } from './find.ts'
import listStyles from './Lists.module.css'
import { WorkNumbers } from './Numbers.tsx'
import { levels } from './list-filters.ts'
import { coverageBodiesQuery } from './queries.ts'
import { read, type Query } from './requests.ts'
import { UrgeDialog } from './UrgeDialog.tsx'

export const coverTones: Record<CoverageRow['state'], Tone> = { issued: 'done', drafting: 'draft', nothing: 'pending' }

/** An urging goes to this many at most. */
const mostUrged = 4000
const mostAtOnce = 200

/** The bodies of the cascade one by one, those with nothing first. */
export function CoverageBodies({ planId }: { planId: string }) {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const toast = useToast()
  const words = useProblemWords()
  const list = useListUrl({ filters: useFilters() })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [isUrging, setUrging] = useState(false)
  const value = (name: string) => list.values[name]?.[0]
  const narrowed: Query = {
    search: value(names.search),
    level: value(names.level),
    state: value(names.state),
    under: value(names.under),
  }
  const { data, error, refetch, isPlaceholderData } = useQuery(
    coverageBodiesQuery(planId, { ...narrowed, page: list.page, size: list.size }),
  )
  const all = useMutation({
    mutationFn: () => everyBody(planId, narrowed),
    onSuccess: (ids) => setSelected(new Set(ids)),
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  const canUrge = may('plans.urge')
  const total = data?.total ?? 0
  return (
    <>
      <FilterBar list={list}>
        {canUrge && total > list.size && total <= mostUrged && (
          <Button variant="default" loading={all.isPending} onClick={() => all.mutate()}>
            {t('plans.select-all-found', { count: total, number: format.number(total) })}
          </Button>
        )}
      </FilterBar>
      <DataTable
        id="coverage"
        caption={t('plans.coverage-bodies')}
        columns={useColumns(planId)}
        rows={data?.items}
        error={error}
        onRetry={() => void refetch()}
        isRefreshing={isPlaceholderData}
        rowId={(row) => row.agency.id}
        rowName={(row) => row.agency.name}
        list={list}
        total={data?.total}
        selection={
          canUrge
            ? {
                selected,
                onChange: setSelected,
                acts: (
                  <Button
                    leftSection={<IconBellRinging size={18} stroke={1.6} aria-hidden />}
                    onClick={() => setUrging(true)}
                  >
                    {t('plans.urge')}
                  </Button>
                ),
              }
            : undefined
        }
      />
      {isUrging && (
        <UrgeDialog
          planId={planId}
          occurrenceIds={[]}
          agencyIds={[...selected]}
          onClose={() => setUrging(false)}
          onSent={() => setSelected(new Set())}
        />
      )}
    </>
  )
}

async function everyBody(planId: string, query: Query): Promise<string[]> {
  const ids: string[] = []
  for (let page = 1; ; page += 1) {
    const found = await read<Page<CoverageRow>>(`/plans/${planId}/coverage/bodies`, {
      ...query,
      page,
      size: mostAtOnce,
    })
    ids.push(...found.items.map((row) => row.agency.id))
    if (page * mostAtOnce >= found.total) return ids
  }
}

function useFilters(): Filter[] {
  const t = useText()
  return useMemo<Filter[]>(
    () => [
      { kind: 'text', name: names.search, label: t('plans.search-bodies') },
      {
        kind: 'one',
        name: names.level,
        label: t('plans.level'),
        choices: levels.map((level) => ({ value: level, label: t('plans.level-is', { level }) })),
      },
      {
        kind: 'one',
        name: names.state,
        label: t('plans.cover-state'),
        choices: (['nothing', 'drafting', 'issued'] as const).map((state) => ({
          value: state,
          label: t('plans.cover-is', { state }),
        })),
      },
      { kind: 'picked', name: names.under, label: t('plans.superior'), find: findAgencies, nameOf: agencyName },
    ],
    [t],
  )
}

function useColumns(planId: string): Column<CoverageRow>[] {
  const t = useText()
  const format = useFormat()
  return [
    {
      id: 'agency',
      title: t('plans.agency'),
      width: '15rem',
      cell: (row) => <span className={listStyles.named}>{row.agency.name}</span>,
    },
    { id: 'level', title: t('plans.level'), width: '6.5rem', cell: (row) => t('plans.level-is', { level: row.level }) },
    {
      id: 'state',
      title: t('plans.cover-state'),
      width: '9rem',
      cell: (row) => {
        const badge = (
          <StatusBadge tone={coverTones[row.state]}>{t('plans.cover-is', { state: row.state })}</StatusBadge>
        )
        return (
          <span className={listStyles.named}>
            {row.planId !== null && row.state === 'issued' ? <Link to={planTo(row.planId)}>{badge}</Link> : badge}
            {row.issuedOn !== null && <span className={listStyles.detail}>{format.date(row.issuedOn)}</span>}
          </span>
        )
      },
    },
    {
      id: 'below',
      title: t('plans.below'),
      width: '8rem',
      cell: (row) =>
        row.below === null ? (
          <Figure value={null} absent="not-applicable" />
        ) : (
          <Link to={coverageTo(planId, { under: row.agency.id })}>
            {t('plans.below-issued', { issued: format.number(row.below.issued), owed: format.number(row.below.owed) })}
          </Link>
        ),
    },
    {
      id: 'numbers',
      title: t('plans.progress-column'),
      width: '18rem',
      cell: (row) => <WorkNumbers numbers={row.numbers} of={{ agency: row.agency.id }} size="row" />,
    },
  ]
}
