import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Invited } from '#access/model'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { SelectField, TextField } from '../kit/fields.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { useFormat, useLanguage, useText } from '../kit/text.tsx'
import styles from './access.module.css'
import { peopleTo } from './addresses.ts'
import { emptyPost, PostFields, postBody } from './PostFields.tsx'
import { act } from './requests.ts'
import { Slip } from './Slip.tsx'
import { useProof } from './useProof.tsx'

/** Invites a person to a post; afterwards the slip, once. */
export function InvitePage() {
  const t = useText()
  const format = useFormat()
  const { language: ownLanguage, languages } = useLanguage()
  const queries = useQueryClient()
  const { prove, dialog } = useProof()
  const [name, setName] = useState('')
  const [login, setLogin] = useState('')
  const [language, setLanguage] = useState(ownLanguage)
  const [post, setPost] = useState(emptyPost)
  const invitation = useMutation({
    mutationFn: () => prove(() => act<Invited>('/people', { name, login, language, post: postBody(post) })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['people'] }),
  })
  const problem = invitation.error
  const crumbs = [{ label: t('access.people'), to: peopleTo }, { label: t('access.invite') }]
  if (invitation.data) {
    const { person, slip } = invitation.data
    return (
      <>
        <div className="screen-only">
          <PageHeader
            title={t('access.slip-of', { name: person.name })}
            state={t('access.slip-once')}
            crumbs={crumbs}
          />
        </div>
        <Slip person={person} slip={slip} />
      </>
    )
  }
  return (
    <>
      <PageHeader title={t('access.invite')} state={t('access.invite-words')} crumbs={crumbs} />
      <ErrorSummary problem={problem} />
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          invitation.mutate()
        }}
      >
        <TextField
          id="name"
          label={t('access.name')}
          required
          value={name}
          onChange={setName}
          autoComplete="off"
          letters={40}
          error={problemAt(problem, 'name')}
        />
        <TextField
          id="login"
          label={t('app.login')}
          help={t('access.login-help')}
          required
          value={login}
          onChange={setLogin}
          autoComplete="off"
          letters={30}
          error={problemAt(problem, 'login')}
        />
        <SelectField
          id="language"
          label={t('access.language')}
          choices={languages.map((one) => ({ value: one, label: format.languageName(one) }))}
          value={language}
          onChange={setLanguage}
        />
        <PostFields draft={post} onChange={setPost} problem={problem} prefix="post." />
        <div className={styles.acts}>
          <Button type="submit" loading={invitation.isPending}>
            {t('access.invite-send')}
          </Button>
        </div>
      </form>
      {dialog}
    </>
  )
}
