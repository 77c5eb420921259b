import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useUrl } from '../kit/address.ts'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { PasswordField, TextField } from '../kit/fields.tsx'
import { ApiProblem } from '../kit/problem.ts'
import { acceptInvitation } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import { oneOf } from '../kit/url.ts'
import { Outside } from './Outside.tsx'
import styles from './Outside.module.css'
import { ProviderButton } from './ProviderButton.tsx'

/** The code of the printed slip and a password of one's own. */
export function InvitationPage() {
  const t = useText()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [code, setCode] = useState(oneOf(useUrl().ma) ?? '')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const entry = useMutation({
    mutationFn: async () => {
      checkSame(password, again, t('app.passwords-differ'))
      return acceptInvitation(queries, code.trim(), password)
    },
    onSuccess: () => navigate({ to: '/' }),
  })
  const problem = entry.error
  return (
    <Outside title={t('app.invitation')}>
      <ErrorSummary problem={problem} />
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
          label={t('app.invitation-code')}
          help={t('app.invitation-code-help')}
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          error={problemAt(problem, 'code')}
        />
        <NewPassword password={password} again={again} onPassword={setPassword} onAgain={setAgain} problem={problem} />
        <Button type="submit" loading={entry.isPending}>
          {t('app.invitation-accept')}
        </Button>
      </form>
      <ProviderButton code={code.trim()} />
      <ul className={styles.others}>
        <li>
          <Link to="/dang-nhap">{t('app.have-account')}</Link>
        </li>
      </ul>
    </Outside>
  )
}

/** Refuses two passwords that differ, in the same shape as the server refuses. */
export function checkSame(password: string, again: string, words: string): void {
  if (password === again) return
  const error = { pointer: '/again', code: 'app.passwords-differ', title: words }
  throw new ApiProblem({ code: error.code, title: words, status: 422, errors: [error] })
}

export interface NewPasswordProps {
  password: string
  again: string
  onPassword: (value: string) => void
  onAgain: (value: string) => void
  problem: unknown
}

/** A new password, twice. */
export function NewPassword({ password, again, onPassword, onAgain, problem }: NewPasswordProps) {
  const t = useText()
  return (
    <>
      <PasswordField
        id="password"
        label={t('app.new-password')}
        help={t('app.new-password-help')}
        showLabel={t('app.show-password')}
        value={password}
        onChange={onPassword}
        autoComplete="new-password"
        error={problemAt(problem, 'password')}
      />
      <PasswordField
        id="again"
        label={t('app.password-again')}
        showLabel={t('app.show-password')}
        value={again}
        onChange={onAgain}
        autoComplete="new-password"
        error={problemAt(problem, 'again')}
      />
    </>
  )
}
