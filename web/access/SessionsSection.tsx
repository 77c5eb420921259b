import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { LivingSession } from '#access/model'
import { LoadFailed } from '../kit/Empty.tsx'
import { useProblemWords } from '../kit/problem-words.ts'
import { Section } from '../kit/Section.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import styles from './access.module.css'
import { act, read } from './requests.ts'

const key = ['account', 'sessions']

/** Where one is signed in; another browser is signed out from here. */
export function SessionsSection() {
  const t = useText()
  const words = useProblemWords()
  const toast = useToast()
  const queries = useQueryClient()
  const sessions = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => read<LivingSession[]>('/account/sessions', {}, signal),
  })
  const end = useMutation({
    mutationFn: (id: string) => act<void>(`/account/sessions/${id}/end`),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  return (
    <Section title={t('access.sessions')}>
      {sessions.error && <LoadFailed problem={sessions.error} onRetry={() => void sessions.refetch()} />}
      <ul className={styles.list}>
        {sessions.data?.map((session) => (
          <li key={session.id} className={styles.post}>
            <SessionLine session={session} />
            {!session.isThis && (
              <Button variant="default" onClick={() => end.mutate(session.id)}>
                {t('access.session-end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** A browser as it calls itself, whence it came and when. */
export function SessionLine({ session }: { session: LivingSession }) {
  const t = useText()
  const format = useFormat()
  return (
    <p>
      {session.agent ?? t('access.session-unknown')}
      {session.isThis && ` · ${t('access.session-this')}`}
      <span className={styles.quiet}>
        {t('access.session-line', {
          address: session.address ?? '',
          began: format.dateTime(session.startedAt),
          seen: format.dateTime(session.seenAt),
        })}
      </span>
    </p>
  )
}
