import { Button } from '@mantine/core'
import { IconBellRinging, IconTag } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { changeLimits, totalOf, type Occurrence } from '#plans/model'
import { useSetUrl, useUrl } from '../kit/address.ts'
import { DataTable, type Column } from '../kit/DataTable.tsx'
import { DueWords } from '../kit/DueWords.tsx'
import { Empty } from '../kit/Empty.tsx'
import { pageName, serverFilter, writeFilters, writeOrder, type FilterValues } from '../kit/filter-url.ts'
import { ListTools } from '../kit/lists/ListTools.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { useMay, useSession } from '../kit/session.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { oneOf, stringifySearch } from '../kit/url.ts'
import { useListUrl } from '../kit/useListUrl.ts'
import { names, planTo, workTo } from './addresses.ts'
import { progressSheetTo } from './changes/addresses.ts'
import { Board } from './Board.tsx'
import { Labels, LabelsDialog } from './changes/LabelsDialog.tsx'
import { useChosenWork } from './changes/useChosenWork.ts'
import { useTaskFilters } from './list-filters.ts'
import styles from './Lists.module.css'
import { WorkNumbers } from './Numbers.tsx'
import { tasksQuery } from './queries.ts'
import { Timeline } from './Timeline.tsx'
import { UrgeDialog } from './UrgeDialog.tsx'
import { Views } from './Views.tsx'
import { choice, periodWords, progressTones, standingTones, withPath } from './words.ts'

/** Pieces of work within reach, the most urgent first. */
export function TasksPage() {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const list = useListUrl({ filters: useTaskFilters(), orders: ['due'] })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [isUrging, setUrging] = useState(false)
  const [labelled, setLabelled] = useState<readonly Occurrence[]>()
  const value = (name: string) => list.values[name]?.[0]
  const [view, setView] = useWorkView()
  const query = serverFilter(list.filters, list.values)
  const { data, error, refetch, isPlaceholderData } = useQuery(
    tasksQuery({
      page: view === 'danh-sach' ? list.page : 1,
      size: list.size,
      order: list.order && writeOrder(list.order),
      ...query,
    }),
  )
  const listTo = (over: FilterValues) =>
    `/nhiem-vu${stringifySearch({ ...writeFilters(list.filters, { ...list.values, ...over }), [names.view]: view === 'danh-sach' ? undefined : view })}`
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
          <WorkNumbers numbers={data.numbers} of={(standing) => listTo({ [names.standing]: [standing] })} />
          {list.isFiltered && (
            <p className={styles.detail}>
              {t('plans.numbers-of-filter', {
                of: value(names.standing) === undefined ? 'list' : 'others',
                number: format.number(totalOf(data.numbers)),
              })}
            </p>
          )}
        </div>
      )}
      <ListTools
        list={list}
        of="plans.tasks"
        table="tasks"
        facets={{ path: '/tasks/facets', open: ['standing', 'progressState'] }}
        total={data?.total}
        selected={selected}
      >
        <Views
          label={t('plans.view')}
          views={workViews.map((id) => ({ id, label: t(viewWords[id]) }))}
          view={view}
          onView={setView}
        >
          {view === 'dong-thoi-gian' && (
            <Timeline of={query} list={list} isOfOnePlan={value(names.plan) !== undefined} />
          )}
          {view === 'bang' && <Board of={query} />}
          {view === 'danh-sach' && (
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
              selection={{ selected, onChange: setSelected, acts }}
              empty={
                list.isFiltered ? undefined : (
                  <Empty title={t('plans.tasks-empty')}>{t('plans.tasks-empty-words')}</Empty>
                )
              }
            />
          )}
        </Views>
      </ListTools>
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

const workViews = ['danh-sach', 'dong-thoi-gian', 'bang'] as const
type WorkView = (typeof workViews)[number]

const viewWords: Record<WorkView, string> = {
  'danh-sach': 'plans.view-list',
  'dong-thoi-gian': 'plans.view-timeline',
  bang: 'plans.view-board',
}

/** How the work is shown, kept in the address; another view begins at its first page. */
function useWorkView(): [WorkView, (view: WorkView) => void] {
  const asked = oneOf(useUrl()[names.view])
  const setUrl = useSetUrl()
  const view = workViews.find((one) => one === asked) ?? 'danh-sach'
  return [
    view,
    (wanted) => setUrl({ [names.view]: wanted === 'danh-sach' ? undefined : wanted, [pageName]: undefined }, true),
  ]
}

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
      isSortable: true,
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
        <>
          <Link to={planTo(work.planId)} title={work.planTitle}>
            {work.planNumber ?? work.planTitle}
          </Link>
          {work.alsoServes.map((other) => (
            <span key={other.occurrenceId} className={styles.detail}>
              {t('plans.also-serves')}{' '}
              <Link to={workTo(other.occurrenceId)} title={other.planTitle}>
                {other.planNumber ?? other.planTitle}
              </Link>
            </span>
          ))}
        </>
      ),
    },
  ]
}
