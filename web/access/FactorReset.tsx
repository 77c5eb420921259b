import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FactorReset as Request, Person } from '#access/model'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { LongTextField } from '../kit/fields.tsx'
import { Section } from '../kit/Section.tsx'
import { useSession } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import styles from './access.module.css'
import { act, read } from './requests.ts'
import { useProof } from './useProof.tsx'

/** A lost second factor: one administrator asks, another takes it away. */
export function FactorReset({ person }: { person: Person }) {
  const t = useText()
  const queries = useQueryClient()
  const { prove, dialog } = useProof()
  const key = ['person', person.id, 'factor-resets']
  const [reason, setReason] = useState<string>()
  const requests = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => read<Request[]>(`/people/${person.id}/factor-resets`, {}, signal),
  })
  const deed = useMutation({
    mutationFn: (of: { path: string; body?: unknown }) => prove(() => act<Request[]>(of.path, of.body)),
    onSuccess: (answer) => {
      setReason(undefined)
      queries.setQueryData(key, answer)
      return queries.invalidateQueries({ queryKey: ['person', person.id, 'sessions'] })
    },
  })
  const [asked] = requests.data ?? []
  return (
    <Section
      title={t('access.lost-factor')}
      acts={
        !asked &&
        reason === undefined && (
          <Button variant="default" onClick={() => setReason('')}>
            {t('access.lost-factor-ask')}
          </Button>
        )
      }
    >
      <p className={styles.quiet}>{t('access.lost-factor-words')}</p>
      <ErrorSummary problem={deed.error} />
      {reason !== undefined && (
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            deed.mutate({ path: `/people/${person.id}/factor-resets`, body: { reason } })
          }}
        >
          <LongTextField
            id="reason"
            label={t('access.lost-factor-reason')}
            required
            value={reason}
            onChange={setReason}
            rows={2}
            error={problemAt(deed.error, 'reason')}
          />
          <div className={styles.acts}>
            <Button type="submit" loading={deed.isPending}>
              {t('access.lost-factor-send')}
            </Button>
            <Button variant="default" onClick={() => setReason(undefined)}>
              {t('kit.cancel')}
            </Button>
          </div>
        </form>
      )}
      {asked && <Asked asked={asked} isPending={deed.isPending} onDeed={(path) => deed.mutate({ path })} />}
      {dialog}
    </Section>
  )
}

function Asked({ asked, isPending, onDeed }: { asked: Request; isPending: boolean; onDeed: (path: string) => void }) {
  const t = useText()
  const format = useFormat()
  const isMine = asked.askedById === useSession().person.id
  return (
    <div className={styles.post}>
      <p>
        {t('access.lost-factor-asked', { name: asked.askedByName ?? '', at: format.dateTime(asked.askedAt) })}
        <span className={styles.quiet}>{asked.reason}</span>
      </p>
      <div className={styles.acts}>
        {!isMine && (
          <Button loading={isPending} onClick={() => onDeed(`/factor-resets/${asked.id}/approval`)}>
            {t('access.lost-factor-approve')}
          </Button>
        )}
        <Button variant="default" onClick={() => onDeed(`/factor-resets/${asked.id}/refusal`)}>
          {t(isMine ? 'access.lost-factor-withdraw' : 'access.lost-factor-refuse')}
        </Button>
      </div>
    </div>
  )
}
