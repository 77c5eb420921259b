import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { FigureDrift, ReportDetail } from '#reporting/model'
import { changeWords, valueWords } from '../../indicators/words.ts'
import { usePathId, useUrl } from '../../kit/address.ts'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty, LoadFailed } from '../../kit/Empty.tsx'
import type { Order } from '../../kit/filter-url.ts'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useMay } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { oneOf } from '../../kit/url.ts'
import { useListUrl } from '../../kit/useListUrl.ts'
import { useDownload } from '../../plans/DownloadButton.tsx'
import { choice } from '../../plans/words.ts'
import { numberName, reportTo } from '../reports/addresses.ts'
import { reportQuery } from '../reports/queries.ts'
import styles from '../reports/Reports.module.css'
import { useTitle } from '../reports/words.ts'
import { ordered } from './drift-order.ts'
import { driftFile, driftQuery } from './queries.ts'
import { TraceLink } from './TraceLink.tsx'

/** The figures of a sent report as they were issued beside today's: estimates and what came after them. */
export function DriftPage() {
  const id = usePathId('reportId')
  const report = useQuery(reportQuery(id))
  const asked = Number(oneOf(useUrl()[numberName]))
  const number = asked > 0 ? asked : (report.data?.submissions[0]?.number ?? 0)
  const drift = useQuery({ ...driftQuery(id, number), enabled: number > 0 })
  const error = report.error ?? drift.error
  if (error) return <LoadFailed problem={error} onRetry={() => void drift.refetch()} />
  return report.data ? (
    <DriftOf report={report.data} number={number} rows={number > 0 ? drift.data?.figures : []} />
  ) : null
}

const usual: Order = { by: 'figure', isDescending: false }

function DriftOf({
  report,
  number,
  rows,
}: {
  report: ReportDetail
  number: number
  rows: readonly FigureDrift[] | undefined
}) {
  const t = useText()
  const title = useTitle()
  const list = useListUrl({ orders: ['figure', 'drift', 'share', 'changed'], order: usual })
  const sorted = rows && ordered(rows, list.order ?? usual)
  const changed = rows?.filter(({ drift }) => drift !== null && drift !== 0).length ?? 0
  return (
    <>
      <PageHeader
        title={t('drift.title')}
        crumbs={[
          {
            label: t('reports.of-body', { body: report.owed.agencyName, report: title(report.owed) }),
            to: reportTo(report.id),
          },
          { label: t('drift.title') },
        ]}
        state={t('drift.state', { number, total: rows?.length ?? 0, changed })}
        acts={rows !== undefined && rows.length > 0 && <DriftFiles reportId={report.id} number={number} />}
      />
      <DataTable
        id="figure-drift"
        caption={t('drift.title')}
        columns={useDriftColumns(report, number)}
        rows={sorted?.slice((list.page - 1) * list.size, list.page * list.size)}
        total={rows?.length ?? 0}
        list={list}
        rowId={(row) => row.line}
        rowName={(row) => row.name}
        empty={<Empty title={t('drift.none')} />}
      />
    </>
  )
}

/** The same table as a file. */
function DriftFiles({ reportId, number }: { reportId: string; number: number }) {
  const t = useText()
  const may = useMay()
  const { start, isPending } = useDownload()
  if (!may('reporting.export')) return null
  return (['xlsx', 'csv'] as const).map((format) => (
    <Button
      key={format}
      variant="default"
      leftSection={<IconDownload size={18} stroke={1.6} aria-hidden />}
      loading={isPending}
      onClick={() => start(driftFile(reportId, number, format), '')}
    >
      {t('kit.export-format-is', { format })}
    </Button>
  ))
}

function useDriftColumns(report: ReportDetail, number: number): Column<FigureDrift>[] {
  const t = useText()
  const format = useFormat()
  const said = (value: number | null, status: string | null) => (
    <span className={styles.named}>
      {value === null ? '–' : valueWords(value, format)}
      <span className={styles.quiet}>{t('indicators.standing-is', { standing: choice(status ?? 'missing') })}</span>
    </span>
  )
  return [
    {
      ...{ id: 'figure', title: t('reports.figure'), width: '20rem', isSortable: true },
      cell: (row) => (
        <span className={styles.named}>
          {row.name}
          <span className={styles.quiet}>{row.unitOfMeasure}</span>
        </span>
      ),
    },
    {
      ...{ id: 'sent', title: t('drift.sent'), align: 'end', width: '8rem' },
      cell: (row) => said(row.sentValue, row.sentStatus),
    },
    {
      ...{ id: 'now', title: t('drift.now'), align: 'end', width: '8rem' },
      cell: (row) => said(row.nowValue, row.nowStatus),
    },
    {
      ...{ id: 'drift', title: t('drift.drift'), align: 'end', width: '7rem', isSortable: true },
      cell: (row) => (row.drift === null ? '–' : row.drift === 0 ? t('drift.same') : changeWords(row.drift, format)),
    },
    {
      ...{ id: 'share', title: t('drift.share'), unit: '%', align: 'end', width: '6rem', isSortable: true },
      cell: (row) => (row.share === null ? '–' : format.number(row.share * 100, 1)),
    },
    {
      ...{ id: 'changed', title: t('drift.changed'), width: '14rem', isSortable: true },
      cell: (row) =>
        row.changedAt === null ? (
          '–'
        ) : (
          <span className={styles.named}>
            {[row.changedByName, row.changedByAgencyName].filter((name) => name !== null).join(', ')}
            <span className={styles.quiet}>
              {t('drift.changed-at', { at: format.dateTime(row.changedAt), count: row.changes })}
            </span>
          </span>
        ),
    },
    {
      ...{ id: 'open', title: t('trace.down'), width: '7rem' },
      cell: (row) => <TraceLink at={{ reportId: report.id, number, line: row.line }} name={row.name} />,
    },
  ]
}
