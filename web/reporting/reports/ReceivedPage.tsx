import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AcceptedReports } from '#reporting/model'
import { useSetUrl, useUrl } from '../../kit/address.ts'
import { Confirm } from '../../kit/Confirm.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { SelectField } from '../../kit/fields.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useMay } from '../../kit/session.tsx'
import { useText } from '../../kit/text.tsx'
import { oneOf } from '../../kit/url.ts'
import { useListUrl } from '../../kit/useListUrl.ts'
import { write } from '../../plans/requests.ts'
import { choice } from '../../plans/words.ts'
import { showName } from './addresses.ts'
import { OwedTable } from './OwedTable.tsx'
import { owedQuery, useRenewReports } from './queries.ts'
import styles from './Reports.module.css'

const shows = ['all', 'missing', 'to-review'] as const

/** Reports sent to one's own body: who has sent nothing first, then what waits for review. */
export function ReceivedPage() {
  const t = useText()
  const may = useMay()
  const list = useListUrl({})
  const setUrl = useSetUrl()
  const asked = oneOf(useUrl()[showName])
  const show = shows.find((one) => one === asked) ?? 'all'
  const { data, error, refetch } = useQuery(owedQuery('received', { page: list.page, size: list.size, show }))
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [isAsking, setAsking] = useState(false)
  const [outcome, setOutcome] = useState<{ name: string; title: string }[]>([])
  const renew = useRenewReports()
  const rows = data?.items ?? []
  const acceptable = rows.filter(({ state }) => state === 'submitted' || state === 'in-review')
  const chosen = acceptable.filter((owed) => selected.has(owed.obligationId))
  const accept = useMutation({
    mutationFn: () =>
      write<AcceptedReports>('POST', '/reporting/reports/acceptances', {
        reports: chosen.flatMap(({ reportId, number }) => (reportId === null ? [] : [{ id: reportId, number }])),
      }),
    onSuccess: async (done) => {
      setAsking(false)
      setOutcome(
        done.rows
          .filter(({ ok }) => !ok)
          .map((row) => ({
            name: rows.find(({ reportId }) => reportId === row.id)?.agencyName ?? '',
            title: row.title ?? '',
          })),
      )
      setSelected(new Set())
      await renew()
    },
    onError: () => setAsking(false),
  })
  const missing = rows.filter((owed) => owed.isOpen && owed.obligationState === 'owed' && owed.number === 0).length
  return (
    <>
      <PageHeader
        title={t('reports.received-title')}
        state={
          data &&
          t('reports.received-state', { missing, waiting: rows.filter((one) => one.state === 'submitted').length })
        }
        crumbs={[{ label: t('reports.title'), to: '/bao-cao' }, { label: t('reports.received-title') }]}
      />
      <div className={`${styles.choices} screen-only`}>
        <SelectField
          id="show"
          label={t('reports.show')}
          choices={shows.map((value) => ({ value, label: t('reports.show-is', { show: choice(value) }) }))}
          value={show}
          onChange={(value) => setUrl({ [showName]: value === 'all' ? undefined : value }, true)}
        />
      </div>
      <ErrorSummary problem={accept.error} />
      {outcome.length > 0 && (
        <section className={styles.note} role="status" aria-labelledby="refused">
          <h2 id="refused">{t('reports.batch-refused', { count: outcome.length })}</h2>
          <ul>
            {outcome.map(({ name, title }) => (
              <li key={name}>{t('reports.batch-line', { name, title })}</li>
            ))}
          </ul>
        </section>
      )}
      <OwedTable
        id="reports-received"
        caption={t('reports.received-title')}
        side="received"
        rows={data?.items}
        list={list}
        total={data?.total}
        error={error}
        onRetry={() => void refetch()}
        empty={<Empty title={t('reports.nothing-received')}>{t('reports.nothing-received-words')}</Empty>}
        {...(may('reporting.decide-reports')
          ? {
              selection: {
                selected,
                onChange: setSelected,
                canSelect: (id: string) => acceptable.some(({ obligationId }) => obligationId === id),
                acts: (
                  <Button size="compact-sm" disabled={chosen.length === 0} onClick={() => setAsking(true)}>
                    {t('reports.accept-many', { count: chosen.length })}
                  </Button>
                ),
              },
            }
          : {})}
      />
      <Confirm
        isOpen={isAsking}
        title={t('reports.accept-many', { count: chosen.length })}
        act={t('reports.accept')}
        isPending={accept.isPending}
        onConfirm={() => accept.mutate()}
        onClose={() => setAsking(false)}
      >
        {t('reports.accept-many-words')}
      </Confirm>
    </>
  )
}
