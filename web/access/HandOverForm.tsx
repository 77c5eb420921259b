import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { HandOver, Person, Post } from '#access/model'
import { DateField } from '../kit/DateField.tsx'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { RadioField } from '../kit/fields.tsx'
import { Picker, type Picked } from '../kit/Picker.tsx'
import { useSession } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import styles from './access.module.css'
import { act, findPeople } from './requests.ts'
import { useProof } from './useProof.tsx'
import { postLine } from './words.tsx'

/** Hands a post to a stand-in for a time, or to a successor for good. */
export function HandOverForm({ person, post, onClose }: { person: Person; post: Post; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const queries = useQueryClient()
  const { today } = useSession()
  const { prove, dialog } = useProof()
  const [kind, setKind] = useState<HandOver['kind']>('stand-in')
  const [other, setOther] = useState<Picked | null>(null)
  const [validFrom, setValidFrom] = useState<string | null>(today)
  const [validTo, setValidTo] = useState<string | null>(null)
  const handing = useMutation({
    mutationFn: () =>
      prove(() =>
        act<Person>(`/posts/${post.id}/hand-over`, {
          kind,
          personId: other?.id,
          validFrom,
          ...(kind === 'stand-in' ? { validTo } : {}),
        }),
      ),
    onSuccess: (receiver) => {
      toast({ kind: 'done', text: t('access.done-hand-over', { name: receiver.name }) })
      onClose()
      return queries.invalidateQueries({ queryKey: ['person', person.id] })
    },
  })
  const at = (id: string) => ({ id, error: problemAt(handing.error, id) })
  return (
    <>
      <ErrorSummary problem={handing.error} />
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          handing.mutate()
        }}
      >
        <p>{t('access.hand-over-of', { post: postLine(t, post) })}</p>
        <RadioField
          id="kind"
          label={t('access.hand-over-kind')}
          choices={(['stand-in', 'successor'] as const).map((one) => ({
            value: one,
            label: t(`access.hand-over-${one}`),
          }))}
          value={kind}
          onChange={(value) => setKind(value === 'successor' ? 'successor' : 'stand-in')}
        />
        <Picker
          {...at('personId')}
          label={t('access.hand-over-to')}
          help={t('access.hand-over-to-help')}
          required
          find={findPeople}
          what="people"
          value={other}
          onChange={setOther}
        />
        <DateField
          {...at('validFrom')}
          label={t('access.valid-from')}
          value={validFrom}
          onChange={setValidFrom}
          today={today}
          required
        />
        {kind === 'stand-in' && (
          <DateField
            {...at('validTo')}
            label={t('access.valid-to')}
            value={validTo}
            onChange={setValidTo}
            today={today}
            required
          />
        )}
        <div className={styles.acts}>
          <Button type="submit" loading={handing.isPending}>
            {t('access.hand-over')}
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
