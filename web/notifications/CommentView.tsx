import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Comment, RecordOf } from '#notifications/model'
import { act } from '../access/requests.ts'
import { Confirm } from '../kit/Confirm.tsx'
import { useProblemWords } from '../kit/problem-words.ts'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { CommentForm } from './CommentForm.tsx'
import { partsOf } from './mention.ts'
import { put, useRenewTalk } from './requests.ts'
import styles from './Talk.module.css'

/** One comment: who said it in which body, when, the words, and what its writer may still do. */
export function CommentView({ comment, record }: { comment: Comment; record: RecordOf }) {
  const t = useText()
  const format = useFormat()
  const toast = useToast()
  const words = useProblemWords()
  const renew = useRenewTalk(record)
  const [doing, setDoing] = useState<'edit' | 'withdraw' | null>(null)
  const { id, version } = comment
  const withdraw = useMutation({
    mutationFn: () => act<Comment>(`/comments/${id}/withdrawal`, { version }),
    onSuccess: async () => {
      setDoing(null)
      await renew()
    },
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  return (
    <article className={styles.comment} data-unread={comment.isUnread || undefined}>
      <header className={styles.who}>
        <strong>{comment.personName}</strong>
        <span className={styles.quiet}>{comment.agencyName}</span>
        <time className={styles.quiet} dateTime={comment.writtenAt}>
          {format.dateTime(comment.writtenAt)}
        </time>
        {comment.editedAt !== null && comment.withdrawnAt === null && (
          <span className={styles.quiet}>{t('notifications.edited')}</span>
        )}
        {comment.isUnread && <span className={styles.new}>{t('notifications.unread')}</span>}
      </header>
      {doing === 'edit' ? (
        <CommentForm
          record={record}
          label={t('notifications.edit')}
          choices={[comment.seenBy]}
          start={{ text: comment.text ?? '', people: comment.mentions }}
          act={t('notifications.save')}
          isFocused
          onClose={() => setDoing(null)}
          onSend={async ({ text, mentions }) => {
            await put(`/comments/${id}`, { text, mentions, version })
            setDoing(null)
            await renew()
          }}
        />
      ) : (
        <Words comment={comment} />
      )}
      {doing !== 'edit' && (comment.may.edit || comment.may.withdraw) && (
        <p className={`${styles.acts} screen-only`}>
          {comment.may.edit && (
            <Button variant="subtle" size="compact-sm" onClick={() => setDoing('edit')}>
              {t('notifications.edit')}
            </Button>
          )}
          {comment.may.withdraw && (
            <Button variant="subtle" size="compact-sm" onClick={() => setDoing('withdraw')}>
              {t('notifications.withdraw')}
            </Button>
          )}
        </p>
      )}
      <Confirm
        isOpen={doing === 'withdraw'}
        title={t('notifications.withdraw-ask')}
        act={t('notifications.withdraw')}
        isDestructive
        isPending={withdraw.isPending}
        onConfirm={() => withdraw.mutate()}
        onClose={() => setDoing(null)}
      >
        {t('notifications.withdraw-words')}
      </Confirm>
    </article>
  )
}

function Words({ comment }: { comment: Comment }) {
  const t = useText()
  if (comment.text === null) return <p className={styles.quiet}>{t('notifications.withdrawn')}</p>
  return (
    <p className={styles.text}>
      {partsOf(comment.text, comment.mentions).map((part, at) =>
        part.isMention ? (
          <span key={at} className={styles.mention}>
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </p>
  )
}
