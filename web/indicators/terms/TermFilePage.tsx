import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { importWaitsDays, type FigureImport, type IncomingTerm } from '#indicators/model'
import { usePathId, useSetUrl, useUrl } from '../../kit/address.ts'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { LoadFailed } from '../../kit/Empty.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { JobProgress } from '../../kit/JobProgress.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { Section } from '../../kit/Section.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { oneOf } from '../../kit/url.ts'
import { useListUrl } from '../../kit/useListUrl.ts'
import { indicatorsTo } from '../addresses.ts'
import { names } from '../files/addresses.ts'
import files from '../files/Files.module.css'
import { Problems } from '../files/Problems.tsx'
import { importQuery, importTones, isAtWork, stop } from '../files/queries.ts'
import styles from '../Indicators.module.css'
import { useRenewIndicators } from '../queries.ts'
import { termsAt, termsTo } from './addresses.ts'
import { incomingTermsQuery, takeTerms } from './queries.ts'

const kinds = ['refused', 'changed', 'added', 'same'] as const
type Kind = (typeof kinds)[number]

/** One file of the dictionary: what it would make and change, what cannot be taken and why, and the choice of what goes in. */
export function TermFilePage() {
  const t = useText()
  const format = useFormat()
  const renew = useRenewIndicators()
  const id = usePathId('importId')
  const { data: one, error, refetch } = useQuery(importQuery(id, termsAt))
  const works = one !== undefined && isAtWork(one)
  useEffect(() => {
    if (!works) void renew()
  }, [works, renew])
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const acting = useMutation({
    mutationFn: (act: 'all' | 'chosen' | 'stop') =>
      act === 'stop' ? stop(id, termsAt) : takeTerms(id, act === 'all' ? undefined : [...selected].map(Number)),
    onSettled: renew,
  })
  if (error && !one) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (!one) return null
  const fresh = one.added + one.changed
  return (
    <>
      <PageHeader
        title={one.fileName}
        crumbs={[
          { label: t('indicators.title'), to: indicatorsTo },
          { label: t('indicators.terms-title'), to: termsTo },
          { label: one.fileName },
        ]}
        state={
          <>
            {!works && (
              <>
                <StatusBadge tone={importTones[one.state]}>
                  {t('indicators.files-state-is', { state: one.state })}
                </StatusBadge>
                {' · '}
              </>
            )}
            {[format.size(one.fileBytes), format.dateTime(one.startedAt), one.startedBy]
              .filter((part) => part !== null)
              .join(' · ')}
          </>
        }
      />
      <ErrorSummary problem={acting.error} />
      {works && (
        <JobProgress
          title={t('indicators.files-working', { state: 'checking' })}
          state="running"
          done={one.counted}
          total={null}
          onCancel={() => acting.mutate('stop')}
        />
      )}
      {!works && <p>{one.problem ?? t('indicators.terms-came-to', { ...one, days: importWaitsDays })}</p>}
      {one.state === 'checked' && (
        <div className={`${files.choice} screen-only`}>
          <p>{t('indicators.terms-choose', { fresh, refused: one.refused, days: importWaitsDays })}</p>
          <div className={files.acts}>
            {selected.size > 0 && (
              <Button loading={acting.isPending} onClick={() => acting.mutate('chosen')}>
                {t('indicators.terms-take-chosen', { count: selected.size })}
              </Button>
            )}
            {fresh > 0 && (
              <Button
                variant={selected.size > 0 ? 'default' : 'filled'}
                loading={acting.isPending}
                onClick={() => acting.mutate('all')}
              >
                {t('indicators.terms-take-all', { count: fresh })}
              </Button>
            )}
            <Button variant="default" disabled={acting.isPending} onClick={() => acting.mutate('stop')}>
              {t('indicators.files-leave')}
            </Button>
          </div>
        </div>
      )}
      {!works && one.counted > 0 && <Rows one={one} selected={selected} onSelect={setSelected} />}
    </>
  )
}

type RowsProps = { one: FigureImport; selected: ReadonlySet<string>; onSelect: (rows: ReadonlySet<string>) => void }

/** How many rows came to what; each count opens its rows. */
function Rows({ one, selected, onSelect }: RowsProps) {
  const t = useText()
  const format = useFormat()
  const url = useUrl()
  const setUrl = useSetUrl()
  const opens = (kind: Kind) => one[kind] > 0 && (kind === 'refused' || one.state === 'checked')
  const asked = kinds.find((kind) => kind === oneOf(url[names.show]))
  const shown = asked !== undefined && opens(asked) ? asked : kinds.find(opens)
  return (
    <>
      <ul className={styles.counts} aria-label={t('indicators.files-counts', { count: one.counted })}>
        {kinds.map((kind) => {
          const words = t('indicators.files-count-is', { kind, count: one[kind], number: format.number(one[kind]) })
          return (
            <li key={kind}>
              {opens(kind) ? (
                <button
                  type="button"
                  aria-pressed={shown === kind}
                  onClick={() => setUrl({ [names.show]: kind, trang: undefined })}
                >
                  {words}
                </button>
              ) : (
                words
              )}
            </li>
          )
        })}
      </ul>
      {shown === 'refused' && <Problems one={one} at={termsAt} />}
      {shown !== undefined && shown !== 'refused' && (
        <Terms key={shown} one={one} outcome={shown} selected={selected} onSelect={onSelect} />
      )}
    </>
  )
}

function Terms({ one, outcome, selected, onSelect }: RowsProps & { outcome: 'added' | 'changed' | 'same' }) {
  const t = useText()
  const format = useFormat()
  const list = useListUrl({})
  const { data, error, refetch, isPlaceholderData } = useQuery(
    incomingTermsQuery(one.id, { page: list.page, size: list.size, outcome }),
  )
  const columns: Column<IncomingTerm>[] = [
    {
      id: 'term',
      title: t('indicators.terms-term'),
      width: '18rem',
      cell: ({ name, code, kind }) => (
        <span className={styles.named}>
          <span className={styles.title}>{name}</span>
          <span className={styles.detail}>{t('indicators.terms-kind', { kind, code })}</span>
        </span>
      ),
    },
    { id: 'says', title: t('indicators.terms-says', { outcome }), width: '32rem', cell: ({ says }) => says },
    {
      id: 'row',
      title: t('indicators.files-row'),
      align: 'end',
      width: '5rem',
      cell: ({ row }) => format.number(row),
    },
  ]
  const title = t('indicators.files-rows-of', { outcome })
  return (
    <Section title={title}>
      <DataTable
        id="term-file-rows"
        caption={title}
        columns={columns.filter(({ id }) => id !== 'says' || outcome !== 'same')}
        rows={data?.items}
        error={error}
        onRetry={() => void refetch()}
        isRefreshing={isPlaceholderData}
        rowId={({ row }) => String(row)}
        rowName={({ name }) => name}
        list={list}
        total={data?.total}
        {...(outcome === 'same' ? {} : { selection: { selected, onChange: onSelect } })}
      />
    </Section>
  )
}
