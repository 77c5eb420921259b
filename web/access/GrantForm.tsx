import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Person } from '#access/model'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import styles from './access.module.css'
import { emptyPost, PostFields, postBody } from './PostFields.tsx'
import { act } from './requests.ts'
import { useProof } from './useProof.tsx'

/** Gives a person another post. */
export function GrantForm({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const queries = useQueryClient()
  const { prove, dialog } = useProof()
  const [post, setPost] = useState(emptyPost)
  const grant = useMutation({
    mutationFn: () => prove(() => act<Person>(`/people/${person.id}/posts`, postBody(post))),
    onSuccess: (changed) => {
      queries.setQueryData(['person', person.id], changed)
      toast({ kind: 'done', text: t('access.done-grant', { name: person.name }) })
      onClose()
      return queries.invalidateQueries({ queryKey: ['people'] })
    },
  })
  return (
    <>
      <ErrorSummary problem={grant.error} />
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          grant.mutate()
        }}
      >
        <PostFields draft={post} onChange={setPost} problem={grant.error} prefix="" />
        <div className={styles.acts}>
          <Button type="submit" loading={grant.isPending}>
            {t('access.grant')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
        </div>
      </form>
      {dialog}
    </>
  )
}
