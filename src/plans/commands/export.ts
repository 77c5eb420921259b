import { notFound, type Context, type FileAnswer } from '#platform'
import { listAgencyNames } from '#agencies'
import {
  planDocument,
  statusReport,
  urgingLetter,
  type PlanInput,
  type ReportedTask,
  type StatusFigures,
} from '#documents'
import type { FourNumbers, Occurrence, PaperForm, PlanNode, Standing } from '../model.ts'
import { getCoverage } from '../queries/coverage.ts'
import { countBy } from '../queries/numbers.ts'
import { listOccurrences } from '../queries/occurrences.ts'
import { getPlanDetail } from '../queries/plan.ts'
import { listUrgings } from '../queries/urgings.ts'
import { fileName, fileOf, headOf, unsigned, type Writing } from './paper.ts'
import { tasksInPrint } from './plan-in-print.ts'

/** Tasks a report lists at most; the rest is said in a note, the list itself stays on the screen. */
const mostTasks = 1000

/** The plan as an official document: the issued version, or the draft without number for those who write it. */
export async function exportPlan(
  ctx: Context,
  writing: Writing,
  planId: string,
  { draft, ...form }: PaperForm & { draft: boolean },
): Promise<FileAnswer> {
  const plan = await getPlanDetail(ctx, planId, { draft, may: () => true })
  const head = await headOf(ctx, writing, plan.issuer.id, { ...plan, urgency: form.urgency })
  const input: PlanInput = {
    head,
    kindCode: Object.hasOwn(writing.templates.layout.kinds, plan.kind) ? plan.kind : writing.templates.plan.kindCode,
    title: plan.title,
    bases: plan.header.bases,
    preamble: plan.header.preamble,
    ...plan.header.prose,
    ...tasksInPrint(plan.nodes, writing.templates.plan),
  }
  await ctx.record(
    'plans.plan-exported',
    { kind: 'plans.plan', id: planId, agencyId: plan.owner.id },
    { version: plan.versionId, format: form.format },
  )
  return fileOf(planDocument(input, writing.templates), writing, {
    format: form.format,
    name: fileName(plan.kind, plan.number, plan.title),
  })
}

/** The state of a plan as a report: who has issued under it, the four numbers by task group, what is overdue. */
export async function exportStatusReport(
  ctx: Context,
  writing: Writing,
  planId: string,
  form: PaperForm,
): Promise<FileAnswer> {
  const plan = await getPlanDetail(ctx, planId, { draft: false, may: () => true })
  const coverage = await getCoverage(ctx, planId)
  const numbers = await countBy(ctx, 'nodeId', { planIds: [planId] })
  const work = await listOccurrences(ctx, { planIds: [planId], page: 1, size: mostTasks })
  const reporter = ctx.actor.agencyId ?? plan.owner.id
  const head = await headOf(ctx, writing, reporter, {
    isInvented: plan.isInvented,
    urgency: form.urgency,
    versionState: 'draft',
    header: { ...unsigned, issuedOn: ctx.today },
  })
  const source = {
    period: writing.words.period(plan.header.periodFrom ?? plan.issuedOn, ctx.today),
    asOf: ctx.today,
    source: writing.words.source,
  }
  const cited = writing.words.planCited({ title: plan.title, number: plan.number, issuedOn: plan.issuedOn })
  const report = statusReport(
    {
      head: { ...head, date: null, recipients: [writing.filed(head.agencySign)] },
      title: writing.words.statusTitle(cited),
      addressees: plan.parents.map((parent) => parent.issuer),
      bases: [],
      preamble: null,
      direction: [],
      coverage:
        coverage.tiers.length === 0
          ? null
          : {
              figures: coverage.tiers.map((tier) => ({
                tier: writing.tierName(tier.level),
                issued: tier.issued,
                drafting: tier.drafting,
                nothing: tier.nothing,
              })),
              source,
            },
      results: {
        groups: figuresByGroup(plan.nodes, numbers),
        source,
        narrative: work.total > mostTasks ? [writing.words.moreTasks(work.total, mostTasks)] : [],
      },
      taskGroups: [{ label: null, title: null, tasks: work.items.map((item) => reported(item, writing)) }],
      shortcomings: [],
      causes: [],
      proposals: [],
      closing: null,
    },
    writing.templates,
  )
  await ctx.record(
    'plans.status-report-exported',
    { kind: 'plans.plan', id: planId, agencyId: plan.owner.id },
    { asOf: ctx.today, tasks: work.total, format: form.format },
  )
  return fileOf(report, writing, { format: form.format, name: fileName('BC', null, plan.title) })
}

function figuresByGroup(nodes: PlanNode[], numbers: Map<string, FourNumbers>): StatusFigures[] {
  const tops = nodes.filter((node) => node.parentId === null)
  return tops.map((top) => {
    const within = nodes
      .filter((node) => node.id === top.id || isBelow(node, top.id, nodes))
      .flatMap((node) => numbers.get(node.id) ?? [])
    const sum = (pick: (of: FourNumbers) => number) => within.reduce((total, of) => total + pick(of), 0)
    return {
      title: [top.path, top.text].filter((part) => part !== '').join('. '),
      doneOnTime: sum((of) => of.doneOnTime),
      doneLate: sum((of) => of.doneLate),
      pendingInTime: sum((of) => of.pendingInTime),
      overdue: sum((of) => of.overdue),
      noDueDate: sum((of) => of.noDueDate),
      requested: sum((of) => of.requested.done + of.requested.open),
    }
  })
}

function isBelow(node: PlanNode, id: string, nodes: PlanNode[]): boolean {
  for (let above = node.parentId; above !== null; above = nodes.find((other) => other.id === above)?.parentId ?? null)
    if (above === id) return true
  return false
}

const standings: Record<Standing, ReportedTask['standing']> = {
  'done-on-time': 'doneOnTime',
  'done-late': 'doneLate',
  'pending-in-time': 'pendingInTime',
  overdue: 'overdue',
  'no-due-date': 'noDueDate',
  'requested-done': 'requested',
  'requested-open': 'requested',
}

function reported(item: Occurrence, writing: Writing): ReportedTask {
  return {
    number: item.path || null,
    text: item.text,
    leads: [item.agency.name],
    due: item.dueOn === null ? null : writing.printedDate(item.dueOn),
    standing: standings[item.standing],
    note:
      item.alsoServes.length === 0
        ? null
        : writing.words.alsoServes(
            item.alsoServes.map(({ planTitle, planNumber }) => ({ title: planTitle, number: planNumber })),
          ),
  }
}

/** The urging as the letter that goes out. @throws notFound */
export async function exportUrgingLetter(
  ctx: Context,
  writing: Writing,
  urgingId: string,
  form: PaperForm,
): Promise<FileAnswer> {
  const urging = (await listUrgings(ctx, { id: urgingId, page: 1, size: 1 })).items[0]
  if (!urging) throw notFound()
  const rows = await ctx.db
    .selectFrom('plans.urgingTask')
    .select('occurrenceId')
    .where('urgingId', '=', urgingId)
    .execute()
  const work =
    rows.length === 0
      ? []
      : (await listOccurrences(ctx, { ids: rows.map((row) => row.occurrenceId), page: 1, size: mostTasks })).items
  const plan =
    urging.planId === null ? undefined : await getPlanDetail(ctx, urging.planId, { draft: false, may: () => true })
  const names = await listAgencyNames(ctx, [urging.from.id], ctx.today)
  const head = await headOf(ctx, writing, urging.from.id, {
    isInvented: plan?.isInvented ?? false,
    isLetter: true,
    urgency: form.urgency,
    versionState: 'draft',
    header: unsigned,
  })
  const letter = urgingLetter(
    {
      head: { ...head, recipients: [writing.filed(head.agencySign)] },
      title: writing.words.urgingTitle,
      addressees: urging.addressees.map((addressee) => addressee.agency.name),
      plan: plan
        ? writing.words.planCited({ title: plan.title, number: plan.number, issuedOn: plan.issuedOn })
        : writing.words.urgingTitle,
      tasks: work.map((item) => reported(item, writing)),
      source: {
        period: writing.words.period(plan?.header.periodFrom ?? null, ctx.today),
        asOf: ctx.today,
        source: writing.words.source,
      },
      replyTo: names.get(urging.from.id)?.name ?? null,
      replyBy: urging.answerBy,
      requests: [urging.text],
    },
    writing.templates,
  )
  await ctx.record(
    'plans.urging-exported',
    { kind: 'plans.urging', id: urgingId, agencyId: urging.from.id },
    {
      format: form.format,
    },
  )
  return fileOf(letter, writing, { format: form.format, name: fileName('CV', null, writing.words.urgingTitle) })
}
