import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { OwedReport } from '#reporting/model'
import { DataTable, type Column, type Selection } from '../../kit/DataTable.tsx'
import { DueWords } from '../../kit/DueWords.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { useMay, useSession } from '../../kit/session.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import type { ListUrl } from '../../kit/useListUrl.ts'
import { write } from '../../plans/requests.ts'
import { reportTo } from './addresses.ts'
import { useRenewReports } from './queries.ts'
import styles from './Reports.module.css'
import { reasonWords } from '../regimes/words.ts'
import { stateOf, useTitle } from './words.ts'

interface OwedTableProps {
  id: string
  caption: string
  side: 'own' | 'received'
  rows: readonly OwedReport[] | undefined
  list: ListUrl
  total: number | undefined
  error: unknown
  onRetry: () => void
  empty: ReactNode
  selection?: Selection
}

/** Reports with whose they are, how they stand, by when; what is to be done leads on. */
export function OwedTable({ side, rows, ...rest }: OwedTableProps) {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const { today } = useSession()
  const title = useTitle()
  const navigate = useNavigate()
  const renew = useRenewReports()
  const begin = useMutation({
    mutationFn: (obligationId: string) => write<{ id: string }>('POST', '/reporting/reports', { obligationId }),
    onSuccess: async ({ id }) => {
      await renew()
      await navigate({ to: reportTo(id) })
    },
  })
  const asideOf = (owed: OwedReport) => {
    if (owed.obligationState !== 'owed') return null
    if (owed.isRequested && owed.number === 0) return t('reports.requested')
    if (owed.number === 0) return t('reports.never-sent')
    return owed.isLate && t('reports.came-late')
  }
  const columns: Column<OwedReport>[] = [
    {
      id: 'report',
      title: t(side === 'own' ? 'reports.report' : 'reports.body'),
      width: '18rem',
      cell: (owed) => (
        <span className={styles.named}>
          <span className={styles.title}>
            {owed.reportId !== null && (side === 'own' || owed.number > 0) ? (
              <Link to={reportTo(owed.reportId)}>{side === 'own' ? title(owed) : owed.agencyName}</Link>
            ) : side === 'own' ? (
              title(owed)
            ) : (
              owed.agencyName
            )}
          </span>
          <span className={styles.quiet}>
            {side === 'own'
              ? owed.receiverName !== null && t('reports.sent-to', { name: owed.receiverName })
              : title(owed)}
          </span>
        </span>
      ),
    },
    {
      id: 'state',
      title: t('reports.state'),
      width: '13rem',
      cell: (owed) => {
        const { tone, words } = stateOf(owed, t)
        const lines = owed.openLines?.length ?? 0
        return (
          <span className={styles.named}>
            <StatusBadge tone={tone}>{words}</StatusBadge>
            <span className={styles.quiet}>
              {owed.state === 'returned' && lines > 0 && t('reports.lines-open', { count: lines })}
              {owed.isNil && t('reports.nil')}
              {owed.obligationState !== 'owed' && owed.reason !== null && reasonWords(owed.reason, t)}
            </span>
          </span>
        )
      },
    },
    {
      id: 'due',
      title: t('reports.due'),
      width: '11rem',
      cell: (owed) => (
        <span className={styles.named}>
          {isPressed(owed) ? <DueWords dueOn={owed.dueOn} today={today} /> : format.date(owed.dueOn)}
          <span className={styles.quiet}>{isPressed(owed) ? format.date(owed.dueOn) : asideOf(owed)}</span>
        </span>
      ),
    },
    {
      id: 'sent',
      title: t('reports.sent'),
      width: '11rem',
      cell: (owed) =>
        owed.submittedAt === null
          ? '–'
          : t('reports.sent-at', { number: owed.number, at: format.dateTime(owed.submittedAt) }),
    },
    {
      id: 'act',
      title: t('reports.act'),
      width: '9rem',
      cell: (owed) => {
        if (side === 'received') return null
        if (owed.reportId === null)
          return (
            owed.obligationState === 'owed' &&
            owed.isOpen &&
            may('reporting.write-reports') && (
              <Button size="compact-sm" loading={begin.isPending} onClick={() => begin.mutate(owed.obligationId)}>
                {t('reports.begin')}
              </Button>
            )
          )
        return (
          <Button component={Link} size="compact-sm" variant="default" to={reportTo(owed.reportId)}>
            {t(isOut(owed) ? (owed.mayBeSigned ? 'reports.go-sign' : 'reports.go-on') : 'reports.open')}
          </Button>
        )
      },
    },
  ]
  return (
    <>
      <ErrorSummary problem={begin.error} />
      <DataTable
        {...rest}
        columns={side === 'own' ? columns : columns.filter(({ id }) => id !== 'act')}
        rows={rows}
        rowId={(owed) => owed.obligationId}
        rowName={(owed) => (side === 'own' ? title(owed) : `${owed.agencyName}, ${title(owed)}`)}
      />
    </>
  )
}

/** Still to be sent, and its body is held to the day: one that was requested is not. */
function isPressed(owed: OwedReport): boolean {
  return isOut(owed) && !owed.isRequested
}

/** Still to be sent by its body; when the round is closed nothing is, but what was opened again. */
export function isOut(owed: OwedReport): boolean {
  return (
    owed.obligationState === 'owed' &&
    owed.isOpen &&
    (owed.state === null || ['draft', 'returned', 'reopened'].includes(owed.state))
  )
}
