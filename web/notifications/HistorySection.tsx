import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { HistoryEntry, RecordOf } from '#notifications/model'
import type { Page } from '#platform/model'
import { read } from '../access/requests.ts'
import { LoadFailed } from '../kit/Empty.tsx'
import { Section } from '../kit/Section.tsx'
import { useFormat, useLanguage, useText } from '../kit/text.tsx'
import { historySentence } from './history-words.ts'
import styles from './Talk.module.css'

const pageSize = 20

/** What was done to a record, newest first, as sentences; asked for only when one wants to read it. */
export function HistorySection({ record }: { record: RecordOf }) {
  const t = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <Section
      title={t('notifications.history')}
      acts={
        <Button variant="subtle" size="compact-sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? 'notifications.history-hide' : 'notifications.history-show')}
        </Button>
      }
    >
      {isOpen && <Entries record={record} />}
    </Section>
  )
}

function Entries({ record }: { record: RecordOf }) {
  const t = useText()
  const format = useFormat()
  const { language } = useLanguage()
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['history', record.kind, record.id],
    queryFn: ({ pageParam, signal }) =>
      read<Page<HistoryEntry>>('/history', { ...record, page: pageParam, size: pageSize }, signal),
    initialPageParam: 1,
    getNextPageParam: (last) => (last.page * last.size < last.total ? last.page + 1 : undefined),
  })
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (!data) return <p role="status">{t('kit.table-loading')}</p>
  const entries = data.pages.flatMap((page) => page.items)
  if (entries.length === 0) return <p className={styles.quiet}>{t('notifications.history-empty')}</p>
  return (
    <>
      <ol className={styles.history}>
        {entries.map((entry) => (
          <li key={entry.id}>{historySentence(t, format, language, entry)}</li>
        ))}
      </ol>
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('notifications.more')}
        </Button>
      )}
    </>
  )
}
