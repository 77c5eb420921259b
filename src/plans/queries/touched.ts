import { sql, type RawBuilder } from 'kysely'
import { withinReach } from '#access'
import type { TouchedSource } from '#agencies'
import type { Context } from '#platform'

type Row = { id: string; name: string; detail: string | null; agencyId: string; functionCode: string | null }
type Moving = Parameters<TouchedSource['list']>[1]

/** Whether a body ends, or hands over the function a plan serves: `agency` and `code` are columns. */
function moves(moving: Moving, agency: RawBuilder<unknown>, code: RawBuilder<unknown>): RawBuilder<boolean> {
  const rows = JSON.stringify(moving.map(({ agencyId, functions }) => ({ agencyId, functions })))
  return sql<boolean>`exists (select 1 from jsonb_to_recordset(${rows}::jsonb) as m("agencyId" uuid, functions jsonb)
    where m."agencyId" = ${agency} and (m.functions is null or jsonb_typeof(m.functions) = 'null' or m.functions ? ${code}))`
}

const ending = (moving: Moving): string[] => moving.flatMap((body) => (body.functions === null ? [body.agencyId] : []))

async function pageOf(ctx: Context, found: RawBuilder<unknown>, page: { page: number; size: number }) {
  const counted = await sql<{ total: number }>`select count(*) as total from (${found}) found`.execute(ctx.db)
  const { rows } =
    await sql<Row>`select * from (${found}) found order by name, id limit ${page.size} offset ${(page.page - 1) * page.size}`.execute(
      ctx.db,
    )
  return { items: rows, total: counted.rows[0]?.total ?? 0, ...page }
}

const newest = sql`(select v.id from plans.plan_version v where v.plan_id = p.id and v.state = 'issued' order by v.ordinal desc limit 1)`

/** What of plans a reform of bodies moves: plans they answer for, duties laid on them, and their open work. */
export const touchedPlans: readonly TouchedSource[] = [
  {
    kind: 'plans',
    // A plan passes on when the body that answers for it ends; one that only hands a field of work over keeps its plans.
    list: (ctx, moving, page) =>
      pageOf(
        ctx,
        sql`select p.id, p.title as name, p.number as detail, p.agency_id, p.function_code from plans.plan p
          where p.state in ('draft', 'issued') and ${withinReach(ctx, 'p.agencyId')} and p.agency_id = any (${ending(moving)}::uuid[])`,
        page,
      ),
  },
  {
    kind: 'duties',
    list: (ctx, moving, page) =>
      pageOf(
        ctx,
        sql`select distinct p.id, n.path || ' ' || n.text as name, p.title as detail, b.agency_id, p.function_code
          from plans.plan p join plans.duty_body b on b.plan_version_id = ${newest}
          join plans.node_version n on n.plan_version_id = b.plan_version_id and n.node_id = b.node_id
          where p.state = 'issued' and ${withinReach(ctx, 'b.agencyId')} and ${moves(moving, sql`b.agency_id`, sql`p.function_code`)}`,
        page,
      ),
  },
  {
    kind: 'work',
    list: (ctx, moving, page) =>
      pageOf(
        ctx,
        sql`select o.id, n.text as name, o.due_on::text as detail, o.agency_id, p.function_code
          from plans.occurrence o join plans.plan p on p.id = o.plan_id
          join plans.node_version n on n.node_id = o.node_id and n.plan_version_id = ${newest}
          where o.done_on is null and o.cancelled_on is null and ${withinReach(ctx, 'o.agencyId')} and ${moves(moving, sql`o.agency_id`, sql`p.function_code`)}`,
        page,
      ),
  },
]
