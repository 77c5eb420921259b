import { sql } from 'kysely'
import type { Context } from '#platform'
import { changeLimits, type LabelEdit } from '../model.ts'
import { listOccurrences } from '../queries/occurrences.ts'
import { isSame, nameOf, withWords, type Decided, type Planned } from './rules.ts'

/** The tasks behind chosen pieces of work one sees, each once. */
async function chosenTasks(ctx: Context, workIds: string[]): Promise<{ nodeId: string; name: string }[]> {
  const { items } = await listOccurrences(ctx, { ids: workIds, page: 1, size: changeLimits.records })
  return [...new Map(items.map((work) => [work.nodeId, { nodeId: work.nodeId, name: nameOf(work) }])).values()]
}

/** What laying labels on chosen tasks, or taking them away, would change: on whatever task one sees, for one's own body alone. */
export async function decideLabels(ctx: Context, edit: LabelEdit): Promise<Decided & { seen: number }> {
  const tasks = await chosenTasks(ctx, edit.workIds)
  const labels = await labelsOf(
    ctx,
    tasks.map((task) => task.nodeId),
  )
  const wishes = edit.labels.map(({ label, isOn }) => ({ word: label, isOn }))
  const changes = tasks.flatMap(({ nodeId, name }): Planned[] => {
    const was = labels.get(nodeId) ?? []
    const becomes = withWords(was, wishes)
    const change = { field: 'labels' as const, was, becomes }
    return isSame('labels', was, becomes)
      ? []
      : [{ recordId: nodeId, name, rowNumber: null, seenVersion: null, change }]
  })
  return { changes, refused: [], seen: tasks.length }
}

/** The acting body's labels of tasks. */
async function labelsOf(ctx: Context, nodeIds: string[]): Promise<Map<string, string[]>> {
  if (nodeIds.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('plans.taskLabel')
    .select(['nodeId', 'label'])
    .where('agencyId', '=', ctx.actor.agencyId)
    .where('nodeId', 'in', nodeIds)
    .orderBy('label')
    .execute()
  return new Map(
    [...Map.groupBy(rows, (row) => row.nodeId)].map(([nodeId, same]) => [nodeId, same.map((row) => row.label)]),
  )
}

/** Makes the changes of a set of labels; tasks whose labels are others by now are left. */
export async function applyLabels(
  ctx: Context,
  agencyId: string,
  changes: readonly Planned[],
): Promise<Map<number, string>> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`plans.task-label ${agencyId}`}, 0))`.execute(ctx.db)
  const now = await labelsOf(
    ctx,
    changes.map((planned) => planned.recordId),
  )
  const left = new Map<number, string>()
  const gone: { nodeId: string; label: string }[] = []
  const come: { nodeId: string; label: string }[] = []
  changes.forEach(({ recordId: nodeId, change }, at) => {
    if (change.field !== 'labels' || !isSame('labels', now.get(nodeId) ?? [], change.was)) {
      left.set(at, 'plans.changed-since')
      return
    }
    const { was, becomes } = change
    gone.push(...was.filter((label) => !becomes.includes(label)).map((label) => ({ nodeId, label })))
    come.push(...becomes.filter((label) => !was.includes(label)).map((label) => ({ nodeId, label })))
  })
  await sql`delete from plans.task_label l using jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as g("nodeId" uuid, label text)
    where l.agency_id = ${agencyId}::uuid and l.node_id = g."nodeId" and l.label = g.label`.execute(ctx.db)
  await sql`insert into plans.task_label (agency_id, node_id, label)
    select ${agencyId}::uuid, c."nodeId", c.label from jsonb_to_recordset(${JSON.stringify(come)}::jsonb) as c("nodeId" uuid, label text)
    on conflict do nothing`.execute(ctx.db)
  return left
}

/** All labels of the acting body, by the alphabet. */
export async function listLabels(ctx: Context): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('plans.taskLabel')
    .select('label')
    .distinct()
    .where('agencyId', '=', ctx.actor.agencyId)
    .orderBy('label')
    .limit(500)
    .execute()
  return rows.map(({ label }) => label)
}
