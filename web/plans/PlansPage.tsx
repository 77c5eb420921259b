import { Button } from '@mantine/core'
import { IconFileText, IconPencilPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { PlanSummary } from '#plans/model'
import { DataTable, type Column } from '../kit/DataTable.tsx'
import { Empty } from '../kit/Empty.tsx'
import { serverFilter, writeOrder } from '../kit/filter-url.ts'
import { ListTools } from '../kit/lists/ListTools.tsx'
import { FigureNote } from '../kit/FigureNote.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { useMay, useSession } from '../kit/session.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useListUrl } from '../kit/useListUrl.ts'
import { planTo } from './addresses.ts'
import { usePlanFilters } from './list-filters.ts'
import { NewPlanDialog } from './NewPlanDialog.tsx'
import { WorkNumbers } from './Numbers.tsx'
import styles from './Lists.module.css'
import { plansQuery } from './queries.ts'
import { numberAndDate, planTones } from './words.ts'

/** The plans one may read. */
export function PlansPage() {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const { today } = useSession()
  const [isNew, setNew] = useState(false)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const list = useListUrl({ filters: usePlanFilters(), orders: ['issued'] })
  const { data, error, refetch, isPlaceholderData } = useQuery(
    plansQuery({
      page: list.page,
      size: list.size,
      order: list.order && writeOrder(list.order),
      ...serverFilter(list.filters, list.values),
    }),
  )
  const acts = (
    <>
      {may('documents.import') && (
        <Button component={Link} to="/van-ban" leftSection={<IconFileText size={18} stroke={1.6} aria-hidden />}>
          {t('plans.read-document')}
        </Button>
      )}
      {may('plans.draft') && (
        <Button
          variant="default"
          leftSection={<IconPencilPlus size={18} stroke={1.6} aria-hidden />}
          onClick={() => setNew(true)}
        >
          {t('plans.write-plan')}
        </Button>
      )}
    </>
  )
  return (
    <>
      <PageHeader
        title={t('plans.list-title')}
        state={data && t('plans.list-state', { count: data.total, number: format.number(data.total) })}
        acts={acts}
      />
      <ListTools
        list={list}
        of="plans.plans"
        table="plans"
        facets={{ path: '/plans/facets', open: ['state', 'level'] }}
        total={data?.total}
        selected={selected}
      >
        <DataTable
          id="plans"
          caption={t('plans.list-title')}
          columns={useColumns()}
          rows={data?.items}
          error={error}
          onRetry={() => void refetch()}
          isRefreshing={isPlaceholderData}
          rowId={(plan) => plan.id}
          rowName={(plan) => plan.number ?? plan.title}
          rowTo={(plan) => planTo(plan.id)}
          list={list}
          selection={{ selected, onChange: setSelected }}
          total={data?.total}
          empty={
            list.isFiltered ? undefined : <Empty title={t('plans.list-empty')}>{t('plans.list-empty-words')}</Empty>
          }
        />
      </ListTools>
      <FigureNote asOf={today} unit={t('plans.unit-work')} />
      {isNew && <NewPlanDialog onClose={() => setNew(false)} />}
    </>
  )
}

function useColumns(): Column<PlanSummary>[] {
  const t = useText()
  const format = useFormat()
  return [
    {
      id: 'title',
      title: t('plans.plan'),
      width: '24rem',
      cell: (plan) => (
        <span className={styles.named}>
          <Link to={planTo(plan.id)} className={styles.title}>
            {plan.title}
          </Link>
          <span className={styles.detail}>
            {numberAndDate(plan, t, format)}
            {plan.isInvented && <span className={styles.invented}>{t('plans.invented')}</span>}
          </span>
        </span>
      ),
    },
    {
      id: 'issuer',
      title: t('plans.issuer'),
      width: '12rem',
      cell: (plan) => (
        <span className={styles.named}>
          {plan.issuer.name}
          {plan.owner.id !== plan.issuer.id && (
            <span className={styles.detail}>
              {t('plans.answers-today', { name: plan.owner.name, hasEnded: 'false', date: '' })}
            </span>
          )}
        </span>
      ),
    },
    { id: 'level', title: t('plans.level'), width: '7rem', cell: (plan) => t('plans.level-is', { level: plan.level }) },
    {
      id: 'state',
      title: t('plans.state'),
      width: '9rem',
      cell: (plan) => (
        <StatusBadge tone={planTones[plan.state]}>{t('plans.state-is', { state: plan.state })}</StatusBadge>
      ),
    },
    {
      id: 'numbers',
      title: t('plans.progress-column'),
      width: '18rem',
      cell: (plan) =>
        plan.state === 'draft' ? (
          <span className={styles.detail}>{t('plans.not-yet-counted')}</span>
        ) : (
          <WorkNumbers numbers={plan.numbers} of={{ plan: plan.id }} size="row" />
        ),
    },
  ]
}
