import { sql } from 'kysely'
import { may } from '#access'
import { remembered, type Context } from '#platform'
import { searchAgencies } from '#agencies'
import { listUnits } from '#territory'
import type { SearchHit } from '../model.ts'
import { planVisible } from '../store/visible.ts'
import { prefixQuery } from '../store/words.ts'
import { byNearness } from '../lists/plans.ts'

/** Answers each kind gives at most; the lists behind give the rest. */
const each = 8

/** One search over plans, tasks, documents under review, bodies and units; only what lies within reach. */
export async function searchEverything(ctx: Context, search: string): Promise<SearchHit[]> {
  const words = prefixQuery(search)
  if (words === undefined) return []
  const plans = await remembered(
    ctx,
    sql<SearchHit>`select 'plan' as kind, p.id, left(p.title, 300) as title, coalesce(p.number, '') as detail from plans.plan p
    where ${planVisible(ctx, 'p')} and p.words @@ to_tsquery('simple', ${words}) and (p.state <> 'draft' or p.agency_id = ${ctx.actor.agencyId}) order by ${byNearness(ctx, 'p')}, p.id desc limit ${each}`,
  )
  const tasks = await remembered(
    ctx,
    sql<SearchHit>`select 'task' as kind, n.node_id as id, left(n.text, 300) as title, left(p.title, 200) as detail
    from plans.tasks_saying(${words}, ${each}) with ordinality found (node_id, place) join plans.node_version n on n.node_id = found.node_id
    join plans.plan p on p.id = n.plan_id
    where n.plan_version_id = (select v.id from plans.plan_version v where v.plan_id = p.id and v.state = 'issued' order by v.ordinal desc limit 1) and ${planVisible(ctx, 'p')}
    order by found.place`,
  )
  const documents =
    await sql<SearchHit>`select 'document' as kind, i.id, i.file_name as title, i.state as detail from documents.import i
    where ${may(ctx.actor, 'documents.read-import')} and i.agency_id = ${ctx.actor.agencyId} and i.file_name ilike '%' || ${search.replace(/[\\%_]/g, '\\$&')} || '%' order by i.changed_at desc limit ${each}`.execute(
      ctx.db,
    )
  const agencies = await searchAgencies(ctx, search, { on: ctx.today, limit: each })
  const units = await listUnits(ctx, { search, asOf: ctx.today, page: 1, size: each })
  return [
    ...plans,
    ...tasks,
    ...documents.rows,
    ...agencies.map((agency) => ({
      kind: 'agency' as const,
      id: agency.id,
      title: agency.name,
      detail: agency.unitName,
    })),
    ...units.items.map((unit) => ({ kind: 'unit' as const, id: unit.id, title: unit.name, detail: unit.code })),
  ]
}
