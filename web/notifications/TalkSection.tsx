import { Button } from '@mantine/core'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Comment, RecordOf, Talk } from '#notifications/model'
import { act, read } from '../access/requests.ts'
import { LoadFailed } from '../kit/Empty.tsx'
import { Section } from '../kit/Section.tsx'
import { useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { CommentForm } from './CommentForm.tsx'
import { talkKey, useRenewTalk } from './requests.ts'
import styles from './Talk.module.css'
import { ThreadView } from './ThreadView.tsx'

const pageSize = 10

/** What is said about a record, newest thread first, and what one has to say. What is shown counts as read. */
export function TalkSection({ record }: { record: RecordOf }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewTalk(record)
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: talkKey(record),
    queryFn: ({ pageParam, signal }) => read<Talk>('/talk', { ...record, page: pageParam, size: pageSize }, signal),
    initialPageParam: 1,
    getNextPageParam: (last) => (last.page * last.size < last.total ? last.page + 1 : undefined),
  })
  const [talk] = data?.pages ?? []
  useReading(record, talk?.unread ?? 0)
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (!talk) return null
  return (
    <Section title={t('notifications.talk')} acts={<Mute record={record} isMuted={talk.isMuted} />}>
      {talk.unread > 0 && <p role="status">{t('notifications.talk-unread', { count: talk.unread })}</p>}
      {talk.mayWriteFor.length > 0 && (
        <>
          {talk.mayWriteFor.length === 1 && <p className={styles.quiet}>{t('notifications.internal-only')}</p>}
          <CommentForm
            record={record}
            label={t('notifications.write')}
            choices={talk.mayWriteFor}
            act={t('notifications.send')}
            onSend={async (said) => {
              await act<Comment>('/talk', { ...record, ...said, threadId: null })
              toast({ kind: 'done', text: t('notifications.done-sent') })
              await renew()
            }}
          />
        </>
      )}
      {talk.total === 0 && <p className={styles.quiet}>{t('notifications.talk-empty')}</p>}
      <ul className={styles.threads}>
        {data?.pages
          .flatMap((page) => page.items)
          .map((thread) => (
            <li key={thread.first.id}>
              <ThreadView thread={thread} record={record} />
            </li>
          ))}
      </ul>
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('notifications.older')}
        </Button>
      )}
    </Section>
  )
}

/** Tells the server once that what is unread was shown; the marks stay until the page is read anew. */
function useReading({ kind, id }: RecordOf, unread: number) {
  const told = useRef('')
  useEffect(() => {
    const shown = `${kind} ${id} ${unread}`
    if (unread === 0 || told.current === shown) return
    told.current = shown
    // Only a mark: what fails is tried with the next visit.
    act<void>('/talk/reading', { kind, id }).catch(() => (told.current = ''))
  }, [kind, id, unread])
}

function Mute({ record, isMuted }: { record: RecordOf; isMuted: boolean }) {
  const t = useText()
  const renew = useRenewTalk(record)
  const mute = useMutation({
    mutationFn: () => act<void>('/talk/muting', { ...record, isMuted: !isMuted }),
    onSuccess: renew,
  })
  return (
    <Button variant="subtle" size="compact-sm" loading={mute.isPending} onClick={() => mute.mutate()}>
      {t(isMuted ? 'notifications.unmute' : 'notifications.mute')}
    </Button>
  )
}
