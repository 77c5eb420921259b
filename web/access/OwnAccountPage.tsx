import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { PasswordField } from '../kit/fields.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { ApiProblem } from '../kit/problem.ts'
import { Section } from '../kit/Section.tsx'
import { useSession } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import { DigestSection } from '../notifications/DigestSection.tsx'
import { useToast } from '../kit/Toast.tsx'
import styles from './access.module.css'
import { FactorsSection } from './FactorsSection.tsx'
import { IdentitiesSection } from './IdentitiesSection.tsx'
import { act } from './requests.ts'
import { SessionsSection } from './SessionsSection.tsx'
import { TokensSection } from './TokensSection.tsx'
import { postLine } from './words.tsx'
import { Role } from '#access/model'

/** The own posts and password. */
export function OwnAccountPage() {
  const t = useText()
  const { person, posts } = useSession()
  return (
    <>
      <PageHeader title={person.name} state={t('access.own-words')} />
      <Section title={t('access.posts')}>
        <ul className={styles.list}>
          {posts.map((post) => {
            const role = Role.safeParse(post.role)
            return (
              <li key={post.id} className={styles.post}>
                <p>{role.success ? postLine(t, { ...post, role: role.data }) : post.agencyName}</p>
              </li>
            )
          })}
        </ul>
      </Section>
      <Section title={t('access.own-password')}>
        <PasswordForm />
      </Section>
      <FactorsSection />
      <IdentitiesSection />
      <SessionsSection />
      <DigestSection />
      <TokensSection />
    </>
  )
}

const empty = { currentPassword: '', newPassword: '', again: '' }

function PasswordForm() {
  const t = useText()
  const toast = useToast()
  const [typed, setTyped] = useState(empty)
  const change = useMutation({
    mutationFn: async () => {
      const { again, ...body } = typed
      if (again !== body.newPassword) throw differing(t('app.passwords-differ'))
      await act<void>('/session/password', body)
    },
    onSuccess: () => {
      setTyped(empty)
      toast({ kind: 'done', text: t('access.done-password') })
    },
  })
  const field = (id: keyof typeof empty) => ({
    id,
    value: typed[id],
    onChange: (value: string) => setTyped({ ...typed, [id]: value }),
    showLabel: t('app.show-password'),
    error: problemAt(change.error, id),
  })
  return (
    <>
      <ErrorSummary problem={change.error} />
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate()
        }}
      >
        <PasswordField
          {...field('currentPassword')}
          label={t('access.current-password')}
          autoComplete="current-password"
        />
        <PasswordField
          {...field('newPassword')}
          label={t('app.new-password')}
          help={t('app.new-password-help')}
          autoComplete="new-password"
        />
        <PasswordField {...field('again')} label={t('app.password-again')} autoComplete="new-password" />
        <div className={styles.acts}>
          <Button type="submit" loading={change.isPending}>
            {t('access.change-password')}
          </Button>
        </div>
      </form>
    </>
  )
}

/** In the same shape as the server refuses. */
function differing(title: string): ApiProblem {
  const error = { pointer: '/again', code: 'app.passwords-differ', title }
  return new ApiProblem({ code: error.code, title, status: 422, errors: [error] })
}
