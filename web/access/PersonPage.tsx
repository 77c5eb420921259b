import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Person, Post, Slip as SlipCode } from '#access/model'
import { Confirm } from '../kit/Confirm.tsx'
import { Empty, LoadFailed } from '../kit/Empty.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { useProblemWords } from '../kit/problem-words.ts'
import { Section } from '../kit/Section.tsx'
import { useMay, useSession } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { HistorySection } from '../notifications/HistorySection.tsx'
import styles from './access.module.css'
import { auditTo, peopleTo } from './addresses.ts'
import { FactorReset } from './FactorReset.tsx'
import { HandOverForm } from './HandOverForm.tsx'
import { PersonSessions } from './PersonSessions.tsx'
import { GrantForm } from './GrantForm.tsx'
import { act, read } from './requests.ts'
import { Slip } from './Slip.tsx'
import { useProof } from './useProof.tsx'
import { PersonBadge, PostBadge, postLine } from './words.tsx'

/** What is about to be done, asked about before it is. */
type Deed = { kind: 'end-post' | 'confirm-post'; post: Post } | { kind: 'disable' | 'enable' | 'renew' }

/** One person: account, posts, and what an administrator may do. */
export function PersonPage() {
  const t = useText()
  const { personId } = useParams({ strict: false }) as { personId: string }
  const person = useQuery({
    queryKey: ['person', personId],
    queryFn: ({ signal }) => read<Person>(`/people/${personId}`, {}, signal),
  })
  const [slip, setSlip] = useState<SlipCode>()
  const crumbs = [{ label: t('access.people'), to: peopleTo }, { label: person.data?.name ?? '…' }]
  if (person.error) return <LoadFailed problem={person.error} onRetry={() => void person.refetch()} />
  if (!person.data) return <PageHeader title="…" crumbs={crumbs} />
  if (slip) {
    return (
      <>
        <div className="screen-only">
          <PageHeader
            title={t('access.slip-of', { name: person.data.name })}
            state={t('access.slip-once')}
            crumbs={crumbs}
          />
        </div>
        <Slip person={person.data} slip={slip} />
      </>
    )
  }
  return <Account person={person.data} onSlip={setSlip} />
}

function Account({ person, onSlip }: { person: Person; onSlip: (slip: SlipCode) => void }) {
  const t = useText()
  const may = useMay()
  const words = useProblemWords()
  const toast = useToast()
  const queries = useQueryClient()
  const { prove, dialog } = useProof()
  const own = useSession().person.id === person.id
  const [deed, setDeed] = useState<Deed>()
  const [isGranting, setGranting] = useState(false)
  const [handedOver, setHandedOver] = useState<Post>()
  const doing = useMutation({
    mutationFn: (one: Deed) => prove(() => perform(one, person)),
    onSuccess: (answer, one) => {
      if (one.kind === 'renew') return onSlip(answer as SlipCode)
      queries.setQueryData(['person', person.id], answer)
      toast({ kind: 'done', text: t(`access.done-${one.kind}`, { name: person.name }) })
      return queries.invalidateQueries({ queryKey: ['people'] })
    },
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  const isDisabled = person.state === 'disabled'
  return (
    <>
      <PageHeader
        title={person.name}
        state={person.login}
        crumbs={[{ label: t('access.people'), to: peopleTo }, { label: person.name }]}
        acts={
          !own && (
            <>
              {may('access.disable-person') && (
                <Button variant="default" onClick={() => setDeed({ kind: isDisabled ? 'enable' : 'disable' })}>
                  {t(isDisabled ? 'access.enable' : 'access.disable')}
                </Button>
              )}
              {may('access.renew-invitation') && !isDisabled && (
                <Button variant="default" onClick={() => setDeed({ kind: 'renew' })}>
                  {t('access.renew')}
                </Button>
              )}
            </>
          )
        }
      />
      <Facts person={person} />
      <Section
        title={t('access.posts')}
        acts={
          may('access.grant-post') &&
          !own &&
          !isDisabled &&
          !isGranting && <Button onClick={() => setGranting(true)}>{t('access.grant')}</Button>
        }
      >
        {handedOver && <HandOverForm person={person} post={handedOver} onClose={() => setHandedOver(undefined)} />}
        {isGranting && <GrantForm person={person} onClose={() => setGranting(false)} />}
        {person.posts.length === 0 && <Empty title={t('access.no-post')} />}
        <ul className={styles.list}>
          {person.posts.map((post) => (
            <PostRow key={post.id} post={post} own={own} onDeed={setDeed} onHandOver={setHandedOver} />
          ))}
        </ul>
      </Section>
      <DeedDialog
        deed={deed}
        person={person}
        onConfirm={(one) => {
          setDeed(undefined)
          doing.mutate(one)
        }}
        onClose={() => setDeed(undefined)}
      />
      {may('access.ask-factor-reset') && !own && <FactorReset person={person} />}
      {may('access.read-sessions') && !own && <PersonSessions person={person} />}
      <HistorySection record={{ kind: 'access.person', id: person.id }} />
      {dialog}
    </>
  )
}

function Facts({ person }: { person: Person }) {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  return (
    <dl className={styles.facts}>
      <dt>{t('access.state')}</dt>
      <dd>
        <PersonBadge state={person.state} />
      </dd>
      <dt>{t('access.language')}</dt>
      <dd>{format.languageName(person.language)}</dd>
      {may('access.read-audit') && (
        <>
          <dt>{t('access.audit')}</dt>
          <dd>
            <Link to={auditTo(person.id)}>{t('access.audit-of-person')}</Link>
          </dd>
        </>
      )}
    </dl>
  )
}

interface PostRowProps {
  post: Post
  own: boolean
  onDeed: (deed: Deed) => void
  onHandOver: (post: Post) => void
}

function PostRow({ post, own, onDeed, onHandOver }: PostRowProps) {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const me = useSession().person.id
  const canConfirm = post.state === 'unconfirmed' && post.grantedById !== me && may('access.confirm-post')
  return (
    <li className={styles.post}>
      <div>
        <p>{postLine(t, post)}</p>
        <p className={styles.quiet}>
          {t(post.validTo === null ? 'access.period-open' : 'access.period', {
            from: format.date(post.validFrom),
            to: post.validTo === null ? '' : format.date(post.validTo),
          })}
        </p>
        {post.standsInFor && (
          <p className={styles.quiet}>{t('access.stands-in-for', { name: post.standsInFor.personName })}</p>
        )}
      </div>
      <div className={styles.acts}>
        <PostBadge state={post.state} />
        {!own && canConfirm && (
          <Button onClick={() => onDeed({ kind: 'confirm-post', post })}>{t('access.confirm-post')}</Button>
        )}
        {!own && post.state === 'current' && post.standsInFor === null && may('access.hand-over') && (
          <Button variant="default" onClick={() => onHandOver(post)}>
            {t('access.hand-over')}
          </Button>
        )}
        {!own && post.state !== 'ended' && may('access.end-post') && (
          <Button variant="default" onClick={() => onDeed({ kind: 'end-post', post })}>
            {t('access.end-post')}
          </Button>
        )}
      </div>
    </li>
  )
}

interface DeedDialogProps {
  deed: Deed | undefined
  person: Person
  onConfirm: (deed: Deed) => void
  onClose: () => void
}

function DeedDialog({ deed, person, onConfirm, onClose }: DeedDialogProps) {
  const t = useText()
  if (!deed) return null
  const post = 'post' in deed ? postLine(t, deed.post) : ''
  return (
    <Confirm
      isOpen
      title={t(`access.ask-${deed.kind}`)}
      act={t(`access.act-${deed.kind}`)}
      isDestructive={deed.kind === 'disable' || deed.kind === 'end-post'}
      onConfirm={() => onConfirm(deed)}
      onClose={onClose}
    >
      <p>{t(`access.words-${deed.kind}`, { name: person.name, post })}</p>
    </Confirm>
  )
}

function perform(deed: Deed, person: Person): Promise<Person | SlipCode> {
  switch (deed.kind) {
    case 'end-post':
      return act<Person>(`/posts/${deed.post.id}/end`)
    case 'confirm-post':
      return act<Person>(`/posts/${deed.post.id}/confirmation`)
    case 'disable':
      return act<Person>(`/people/${person.id}/state`, { state: 'disabled', version: person.version })
    case 'enable':
      return act<Person>(`/people/${person.id}/state`, { state: 'active', version: person.version })
    case 'renew':
      return act<SlipCode>(`/people/${person.id}/invitation`)
  }
}
