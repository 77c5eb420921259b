import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { EnrolFactor } from '../access/EnrolFactor.tsx'
import { answerPasskey } from '../access/passkeys.ts'
import { useUrl } from '../kit/address.ts'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { TextField } from '../kit/fields.tsx'
import { giveFactor, sessionQuery, signOut, type Session } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import { oneOf } from '../kit/url.ts'
import { Outside } from './Outside.tsx'
import styles from './Outside.module.css'
import { insideOnly } from './return-address.ts'

/** After the password: the second factor is given, or taken up where there is none yet. */
export function SecondStepPage() {
  const t = useText()
  const queries = useQueryClient()
  const router = useRouter()
  const next = insideOnly(oneOf(useUrl().tiep))
  const { data: session, isPending } = useQuery(sessionQuery)
  const leave = useMutation({
    mutationFn: () => signOut(queries),
    onSuccess: () => router.history.push('/dang-nhap'),
  })
  const enter = async () => {
    await queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
    router.history.push(next)
  }
  if (isPending) return <Outside title={t('app.second-step')}>{null}</Outside>
  if (!session) return <Navigate to="/dang-nhap" />
  if (session.stage === 'whole') return <Navigate to={next} />
  const isGiving = session.stage === 'factor'
  return (
    <Outside title={t(isGiving ? 'app.second-step' : 'app.enrolment')}>
      <p>{t(isGiving ? 'app.second-step-words' : 'app.enrolment-words', { name: session.person.name })}</p>
      {isGiving ? (
        <GiveFactor session={session} onDone={() => router.history.push(next)} />
      ) : (
        <EnrolFactor onDone={enter} />
      )}
      <ul className={styles.others}>
        <li>
          <Button variant="subtle" onClick={() => leave.mutate()}>
            {t('app.other-account')}
          </Button>
        </li>
      </ul>
    </Outside>
  )
}

type Way = Session['factors'][number]

function GiveFactor({ session, onDone }: { session: Session; onDone: () => void }) {
  const t = useText()
  const [way, setWay] = useState<Way>(session.factors[0] ?? 'totp')
  const others = session.factors.filter((one) => one !== way)
  return (
    <>
      {way === 'passkey' ? <ByPasskey onDone={onDone} /> : <ByCode key={way} kind={way} onDone={onDone} />}
      {others.length > 0 && (
        <ul className={styles.others}>
          {others.map((one) => (
            <li key={one}>
              <Button variant="subtle" onClick={() => setWay(one)}>
                {t(`app.factor-by-${one}`)}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function ByPasskey({ onDone }: { onDone: () => void }) {
  const t = useText()
  const queries = useQueryClient()
  const entry = useMutation({
    mutationFn: async () => giveFactor(queries, { passkey: await answerPasskey(t('access.passkey-given-up')) }),
    onSuccess: onDone,
  })
  return (
    <>
      <ErrorSummary problem={entry.error} />
      <Button onClick={() => entry.mutate()} loading={entry.isPending} justify="center" fullWidth mt="md">
        {t('app.use-passkey')}
      </Button>
    </>
  )
}

function ByCode({ kind, onDone }: { kind: 'totp' | 'recovery'; onDone: () => void }) {
  const t = useText()
  const queries = useQueryClient()
  const [code, setCode] = useState('')
  const entry = useMutation({ mutationFn: () => giveFactor(queries, { kind, code }), onSuccess: onDone })
  return (
    <>
      <ErrorSummary problem={entry.error} />
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          entry.mutate()
        }}
      >
        <TextField
          id="code"
          label={t(`app.factor-code-${kind}`)}
          help={t(`app.factor-code-${kind}-help`)}
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          letters={kind === 'totp' ? 8 : 22}
          error={problemAt(entry.error, 'code')}
        />
        <Button type="submit" loading={entry.isPending} justify="center">
          {t('app.sign-in')}
        </Button>
      </form>
    </>
  )
}
