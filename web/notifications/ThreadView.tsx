import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Comment, RecordOf, Thread } from '#notifications/model'
import type { Page } from '#platform/model'
import { act, read } from '../access/requests.ts'
import { useProblemWords } from '../kit/problem-words.ts'
import { useMay } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { CommentForm } from './CommentForm.tsx'
import { CommentView } from './CommentView.tsx'
import { talkKey, useRenewTalk } from './requests.ts'
import styles from './Talk.module.css'

/** A thread: its first comment, the latest answers or all, and the answer one writes; folded once it is settled. */
export function ThreadView({ thread, record }: { thread: Thread; record: RecordOf }) {
  const t = useText()
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  if (thread.resolved !== null && !isOpen)
    return (
      <p className={styles.settled}>
        <span className={styles.quiet}>
          {t('notifications.resolved', {
            person: thread.resolved.personName,
            at: format.dateTime(thread.resolved.at),
          })}
        </span>
        <span className={styles.beginning}>{thread.first.text ?? t('notifications.withdrawn')}</span>
        <Button variant="subtle" size="compact-sm" onClick={() => setOpen(true)}>
          {t('notifications.resolved-show')}
        </Button>
      </p>
    )
  return <Opened thread={thread} record={record} />
}

function Opened({ thread, record }: { thread: Thread; record: RecordOf }) {
  const t = useText()
  const format = useFormat()
  const [isWhole, setWhole] = useState(false)
  const { first } = thread
  const { data: all } = useQuery({
    queryKey: [...talkKey(record), 'replies', first.id],
    queryFn: ({ signal }) => read<Page<Comment>>(`/comments/${first.id}/replies`, { size: 200 }, signal),
    enabled: isWhole,
  })
  const replies = isWhole && all ? all.items : thread.replies
  return (
    <div className={styles.thread}>
      {first.seenBy === 'body' && <p className={styles.internal}>{t('notifications.internal')}</p>}
      <CommentView comment={first} record={record} />
      {!isWhole && thread.replyCount > thread.replies.length && (
        <Button variant="subtle" size="compact-sm" className={styles.all} onClick={() => setWhole(true)}>
          {t('notifications.all-replies', { count: thread.replyCount })}
        </Button>
      )}
      {replies.length > 0 && (
        <ol className={styles.replies}>
          {replies.map((reply) => (
            <li key={reply.id}>
              <CommentView comment={reply} record={record} />
            </li>
          ))}
        </ol>
      )}
      {thread.resolved !== null && (
        <p className={styles.quiet}>
          {t('notifications.resolved', {
            person: thread.resolved.personName,
            at: format.dateTime(thread.resolved.at),
          })}
        </p>
      )}
      <Acts thread={thread} record={record} />
    </div>
  )
}

function Acts({ thread, record }: { thread: Thread; record: RecordOf }) {
  const t = useText()
  const may = useMay()
  const toast = useToast()
  const words = useProblemWords()
  const renew = useRenewTalk(record)
  const [isAnswering, setAnswering] = useState(false)
  const { first, resolved } = thread
  const settle = useMutation({
    mutationFn: () => act<void>(`/comments/${first.id}/resolution`, { isResolved: resolved === null }),
    onSuccess: renew,
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  if (!may('notifications.comment')) return null
  if (isAnswering)
    return (
      <CommentForm
        record={record}
        label={t('notifications.reply-to', { person: first.personName })}
        choices={[first.seenBy]}
        act={t('notifications.send')}
        isFocused
        onClose={() => setAnswering(false)}
        onSend={async (said) => {
          await act<Comment>('/talk', { ...record, ...said, threadId: first.id })
          setAnswering(false)
          await renew()
        }}
      />
    )
  return (
    <p className={`${styles.acts} screen-only`}>
      {resolved === null && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAnswering(true)}>
          {t('notifications.reply')}
        </Button>
      )}
      <Button variant="subtle" size="compact-sm" loading={settle.isPending} onClick={() => settle.mutate()}>
        {t(resolved === null ? 'notifications.resolve' : 'notifications.reopen')}
      </Button>
    </p>
  )
}
