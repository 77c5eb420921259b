import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReformDetail, ReformInput } from '#agencies/model'
import { usePathId } from '../../kit/address.ts'
import { LoadFailed } from '../../kit/Empty.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { SaveState } from '../../kit/SaveState.tsx'
import { Section } from '../../kit/Section.tsx'
import { useSession } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useMergedDraft } from '../../kit/useMergedDraft.ts'
import { read } from '../../territory/read.ts'
import { reformsTo } from '../addresses.ts'
import { HistorySection } from '../../notifications/HistorySection.tsx'
import { BodyChanges } from './BodyChanges.tsx'
import { HeadForm } from './HeadForm.tsx'
import { Preview } from './Preview.tsx'
import { ReformConflict } from './ReformConflict.tsx'
import { saveReform } from './requests.ts'
import styles from './reforms.module.css'
import { Steps } from './Steps.tsx'
import { UnitChanges } from './UnitChanges.tsx'
import { ReformBadge } from './words.tsx'

/** One reform: what it changes, what it would touch, and the steps to putting it in force. */
export function ReformPage() {
  const id = usePathId('reformId')
  const t = useText()
  const { today } = useSession()
  const { data, error, refetch } = useQuery({
    queryKey: ['reform', id],
    queryFn: ({ signal }) => read<ReformDetail>(`/reforms/${id}`, {}, signal),
    refetchInterval: ({ state }) => (state.data && isBeingApplied(state.data, today) ? 3_000 : false),
  })
  if (error) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (data === undefined) return <p role="status">{t('agencies.loading')}</p>
  // A draft keeps what is typed; once it moves on, what the server holds is shown.
  return (
    <>
      {data.may.edit ? (
        <Editor key={`${id} ${data.state}`} reform={data} onMoved={() => void refetch()} />
      ) : (
        <Reading reform={data} onMoved={() => void refetch()} />
      )}
      <HistorySection record={{ kind: 'agencies.reform', id }} />
    </>
  )
}

/** Approved, and its day has come: the product is at it. */
function isBeingApplied(reform: Pick<ReformDetail, 'state' | 'date'>, today: string): boolean {
  return reform.state === 'scheduled' && reform.date <= today
}

interface PartProps {
  reform: ReformDetail
  onMoved: () => void
}

function useNames(reform: ReformDetail) {
  const [picked, setPicked] = useState<ReadonlyMap<string, string>>(new Map())
  const known = new Map(reform.names.map(({ key, name }) => [key, name]))
  return {
    name: (key: string) => picked.get(key) ?? known.get(key) ?? key.replace(/^new:/, ''),
    learn: (list: readonly { id: string; name: string }[]) =>
      setPicked((before) => new Map([...before, ...list.map((each) => [each.id, each.name] as const)])),
  }
}

function inputOf(reform: ReformDetail): ReformInput {
  const { title, legalBasis, date, unitChanges, bodyChanges } = reform
  return { title, legalBasis, date, unitChanges, bodyChanges }
}

function Editor({ reform, onMoved }: PartProps) {
  const t = useText()
  const [saved, setSaved] = useState(reform)
  const names = useNames(saved)
  const draft = useMergedDraft<ReformInput, number>({
    name: `agencies.reform.${reform.id}`,
    start: { value: inputOf(reform), version: reform.version },
    save: async (value, version) => {
      const answer = await saveReform(reform.id, { ...value, version })
      setSaved(answer)
      return answer.version
    },
    newest: async () => {
      const now = await read<ReformDetail>(`/reforms/${reform.id}`, {})
      return now.may.edit ? { value: inputOf(now), version: now.version } : undefined
    },
  })
  const { value, change } = draft
  const isSaved = draft.status.kind === 'clean' || draft.status.kind === 'saved'
  return (
    <>
      <Head
        reform={{ ...saved, title: value.title }}
        save={<SaveState status={draft.status} onRetry={() => void draft.saveNow()} />}
      />
      {draft.conflict && <ReformConflict conflict={draft.conflict} name={names.name} />}
      <Steps reform={saved} ready={draft.ensure} onMoved={onMoved} />
      <Section title={t('agencies.reform-head')}>
        <HeadForm head={value} onChange={(head) => change({ ...value, ...head, date: head.date ?? value.date })} />
      </Section>
      <UnitChanges
        reformId={reform.id}
        date={value.date}
        changes={value.unitChanges}
        names={names}
        onChange={(unitChanges) => change({ ...value, unitChanges })}
      />
      <BodyChanges
        date={value.date}
        changes={value.bodyChanges}
        units={value.unitChanges}
        names={names}
        onChange={(bodyChanges) => change({ ...value, bodyChanges })}
      />
      <Preview reform={saved} isSaved={isSaved} />
    </>
  )
}

function Reading({ reform, onMoved }: PartProps) {
  const names = useNames(reform)
  const { today } = useSession()
  const isOpen = reform.state !== 'applied' && reform.state !== 'discarded' && !isBeingApplied(reform, today)
  return (
    <>
      <Head reform={reform} />
      <Steps reform={reform} ready={() => Promise.resolve(reform.version)} onMoved={onMoved} />
      <UnitChanges reformId={reform.id} date={reform.date} changes={reform.unitChanges} names={names} />
      <BodyChanges date={reform.date} changes={reform.bodyChanges} units={reform.unitChanges} names={names} />
      {isOpen && <Preview reform={reform} isSaved />}
    </>
  )
}

function Head({ reform, save }: { reform: ReformDetail; save?: React.ReactNode }) {
  const t = useText()
  const format = useFormat()
  return (
    <PageHeader
      title={reform.title}
      crumbs={[{ label: t('agencies.reforms'), to: reformsTo }, { label: reform.title }]}
      state={
        <span className={styles.state}>
          <ReformBadge state={reform.state} />
          <span>{t('agencies.reform-in-force', { date: format.date(reform.date), basis: reform.legalBasis })}</span>
        </span>
      }
      acts={save}
    />
  )
}
