import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ChangeRow, ChangeSetDetail } from '#plans/model'
import { usePathId } from '../../kit/address.ts'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { LoadFailed } from '../../kit/Empty.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { Section } from '../../kit/Section.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { recommendationsTo, recommendationTo } from '../../recommendations/addresses.ts'
import { editorTo } from '../addresses.ts'
import { write } from '../requests.ts'
import styles from './Changes.module.css'
import { changeSetsTo } from './addresses.ts'
import { ChangeValue } from './ChangeValue.tsx'
import { SetMark } from './ChangeSetsPage.tsx'
import { changeSetQuery, useForget } from './queries.ts'
import { RefusedRows } from './RefusedRows.tsx'
import { useUndo } from './useUndo.ts'

/** What a change set would change, or has changed, row by row; here it is made and taken back. */
export function ChangeSetPage() {
  const id = usePathId('setId')
  const list = useListUrl({})
  const { data, error, refetch } = useQuery(changeSetQuery(id, { page: list.page, size: list.size }))
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  return data ? <ChangeSetView set={data} /> : null
}

function ChangeSetView({ set }: { set: ChangeSetDetail }) {
  const t = useText()
  const format = useFormat()
  const { undo, isPending } = useUndo()
  const title = t('changes.set-title', { about: set.about })
  const at = format.dateTime(set.appliedAt ?? set.madeAt)
  const state =
    set.state === 'previewed'
      ? t('changes.previewed-state')
      : set.personName === null
        ? t('changes.applied-state-unnamed', { at })
        : t('changes.applied-state', { name: set.personName, at })
  return (
    <>
      <PageHeader
        title={title}
        state={
          <>
            {state} {set.state === 'applied' && <SetMark set={set} />}
          </>
        }
        crumbs={[{ label: t('changes.list-title'), to: changeSetsTo }, { label: set.fileName ?? title }]}
        acts={
          <>
            {set.may.undo && (
              <Button variant="default" loading={isPending} onClick={() => undo(set.id)}>
                {t('changes.undo')}
              </Button>
            )}
            {set.about === 'draft' && set.plan !== null && (
              <Button component={Link} to={editorTo(set.plan.id)} variant="default">
                {t('changes.back-to-plan')}
              </Button>
            )}
            {set.about === 'tags' && (
              <Button component={Link} to={recommendationsTo()} variant="default">
                {t('changes.back-to-recommendations')}
              </Button>
            )}
            {(set.about === 'labels' || set.about === 'progress') && (
              <Button component={Link} to="/nhiem-vu" variant="default">
                {t('changes.back-to-tasks')}
              </Button>
            )}
          </>
        }
      />
      {set.state === 'previewed' ? <Decision set={set} /> : <Summary set={set} />}
      <Changes set={set} />
      <RefusedRows set={set} />
    </>
  )
}

function Summary({ set: { about, counts } }: { set: ChangeSetDetail }) {
  const t = useText()
  const format = useFormat()
  const { seen, changing, refused } = counts
  // A task of a draft may change in one part and be refused in another; a row of progress is one or the other.
  const unchanged = about === 'progress' ? seen - changing - refused : 0
  return (
    <p>
      {t('changes.summary', {
        seen,
        changing,
        refused,
        unchanged,
        unchangedNumber: format.number(unchanged),
        seenNumber: format.number(seen),
        changingNumber: format.number(changing),
        refusedNumber: format.number(refused),
      })}
    </p>
  )
}

/** The decision: all, or the good ones only; progress is saved, or saved and sent. */
function Decision({ set }: { set: ChangeSetDetail }) {
  const t = useText()
  const format = useFormat()
  const toast = useToast()
  const forget = useForget()
  const { undo } = useUndo()
  const isPartial = set.counts.refused > 0
  const making = useMutation({
    mutationFn: (isSent: boolean) =>
      write<ChangeSetDetail>('POST', `/change-sets/${set.id}/application`, { isPartial, isSent }),
    onSuccess: async ({ counts: { done, left }, may }) => {
      await forget()
      const numbers = { done, left, doneNumber: format.number(done), leftNumber: format.number(left) }
      toast({
        kind: left > 0 ? 'note' : 'done',
        text: t('changes.applied-toast', numbers),
        ...(may.undo ? { act: { label: t('changes.undo'), run: () => undo(set.id) } } : {}),
      })
    },
  })
  const isWork = set.about === 'progress'
  return (
    <>
      <ErrorSummary problem={making.error} />
      <Summary set={set} />
      {set.may.apply && (
        <>
          <p>{t(isPartial ? 'changes.partial-words' : isWork ? 'changes.sent-words' : 'changes.all-words')}</p>
          <div className={styles.acts}>
            <Button loading={making.isPending} onClick={() => making.mutate(false)}>
              {t(isWork ? 'changes.apply-saved' : isPartial ? 'changes.apply-partial' : 'changes.apply')}
            </Button>
            {isWork && (
              <Button variant="default" loading={making.isPending} onClick={() => making.mutate(true)}>
                {t('changes.apply-sent')}
              </Button>
            )}
          </div>
        </>
      )}
    </>
  )
}

function Changes({ set }: { set: ChangeSetDetail }) {
  const t = useText()
  const list = useListUrl({})
  const hasRows = set.changes.items.some((row) => row.rowNumber !== null)
  const columns: Column<ChangeRow>[] = [
    {
      id: 'item',
      title: t('changes.item'),
      width: '16rem',
      cell: (row) => (
        <>
          {row.change.field === 'tags' ? <Link to={recommendationTo(row.recordId)}>{row.name}</Link> : row.name}
          {hasRows && row.rowNumber !== null && (
            <span className={styles.reason}>{t('changes.row', { number: row.rowNumber })}</span>
          )}
        </>
      ),
    },
    {
      id: 'field',
      title: t('changes.field'),
      width: '9rem',
      cell: (row) => t('changes.field-is', { field: row.change.field }),
    },
    {
      id: 'was',
      title: t('changes.before'),
      width: '14rem',
      cell: (row) => <ChangeValue change={row.change} side="was" />,
    },
    {
      id: 'becomes',
      title: t('changes.after'),
      width: '14rem',
      cell: (row) => <ChangeValue change={row.change} side="becomes" />,
    },
    ...(set.state === 'applied'
      ? [
          {
            id: 'outcome',
            title: t('changes.outcome'),
            width: '11rem',
            cell: (row: ChangeRow) => (
              <>
                <StatusBadge tone={row.outcome === 'done' ? 'done' : 'note'}>
                  {t('changes.outcome-is', { outcome: row.outcome })}
                </StatusBadge>
                {row.reason && <span className={styles.reason}>{row.reason.title}</span>}
              </>
            ),
          },
        ]
      : []),
  ]
  if (set.changes.total === 0) return null
  return (
    <Section title={t('changes.changes')}>
      <DataTable
        id="changes"
        caption={t('changes.changes')}
        columns={columns}
        rows={set.changes.items}
        rowId={(row) => String(row.rank)}
        rowName={(row) => row.name}
        list={list}
        total={set.changes.total}
      />
    </Section>
  )
}
