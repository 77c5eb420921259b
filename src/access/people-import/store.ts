import { sql } from 'kysely'
import { notFound, type Context } from '#platform'
import { foldName } from '#territory/model'
import type { ReadRow } from './rows.ts'

export type ImportRow = {
  id: string
  state: 'checking' | 'checked' | 'making' | 'made'
  rows: ReadRow[]
  isPartial: boolean
  jobId: string
  madeAt: string
  agencyId: string | null
}

/** One of the own imports. @throws notFound */
export async function getImport(ctx: Context, id: string, forUpdate = false): Promise<ImportRow> {
  const row = await ctx.db
    .selectFrom('access.peopleImport')
    .select(['id', 'state', 'rows', 'isPartial', 'jobId', 'madeAt', 'agencyId'])
    .where('id', '=', id)
    .where('personId', '=', ctx.actor.personId)
    .$if(forUpdate, (query) => query.forUpdate())
    .executeTakeFirst()
  if (!row) throw notFound()
  return { ...row, state: row.state as ImportRow['state'], rows: row.rows as ReadRow[] }
}

export async function saveImport(
  ctx: Context,
  id: string,
  changes: Partial<Pick<ImportRow, 'state' | 'rows' | 'isPartial' | 'jobId'>>,
): Promise<void> {
  const { rows, ...rest } = changes
  await ctx.db
    .updateTable('access.peopleImport')
    .set({ ...rest, ...(rows === undefined ? {} : { rows: JSON.stringify(rows) }) })
    .where('id', '=', id)
    .execute()
}

type Body = { id: string; key: string; name: string; holders: number }

/** Bodies in being within the actor's reach, by level and name, with how many people hold a post there. */
export async function listBodiesInReach(ctx: Context): Promise<Body[]> {
  const { rows } = await sql<Body>`
    select a.id, a.key, n.name, (select count(*)::integer from access.post p where p.agency_id = a.id) as holders
    from agencies.agency a
    join agencies.agency_name n on n.agency_id = a.id and (n.valid_from is null or n.valid_from <= ${ctx.today}::date) and (n.valid_to is null or n.valid_to > ${ctx.today}::date)
    where (a.valid_from is null or a.valid_from <= ${ctx.today}::date) and (a.valid_to is null or a.valid_to > ${ctx.today}::date)
      and (${ctx.actor.everywhere} or exists (select from platform.reach r where r.agency_id = a.id and r.viewer_id = any (${ctx.actor.viewers}::uuid[])))
    order by array_position(array['central', 'province', 'district', 'commune'], a.level), a.rank, n.name, a.id`.execute(
    ctx.db,
  )
  return rows
}

/** Bodies by their key, and by their name as typed; several may share a name. */
export function indexBodies(bodies: readonly Body[]) {
  return {
    bodyByKey: new Map(bodies.map((body) => [body.key, body.id])),
    bodiesByName: new Map(
      [...Map.groupBy(bodies, (body) => foldName(body.name))].map(([name, same]) => [name, same.map(({ id }) => id)]),
    ),
  }
}
