import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Empty } from '../../kit/Empty.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useMay } from '../../kit/session.tsx'
import { useText } from '../../kit/text.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { delegationsTo } from './addresses.ts'
import { OwedTable } from './OwedTable.tsx'
import { owedQuery } from './queries.ts'

/** Reports one's own body owes, the next due first. */
export function OwedPage() {
  const t = useText()
  const may = useMay()
  const list = useListUrl({})
  const { data, error, refetch } = useQuery(owedQuery('own', { page: list.page, size: list.size }))
  const open = data?.items.filter((owed) => isOpen(owed.obligationState, owed.state)).length ?? 0
  return (
    <>
      <PageHeader
        title={t('reports.title')}
        state={data && t('reports.owed-state', { count: open })}
        acts={may('reporting.delegate') && <Link to={delegationsTo}>{t('reports.delegations-title')}</Link>}
      />
      <OwedTable
        id="reports-owed"
        caption={t('reports.title')}
        side="own"
        rows={data?.items}
        list={list}
        total={data?.total}
        error={error}
        onRetry={() => void refetch()}
        empty={<Empty title={t('reports.nothing-owed')}>{t('reports.nothing-owed-words')}</Empty>}
      />
    </>
  )
}

function isOpen(obligation: string, state: string | null): boolean {
  return obligation === 'owed' && (state === null || state === 'draft' || state === 'returned' || state === 'reopened')
}
