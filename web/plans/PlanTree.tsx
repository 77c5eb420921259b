import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { totalOf, type PlanDetail, type PlanNode } from '#plans/model'
import { dueInWords } from '../kit/due.ts'
import { daysBetween } from '../kit/format.ts'
import { Provenance } from '../kit/Provenance.tsx'
import { useSession } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { TalkDrawer } from '../notifications/TalkDrawer.tsx'
import { recommendationTo } from '../recommendations/addresses.ts'
import { placeWords } from '../recommendations/words.ts'
import { nodeAnchor, nodeTo, tasksTo, workTo } from './addresses.ts'
import { Duties } from './Duties.tsx'
import { WorkNumbers } from './Numbers.tsx'
import { useProgrammeNames } from './programmes.ts'
import styles from './PlanTree.module.css'
import { choice, sumNumbers, timeMeaning, withPath } from './words.ts'

type Children = ReadonlyMap<string | null, readonly PlanNode[]>

/** The groups and tasks of a plan as the document lays them out, each with duties, time, output and numbers. */
export function PlanTree({ plan }: { plan: PlanDetail }) {
  const t = useText()
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const children = useMemo<Children>(() => Map.groupBy(plan.nodes, (node) => node.parentId), [plan.nodes])
  const groups = plan.nodes.filter((node) => node.kind === 'group').map((node) => node.id)
  const toggle = (id: string) => {
    const next = new Set(closed)
    if (!next.delete(id)) next.add(id)
    setClosed(next)
  }
  if (plan.nodes.length === 0) return <p>{t('plans.no-tasks')}</p>
  return (
    <>
      {groups.length > 1 && (
        <p className={`${styles.tools} screen-only`}>
          <Button variant="subtle" onClick={() => setClosed(new Set())} disabled={closed.size === 0}>
            {t('plans.open-all')}
          </Button>
          <Button variant="subtle" onClick={() => setClosed(new Set(groups))} disabled={closed.size === groups.length}>
            {t('plans.close-all')}
          </Button>
        </p>
      )}
      <Level plan={plan} children={children} of={null} depth={0} closed={closed} toggle={toggle} />
    </>
  )
}

interface LevelProps {
  plan: PlanDetail
  children: Children
  of: string | null
  depth: number
  closed: ReadonlySet<string>
  toggle: (id: string) => void
}

function Level({ of, ...rest }: LevelProps) {
  const nodes = rest.children.get(of) ?? []
  if (nodes.length === 0) return null
  return (
    <ol className={styles.level} data-depth={Math.min(rest.depth, 3)}>
      {nodes.map((node) => (
        <li key={node.id}>
          {node.kind === 'group' ? <Group node={node} {...rest} /> : <Task node={node} {...rest} />}
        </li>
      ))}
    </ol>
  )
}

type NodeProps = Omit<LevelProps, 'of'> & { node: PlanNode }

function Group({ node, ...rest }: NodeProps) {
  const { plan, children, depth, closed, toggle } = rest
  const isOpen = !closed.has(node.id)
  const numbers = sumNumbers(below(node, children), plan.numbers.asOf)
  const Heading = depth === 0 ? 'h3' : 'h4'
  return (
    <>
      <div className={styles.group} id={nodeAnchor(node.id)} tabIndex={-1}>
        <Heading>
          <button type="button" aria-expanded={isOpen} onClick={() => toggle(node.id)} className={styles.fold}>
            {isOpen ? <IconChevronDown size={18} aria-hidden /> : <IconChevronRight size={18} aria-hidden />}
            <span>{withPath(node.path, node.text)}</span>
          </button>
        </Heading>
        {plan.changedBy === null && totalOf(numbers) > 0 && (
          <div className={styles.sum}>
            <Sum numbers={numbers} to={tasksTo({ plan: plan.id, group: node.id })} />
          </div>
        )}
      </div>
      {isOpen && <Level {...rest} of={node.id} depth={depth + 1} />}
    </>
  )
}

/** The numbers of a group in few words; they open the work of its tasks, where each number opens its own list. */
function Sum({ numbers, to }: { numbers: PlanNode['numbers']; to: string }) {
  const t = useText()
  const format = useFormat()
  const done = numbers.doneOnTime + numbers.doneLate + numbers.requested.done
  return (
    <Link to={to} className={numbers.overdue > 0 ? styles.overdue : undefined}>
      {t('plans.group-numbers', {
        done: format.number(done),
        total: format.number(totalOf(numbers)),
        overdue: numbers.overdue,
        late: format.number(numbers.overdue),
      })}
    </Link>
  )
}

function below(node: PlanNode, children: Children): PlanNode['numbers'][] {
  return (children.get(node.id) ?? []).flatMap((child) => [child.numbers, ...below(child, children)])
}

function Task({ node, ...rest }: NodeProps) {
  const t = useText()
  const { plan, depth } = rest
  const isCounted = plan.versionState === 'issued' && plan.changedBy === null && totalOf(node.numbers) > 0
  return (
    <>
      <article className={styles.task} id={nodeAnchor(node.id)} tabIndex={-1}>
        <p className={styles.number}>
          <TaskNumber node={node} plan={plan} />
        </p>
        <div className={styles.words}>
          <p className={styles.text}>{node.text}</p>
          {node.duties.length > 0 ? (
            <Duties planId={plan.id} duties={node.duties} />
          ) : (
            <p className={styles.quiet}>{t('plans.duties-none')}</p>
          )}
          <More node={node} plan={plan} />
          <TalkDrawer record={{ kind: 'plans.node', id: node.id }} title={withPath(node.path, node.text)} />
        </div>
        <div className={styles.side}>
          <Time node={node} />
          {isCounted && <WorkNumbers numbers={node.numbers} of={{ plan: plan.id, node: node.id }} size="row" />}
        </div>
      </article>
      <Level {...rest} of={node.id} depth={depth + 1} />
    </>
  )
}

/** The printed numbering; underlined where it is known from which place of the document it was read. */
function TaskNumber({ node, plan }: { node: PlanNode; plan: PlanDetail }) {
  const t = useText()
  const { source } = node
  const printed = node.path === '' ? '•' : node.path
  if (!source) return printed
  const place = t('plans.source-place', {
    where: choice(source.where ?? 'other'),
    table: source.table ?? 0,
    row: source.row ?? 0,
    page: source.page ?? 0,
    line: source.line ?? 0,
  })
  const document = plan.number ? t('plans.number-and-title', { number: plan.number, title: plan.title }) : plan.title
  return (
    <Provenance origin={{ name: withPath(node.path, node.text), source: { document, place } }}>{printed}</Provenance>
  )
}

function Time({ node }: { node: PlanNode }) {
  const t = useText()
  const format = useFormat()
  const { today } = useSession()
  const { time } = node
  if (time === null) return <p className={styles.quiet}>{t('plans.no-time')}</p>
  return (
    <p>
      <span className={styles.printed}>{time.text}</span>
      <span className={styles.quiet}>
        {timeMeaning(time, t, format)}
        {isNear(time, today) && ` (${dueInWords(time.to, today, t, format)})`}
      </span>
    </p>
  )
}

/** Days before the end from which the days left are said. */
const nearDays = 60

function isNear(time: NonNullable<PlanNode['time']>, today: string): boolean {
  if (time.to === null || (time.kind !== 'by' && time.kind !== 'range')) return false
  const left = daysBetween(today, time.to)
  return left >= 0 && left <= nearDays
}

function More({ node, plan }: { node: PlanNode; plan: PlanDetail }) {
  const t = useText()
  const format = useFormat()
  const milestoneWords = ({ text, dueOn }: PlanNode['milestones'][number]) =>
    dueOn === null ? text : t('plans.milestone-line', { date: format.date(dueOn), name: text })
  const programmes = useProgrammeNames(node.programmes)
  const rows: [string, React.ReactNode][] = [
    [t('plans.row-output'), node.output],
    [t('plans.funding'), node.funding],
    [t('plans.row-programmes'), programmes.length > 0 ? programmes.join('; ') : null],
    [t('plans.row-joined'), node.joinedPlans.length > 0 ? <Joined key="joined" node={node} /> : null],
    [t('recommendations.answered'), node.answers.length > 0 ? <Answers key="answers" node={node} /> : null],
    [t('plans.bases'), node.bases.length > 0 ? node.bases.join('; ') : null],
    [t('plans.milestones'), node.milestones.length > 0 ? node.milestones.map(milestoneWords).join('; ') : null],
    [t('plans.row-from'), node.derivedFrom.length > 0 ? <Derived key="from" node={node} plan={plan} /> : null],
  ]
  const shown = rows.filter(([, value]) => value !== null)
  if (shown.length === 0) return null
  return (
    <dl className={styles.more}>
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Other plans the same work serves. */
function Joined({ node }: { node: PlanNode }) {
  return node.joinedPlans.map((other, index) => (
    <span key={other.planId}>
      {index > 0 && '; '}
      <Link to={workTo(other.occurrenceId)} title={other.planTitle}>
        {other.planNumber ?? other.planTitle}
      </Link>
    </span>
  ))
}

/** The recommendations the task answers. */
function Answers({ node }: { node: PlanNode }) {
  const t = useText()
  return node.answers.map((answer, index) => (
    <span key={answer.recommendationId}>
      {index > 0 && '; '}
      {t('recommendations.answer-is', { code: answer.kind })}{' '}
      <Link to={recommendationTo(answer.recommendationId)}>{placeWords(answer, t)}</Link>
    </span>
  ))
}

function Derived({ node, plan }: { node: PlanNode; plan: PlanDetail }) {
  const t = useText()
  return node.derivedFrom.map((from, index) => {
    const parent = plan.parents.find((one) => one.id === from.planId)
    return (
      <span key={from.nodeId}>
        {index > 0 && '; '}
        {parent ? (
          <Link to={nodeTo(from.planId, from.nodeId)}>
            {t('plans.decision-of', { decision: choice(from.kind), plan: parent.number ?? parent.title })}
          </Link>
        ) : (
          t('plans.decision-of', { decision: choice(from.kind), plan: t('plans.plan-above') })
        )}
      </span>
    )
  })
}
