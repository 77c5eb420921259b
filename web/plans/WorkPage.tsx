import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { totalOf, type MyWork, type WorkCard } from '#plans/model'
import { FiguresToDoSection, useFiguresToDo } from '../indicators/FiguresToDo.tsx'
import { CardColumns, type Card, type CardColumn } from '../kit/CardColumns.tsx'
import { dueInWords } from '../kit/due.ts'
import { DueWords } from '../kit/DueWords.tsx'
import { LoadFailed } from '../kit/Empty.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Section } from '../kit/Section.tsx'
import { useMay, useSession } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { AwaitedRounds } from '../reporting/urging/AwaitedRounds.tsx'
import { ReportWork, useReportsToDo } from '../reporting/reports/ReportWork.tsx'
import { duplicatesTo, editorTo, planDraftTo, plansTo, tasksTo, urgingsTo, workTo } from './addresses.ts'
import { MilestoneDue } from './MilestoneDue.tsx'
import { WorkNumbers } from './Numbers.tsx'
import { useActingAgency } from './own.ts'
import { myWorkQuery } from './queries.ts'
import styles from './Work.module.css'
import { shorten } from './words.ts'

/** Home: what waits for the acting post, by what it wants of them. */
export function WorkPage() {
  const t = useText()
  const format = useFormat()
  const agency = useActingAgency()
  const { data: work, error, refetch } = useQuery(myWorkQuery)
  const figures = useFiguresToDo()
  const reports = useReportsToDo()
  if (error && !work) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  return (
    <>
      <PageHeader title={t('plans.work-title')} state={work && stateOf(work)} />
      <AwaitedRounds />
      {work && agency && totalOf(work.numbers) > 0 && (
        <Section
          title={t('plans.work-numbers', { agency: agency.name })}
          acts={<Link to={duplicatesTo()}>{t('plans.duplicates-title')}</Link>}
        >
          <WorkNumbers numbers={work.numbers} of={{ agency: agency.id }} />
        </Section>
      )}
      {work && (
        <div className={styles.columns}>
          <Columns work={work} />
        </div>
      )}
      <ReportWork />
      {work && <FiguresToDoSection work={figures} />}
    </>
  )
  function stateOf({ overdue, returned, waiting }: MyWork): string {
    const said = [
      overdue.total > 0 && t('plans.work-overdue', { count: overdue.total, number: format.number(overdue.total) }),
      returned.total > 0 && t('plans.work-returned', { count: returned.total, number: format.number(returned.total) }),
      waiting.total > 0 && t('plans.work-waiting', { count: waiting.total, number: format.number(waiting.total) }),
      ...reportsSay(),
      ...figuresSay(),
    ].filter((words) => words !== false)
    return said.length === 0 ? t('plans.work-nothing') : format.list(said)
  }
  function reportsSay() {
    return (['returned', 'due', 'toSign', 'toReview'] as const).map((of) => {
      const count = reports?.[of].total ?? 0
      return count > 0 && t('plans.work-reports', { of, count, number: format.number(count) })
    })
  }
  function figuresSay() {
    return (['returned', 'waiting', 'findings'] as const).map((of) => {
      const count = figures[of]?.total ?? 0
      return count > 0 && t('plans.work-figures', { of, count, number: format.number(count) })
    })
  }
}

function Columns({ work }: { work: MyWork }) {
  const t = useText()
  const format = useFormat()
  const { today } = useSession()
  const may = useMay()
  const agency = useActingAgency()?.id
  const toCard = (card: WorkCard, index: number): Card => ({
    // Several milestones may stand on one piece of work.
    id: `${card.want} ${card.want === 'milestone' ? index : (card.occurrenceId ?? card.urgingId ?? card.planId ?? index)}`,
    to: cardTo(card, may('plans.issue')),
    body: card.agency.name,
    deed: deed(card),
    due: dueOfCard(card),
  })
  function dueOfCard({ want, dueOn }: WorkCard) {
    if (want === 'milestone' && dueOn !== null) return <MilestoneDue dueOn={dueOn} />
    return dueOn === null && want !== 'due' ? undefined : <DueWords dueOn={dueOn} today={today} />
  }
  const all = (total: number, shown: number, to: string) =>
    total > shown ? { to, label: t('plans.work-all', { count: total, number: format.number(total) }) } : undefined
  const { returned, due, waiting, overdue } = work
  const columns: CardColumn[] = [
    {
      id: 'returned',
      title: t('plans.column-returned'),
      tone: 'returned',
      cards: returned.cards.map(toCard),
      total: returned.total,
      all: all(returned.total, returned.cards.length, tasksTo({ agency, progress: 'returned' })),
      empty: t('plans.column-returned-empty'),
    },
    {
      id: 'due',
      title: t('plans.column-due'),
      tone: 'soon',
      cards: due.cards.map(toCard),
      total: due.total,
      all: all(due.total, due.cards.length, tasksTo({ agency, standing: 'pending-in-time' })),
      empty: <Next card={work.next} />,
    },
    {
      id: 'waiting',
      title: t('plans.column-waiting'),
      tone: 'note',
      cards: waiting.cards.map(toCard),
      total: waiting.total,
      all: all(waiting.total, waiting.cards.length, tasksTo({ progress: 'submitted' })),
      empty: t('plans.column-waiting-empty'),
    },
    {
      id: 'overdue',
      title: t('plans.column-overdue'),
      tone: 'overdue',
      cards: overdue.cards.map(toCard),
      total: overdue.total,
      all: all(overdue.total, overdue.cards.length, tasksTo({ agency, standing: 'overdue' })),
      empty: t('plans.column-overdue-empty'),
    },
  ]
  const { milestones } = work
  return (
    <>
      <CardColumns columns={columns} />
      {milestones.total > 0 && (
        <div className={styles.milestones}>
          <CardColumns
            columns={[
              {
                id: 'milestones',
                title: t('plans.work-milestones'),
                tone: 'note',
                cards: milestones.cards.map(toCard),
                total: milestones.total,
                empty: null,
              },
            ]}
          />
          <p className={styles.quiet}>{t('plans.work-milestones-words')}</p>
        </div>
      )}
    </>
  )
  function deed(card: WorkCard): string {
    const text = shorten(card.text, 160)
    switch (card.want) {
      case 'returned':
        return card.reason ? t('plans.deed-returned', { text, reason: shorten(card.reason, 120) }) : text
      case 'check':
        return t('plans.deed-check', { text })
      case 'answer':
        return t('plans.deed-answer', { text })
      case 'draft':
        return t(may('plans.issue') ? 'plans.deed-sign' : 'plans.deed-draft', { text })
      case 'milestone':
        return t('plans.milestone-of-task', { name: text, task: shorten(card.reason ?? '', 120) })
      case 'due':
      case 'overdue':
        return text
    }
  }
}

/** Where on the page of a piece of work a card leads. */
const places: Partial<Record<WorkCard['want'], string>> = { check: 'kiem-tra', milestone: 'moc' }

/** The very place that waits. */
function cardTo(card: WorkCard, signs: boolean): string {
  if (card.want === 'answer' && card.urgingId) return urgingsTo(card.urgingId)
  if (card.want === 'draft' && card.planId) return signs ? planDraftTo(card.planId) : editorTo(card.planId)
  if (card.occurrenceId) return `${workTo(card.occurrenceId)}#${places[card.want] ?? 'cap-nhat'}`
  return plansTo()
}

/** Nothing is due soon: what comes next on the calendar. */
function Next({ card }: { card: WorkCard | null }) {
  const t = useText()
  const format = useFormat()
  const { today } = useSession()
  if (!card?.occurrenceId) return t('plans.column-due-empty')
  return (
    <>
      {t('plans.column-due-next')} <Link to={workTo(card.occurrenceId)}>{shorten(card.text, 90)}</Link> (
      {dueInWords(card.dueOn, today, t, format)})
    </>
  )
}
