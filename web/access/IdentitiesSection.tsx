import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FederatedAddress, Identity } from '#access/model'
import { useProblemWords } from '../kit/problem-words.ts'
import { Section } from '../kit/Section.tsx'
import { providerQuery } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import styles from './access.module.css'
import { act, read } from './requests.ts'
import { useProof } from './useProof.tsx'

const key = ['account', 'identities']

/** The own links to the identity provider; nothing where none is set. */
export function IdentitiesSection() {
  const t = useText()
  const format = useFormat()
  const words = useProblemWords()
  const toast = useToast()
  const queries = useQueryClient()
  const { prove, dialog } = useProof()
  const { data: provider } = useQuery(providerQuery)
  const name = provider?.name ?? null
  const identities = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => read<Identity[]>('/account/identities', {}, signal),
    enabled: name !== null,
  })
  const onError = (problem: unknown) => toast({ kind: 'problem', text: words(problem) })
  const link = useMutation({
    mutationFn: () => prove(() => act<FederatedAddress>('/account/identities')),
    onSuccess: ({ address }) => window.location.assign(address),
    onError,
  })
  const end = useMutation({
    mutationFn: (id: string) => prove(() => act<void>(`/account/identities/${id}/end`)),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
    onError,
  })
  if (name === null) return null
  return (
    <Section
      title={t('access.identities', { name })}
      acts={
        <Button variant="default" loading={link.isPending || link.isSuccess} onClick={() => link.mutate()}>
          {t('access.identity-link')}
        </Button>
      }
    >
      <p className={styles.quiet}>{t('access.identities-words', { name })}</p>
      <ul className={styles.list}>
        {identities.data?.map((identity) => (
          <li key={identity.id} className={styles.post}>
            <p>
              {identity.issuer}
              <span className={styles.quiet}>
                {t('access.identity-since', { at: format.dateTime(identity.linkedAt) })}
              </span>
            </p>
            <Button variant="default" onClick={() => end.mutate(identity.id)}>
              {t('access.identity-end')}
            </Button>
          </li>
        ))}
      </ul>
      {dialog}
    </Section>
  )
}
