import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { NamedAuditEntry } from '#access/model'
import type { Page } from '#platform/model'
import { DataTable, type Column } from '../kit/DataTable.tsx'
import type { Filter } from '../kit/filter-url.ts'
import { FilterBar } from '../kit/FilterBar.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { PrintNote } from '../kit/PrintNote.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useListUrl } from '../kit/useListUrl.ts'
import styles from './access.module.css'
import { auditTo, names } from './addresses.ts'
import { sentenceOf } from './audit-words.ts'
import { findPeople, findRecords, personName, read, recordName } from './requests.ts'

/** What was done or refused, by whom, to which record. */
export function AuditPage() {
  const t = useText()
  const format = useFormat()
  const list = useListUrl({ filters: useFilters() })
  const asked = {
    recordId: list.values[names.record]?.[0],
    personId: list.values[names.person]?.[0],
    action: list.values[names.module]?.[0],
    from: list.values[names.from]?.[0],
    to: list.values[names.to]?.[0],
    page: list.page,
    size: list.size,
  }
  const audit = useQuery({
    queryKey: ['audit', asked],
    queryFn: ({ signal }) => read<Page<NamedAuditEntry>>('/audit', asked, signal),
    placeholderData: keepPreviousData,
  })
  const total = audit.data?.total
  return (
    <>
      <PageHeader
        title={t('access.audit')}
        state={
          total === undefined ? undefined : t('access.audit-count', { count: total, number: format.number(total) })
        }
      />
      <FilterBar list={list} />
      <DataTable
        id="audit"
        caption={t('access.audit')}
        columns={useColumns()}
        rows={audit.data?.items}
        error={audit.error}
        onRetry={() => void audit.refetch()}
        isRefreshing={audit.isPlaceholderData}
        rowId={(entry) => entry.id}
        rowName={(entry) => `${format.dateTime(entry.at)} ${sentenceOf(t, entry)}`}
        list={list}
        total={total}
      />
      <PrintNote />
    </>
  )
}

/** Modules whose acts may be looked for. */
const modules = ['access', 'plans', 'documents', 'platform'] as const

function useFilters(): readonly Filter[] {
  const t = useText()
  return useMemo<readonly Filter[]>(
    () => [
      { name: names.person, label: t('access.audit-person'), kind: 'picked', find: findPeople, nameOf: personName },
      { name: names.from, label: t('access.audit-from'), kind: 'date' },
      { name: names.to, label: t('access.audit-to'), kind: 'date' },
      {
        name: names.module,
        label: t('access.audit-kind'),
        kind: 'one',
        choices: modules.map((module) => ({ value: `${module}.`, label: t(`access.audit-of-${module}`) })),
      },
      {
        name: names.record,
        label: t('access.audit-record'),
        kind: 'picked',
        find: findRecords,
        nameOf: recordName,
      },
    ],
    [t],
  )
}

function useColumns(): readonly Column<NamedAuditEntry>[] {
  const t = useText()
  const format = useFormat()
  return [
    { id: 'at', title: t('access.audit-at'), width: '9rem', cell: (entry) => format.dateTime(entry.at) },
    {
      id: 'person',
      title: t('access.audit-person'),
      width: '11rem',
      cell: (entry) => entry.personName ?? t(entry.personId === null ? 'access.audit-system' : 'access.audit-outside'),
    },
    {
      id: 'action',
      title: t('access.audit-action'),
      width: '22rem',
      cell: (entry) => (
        <div>
          {sentenceOf(t, entry)}{' '}
          {entry.outcome === 'refused' && <StatusBadge tone="returned">{t('access.audit-refused')}</StatusBadge>}
          {entry.recordId !== null && (
            <Link className={styles.quiet} to={auditTo(entry.recordId)}>
              {t('access.audit-same-record')}
            </Link>
          )}
        </div>
      ),
    },
    {
      id: 'agency',
      title: t('access.agency'),
      width: '14rem',
      cell: (entry) => entry.agencyName ?? t('kit.not-applicable'),
    },
    { id: 'request', title: t('access.audit-request'), isSpare: true, cell: (entry) => entry.requestId },
  ]
}
