import { sql, type RawBuilder } from 'kysely'
import type { Found, Subject } from '#notifications'
import type { Context } from '#platform'
import { withinReach } from '#access'
import { shortOf, wholesOf } from '#recommendations'
import { planVisible, workVisible } from './store/visible.ts'

type FoundRow = Found & { id: string }

async function foundBy(ctx: Context, query: RawBuilder<FoundRow>): Promise<Map<string, Found>> {
  const { rows } = await query.execute(ctx.db)
  return new Map(rows.map(({ id, ...found }) => [id, found]))
}

async function idsBy(ctx: Context, query: RawBuilder<{ id: string | null }>): Promise<string[]> {
  const { rows } = await query.execute(ctx.db)
  return rows.flatMap((row) => row.id ?? [])
}

const anyOf = (ids: readonly string[]) => sql`any (${[...ids]}::uuid[])`
const told = (actions: readonly string[]) => Object.fromEntries(actions.map((action) => [`plans.${action}`, []]))

/** The bodies a plan lies with, and the one under which all others may read it once it is issued. */
async function bodiesOfPlan(ctx: Context, planId: string): Promise<{ agencyIds: string[]; above: string | null }> {
  const { rows } = await sql<{ agencyId: string; isIssued: boolean }>`
    select agency_id, state <> 'draft' as is_issued from plans.plan where id = ${planId}::uuid`.execute(ctx.db)
  const plan = rows[0]
  if (!plan) return { agencyIds: [], above: null }
  const heard = await idsBy(ctx, sql`select agency_id as id from plans.audience where plan_id = ${planId}::uuid`)
  return { agencyIds: [plan.agencyId, ...heard], above: plan.isIssued ? plan.agencyId : null }
}

/** Who last wrote and who issued the newest version of a plan. */
const writersOfPlan = (ctx: Context, planId: string) =>
  idsBy(
    ctx,
    sql`select unnest(array[v.saved_by, v.issued_by]) as id from plans.plan_version v where v.plan_id = ${planId}::uuid
      and v.ordinal = (select max(ordinal) from plans.plan_version where plan_id = ${planId}::uuid)`,
  )

const planSubject: Subject = {
  kind: 'plans.plan',
  allow: 'plans.read',
  find: (ctx, ids) =>
    foundBy(
      ctx,
      sql<FoundRow>`select p.id, concat_ws(' · ', p.number, left(p.title, 300)) as title, '/ke-hoach/' || p.id as address, p.state = 'draft' as is_internal
        from plans.plan p where p.id = ${anyOf(ids)} and ${planVisible(ctx, 'p')}`,
    ),
  talk: { bodies: bodiesOfPlan, concerned: writersOfPlan },
  history: {
    records: (_ctx, id) => Promise.resolve([id]),
    open: { 'plans.issued': ['act', 'number'], ...told(['owner-followed', 'work-followed']) },
    within: {
      'plans.derivation-decided': ['decision'],
      'plans.draft-saved': ['documentKind', 'number', 'issuedOn', 'periodFrom', 'periodTo', 'nodes'],
      ...told([
        'draft-begun',
        'amendment-begun',
        'parent-linked',
        'document-attached',
        'document-detached',
        'file-read',
        'plan-exported',
        'summary-exported',
        'status-report-exported',
        'minutes-exported',
      ]),
    },
  },
}

/** What is told of a progress update: sending and judging to whoever sees the work, writing within reach. */
const progressActs = {
  open: {
    'plans.progress-submitted': ['status'],
    'plans.progress-returned': [],
    'plans.progress-accepted': ['status'],
  },
  within: {
    'plans.progress-saved': ['status'],
    ...told(['progress-begun', 'evidence-added', 'evidence-read']),
  },
} as const

/** By which measures a task is followed. */
const measureActs = told(['measure-linked', 'measure-unlinked'])

/** The reasons of returned updates and of measures taken off, by the entry that tells of it. */
async function reasonsOf(
  ctx: Context,
  entries: readonly { id: string; action: string; recordId: string | null; at: string }[],
): Promise<Map<string, string>> {
  const returned = entries.filter((entry) => entry.action === 'plans.progress-returned')
  const unlinked = entries.filter((entry) => entry.action === 'plans.measure-unlinked')
  if (returned.length + unlinked.length === 0) return new Map()
  const { rows } = await sql<{ id: string; reason: string }>`
    select e.id, c.reason from jsonb_to_recordset(${JSON.stringify(returned)}::jsonb) as e(id uuid, "recordId" uuid, at timestamptz)
    join plans.progress_check c on c.progress_id = e."recordId" and c.checked_at = e.at and c.reason is not null
    union all select e.id, l.end_reason from jsonb_to_recordset(${JSON.stringify(unlinked)}::jsonb) as e(id uuid, "recordId" uuid)
    join plans.task_measure l on l.id = e."recordId" and l.end_reason is not null`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row.reason]))
}

const taskSubject: Subject = {
  kind: 'plans.node',
  allow: 'plans.read',
  find: (ctx, ids) =>
    foundBy(
      ctx,
      sql<FoundRow>`select n.id, left(v.text, 300) as title, '/ke-hoach/' || n.plan_id || '#muc-' || n.id as address, v.state = 'draft' as is_internal
        from plans.node n join plans.plan p on p.id = n.plan_id
        join lateral (select nv.text, pv.state from plans.node_version nv join plans.plan_version pv on pv.id = nv.plan_version_id
          where nv.node_id = n.id and (pv.state = 'issued' or p.agency_id = ${ctx.actor.agencyId}::uuid) order by pv.state = 'issued' desc, pv.ordinal desc limit 1) v on true
        where n.id = ${anyOf(ids)} and ${planVisible(ctx, 'p')}`,
    ),
  talk: {
    async bodies(ctx, id) {
      const [planId] = await idsBy(ctx, sql`select plan_id as id from plans.node where id = ${id}::uuid`)
      return planId === undefined ? { agencyIds: [], above: null } : bodiesOfPlan(ctx, planId)
    },
    async concerned(ctx, id) {
      const [planId] = await idsBy(ctx, sql`select plan_id as id from plans.node where id = ${id}::uuid`)
      return planId === undefined ? [] : writersOfPlan(ctx, planId)
    },
  },
  history: {
    records: async (ctx, id) => [
      ...(await idsBy(ctx, sql`select plan_id as id from plans.node where id = ${id}::uuid`)),
      ...(await idsBy(
        ctx,
        sql`select g.id from plans.progress g where g.node_id = ${id}::uuid and ${workVisible(ctx, 'g')}`,
      )),
      ...(await idsBy(ctx, sql`select id from plans.task_measure where node_id = ${id}::uuid`)),
    ],
    open: { 'plans.issued': ['act', 'number'], ...progressActs.open, ...measureActs },
    within: progressActs.within,
    reasons: reasonsOf,
  },
}

const workSubject: Subject = {
  kind: 'plans.occurrence',
  allow: 'plans.read',
  find: (ctx, ids) =>
    foundBy(
      ctx,
      sql<FoundRow>`select o.id, left(n.text, 300) as title, '/nhiem-vu/' || o.id as address, false as is_internal from plans.occurrence o
        join lateral (select nv.text from plans.node_version nv join plans.plan_version v on v.id = nv.plan_version_id
          where nv.node_id = o.node_id and v.state = 'issued' order by v.ordinal desc limit 1) n on true
        where o.id = ${anyOf(ids)} and o.cancelled_on is null and ${workVisible(ctx, 'o')}`,
    ),
  talk: {
    async bodies(ctx, id) {
      return {
        agencyIds: await idsBy(
          ctx,
          sql`select unnest(array[agency_id, owner_id]) as id from plans.occurrence where id = ${id}::uuid`,
        ),
        above: null,
      }
    },
    concerned: (ctx, id) =>
      idsBy(
        ctx,
        sql`select distinct unnest(array[person_id, submitted_by, checked_by]) as id from plans.progress where occurrence_id = ${id}::uuid`,
      ),
  },
  history: {
    records: async (ctx, id) => [
      ...(await idsBy(
        ctx,
        sql`select g.id from plans.progress g where g.occurrence_id = ${id}::uuid and ${workVisible(ctx, 'g')}`,
      )),
      ...(await idsBy(ctx, sql`select urging_id as id from plans.urging_task where occurrence_id = ${id}::uuid`)),
      ...(await idsBy(
        ctx,
        sql`select l.id from plans.task_measure l join plans.occurrence o on o.node_id = l.node_id where o.id = ${id}::uuid`,
      )),
      ...(await idsBy(
        ctx,
        sql`select m.id from plans.milestone m where m.occurrence_id = ${id}::uuid and ${workVisible(ctx, 'm')}`,
      )),
    ],
    open: {
      ...progressActs.open,
      'plans.milestone-passed': ['doneOn'],
      'plans.milestone-changed': ['dueOn', 'doneOn'],
      ...measureActs,
      ...told(['urged', 'milestone-set', 'milestone-cancelled']),
    },
    within: { ...progressActs.within, ...told(['urging-answered']) },
    reasons: reasonsOf,
  },
}

const urgingSubject: Subject = {
  kind: 'plans.urging',
  allow: 'plans.read',
  find: (ctx, ids) =>
    foundBy(
      ctx,
      sql<FoundRow>`select u.id, concat_ws(' · ', p.number, left(coalesce(p.title, u.text), 300)) as title, '/don-doc#' || u.id as address, false as is_internal
        from plans.urging u left join plans.plan p on p.id = u.plan_id and ${planVisible(ctx, 'p')}
        where u.id = ${anyOf(ids)} and (${withinReach(ctx, 'u.agencyId')} or exists (
          select 1 from plans.urging_addressee a where a.urging_id = u.id and ${workVisible(ctx, 'a')}))`,
    ),
  talk: {
    async bodies(ctx, id) {
      return {
        agencyIds: await idsBy(
          ctx,
          sql`select agency_id as id from plans.urging where id = ${id}::uuid union select agency_id from plans.urging_addressee where urging_id = ${id}::uuid`,
        ),
        above: null,
      }
    },
    concerned: (ctx, id) =>
      idsBy(
        ctx,
        sql`select person_id as id from plans.urging where id = ${id}::uuid union select answered_by from plans.urging_addressee where urging_id = ${id}::uuid`,
      ),
  },
  history: {
    records: (_ctx, id) => Promise.resolve([id]),
    open: told(['urged']),
    within: told(['urging-answered', 'urging-exported']),
  },
}

/** A recommendation with the tasks that answer it: its history alone, of a part also that of its paragraph. */
const recommendationSubject: Subject = {
  kind: 'recommendations.recommendation',
  allow: 'recommendations.read',
  find: async (ctx, ids) =>
    new Map(
      (await shortOf(ctx, ids)).map(({ id, symbol, paragraph, part, text }) => [
        id,
        {
          title: [symbol, paragraph === null ? text.slice(0, 300) : `${paragraph}${part === null ? '' : ` (${part})`}`]
            .filter((one) => one !== null)
            .join(' · '),
          address: `/khuyen-nghi/${id}`,
          isInternal: false,
        },
      ]),
    ),
  talk: null,
  history: {
    async records(ctx, id) {
      const wholeIds = await wholesOf(ctx, [id])
      const records = [id, ...wholeIds]
      const answers = await idsBy(
        ctx,
        sql`select a.id from plans.answer a join plans.plan p on p.id = a.plan_id
          where a.recommendation_id = any (${records}::uuid[]) and ${planVisible(ctx, 'p')}`,
      )
      const measures = await idsBy(
        ctx,
        sql`select l.id from indicators.recommendation_measure l where l.recommendation_id = any (${records}::uuid[])`,
      )
      return [...records, ...answers, ...measures]
    },
    open: {
      'recommendations.standpoint-saved': [],
      'recommendations.wording-saved': [],
      'recommendations.tag-decided': [],
      'recommendations.assessment-added': [],
      'recommendations.assessment-withdrawn': [],
      'recommendations.likeness-decided': [],
      'recommendations.paragraph-split': [],
      'indicators.measure-linked': [],
      'indicators.measure-unlinked': [],
      'indicators.measures-moved': [],
      ...told(['answer-linked', 'answer-ended', 'answers-moved']),
    },
    within: {},
    reasons: endReasonsOf,
  },
}

/** Why answers were ended and measures taken off, by the entry that tells of it. */
async function endReasonsOf(
  ctx: Context,
  entries: readonly { id: string; action: string; recordId: string | null; at: string }[],
): Promise<Map<string, string>> {
  const ended = entries.filter(({ action }) => ['plans.answer-ended', 'indicators.measure-unlinked'].includes(action))
  if (ended.length === 0) return new Map()
  const { rows } = await sql<{ id: string; reason: string }>`
    select e.id, coalesce(a.end_reason, l.end_reason) as reason from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as e(id uuid, "recordId" uuid)
    left join plans.answer a on a.id = e."recordId" left join indicators.recommendation_measure l on l.id = e."recordId"
    where coalesce(a.end_reason, l.end_reason) is not null`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row.reason]))
}

/** The records of plans that people talk of and whose histories they read, and of what their tasks answer. */
export const planSubjects: readonly Subject[] = [
  planSubject,
  taskSubject,
  workSubject,
  urgingSubject,
  recommendationSubject,
]
