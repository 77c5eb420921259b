import { Button } from '@mantine/core'
import { IconBellRinging, IconTag } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { changeLimits, type Occurrence, type Standing } from '#plans/model'
import { DataTable, type Column } from '../kit/DataTable.tsx'
import { DueWords } from '../kit/DueWords.tsx'
import { Empty } from '../kit/Empty.tsx'
import type { Filter } from '../kit/filter-url.ts'
import { FilterBar } from '../kit/FilterBar.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { useMay, useSession } from '../kit/session.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useListUrl } from '../kit/useListUrl.ts'
import { names, planTo, workTo } from './addresses.ts'
import { progressSheetTo } from './changes/addresses.ts'
import { Labels, LabelsDialog } from './changes/LabelsDialog.tsx'
import { labelsQuery } from './changes/queries.ts'
import { useChosenWork } from './changes/useChosenWork.ts'
import { agencyName, findAgencies, findPlans, planName } from './find.ts'
import styles from './Lists.module.css'
import { WorkNumbers } from './Numbers.tsx'
import { levels } from './PlansPage.tsx'
import { tasksQuery } from './queries.ts'
import { UrgeDialog } from './UrgeDialog.tsx'
import { choice, periodWords, progressTones, standingTones, withPath } from './words.ts'

const standings: readonly Standing[] = [
  'overdue',
  'pending-in-time',
  'done-on-time',
  'done-late',
  'no-due-date',
  'requested-open',
  'requested-done',
]

/** Pieces of work within reach, the most urgent first. */
export function TasksPage() {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const list = useListUrl({ filters: useFilters() })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [isUrging, setUrging] = useState(false)
  const [labelled, setLabelled] = useState<readonly Occurrence[]>()
  const value = (name: string) => list.values[name]?.[0]
  const query = {
    search: value(names.search),
    planId: value(names.plan),
    nodeId: value(names.node),
    underId: value(names.group),
    agencyId: value(names.agency),
    standing: value(names.standing),
    progressState: value(names.progress),
    dueBy: value(names.dueBy),
    level: value(names.level),
    label: value(names.label),
  }
  const { data, error, refetch, isPlaceholderData } = useQuery(
    tasksQuery({ page: list.page, size: list.size, ...query }),
  )
  const many = useChosenWork(query, data?.items)
  const acts = (
    <>
      {may('plans.urge') && (
        <Button leftSection={<IconBellRinging size={18} stroke={1.6} aria-hidden />} onClick={() => setUrging(true)}>
          {t('plans.urge')}
        </Button>
      )}
      {may('plans.change-many') && (
        <Button
          variant="default"
          leftSection={<IconTag size={18} stroke={1.6} aria-hidden />}
          onClick={() => setLabelled(many.rows(selected))}
        >
          {t('changes.labels-act')}
        </Button>
      )}
      {data !== undefined && selected.size < Math.min(data.total, changeLimits.records) && (
        <Button variant="default" loading={many.isPending} onClick={() => void many.all().then(setSelected)}>
          {t('changes.select-all', { number: format.number(Math.min(data.total, changeLimits.records)) })}
        </Button>
      )}
    </>
  )
  return (
    <>
      <PageHeader
        title={t('plans.tasks-title')}
        state={
          data &&
          t('plans.tasks-state', {
            total: data.total,
            number: format.number(data.total),
            // The numbers are of all standings: beside one of them alone they would contradict the list.
            overdue: value(names.standing) === undefined ? data.numbers.overdue : 0,
            late: format.number(data.numbers.overdue),
          })
        }
        acts={
          may('plans.report-progress') && (
            <Button component={Link} to={progressSheetTo} variant="default">
              {t('changes.sheet-progress-title')}
            </Button>
          )
        }
      />
      {data && (
        <div className={styles.above}>
          <WorkNumbers
            numbers={data.numbers}
            of={{
              plan: value(names.plan),
              node: value(names.node),
              group: value(names.group),
              agency: value(names.agency),
            }}
          />
        </div>
      )}
      <FilterBar list={list} />
      <DataTable
        id="tasks"
        caption={t('plans.tasks-title')}
        columns={useColumns()}
        rows={data?.items}
        error={error}
        onRetry={() => void refetch()}
        isRefreshing={isPlaceholderData}
        rowId={(work) => work.id}
        rowName={(work) => `${withPath(work.path, work.text).slice(0, 80)} (${work.agency.name})`}
        rowTo={(work) => workTo(work.id)}
        list={list}
        total={data?.total}
        selection={
          may('plans.urge') || may('plans.change-many') ? { selected, onChange: setSelected, acts } : undefined
        }
        empty={
          list.isFiltered ? undefined : <Empty title={t('plans.tasks-empty')}>{t('plans.tasks-empty-words')}</Empty>
        }
      />
      {labelled && <LabelsDialog chosen={labelled} onClose={() => setLabelled(undefined)} />}
      {isUrging && (
        <UrgeDialog
          planId={value(names.plan) ?? null}
          occurrenceIds={[...selected]}
          agencyIds={[]}
          onClose={() => setUrging(false)}
          onSent={() => setSelected(new Set())}
        />
      )}
    </>
  )
}

function useFilters(): Filter[] {
  const t = useText()
  const may = useMay()
  const { data: labels = none } = useQuery({ ...labelsQuery, enabled: may('plans.change-many') })
  return useMemo<Filter[]>(
    () => [
      { kind: 'text', name: names.search, label: t('plans.search-tasks') },
      {
        kind: 'one',
        name: names.standing,
        label: t('plans.standing'),
        choices: standings.map((standing) => ({
          value: standing,
          label: t('plans.standing-is', { standing: choice(standing) }),
        })),
      },
      {
        kind: 'one',
        name: names.progress,
        label: t('plans.update'),
        choices: (['draft', 'submitted', 'returned', 'accepted'] as const).map((state) => ({
          value: state,
          label: t('plans.update-is', { state }),
        })),
      },
      {
        kind: 'one',
        name: names.level,
        label: t('plans.level'),
        choices: levels.map((level) => ({ value: level, label: t('plans.level-is', { level }) })),
      },
      ...(labels.length > 0
        ? [
            {
              kind: 'one' as const,
              name: names.label,
              label: t('changes.label'),
              choices: labels.map((label) => ({ value: label, label })),
            },
          ]
        : []),
      { kind: 'date', name: names.dueBy, label: t('plans.due-by') },
      { kind: 'picked', name: names.agency, label: t('plans.agency'), find: findAgencies, nameOf: agencyName },
      { kind: 'picked', name: names.plan, label: t('plans.plan'), find: findPlans, nameOf: planName },
      { kind: 'picked', name: names.node, label: t('plans.task'), find: noFind, nameOf: nodeName(t('plans.one-task')) },
      {
        kind: 'picked',
        name: names.group,
        label: t('plans.group'),
        find: noFind,
        nameOf: nodeName(t('plans.one-group')),
      },
    ],
    [t, labels],
  )
}

const none: string[] = []

/** A single task comes from a link, never from this list: its words stand in every row. */
const noFind = () => Promise.resolve([])
const nodeName = (words: string) => () => Promise.resolve(words)

function useColumns(): Column<Occurrence>[] {
  const t = useText()
  const { today } = useSession()
  const format = useFormat()
  return [
    {
      id: 'task',
      title: t('plans.task'),
      width: '20rem',
      cell: (work) => (
        <span className={styles.named}>
          <Link to={workTo(work.id)} className={styles.title}>
            {withPath(work.path, work.text)}
          </Link>
          {periodWords(work.period, t) && <span className={styles.detail}>{periodWords(work.period, t)}</span>}
          <Labels labels={work.labels} />
        </span>
      ),
    },
    { id: 'agency', title: t('plans.agency'), width: '11rem', cell: (work) => work.agency.name },
    {
      id: 'due',
      title: t('plans.due'),
      width: '10.5rem',
      cell: (work) =>
        work.doneOn === null ? (
          <DueWords dueOn={work.dueOn} today={today} />
        ) : (
          t('plans.done-on', { date: format.date(work.doneOn) })
        ),
    },
    {
      id: 'standing',
      title: t('plans.standing'),
      width: '9rem',
      cell: (work) => (
        <StatusBadge tone={standingTones[work.standing]}>
          {t('plans.standing-is', { standing: choice(work.standing) })}
        </StatusBadge>
      ),
    },
    {
      id: 'update',
      title: t('plans.update'),
      width: '8.5rem',
      cell: (work) =>
        work.progressState === null ? (
          <span className={styles.detail}>{t('plans.update-none')}</span>
        ) : (
          <StatusBadge tone={progressTones[work.progressState]}>
            {t('plans.update-is', { state: work.progressState })}
          </StatusBadge>
        ),
    },
    {
      id: 'plan',
      title: t('plans.plan'),
      width: '8rem',
      cell: (work) => (
        <Link to={planTo(work.planId)} title={work.planTitle}>
          {work.planNumber ?? work.planTitle}
        </Link>
      ),
    },
  ]
}
