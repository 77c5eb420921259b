import { Button } from '@mantine/core'
import { IconBellRinging } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { OccurrenceDetail } from '#plans/model'
import { usePathId } from '../kit/address.ts'
import { DueWords } from '../kit/DueWords.tsx'
import { LoadFailed } from '../kit/Empty.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Section } from '../kit/Section.tsx'
import { useMay, useSession } from '../kit/session.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { HistorySection } from '../notifications/HistorySection.tsx'
import { TalkSection } from '../notifications/TalkSection.tsx'
import { MeasuresSection } from '../indicators/links/MeasuresSection.tsx'
import { AnsweredSection } from '../recommendations/AnsweredSection.tsx'
import { nodeTo, planTo, tasksTo, urgingsTo } from './addresses.ts'
import { Labels } from './changes/LabelsDialog.tsx'
import { CheckPanel } from './CheckPanel.tsx'
import { useActingAgency } from './own.ts'
import { Milestones } from './Milestones.tsx'
import { ProgressForm } from './ProgressForm.tsx'
import { ProgressHistory } from './ProgressHistory.tsx'
import { taskQuery } from './queries.ts'
import { EnteredElsewhere, ServingSection } from './ServingSection.tsx'
import styles from './Task.module.css'
import { UrgeDialog } from './UrgeDialog.tsx'
import { useScrollToHash } from './useScrollToHash.ts'
import { choice, periodWords, shorten, standingTones, withPath } from './words.ts'

/** One piece of work: what one body owes once, what it says of it, and what was said back. */
export function TaskPage() {
  const id = usePathId('workId')
  // Written over what the server holds now, never over what it held when one was here before.
  const { data, error, refetch, isFetchedAfterMount } = useQuery({ ...taskQuery(id), refetchOnMount: 'always' })
  const work = isFetchedAfterMount ? data : undefined
  useScrollToHash(work !== undefined)
  if (error && !work) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  return work ? <Task work={work} /> : null
}

function Task({ work }: { work: OccurrenceDetail }) {
  const t = useText()
  const may = useMay()
  const own = useActingAgency()?.id
  const [isUrging, setUrging] = useState(false)
  const toCheck = work.progress.find((progress) => progress.may.check)
  const canUrge = may('plans.urge') && work.agency.id !== own && work.doneOn === null
  return (
    <>
      <PageHeader
        title={shorten(withPath(work.path, work.text), 140)}
        state={<State work={work} />}
        crumbs={[
          { label: work.issuer },
          { label: work.planNumber ?? shorten(work.planTitle, 60), to: planTo(work.planId) },
          { label: work.agency.name, to: tasksTo({ plan: work.planId, agency: work.agency.id }) },
          { label: work.path === '' ? t('plans.task') : t('plans.task-number', { path: work.path }) },
        ]}
        acts={
          canUrge && (
            <Button
              variant="default"
              leftSection={<IconBellRinging size={18} stroke={1.6} aria-hidden />}
              onClick={() => setUrging(true)}
            >
              {t('plans.urge')}
            </Button>
          )
        }
      />
      <div className={styles.page}>
        <div>
          {toCheck && <CheckPanel work={work} progress={toCheck} />}
          <EnteredElsewhere work={work} />
          {work.may.report && <ProgressForm key={work.id} work={work} />}
          <Milestones work={work} />
          <ProgressHistory
            sent={work.sent.filter((one) => one.check !== null || one.progressId !== toCheck?.id)}
            hasOthers={toCheck !== undefined}
          />
          {may('indicators.read-figures') && (
            <MeasuresSection
              subject={{ kind: 'task', id: work.id, nodeId: work.nodeId }}
              mayLink={work.may.answer && may('plans.link-measures')}
            />
          )}
          <TalkSection record={{ kind: 'plans.occurrence', id: work.id }} />
          <HistorySection record={{ kind: 'plans.occurrence', id: work.id }} />
        </div>
        <aside>
          <Owed work={work} />
          <ServingSection work={work} />
          <AnsweredSection work={work} isOwn={work.may.answer} />
          <Urgings work={work} />
        </aside>
      </div>
      {isUrging && (
        <UrgeDialog
          planId={work.planId}
          occurrenceIds={[work.id]}
          agencyIds={[]}
          onClose={() => setUrging(false)}
          onSent={() => undefined}
        />
      )}
    </>
  )
}

function State({ work }: { work: OccurrenceDetail }) {
  const t = useText()
  const format = useFormat()
  const { today } = useSession()
  return (
    <span className={styles.state}>
      <strong>{work.agency.name}</strong>
      {work.standing !== 'overdue' && (
        <StatusBadge tone={standingTones[work.standing]}>
          {t('plans.standing-is', { standing: choice(work.standing) })}
        </StatusBadge>
      )}
      {work.doneOn !== null ? (
        <span>{t('plans.done-on', { date: format.date(work.doneOn) })}</span>
      ) : (
        work.standing !== 'no-due-date' && <DueWords dueOn={work.dueOn} today={today} />
      )}
    </span>
  )
}

/** What is owed, by the words of the plan. */
function Owed({ work }: { work: OccurrenceDetail }) {
  const t = useText()
  const format = useFormat()
  const period = periodWords(work.period, t)
  const rows: [string, React.ReactNode][] = [
    [t('plans.task-text'), work.text],
    ...(period ? [[t('plans.period'), period] as [string, string]] : []),
    [t('plans.due'), work.dueOn ? format.date(work.dueOn) : t('kit.due-none')],
    ...(work.timeText ? [[t('plans.time-as-printed'), work.timeText] as [string, string]] : []),
    ...(work.output ? [[t('plans.output'), work.output] as [string, string]] : []),
    ...(work.labels.length > 0
      ? [[t('changes.labels'), <Labels key="labels" labels={work.labels} />] as [string, React.ReactNode]]
      : []),
    [t('plans.duty-kind', { kind: 'lead' }), work.leads.join('; ')],
    ...(work.supports.length > 0
      ? [[t('plans.duty-kind', { kind: 'support' }), work.supports.join('; ')] as [string, string]]
      : []),
    [
      t('plans.plan'),
      <Link key="plan" to={nodeTo(work.planId, work.nodeId)}>
        {work.planNumber
          ? t('plans.number-and-title', { number: work.planNumber, title: work.planTitle })
          : work.planTitle}
      </Link>,
    ],
  ]
  return (
    <Section title={t('plans.what-is-owed')}>
      <dl className={styles.facts}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

function Urgings({ work }: { work: OccurrenceDetail }) {
  const t = useText()
  const format = useFormat()
  if (work.urgings.length === 0) return null
  return (
    <Section title={t('plans.urgings-about')}>
      <ul className={styles.urgings}>
        {work.urgings.map((urging) => (
          <li key={urging.id}>
            <Link to={urgingsTo(urging.id)}>
              {t('plans.urging-of', { agency: urging.from, date: format.dateTime(urging.sentAt) })}
            </Link>
            <p>{shorten(urging.text, 160)}</p>
            {urging.answerBy && <p>{t('plans.answer-was-due', { date: format.date(urging.answerBy) })}</p>}
          </li>
        ))}
      </ul>
    </Section>
  )
}
