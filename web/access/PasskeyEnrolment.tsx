import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { TextField } from '../kit/fields.tsx'
import { useText } from '../kit/text.tsx'
import styles from './access.module.css'
import { makePasskey } from './passkeys.ts'
import { useProof } from './useProof.tsx'

/** A name for the device, then the device's own window. */
export function PasskeyEnrolment({
  onDone,
  onBack,
}: {
  onDone: (codes: readonly string[]) => void
  onBack: () => void
}) {
  const t = useText()
  const { prove, dialog } = useProof()
  const [name, setName] = useState('')
  const making = useMutation({
    mutationFn: () =>
      prove(() => makePasskey(name.trim() === '' ? t('access.passkey') : name.trim(), t('access.passkey-given-up'))),
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
  })
  return (
    <>
      <ErrorSummary problem={making.error} />
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          making.mutate()
        }}
      >
        <TextField
          id="name"
          label={t('access.passkey-name')}
          help={t('access.passkey-name-help')}
          value={name}
          onChange={setName}
          autoComplete="off"
          letters={30}
          maxLength={60}
          error={problemAt(making.error, 'name')}
        />
        <div className={styles.acts}>
          <Button type="submit" loading={making.isPending}>
            {t('access.passkey-make')}
          </Button>
          <Button variant="default" onClick={onBack}>
            {t('kit.cancel')}
          </Button>
        </div>
      </form>
      {dialog}
    </>
  )
}
