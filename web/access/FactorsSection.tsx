import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Factors, RecoveryCodes } from '#access/model'
import { LoadFailed } from '../kit/Empty.tsx'
import { useProblemWords } from '../kit/problem-words.ts'
import { Section } from '../kit/Section.tsx'
import { sessionQuery } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import styles from './access.module.css'
import { EnrolFactor } from './EnrolFactor.tsx'
import { RecoveryPaper } from './RecoveryPaper.tsx'
import { act, read } from './requests.ts'
import { useProof } from './useProof.tsx'

const key = ['account', 'factors']

/** The own second factors: what there is, another one, new codes on paper. */
export function FactorsSection() {
  const t = useText()
  const queries = useQueryClient()
  const factors = useQuery({ queryKey: key, queryFn: ({ signal }) => read<Factors>('/account/factors', {}, signal) })
  const [isEnrolling, setEnrolling] = useState(false)
  const [codes, setCodes] = useState<readonly string[]>()
  const refresh = async () => {
    setEnrolling(false)
    setCodes(undefined)
    await queries.invalidateQueries({ queryKey: key })
    await queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
  }
  return (
    <Section
      title={t('access.factors')}
      acts={!isEnrolling && !codes && <Button onClick={() => setEnrolling(true)}>{t('access.factor-add')}</Button>}
    >
      {factors.error && <LoadFailed problem={factors.error} onRetry={() => void factors.refetch()} />}
      {isEnrolling && <EnrolFactor onDone={() => void refresh()} />}
      {codes && <RecoveryPaper codes={codes} onDone={() => void refresh()} />}
      {!isEnrolling && !codes && factors.data && <Held factors={factors.data} onChange={refresh} onCodes={setCodes} />}
    </Section>
  )
}

interface HeldProps {
  factors: Factors
  onChange: () => Promise<void>
  onCodes: (codes: readonly string[]) => void
}

function Held({ factors, onChange, onCodes }: HeldProps) {
  const t = useText()
  const format = useFormat()
  const words = useProblemWords()
  const toast = useToast()
  const { prove, dialog } = useProof()
  const onError = (problem: unknown) => toast({ kind: 'problem', text: words(problem) })
  const drop = useMutation({
    mutationFn: (path: string) => prove(() => act<void>(path)),
    onSuccess: onChange,
    onError,
  })
  const renew = useMutation({
    mutationFn: () => prove(() => act<RecoveryCodes>('/account/recovery-codes')),
    onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes),
    onError,
  })
  const hasAny = factors.hasTotp || factors.passkeys.length > 0
  return (
    <>
      {!hasAny && <p>{t(factors.isNeeded ? 'access.factor-none-needed' : 'access.factor-none')}</p>}
      <ul className={styles.list}>
        {factors.hasTotp && (
          <li className={styles.post}>
            <p>{t('access.totp')}</p>
            <Button variant="default" onClick={() => drop.mutate('/account/totp/end')}>
              {t('access.factor-drop')}
            </Button>
          </li>
        )}
        {factors.passkeys.map((passkey) => (
          <li key={passkey.id} className={styles.post}>
            <p>
              {passkey.name}
              <span className={styles.quiet}>
                {t(passkey.usedAt ? 'access.passkey-used' : 'access.passkey-unused', {
                  made: format.dateTime(passkey.madeAt),
                  used: passkey.usedAt ? format.dateTime(passkey.usedAt) : '',
                })}
              </span>
            </p>
            <Button
              variant="default"
              aria-label={t('access.factor-drop-named', { name: passkey.name })}
              onClick={() => drop.mutate(`/account/passkeys/${passkey.id}/end`)}
            >
              {t('access.factor-drop')}
            </Button>
          </li>
        ))}
        {hasAny && (
          <li className={styles.post}>
            <p>{t('access.recovery-left', { count: factors.recoveryCodesLeft })}</p>
            <Button variant="default" onClick={() => renew.mutate()}>
              {t('access.recovery-renew')}
            </Button>
          </li>
        )}
      </ul>
      {dialog}
    </>
  )
}
