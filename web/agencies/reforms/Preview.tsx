import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { BodyTouched, ReformDetail, ReformPreview, TouchedRecord, UnitTouched } from '#agencies/model'
import type { Finding } from '#territory/model'
import { personTo } from '../../access/addresses.ts'
import { useSetUrl, useUrl } from '../../kit/address.ts'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { LoadFailed } from '../../kit/Empty.tsx'
import { Section } from '../../kit/Section.tsx'
import { ToneShape } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { oneOf } from '../../kit/url.ts'
import { useListUrl } from '../../kit/useListUrl.ts'
import { planTo, workTo } from '../../plans/addresses.ts'
import { read } from '../../territory/read.ts'
import styles from './reforms.module.css'

const fates = ['ended', 'made', 'changed'] as const
type Shown = { kind: 'units' | 'bodies'; fate: (typeof fates)[number] } | { kind: 'records'; record: string }

const view = 'xem'

function shownOf(text: string | undefined): Shown | undefined {
  const [kind, rest] = text?.split('.') ?? []
  if (kind === 'records' && rest !== undefined) return { kind, record: rest }
  const fate = fates.find((each) => each === rest)
  return (kind === 'units' || kind === 'bodies') && fate !== undefined ? { kind, fate } : undefined
}

/** What stands against the draft, and everything it would touch, before and after; each number opens to its list. */
export function Preview({ reform, isSaved }: { reform: ReformDetail; isSaved: boolean }) {
  const t = useText()
  const url = useUrl()
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['reform-preview', reform.id, reform.version],
    queryFn: ({ signal }) => read<ReformPreview>(`/reforms/${reform.id}/preview`, {}, signal),
    placeholderData: keepPreviousData,
    enabled: isSaved,
  })
  const shown = shownOf(oneOf(url[view]))
  return (
    <Section title={t('agencies.reform-check')}>
      {error && <LoadFailed problem={error} onRetry={() => void refetch()} />}
      {(data === undefined || isFetching || !isSaved) && <p role="status">{t('agencies.reform-checking')}</p>}
      {data && (
        <>
          <Findings findings={data.findings} />
          <Numbers preview={data} shown={oneOf(url[view])} />
          {shown?.kind === 'units' && <Units key={`units ${shown.fate}`} reform={reform} fate={shown.fate} />}
          {shown?.kind === 'bodies' && <Bodies key={`bodies ${shown.fate}`} reform={reform} fate={shown.fate} />}
          {shown?.kind === 'records' && <Records key={shown.record} reform={reform} kind={shown.record} />}
        </>
      )}
    </Section>
  )
}

const shownFindings = 200

function Findings({ findings }: { findings: readonly Finding[] }) {
  const t = useText()
  const format = useFormat()
  const errors = findings.filter((finding) => finding.severity === 'error')
  const notices = findings.filter((finding) => finding.severity === 'notice')
  const values = {
    errors: errors.length,
    notices: notices.length,
    number: format.number(errors.length),
    noticed: format.number(notices.length),
  }
  return (
    <>
      <p role="status">
        <ToneShape tone={errors.length > 0 ? 'overdue' : 'done'} />{' '}
        {t(errors.length > 0 ? 'agencies.reform-errors' : 'agencies.reform-sound', values)}
      </p>
      <ul className={styles.list}>
        {[...errors, ...notices].slice(0, shownFindings).map((finding, place) => (
          <li key={place}>
            <span>
              <ToneShape tone={finding.severity === 'error' ? 'overdue' : 'note'} size={16} />{' '}
              {t(finding.code, worded(finding.params, format.date))}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Dates in a finding as the reader writes them. */
function worded(params: Finding['params'], date: (day: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, /^\d{4}-\d{2}-\d{2}$/.test(value) ? date(value) : value]),
  )
}

function Numbers({ preview, shown }: { preview: ReformPreview; shown: string | undefined }) {
  const t = useText()
  const format = useFormat()
  const setUrl = useSetUrl()
  const entries = [
    ...(['units', 'bodies'] as const).flatMap((kind) =>
      fates.map((fate) => ({
        to: `${kind}.${fate}`,
        label: t(`agencies.reform-${kind}-${fate}`),
        count: preview[kind][fate],
      })),
    ),
    ...preview.records.map(({ kind, count }) => ({
      to: `records.${kind}`,
      label: t(`agencies.reform-records-${kind}`),
      count,
    })),
  ]
  return (
    <ul className={styles.counts}>
      {entries.map(({ to, label, count }) => (
        <li key={to}>
          <a
            href={`?${view}=${to}`}
            aria-current={shown === to}
            onClick={(event) => {
              event.preventDefault()
              setUrl({ [view]: shown === to ? undefined : to, trang: undefined })
            }}
          >
            <strong className="figures">{format.number(count)}</strong>
            {label}
          </a>
        </li>
      ))}
    </ul>
  )
}

interface TableProps {
  reform: ReformDetail
}

function useTouched<Row>(reform: ReformDetail, path: string, asked: Record<string, string>) {
  const list = useListUrl({})
  const query = { ...asked, page: list.page, size: list.size }
  const found = useQuery({
    queryKey: ['reform-touched', reform.id, reform.version, path, query],
    queryFn: ({ signal }) => read<{ items: Row[]; total: number }>(`/reforms/${reform.id}/${path}`, query, signal),
    placeholderData: keepPreviousData,
  })
  return {
    list,
    rows: found.data?.items,
    total: found.data?.total,
    error: found.error,
    onRetry: () => void found.refetch(),
    isRefreshing: found.isPlaceholderData,
  }
}

const none = '–'

function Units({ reform, fate }: TableProps & { fate: (typeof fates)[number] }) {
  const t = useText()
  const format = useFormat()
  const touched = useTouched<UnitTouched>(reform, 'units', { fate })
  const side = (unit: UnitTouched['before']) =>
    unit === null ? (
      none
    ) : (
      <>
        {unit.name} ({unit.code})
        <small className={styles.finding}>{[unit.type, unit.parent].filter((each) => each !== null).join(' · ')}</small>
      </>
    )
  const columns: Column<UnitTouched>[] = [
    { id: 'before', title: t('agencies.reform-before'), width: '16rem', cell: (unit) => side(unit.before) },
    { id: 'after', title: t('agencies.reform-after'), width: '16rem', cell: (unit) => side(unit.after) },
    {
      id: 'others',
      title: t(fate === 'made' ? 'agencies.reform-made-of' : 'agencies.reform-goes-to'),
      width: '16rem',
      cell: (unit) =>
        unit.others.length === 0
          ? none
          : format.list(
              unit.others.map((each) =>
                each.kind === 'part' ? t('agencies.reform-part-of', { name: each.name }) : each.name,
              ),
            ),
    },
  ]
  return (
    <DataTable
      id="reform-units"
      caption={t(`agencies.reform-units-${fate}`)}
      columns={columns}
      {...touched}
      rowId={(unit) => unit.key}
      rowName={(unit) => unit.before?.name ?? unit.after?.name ?? ''}
    />
  )
}

function Bodies({ reform, fate }: TableProps & { fate: (typeof fates)[number] }) {
  const t = useText()
  const format = useFormat()
  const touched = useTouched<BodyTouched>(reform, 'bodies', { fate })
  const side = (body: BodyTouched['before']) =>
    body === null ? (
      none
    ) : (
      <>
        {body.name}
        <small className={styles.finding}>
          {[body.superior, format.list(body.functions)].filter((each) => each !== null && each !== '').join(' · ')}
        </small>
      </>
    )
  const columns: Column<BodyTouched>[] = [
    { id: 'before', title: t('agencies.reform-before'), width: '18rem', cell: (body) => side(body.before) },
    { id: 'after', title: t('agencies.reform-after'), width: '18rem', cell: (body) => side(body.after) },
    {
      id: 'heirs',
      title: t('agencies.reform-work-goes-to'),
      width: '16rem',
      cell: (body) =>
        body.heirs.length === 0
          ? none
          : format.list(
              body.heirs.map((heir) =>
                heir.functionName === null ? heir.name : `${heir.name} (${heir.functionName})`,
              ),
            ),
    },
  ]
  return (
    <DataTable
      id="reform-bodies"
      caption={t(`agencies.reform-bodies-${fate}`)}
      columns={columns}
      {...touched}
      rowId={(body) => body.key}
      rowName={(body) => body.before?.name ?? body.after?.name ?? ''}
    />
  )
}

const pagesOf: Record<string, (id: string) => string> = { posts: personTo, plans: planTo, duties: planTo, work: workTo }

function Records({ reform, kind }: TableProps & { kind: string }) {
  const t = useText()
  const format = useFormat()
  const touched = useTouched<TouchedRecord>(reform, `records/${kind}`, {})
  const detail = (record: TouchedRecord) =>
    record.detail === null
      ? none
      : kind === 'posts'
        ? t(`access.role.${record.detail}`)
        : kind === 'work'
          ? format.date(record.detail)
          : record.detail
  const columns: Column<TouchedRecord>[] = [
    {
      id: 'name',
      title: t(`agencies.reform-records-${kind}`),
      width: '18rem',
      cell: (record) => {
        const to = pagesOf[kind]?.(record.id)
        return to === undefined ? record.name : <Link to={to}>{record.name}</Link>
      },
    },
    { id: 'detail', title: t(`agencies.reform-detail-${kind}`), cell: detail },
    { id: 'agency', title: t('agencies.reform-before'), width: '14rem', cell: (record) => record.agency.name },
    {
      id: 'heirs',
      title: t('agencies.reform-after'),
      width: '14rem',
      cell: (record) =>
        kind === 'posts'
          ? t('agencies.reform-post-stays')
          : record.heirs.length === 0
            ? none
            : format.list(record.heirs),
    },
  ]
  return (
    <DataTable
      id={`reform-${kind}`}
      caption={t(`agencies.reform-records-${kind}`)}
      columns={columns}
      {...touched}
      rowId={(record) => `${record.id} ${record.agency.id} ${record.name}`}
      rowName={(record) => record.name}
    />
  )
}
