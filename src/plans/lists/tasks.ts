import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { nameOfBody } from '#agencies'
import { AgencyLevel } from '#agencies/model'
import { declareList, type Condition, type Context, type Facet, type List } from '#platform'
import { Id, PlainDate } from '#platform/model'
import { ProgressState, ProgressStatus, Standing } from '../model.ts'
import { ownLabels } from '../store/labels.ts'
import { workVisible } from '../store/visible.ts'
import { prefixQuery } from '../store/words.ts'
import { answeredConditions, answeredFacets, bodyNames } from './answers.ts'
import { among, ofBody, ofProgramme, periodWord, searchWords, standingToday, wordOf } from './parts.ts'

/** What one may see of updates: all that were sent, and one's own that are being written. */
const told = (ctx: Context) => sql`(g.state <> 'draft' or g.agency_id = ${ctx.actor.agencyId})`

/**
 * Updates `g` within reach: of work within reach and of what such work is joined with, some of them twice. In two parts, for
 * which indexes find the few of many; not asked where the actor reaches all.
 */
function updates(ctx: Context): RawBuilder<unknown> {
  if (ctx.reachesAll) return sql`plans.progress g`
  return sql`(select g.* from plans.progress g where ${workVisible(ctx, 'g')} union all
    select g.* from plans.occurrence twin join plans.progress g on g.occurrence_id = twin.joined_id where ${workVisible(ctx, 'twin')}) g`
}

/**
 * The piece of work `o` stands for: itself, or what it is joined with. Not as `coalesce`, which the planner holds for leaky:
 * behind a wall it then finds no index for it.
 */
const pieceOfWork = sql`case when o.joined_id is null then o.id else o.joined_id end`

/** The state of the newest update of the piece of work `o`, or of what it is joined with, as a scalar for one page of rows. */
export function newestUpdate(ctx: Context): RawBuilder<unknown> {
  return sql`(select g.state from plans.progress g where g.occurrence_id = ${pieceOfWork} and ${told(ctx)} order by g.created_at desc limit 1)`
}

/** What one's own body says of the work `o` and has not yet been accepted: the part of a file that is filled in and comes back. */
function openUpdate(ctx: Context, column: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select ${column} from plans.progress g where g.occurrence_id = o.id and g.agency_id = ${ctx.actor.agencyId}::uuid and g.state <> 'accepted' order by g.created_at desc limit 1)`
}

const facets: readonly Facet[] = [
  { kind: 'choice', key: 'standing', values: Standing.options, of: standingToday },
  {
    kind: 'linked',
    key: 'progressState',
    values: ProgressState.options,
    on: pieceOfWork,
    pairs: (ctx) =>
      sql`select distinct on (g.occurrence_id) g.occurrence_id as key, g.state as value from ${updates(ctx)} where ${told(ctx)} order by g.occurrence_id, g.created_at desc`,
  },
  { kind: 'choice', key: 'status', values: ProgressStatus.options, of: () => sql`o.status` },
  ofBody('level', sql`o.agency_id`, 'level'),
  ofBody('agencyKind', sql`o.agency_id`, 'kind'),
  { kind: 'choice', key: 'lead', values: null, names: bodyNames, of: () => sql`o.agency_id` },
  {
    kind: 'linked',
    key: 'planLevel',
    values: AgencyLevel.options,
    on: sql`o.plan_id`,
    pairs: () => sql`select p.id as key, p.level as value from plans.plan p`,
  },
  ofProgramme(sql`o.node_id`, 'nodeId'),
  {
    kind: 'linked',
    key: 'label',
    values: null,
    isMany: true,
    on: sql`o.node_id`,
    pairs: (ctx) =>
      sql`select l.node_id as key, l.label as value from plans.task_label l where l.agency_id = ${ctx.actor.agencyId}::uuid`,
  },
  {
    kind: 'linked',
    key: 'aboveLevel',
    values: AgencyLevel.options,
    isMany: true,
    on: sql`o.node_id`,
    pairs: () =>
      sql`select d.node_id as key, p.level as value from plans.derivation d join plans.plan p on p.id = d.parent_plan_id where d.node_id is not null`,
  },
  {
    kind: 'linked',
    key: 'aboveStanding',
    values: Standing.options,
    isMany: true,
    on: sql`o.node_id`,
    // A task above has work of many bodies: its standings are few, and are found before they meet the tasks below.
    pairs: (ctx) =>
      sql`select d.node_id as key, above.value from plans.derivation d
        join (select distinct up.node_id, plans.standing(up.due_on, up.done_on, up.is_requested, ${ctx.today}::date) as value
          from plans.occurrence up where up.cancelled_on is null and ${workVisible(ctx, 'up')}) above on above.node_id = d.parent_node_id
        where d.node_id is not null`,
  },
  { kind: 'having', key: 'dueDate', has: () => sql<SqlBool>`o.due_on is not null` },
  {
    kind: 'having',
    key: 'evidence',
    has: (ctx) =>
      sql<SqlBool>`${pieceOfWork} in (select g.occurrence_id from ${updates(ctx)} where ${told(ctx)} and (g.evidence_note <> ''
        or g.id in (select f.record_id from platform.stored_file f where f.record_kind = 'plans.progress')))`,
  },
  {
    kind: 'having',
    key: 'below',
    has: () => sql<SqlBool>`o.node_id in (select d.parent_node_id from plans.derivation d where d.node_id is not null)`,
  },
  {
    kind: 'having',
    key: 'urging',
    has: () => sql<SqlBool>`o.id in (select u.occurrence_id from plans.urging_task u)`,
  },
  {
    kind: 'having',
    key: 'leadInBeing',
    has: (ctx) =>
      sql<SqlBool>`o.agency_id in (select a.id from agencies.agency a where a.valid_to is null or a.valid_to > ${ctx.today}::date)`,
  },
  ...answeredFacets,
]

/** Work of the tasks below a group or task, in the newest document of its plan. */
function below(nodeId: string) {
  return sql<SqlBool>`o.node_id in (
    with recursive newest as (select v.id from plans.plan_version v where v.state = 'issued' and v.plan_id = (select n.plan_id from plans.node n where n.id = ${nodeId}::uuid) order by v.ordinal desc limit 1),
    below (node_id) as (select ${nodeId}::uuid union
      select n.node_id from below join plans.node_version n on n.parent_node_id = below.node_id and n.plan_version_id = (select id from newest))
    select node_id from below)`
}

const conditions: readonly Condition[] = [
  {
    key: 'search',
    accepts: searchWords,
    where: (_ctx, [search]) => {
      const words = prefixQuery(search)
      return words === undefined ? sql<SqlBool>`true` : sql<SqlBool>`o.node_id in (select plans.nodes_saying(${words}))`
    },
  },
  { key: 'id', accepts: Id, isMany: true, where: among(sql`o.id`) },
  { key: 'planId', accepts: Id, isMany: true, where: among(sql`o.plan_id`) },
  { key: 'nodeId', accepts: Id, isMany: true, where: among(sql`o.node_id`) },
  { key: 'agencyId', accepts: Id, isMany: true, where: among(sql`o.agency_id`) },
  { key: 'underId', accepts: Id, where: (_ctx, [id]) => below(id ?? '') },
  { key: 'dueFrom', accepts: PlainDate, where: (_ctx, [day]) => sql<SqlBool>`o.due_on >= ${day}::date` },
  { key: 'dueBy', accepts: PlainDate, where: (_ctx, [day]) => sql<SqlBool>`o.due_on <= ${day}::date` },
  ...answeredConditions,
]

/**
 * Pieces of work within reach: the list of tasks, and whatever is made of it. The row is `plans.occurrence o`; in files
 * and orders `n` are the task's words in the newest document and `p` the plan.
 */
export const taskList: List = declareList({
  key: 'plans.tasks',
  allow: 'plans.read',
  words: { file: 'plans.tasks-file', column: 'plans.tasks-column' },
  from: sql`plans.occurrence o`,
  id: sql`o.id`,
  within: (ctx) => sql<SqlBool>`(${workVisible(ctx, 'o')} and o.cancelled_on is null)`,
  // What one body does for several plans is one piece of work, due when the strictest of them asks (ADR 0017).
  once: { group: sql`o.joined_id`, order: sql`o.due_on nulls last, o.id`, after: ['standing'] },
  isKept: true,
  facets,
  conditions,
  joins: () => sql`join plans.plan p on p.id = o.plan_id
    join lateral (select nv.path, nv.text, nv.output, nv.time_text from plans.node_version nv join plans.plan_version v on v.id = nv.plan_version_id
      where nv.node_id = o.node_id and v.state = 'issued' order by v.ordinal desc limit 1) n on true`,
  columns: [
    { key: 'id', kind: 'text', width: 38, isForReturn: true, of: () => sql`o.id` },
    { key: 'path', kind: 'text', width: 9, of: () => sql`n.path` },
    { key: 'text', kind: 'text', width: 70, of: () => sql`n.text` },
    { key: 'period', kind: 'text', width: 16, of: () => sql`o.period`, word: periodWord },
    { key: 'agency', kind: 'text', width: 36, of: (ctx) => nameOfBody(sql`o.agency_id`, ctx.today) },
    { key: 'dueOn', kind: 'date', width: 12, of: () => sql`o.due_on` },
    { key: 'doneOn', kind: 'date', width: 12, of: () => sql`o.done_on` },
    {
      key: 'status',
      kind: 'code',
      width: 16,
      of: () => sql`o.status`,
      codes: ProgressStatus.options,
      word: wordOf('status'),
    },
    { key: 'standing', kind: 'code', width: 20, of: standingToday, codes: Standing.options, word: wordOf('standing') },
    {
      key: 'progressState',
      kind: 'code',
      width: 16,
      of: newestUpdate,
      codes: ProgressState.options,
      word: wordOf('update'),
    },
    { key: 'planNumber', kind: 'text', width: 18, of: () => sql`p.number` },
    { key: 'planTitle', kind: 'text', width: 50, of: () => sql`p.title` },
    { key: 'issuer', kind: 'text', width: 36, isSpare: true, of: (ctx) => nameOfBody(sql`p.issuer_id`, ctx.today) },
    { key: 'time', kind: 'text', width: 24, isSpare: true, of: () => sql`n.time_text` },
    { key: 'output', kind: 'text', width: 40, isSpare: true, of: () => sql`n.output` },
    {
      key: 'labels',
      kind: 'text',
      width: 24,
      isSpare: true,
      of: (ctx) => sql`array_to_string(${ownLabels(ctx)}, '; ')`,
    },
    {
      // What is filled in and comes back; `status` is what was accepted last, which others see.
      key: 'saidStatus',
      kind: 'code',
      width: 16,
      isSpare: true,
      isForReturn: true,
      of: (ctx) => sql`coalesce(${openUpdate(ctx, sql`g.status`)}, o.status)`,
      codes: ProgressStatus.options,
      word: wordOf('status'),
    },
    {
      key: 'version',
      kind: 'text',
      width: 10,
      isSpare: true,
      isForReturn: true,
      of: (ctx) => openUpdate(ctx, sql`g.version::text`),
    },
    {
      key: 'narrative',
      kind: 'text',
      width: 60,
      isSpare: true,
      isForReturn: true,
      of: (ctx) => openUpdate(ctx, sql`g.narrative`),
    },
    {
      key: 'evidenceNote',
      kind: 'text',
      width: 36,
      isSpare: true,
      isForReturn: true,
      of: (ctx) => openUpdate(ctx, sql`g.evidence_note`),
    },
  ],
  orders: {
    usual: () => sql`(o.done_on is null) desc, o.due_on nulls last, o.id`,
    due: () => sql`o.due_on nulls last, o.id`,
    '-due': () => sql`o.due_on desc nulls last, o.id`,
    plan: () => sql`o.plan_id, o.node_id, o.period, o.id`,
  },
})
