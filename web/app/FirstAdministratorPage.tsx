import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { TextField } from '../kit/fields.tsx'
import { becomeFirstAdministrator } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import { checkSame, NewPassword } from './InvitationPage.tsx'
import { Outside } from './Outside.tsx'
import styles from './Outside.module.css'

/** The one-time code the server printed, and the first account. */
export function FirstAdministratorPage() {
  const t = useText()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const entry = useMutation({
    mutationFn: async () => {
      checkSame(password, again, t('app.passwords-differ'))
      return becomeFirstAdministrator(queries, { code: code.trim(), name: name.trim(), login: login.trim(), password })
    },
    onSuccess: () => navigate({ to: '/' }),
  })
  const problem = entry.error
  return (
    <Outside title={t('app.first-administrator')}>
      <p>{t('app.first-administrator-words')}</p>
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
          label={t('app.first-code')}
          help={t('app.first-code-help')}
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          error={problemAt(problem, 'code')}
        />
        <TextField
          id="name"
          label={t('app.full-name')}
          value={name}
          onChange={setName}
          autoComplete="name"
          error={problemAt(problem, 'name')}
        />
        <TextField
          id="login"
          label={t('app.login')}
          value={login}
          onChange={setLogin}
          autoComplete="username"
          error={problemAt(problem, 'login')}
        />
        <NewPassword password={password} again={again} onPassword={setPassword} onAgain={setAgain} problem={problem} />
        <Button type="submit" loading={entry.isPending}>
          {t('app.first-administrator-create')}
        </Button>
      </form>
      <ul className={styles.others}>
        <li>
          <Link to="/dang-nhap">{t('app.have-account')}</Link>
        </li>
      </ul>
    </Outside>
  )
}
