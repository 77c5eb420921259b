import { sql } from 'kysely'
import { inTransaction, setSecurityContext, systemActor, takeQuery, type Actor, type Ground } from '#platform'
import { getCoverage } from '../../src/plans/queries/coverage.ts'
import { taskList } from '../../src/plans/lists/tasks.ts'
import { listOccurrences } from '../../src/plans/queries/occurrences.ts'
import { searchEverything } from '../../src/plans/queries/search.ts'
import { listPlans } from '../../src/plans/queries/plans.ts'
import { standingOf } from '../../src/plans/model.ts'
import type { Client } from './world.ts'

export type Equality = { name: string; ok: boolean; ours: string; plain: string }

type Work = {
  agencyId: string
  ownerId: string
  nodeId: string
  isRequested: boolean
  dueOn: string | null
  doneOn: string | null
}
type Plan = { id: string; agencyId: string; level: string; state: string; issuedOn: string; versionId: string }
/** All rows, read by the role that owns the tables with no wall at all; what follows counts them in memory. */
type Rows = {
  work: Work[]
  plans: Plan[]
  parents: { planId: string; parentPlanId: string }[]
  audience: { planId: string; agencyId: string }[]
  reach: { agencyId: string; viewerId: string }[]
  bodies: { id: string; level: string; kind: string; superiorId: string | null; isExecutive: boolean }[]
  laid: { planVersionId: string; agencyId: string; ownerId: string }[]
  tasks: { planVersionId: string; nodeId: string; rank: number; searchKey: string }[]
}

async function readRows(ground: Ground, today: string): Promise<Rows> {
  return ground.db.transaction().execute(async (db) => {
    await setSecurityContext(db, systemActor)
    const all = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(db)).rows
    return {
      work: await all(
        sql<Work>`select agency_id, owner_id, node_id, is_requested, due_on, done_on from plans.occurrence where cancelled_on is null`,
      ),
      plans: await all(
        sql<Plan>`select p.id, p.agency_id, p.level, p.state, p.issued_on, v.id as version_id from plans.plan p join plans.plan_version v on v.plan_id = p.id`,
      ),
      parents: await all(sql<Rows['parents'][number]>`select plan_id, parent_plan_id from plans.parent`),
      audience: await all(sql<Rows['audience'][number]>`select plan_id, agency_id from plans.audience`),
      reach: await all(sql<Rows['reach'][number]>`select agency_id, viewer_id from platform.reach`),
      bodies: await all(sql<
        Rows['bodies'][number]
      >`select id, level, kind, superior_id, is_executive from agencies.agency
        where (valid_from is null or valid_from <= ${today}::date) and (valid_to is null or valid_to > ${today}::date)`),
      laid: await all(sql<Rows['laid'][number]>`select plan_version_id, agency_id, owner_id from plans.duty_body`),
      tasks: await all(
        sql<
          Rows['tasks'][number]
        >`select plan_version_id, node_id, rank, search_key from plans.node_version where kind = 'task'`,
      ),
    }
  })
}

/** What one client sees, worked out in memory from all rows: the plain way, against which the product's answers are held. */
function plainSight(rows: Rows, actor: Actor) {
  const reached = new Set(rows.reach.flatMap((row) => (actor.viewers.includes(row.viewerId) ? [row.agencyId] : [])))
  const over = new Set(rows.reach.flatMap((row) => (row.agencyId === actor.agencyId ? [row.viewerId] : [])))
  const heard = new Set(rows.audience.flatMap((row) => (reached.has(row.agencyId) ? [row.planId] : [])))
  const isOpen = (plan: Plan) =>
    plan.state !== 'draft' && (reached.has(plan.agencyId) || over.has(plan.agencyId) || heard.has(plan.id))
  return {
    reached,
    plans: rows.plans.filter((plan) => plan.agencyId === actor.agencyId || isOpen(plan)),
    // Coverage counts drafts within reach too.
    counted: rows.plans.filter((plan) => isOpen(plan) || reached.has(plan.agencyId)),
    work: rows.work.filter((one) => reached.has(one.agencyId) || reached.has(one.ownerId)),
  }
}
type Sight = ReturnType<typeof plainSight>

function plainNumbers(work: readonly Work[], today: string): string {
  const counts = new Map<string, number>()
  for (const one of work) {
    const standing = standingOf(one, today)
    counts.set(standing, (counts.get(standing) ?? 0) + 1)
  }
  const of = (standing: string) => counts.get(standing) ?? 0
  return [
    of('done-on-time'),
    of('done-late'),
    of('pending-in-time'),
    of('overdue'),
    of('no-due-date'),
    of('requested-done'),
    of('requested-open'),
  ].join(' ')
}

/** Per tier: owed, issued, drafting, nothing. */
function plainCoverage(rows: Rows, sight: Sight, planId: string): string {
  const version = rows.plans.find((plan) => plan.id === planId)?.versionId
  const laid = rows.laid.filter(
    (one) => one.planVersionId === version && (sight.reached.has(one.agencyId) || sight.reached.has(one.ownerId)),
  )
  const named = new Set(laid.map((one) => one.agencyId))
  const ordered = new Set(laid.flatMap((one) => (one.agencyId === one.ownerId ? [] : [one.agencyId])))
  const owing = rows.bodies.filter(
    (body) =>
      (ordered.has(body.id) &&
        body.isExecutive &&
        ['people-committee', 'ministry', 'government-agency'].includes(body.kind)) ||
      (body.kind === 'people-committee' &&
        body.level === 'commune' &&
        sight.reached.has(body.id) &&
        named.has(body.superiorId ?? '')),
  )
  const visible = new Set(sight.counted.map((plan) => plan.id))
  const family = new Set<string>()
  for (let next = [planId]; next.length > 0;) {
    const above = new Set(next)
    next = rows.parents.flatMap((row) =>
      above.has(row.parentPlanId) && visible.has(row.planId) && visible.has(row.parentPlanId) && !family.has(row.planId)
        ? [row.planId]
        : [],
    )
    for (const id of next) family.add(id)
  }
  const states = new Map<string, string>()
  for (const plan of sight.counted)
    if (family.has(plan.id) && (plan.state === 'issued' || !states.has(plan.agencyId)))
      states.set(plan.agencyId, plan.state)
  return ['central', 'province', 'district', 'commune']
    .flatMap((level) => {
      const of = owing.filter((body) => body.level === level)
      const in_ = (state: string | undefined) => of.filter((body) => states.get(body.id) === state).length
      return of.length === 0 ? [] : [`${level} ${of.length} ${in_('issued')} ${in_('draft')} ${in_(undefined)}`]
    })
    .join(', ')
}

const tiers = ['central', 'province', 'district', 'commune']

/** The first eight tasks that bear every word as a beginning, nearest first. */
function plainSearch(rows: Rows, sight: Sight, actor: Actor, words: readonly string[]): string {
  const near = sight.plans
    .filter((plan) => plan.state !== 'draft')
    .sort(
      (a, b) =>
        Number(b.agencyId === actor.agencyId) - Number(a.agencyId === actor.agencyId) ||
        tiers.indexOf(a.level) - tiers.indexOf(b.level) ||
        (a.issuedOn < b.issuedOn ? 1 : a.issuedOn > b.issuedOn ? -1 : 0) ||
        (a.id < b.id ? 1 : -1),
    )
  const bears = (key: string) => words.every((word) => key.split(' ').some((part) => part.startsWith(word)))
  const tasks = Map.groupBy(rows.tasks, (task) => task.planVersionId)
  return near
    .flatMap((plan) =>
      (tasks.get(plan.versionId) ?? []).toSorted((a, b) => a.rank - b.rank).filter((task) => bears(task.searchKey)),
    )
    .slice(0, 8)
    .map((task) => task.nodeId)
    .join(' ')
}

/** Holds the product's answers against the plain way, for each client: lists, numbers, coverage, search. */
export async function compareWithPlain(
  ground: Ground,
  clients: readonly { client: Client; actor: Actor }[],
  of: { today: string; searches: readonly string[] },
): Promise<Equality[]> {
  const rows = await readRows(ground, of.today)
  const found: Equality[] = []
  const hold = (name: string, ours: string, plain: string) => found.push({ name, ok: ours === plain, ours, plain })
  for (const { client, actor } of clients) {
    const sight = plainSight(rows, actor)
    await inTransaction(ground, { actor, language: ground.language, requestId: 'bench' }, async (ctx) => {
      const plans = await listPlans(ctx, { filter: {}, order: undefined, page: 1, size: 50 })
      hold(`plans of ${client.tier}`, String(plans.total), String(sight.plans.length))
      const { numbers, total } = await listOccurrences(ctx, { page: 1, size: 50 })
      const ours = [
        numbers.doneOnTime,
        numbers.doneLate,
        numbers.pendingInTime,
        numbers.overdue,
        numbers.noDueDate,
        numbers.requested.done,
        numbers.requested.open,
      ]
      hold(
        `work and four numbers of ${client.tier}`,
        `${total}: ${ours.join(' ')}`,
        `${sight.work.length}: ${plainNumbers(sight.work, of.today)}`,
      )
      const late = await listOccurrences(ctx, takeQuery(taskList, { standing: ['overdue'], size: 20 }))
      const lateWork = sight.work.filter((one) => standingOf(one, of.today) === 'overdue')
      hold(`overdue work of ${client.tier}`, String(late.total), String(lateWork.length))
      hold(
        `coverage for ${client.tier}`,
        coverageLine(await getCoverage(ctx, client.planId)),
        plainCoverage(rows, sight, client.planId),
      )
      for (const search of of.searches) {
        const hits = await searchEverything(ctx, search)
        const tasks = hits.flatMap((hit) => (hit.kind === 'task' ? [hit.id] : [])).join(' ')
        hold(`search for “${search}” by ${client.tier}`, tasks, plainSearch(rows, sight, actor, search.split(' ')))
      }
    })
  }
  return found
}

function coverageLine({ tiers: of }: Awaited<ReturnType<typeof getCoverage>>): string {
  return of.map((tier) => `${tier.level} ${tier.owed} ${tier.issued} ${tier.drafting} ${tier.nothing}`).join(', ')
}
