import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Role, type AccessToken, type MadeToken, type TokenScope } from '#access/model'
import { LoadFailed } from '../kit/Empty.tsx'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { RadioField, SelectField, TextField } from '../kit/fields.tsx'
import { useProblemWords } from '../kit/problem-words.ts'
import { Section } from '../kit/Section.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import styles from './access.module.css'
import { act, read } from './requests.ts'
import { useProof } from './useProof.tsx'
import { postLine } from './words.tsx'

const key = ['account', 'tokens']

/** The own access tokens: by which programs act in one's post. */
export function TokensSection() {
  const t = useText()
  const words = useProblemWords()
  const toast = useToast()
  const queries = useQueryClient()
  const tokens = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => read<AccessToken[]>('/account/tokens', {}, signal),
  })
  const [isMaking, setMaking] = useState(false)
  const [made, setMade] = useState<MadeToken>()
  const refresh = () => queries.invalidateQueries({ queryKey: key })
  const end = useMutation({
    mutationFn: (id: string) => act<void>(`/account/tokens/${id}/end`),
    onSuccess: refresh,
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  return (
    <Section
      title={t('access.tokens')}
      acts={!isMaking && <Button onClick={() => setMaking(true)}>{t('access.token-make')}</Button>}
    >
      <p className={styles.quiet}>{t('access.tokens-words')}</p>
      {tokens.error && <LoadFailed problem={tokens.error} onRetry={() => void tokens.refetch()} />}
      {made && <Told made={made} onDone={() => setMade(undefined)} />}
      {isMaking && (
        <TokenForm
          onDone={(fresh) => {
            setMaking(false)
            setMade(fresh)
            void refresh()
          }}
          onCancel={() => setMaking(false)}
        />
      )}
      <ul className={styles.list}>
        {tokens.data?.map((token) => (
          <li key={token.id} className={styles.post}>
            <TokenLine token={token} />
            <Button
              variant="default"
              aria-label={t('access.token-end-named', { name: token.name })}
              onClick={() => end.mutate(token.id)}
            >
              {t('access.token-end')}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function TokenLine({ token }: { token: AccessToken }) {
  const t = useText()
  const format = useFormat()
  const role = Role.safeParse(token.role)
  return (
    <p>
      {token.name}
      <span className={styles.quiet}>
        {t(`access.token-scope-${token.scope}`)} ·{' '}
        {role.success
          ? postLine(t, { role: role.data, agencyName: token.agencyName, unitName: null })
          : token.agencyName}
      </span>
      <span className={styles.quiet}>
        {t(token.usedAt ? 'access.token-used' : 'access.token-unused', {
          ends: format.dateTime(token.endsAt),
          used: token.usedAt ? format.dateTime(token.usedAt) : '',
        })}
      </span>
    </p>
  )
}

/** The secret, told once. */
function Told({ made, onDone }: { made: MadeToken; onDone: () => void }) {
  const t = useText()
  return (
    <div role="status">
      <p>{t('access.token-once')}</p>
      <p className={styles.typed}>{made.token}</p>
      <div className={styles.acts}>
        <Button onClick={onDone}>{t('access.token-kept')}</Button>
      </div>
    </div>
  )
}

const lifetimes = ['7', '30', '90', '365']

function TokenForm({ onDone, onCancel }: { onDone: (made: MadeToken) => void; onCancel: () => void }) {
  const t = useText()
  const { prove, dialog } = useProof()
  const [name, setName] = useState('')
  const [scope, setScope] = useState<TokenScope>('read')
  const [days, setDays] = useState('90')
  const making = useMutation({
    mutationFn: () => prove(() => act<MadeToken>('/account/tokens', { name, scope, days: Number(days) })),
    onSuccess: onDone,
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
          label={t('access.token-name')}
          help={t('access.token-name-help')}
          required
          value={name}
          onChange={setName}
          autoComplete="off"
          letters={40}
          maxLength={60}
          error={problemAt(making.error, 'name')}
        />
        <RadioField
          id="scope"
          label={t('access.token-scope')}
          choices={(['read', 'role'] as const).map((one) => ({ value: one, label: t(`access.token-scope-${one}`) }))}
          value={scope}
          onChange={(value) => setScope(value === 'role' ? 'role' : 'read')}
        />
        <SelectField
          id="days"
          label={t('access.token-days')}
          choices={lifetimes.map((count) => ({ value: count, label: t('access.token-days-count', { count }) }))}
          value={days}
          onChange={setDays}
        />
        <div className={styles.acts}>
          <Button type="submit" loading={making.isPending}>
            {t('access.token-make')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('kit.cancel')}
          </Button>
        </div>
      </form>
      {dialog}
    </>
  )
}
