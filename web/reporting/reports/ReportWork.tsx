import { useQuery } from '@tanstack/react-query'
import type { OwedReport } from '#reporting/model'
import { CardColumns, type Card, type CardColumn } from '../../kit/CardColumns.tsx'
import { DueWords } from '../../kit/DueWords.tsx'
import { Section } from '../../kit/Section.tsx'
import { useMay, useSession } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { receivedTo, reportsTo, reportTo } from './addresses.ts'
import { workQuery } from './queries.ts'
import { useTitle } from './words.ts'

/** Reports that want something of whoever is at work; nothing to who may read none. */
export function useReportsToDo() {
  const may = useMay()
  return useQuery({ ...workQuery, enabled: may('reporting.read') }).data
}

/** On the home page: reports to correct, to write, to sign, to review. Nothing where nothing waits. */
export function ReportWork() {
  const t = useText()
  const format = useFormat()
  const title = useTitle()
  const { today } = useSession()
  const data = useReportsToDo()
  if (!data) return null
  const columns: (CardColumn & { total: number })[] = [
    column('returned', 'returned', data.returned, { of: 'own', to: reportsTo }),
    column('due', 'soon', data.due, { of: 'own', to: reportsTo }),
    column('to-sign', 'note', data.toSign, { of: 'own', to: reportsTo }),
    column('to-review', 'pending', data.toReview, { of: 'received', to: receivedTo }),
  ]
  const shown = columns.filter(({ total }) => total > 0)
  if (shown.length === 0) return null
  return (
    <Section title={t('reports.work')}>
      <CardColumns columns={shown} />
    </Section>
  )

  /** What was sent waits for its reader; by when it was due says nothing of him. */
  function sentWords({ submittedAt, number }: OwedReport): string {
    return submittedAt === null ? '' : t('reports.sent-at', { number, at: format.dateTime(submittedAt) })
  }

  function column(
    id: string,
    tone: CardColumn['tone'],
    { items, total }: { items: readonly OwedReport[]; total: number },
    { of, to }: { of: 'own' | 'received'; to: string },
  ): CardColumn & { total: number } {
    return {
      ...{ id: `report-${id}`, tone, total, empty: null },
      title: t(`reports.column-${id}`),
      cards: items.map((owed): Card => ({
        id: owed.obligationId,
        to: owed.reportId === null ? to : reportTo(owed.reportId),
        body: of === 'own' ? (owed.receiverName ?? '') : owed.agencyName,
        deed: title(owed),
        due: of === 'own' ? <DueWords dueOn={owed.dueOn} today={today} /> : sentWords(owed),
      })),
      ...(total > items.length
        ? { all: { to, label: t('plans.work-all', { count: total, number: format.number(total) }) } }
        : {}),
    }
  }
}
