import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RecoveryCodes, TotpEnrolment as Enrolment } from '#access/model'
import { LoadFailed } from '../kit/Empty.tsx'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { TextField } from '../kit/fields.tsx'
import { useText } from '../kit/text.tsx'
import styles from './access.module.css'
import { act } from './requests.ts'
import { useProof } from './useProof.tsx'

/** The picture an authenticator app reads, and its first code. */
export function TotpEnrolment({ onDone, onBack }: { onDone: (codes: readonly string[]) => void; onBack: () => void }) {
  const t = useText()
  const { prove, dialog } = useProof()
  const begun = useQuery({
    queryKey: ['totp-enrolment'],
    queryFn: () => prove(() => act<Enrolment>('/account/totp')),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  })
  const [code, setCode] = useState('')
  const confirmation = useMutation({
    mutationFn: () => prove(() => act<RecoveryCodes>('/account/totp/confirmation', { code })),
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
  })
  return (
    <>
      <ErrorSummary problem={confirmation.error} />
      {begun.error && <LoadFailed problem={begun.error} onRetry={() => void begun.refetch()} />}
      {begun.data && (
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            confirmation.mutate()
          }}
        >
          <p>{t('access.totp-scan')}</p>
          <Picture {...begun.data.picture} />
          <p>
            {t('access.totp-type')} <span className={styles.typed}>{begun.data.secret.replace(/(.{4})/g, '$1 ')}</span>
          </p>
          <TextField
            id="code"
            label={t('access.totp-first-code')}
            value={code}
            onChange={setCode}
            autoComplete="one-time-code"
            letters={8}
            error={problemAt(confirmation.error, 'code')}
          />
          <div className={styles.acts}>
            <Button type="submit" loading={confirmation.isPending}>
              {t('access.totp-confirm')}
            </Button>
            <Button variant="default" onClick={onBack}>
              {t('kit.cancel')}
            </Button>
          </div>
        </form>
      )}
      {dialog}
    </>
  )
}

/** Black on white whatever the theme: cameras read it so. */
function Picture({ size, path }: Enrolment['picture']) {
  const t = useText()
  return (
    <svg
      className={styles.picture}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={t('access.totp-picture')}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="white" />
      <path d={path} fill="black" />
    </svg>
  )
}
