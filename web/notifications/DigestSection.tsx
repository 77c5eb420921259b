import { Button, NativeSelect } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Preference } from '#notifications/model'
import { read } from '../access/requests.ts'
import { useProof } from '../access/useProof.tsx'
import { TextField } from '../kit/fields.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { useProblemWords } from '../kit/problem-words.ts'
import { Section } from '../kit/Section.tsx'
import { useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import styles from './Notices.module.css'
import { put } from './requests.ts'

type Kept = Preference & { mail: string | null }
const key = ['notice-preference']
const digests = ['weekdays', 'daily', 'off'] as const
const hours = Array.from({ length: 24 }, (_none, hour) => hour)

/** Where notices are mailed, on which days and at what hour. */
export function DigestSection() {
  const t = useText()
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => read<Kept>('/notices/preference', {}, signal),
  })
  return (
    <Section title={t('notifications.digest')}>
      <p className={styles.quiet}>{t('notifications.digest-words')}</p>
      {data && <MailForm key={data.mail ?? ''} mail={data.mail} />}
      {data && (data.mail === null ? <p>{t('notifications.digest-no-mail')}</p> : <WhenForm kept={data} />)}
    </Section>
  )
}

function MailForm({ mail }: { mail: string | null }) {
  const t = useText()
  const toast = useToast()
  const words = useProblemWords()
  const queries = useQueryClient()
  const { prove, dialog } = useProof()
  const [typed, setTyped] = useState(mail ?? '')
  const save = useMutation({
    mutationFn: () => prove(() => put<void>('/account/mail', { mail: typed.trim() === '' ? null : typed.trim() })),
    onSuccess: async () => {
      toast({ kind: 'done', text: t('notifications.done-saved') })
      await queries.invalidateQueries({ queryKey: key })
    },
    onError: (problem) => problem && toast({ kind: 'problem', text: words(problem) }),
  })
  return (
    <>
      {dialog}
      <p className={styles.quiet}>{t('notifications.mail-help')}</p>
      <form
        className={styles.fields}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <TextField
          id="mail"
          label={t('notifications.mail')}
          value={typed}
          onChange={setTyped}
          autoComplete="email"
          letters={40}
          error={problemAt(save.error, 'mail')}
        />
        <Button type="submit" variant="default" loading={save.isPending} disabled={typed.trim() === (mail ?? '')}>
          {t('notifications.save')}
        </Button>
      </form>
    </>
  )
}

function WhenForm({ kept }: { kept: Kept }) {
  const t = useText()
  const toast = useToast()
  const words = useProblemWords()
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: (preference: Preference) => put<void>('/notices/preference', preference),
    onSuccess: async () => {
      toast({ kind: 'done', text: t('notifications.done-saved') })
      await queries.invalidateQueries({ queryKey: key })
    },
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  const { digest, hour } = kept
  return (
    <div className={styles.fields}>
      <NativeSelect
        id="digest"
        label={t('notifications.digest-when')}
        value={digest}
        onChange={(event) => save.mutate({ digest: Preference.shape.digest.parse(event.currentTarget.value), hour })}
        data={digests.map((value) => ({ value, label: t(`notifications.digest-${value}`) }))}
      />
      {digest !== 'off' && (
        <NativeSelect
          id="hour"
          label={t('notifications.digest-hour')}
          value={String(hour)}
          onChange={(event) => save.mutate({ digest, hour: Number(event.currentTarget.value) })}
          data={hours.map((value) => ({ value: String(value), label: `${String(value).padStart(2, '0')}:00` }))}
        />
      )}
    </div>
  )
}
