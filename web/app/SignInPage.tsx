import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useUrl } from '../kit/address.ts'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { PasswordField, TextField } from '../kit/fields.tsx'
import { signIn } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import { oneOf } from '../kit/url.ts'
import { Outside } from './Outside.tsx'
import styles from './Outside.module.css'
import { ProviderButton } from './ProviderButton.tsx'
import { insideOnly } from './return-address.ts'

/** Name and password; afterwards the page that was asked for. */
export function SignInPage() {
  const t = useText()
  const queries = useQueryClient()
  const router = useRouter()
  const next = insideOnly(oneOf(useUrl().tiep))
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const entry = useMutation({
    mutationFn: () => signIn(queries, login.trim(), password),
    onSuccess: ({ stage }) =>
      router.history.push(stage === 'whole' ? next : `/dang-nhap/buoc-hai?tiep=${encodeURIComponent(next)}`),
  })
  return (
    <Outside title={t('app.sign-in')}>
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
          id="login"
          label={t('app.login')}
          value={login}
          onChange={setLogin}
          autoComplete="username"
          error={problemAt(entry.error, 'login')}
        />
        <PasswordField
          id="password"
          label={t('app.password')}
          showLabel={t('app.show-password')}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          error={problemAt(entry.error, 'password')}
        />
        <Button type="submit" loading={entry.isPending} justify="center">
          {t('app.sign-in')}
        </Button>
      </form>
      <ProviderButton />
      <ul className={styles.others}>
        <li>
          <Link to="/loi-moi">{t('app.have-invitation')}</Link>
        </li>
        <li>
          <Link to="/quan-tri-dau-tien">{t('app.have-first-code')}</Link>
        </li>
      </ul>
    </Outside>
  )
}
