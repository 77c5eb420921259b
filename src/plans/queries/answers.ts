import { sql } from 'kysely'
import { listPersonNames } from '#access'
import { listAgencyNames } from '#agencies'
import { measuresOfRecommendations, readStandings } from '#indicators'
import { countFacets, noneOfIt, notFound, whereOf, type Context, type List, type ListFilter } from '#platform'
import { keptMechanisms, shortOf } from '#recommendations'
import { answersHeld, implementations } from '../lists/answers.ts'
import type {
  AnsweredRecommendation,
  Answer,
  AnswersOf,
  Implementation,
  Implementations,
  RecommendationCoverage,
  Told,
} from '../model.ts'
import { holdsBack, implementedBy } from '../rules.ts'
import { workVisible } from '../store/visible.ts'
import { countBy, noNumbers } from './numbers.ts'

type Row = Omit<Answer, 'agency' | 'personName' | 'leads' | 'numbers' | 'mayEnd'> & {
  agencyId: string
  linkedBy: string
  ownerId: string
  leadIds: string[]
}

/** The tasks that answer a recommendation, and how far it is carried out by them; of plans one may see. @throws notFound */
export async function listAnswers(ctx: Context, recommendationId: string): Promise<AnswersOf> {
  const [recommendation] = await shortOf(ctx, [recommendationId])
  if (recommendation === undefined) throw notFound()
  const { rows } = await sql<Row>`
    select a.id, a.kind, a.origin, a.reason, a.agency_id, a.linked_by, a.linked_at, a.plan_id, p.title as plan_title, p.number as plan_number, p.agency_id as owner_id,
      a.node_id, n.path, n.text, a.version,
      array(select distinct o.agency_id from plans.occurrence o where o.node_id = a.node_id and o.cancelled_on is null and not o.is_requested and ${workVisible(ctx, 'o')}) as lead_ids
    from ${answersHeld(ctx)} join plans.plan p on p.id = a.plan_id
    join lateral (select nv.path, nv.text from plans.node_version nv join plans.plan_version v on v.id = nv.plan_version_id
      where nv.node_id = a.node_id and v.state = 'issued' order by v.ordinal desc limit 1) n on true
    where a.recommendation_id = ${recommendationId}::uuid
    order by array_position(array['implements', 'contributes', 'monitors'], a.kind), p.number nulls last, n.path, a.id`.execute(
    ctx.db,
  )
  const names = await listAgencyNames(
    ctx,
    rows.flatMap((row) => [row.agencyId, ...row.leadIds]),
    ctx.today,
  )
  const people = await listPersonNames(
    ctx,
    rows.map((row) => row.linkedBy),
  )
  const numbers = await countBy(ctx, 'nodeId', { nodeIds: rows.map((row) => row.nodeId) })
  const keeps = (await keptMechanisms(ctx)).includes(recommendation.mechanism)
  const named = (id: string) => names.get(id) ?? { id, name: '', endedOn: null }
  const measures = await toldOf(ctx, recommendationId)
  return {
    implementation: await implementationOf(ctx, recommendationId, measures),
    measures,
    answers: rows.map(({ agencyId, linkedBy, ownerId, leadIds, ...row }) => ({
      ...row,
      agency: named(agencyId),
      personName: people.get(linkedBy) ?? null,
      leads: leadIds.map(named),
      numbers: numbers.get(row.nodeId) ?? noNumbers(ctx.today),
      mayEnd: keeps || ownerId === ctx.actor.agencyId,
    })),
  }
}

/** What the measures that tell of a recommendation say of the country. */
async function toldOf(ctx: Context, recommendationId: string): Promise<Told[]> {
  const linked = await measuresOfRecommendations(ctx, [recommendationId])
  const standings = await readStandings(
    ctx,
    linked.map(({ measureId }) => measureId),
  )
  return standings.map(({ measureId, indicatorId, name, isNational, says, year }) => {
    const told = isNational ? says : 'unseen'
    return { measureId, indicatorId, name, says: told, year: isNational ? year : null, holdsBack: holdsBack(told) }
  })
}

type Derived = Omit<Implementation, 'status' | 'byTasks' | 'asOf'> & { value: Implementation['status'] }

async function implementationOf(
  ctx: Context,
  recommendationId: string,
  measures: readonly Told[],
): Promise<Implementation | null> {
  const { rows } =
    await sql<Derived>`select i.value, i.basis, i.tasks, i.pieces, i.done, i.begun, i.overdue, i.recurring
    from (${implementations(ctx)}) i where i.key = ${recommendationId}::uuid`.execute(ctx.db)
  const [row] = rows
  if (row === undefined) return null
  const { value, ...counts } = row
  const status = implementedBy(
    value,
    measures.map(({ says }) => says),
  )
  return { ...counts, status, byTasks: value, asOf: ctx.today }
}

/** How far each of some recommendations is carried out by the work of its tasks, of plans one may see. */
export async function listImplementations(ctx: Context, ids: readonly string[]): Promise<Implementations> {
  const { rows } = await sql<Implementations[number]>`select i.key as recommendation_id, i.value as status
    from (${implementations(ctx)}) i where i.key = any (${ids}::uuid[])`.execute(ctx.db)
  return rows
}

/** The recommendations that the task of a piece of work answers. @throws notFound */
export async function listAnswered(ctx: Context, occurrenceId: string): Promise<AnsweredRecommendation[]> {
  const work = await sql<{
    nodeId: string
  }>`select o.node_id from plans.occurrence o where o.id = ${occurrenceId}::uuid and o.cancelled_on is null and ${workVisible(ctx, 'o')}`.execute(
    ctx.db,
  )
  const nodeId = work.rows[0]?.nodeId
  if (nodeId === undefined) throw notFound()
  return (await listAnsweredBy(ctx, { nodeId })).map(({ nodeId: _node, ...one }) => one)
}

/** The recommendations that a task, or the tasks of a plan, answer; in the order of their documents. */
export async function listAnsweredBy(
  ctx: Context,
  of: { nodeId: string } | { planId: string },
): Promise<(AnsweredRecommendation & { nodeId: string })[]> {
  const answers = await ctx.db
    .selectFrom('plans.answer')
    .select(['id', 'kind', 'recommendationId', 'nodeId', 'version'])
    .where((eb) => eb.and(of))
    .where('endedAt', 'is', null)
    .execute()
  if (answers.length === 0) return []
  const recommendations = await shortOf(
    ctx,
    answers.map((answer) => answer.recommendationId),
  )
  return recommendations.flatMap(({ id, mechanism, symbol, paragraph, part, text, translation }) =>
    answers
      .filter(({ recommendationId }) => recommendationId === id)
      .map(({ id: answerId, kind, nodeId, version }) => ({
        ...{ answerId, kind: kind as Answer['kind'], version, nodeId, recommendationId: id },
        ...{ mechanism, symbol, paragraph, part, text, translation },
      })),
  )
}

const statuses = [
  ['unanswered', noneOfIt],
  ['planned', 'planned'],
  ['underWay', 'under-way'],
  ['done', 'done'],
] as const

/** How many of the recommendations a filter keeps are answered, by the values of a facet. One question of facets for each status. */
export async function countCoverage(
  ctx: Context,
  registry: List,
  filter: ListFilter,
  by: string,
): Promise<RecommendationCoverage> {
  const rows = new Map<string, RecommendationCoverage['rows'][number]>()
  for (const [status, value] of statuses) {
    const counted = await countFacets(ctx, registry, { ...filter, implementation: [value] }, [by])
    for (const one of counted[by] ?? []) {
      const row = rows.get(one.value) ?? {
        ...{ value: one.value, name: one.name, total: 0, unanswered: 0, planned: 0, underWay: 0, done: 0 },
      }
      rows.set(one.value, { ...row, total: row.total + one.count, [status]: one.count })
    }
  }
  return {
    rows: [...rows.values()].sort((a, b) => b.total - a.total || a.value.localeCompare(b.value)),
    isMore: await isCutOff(ctx, registry, filter),
  }
}

/** Whether a filter keeps more than the list counts. */
async function isCutOff(ctx: Context, { from, mostCounted, ...list }: List, filter: ListFilter): Promise<boolean> {
  if (mostCounted === undefined) return false
  const most = mostCounted(filter)
  const { rows } = await sql<{ found: number }>`select count(*)::integer as found
    from (select from ${from} where ${whereOf(ctx, { from, ...list }, filter)} limit ${most + 1}) kept`.execute(ctx.db)
  return (rows[0]?.found ?? 0) > most
}
