import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { LivingSession, Person } from '#access/model'
import { Confirm } from '../kit/Confirm.tsx'
import { useProblemWords } from '../kit/problem-words.ts'
import { Section } from '../kit/Section.tsx'
import { useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import styles from './access.module.css'
import { act, read } from './requests.ts'
import { SessionLine } from './SessionsSection.tsx'

/** Where a person is signed in; an administrator ends all of it at once. */
export function PersonSessions({ person }: { person: Person }) {
  const t = useText()
  const words = useProblemWords()
  const toast = useToast()
  const queries = useQueryClient()
  const key = ['person', person.id, 'sessions']
  const [isAsking, setAsking] = useState(false)
  const sessions = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => read<LivingSession[]>(`/people/${person.id}/sessions`, {}, signal),
  })
  const end = useMutation({
    mutationFn: () => act<void>(`/people/${person.id}/sessions/end`),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  const living = sessions.data ?? []
  return (
    <Section
      title={t('access.sessions')}
      acts={
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('access.sessions-end')}
        </Button>
      }
    >
      {living.length === 0 && <p>{t('access.sessions-none')}</p>}
      <ul className={styles.list}>
        {living.map((session) => (
          <li key={session.id} className={styles.post}>
            <SessionLine session={session} />
          </li>
        ))}
      </ul>
      <Confirm
        isOpen={isAsking}
        title={t('access.ask-sessions-end')}
        act={t('access.sessions-end')}
        isDestructive
        onConfirm={() => {
          setAsking(false)
          end.mutate()
        }}
        onClose={() => setAsking(false)}
      >
        <p>{t('access.words-sessions-end', { name: person.name })}</p>
      </Confirm>
    </Section>
  )
}
