import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ChangeSet } from '#plans/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { planDraftTo } from '../addresses.ts'
import styles from '../Lists.module.css'
import { shorten } from '../words.ts'
import { changeSetTo } from './addresses.ts'
import { changeSetsQuery } from './queries.ts'
import { useUndo } from './useUndo.ts'

/** Every time many records were changed at once, the newest first; each can be opened and taken back. */
export function ChangeSetsPage() {
  const t = useText()
  const format = useFormat()
  const list = useListUrl({})
  const { data, error, refetch, isPlaceholderData } = useQuery(changeSetsQuery({ page: list.page, size: list.size }))
  const titleOf = (set: ChangeSet) => t('changes.set-title', { about: set.about })
  return (
    <>
      <PageHeader
        title={t('changes.list-title')}
        state={data && t('changes.list-state', { total: data.total, number: format.number(data.total) })}
      />
      <DataTable
        id="change-sets"
        caption={t('changes.list-title')}
        columns={useColumns(titleOf)}
        rows={data?.items}
        error={error}
        onRetry={() => void refetch()}
        isRefreshing={isPlaceholderData}
        rowId={(set) => set.id}
        rowName={titleOf}
        rowTo={(set) => changeSetTo(set.id)}
        list={list}
        total={data?.total}
        empty={<Empty title={t('changes.list-empty')}>{t('changes.list-empty-words')}</Empty>}
      />
    </>
  )
}

function useColumns(titleOf: (set: ChangeSet) => string): Column<ChangeSet>[] {
  const t = useText()
  const format = useFormat()
  const { undo, isPending } = useUndo()
  return [
    {
      id: 'what',
      title: t('changes.what'),
      width: '16rem',
      cell: (set) => (
        <span className={styles.named}>
          <Link to={changeSetTo(set.id)} className={styles.title}>
            {titleOf(set)}
          </Link>
          <span className={styles.detail}>{set.fileName ?? t('changes.source-is', { source: set.source })}</span>
        </span>
      ),
    },
    {
      id: 'when',
      title: t('changes.when'),
      width: '10rem',
      cell: (set) => format.dateTime(set.appliedAt ?? set.madeAt),
    },
    { id: 'who', title: t('changes.who'), width: '10rem', cell: (set) => set.personName ?? '' },
    {
      id: 'count',
      title: t('changes.how-many'),
      width: '10rem',
      cell: ({ counts: { done, left } }) =>
        t('changes.counted', { done, left, doneNumber: format.number(done), leftNumber: format.number(left) }),
    },
    {
      id: 'plan',
      title: t('changes.of-plan'),
      width: '12rem',
      cell: ({ plan }) => (plan ? <Link to={planDraftTo(plan.id)}>{shorten(plan.title, 60)}</Link> : ''),
    },
    {
      id: 'undo',
      title: t('changes.undo'),
      width: '8rem',
      cell: (set) =>
        set.may.undo ? (
          <Button variant="default" size="xs" disabled={isPending} onClick={() => undo(set.id)}>
            {t('changes.undo')}
          </Button>
        ) : (
          <SetMark set={set} />
        ),
    },
  ]
}

/** Why a set is not taken back any more. */
export function SetMark({ set }: { set: ChangeSet }) {
  const t = useText()
  if (set.isUndone) return <StatusBadge tone="note">{t('changes.undone')}</StatusBadge>
  return set.isSent ? <StatusBadge tone="note">{t('changes.sent')}</StatusBadge> : null
}
