import { sql } from 'kysely'
import { newId, type Context } from '#platform'
import type { CodeKind, FigurePart, MeaningFoundBy } from '../../model.ts'
import type { Detail, NamedThing } from './things-of-package.ts'

/** A meaning found, as it is kept. */
export type KeptFound = {
  by: MeaningFoundBy
  unitId: string | null
  measureId: string | null
  part: FigurePart | null
  breakdown: string | null
  was: string | null
}

export type ThingRow = {
  id: string
  system: string
  kind: CodeKind
  uid: string | null
  code: string | null
  name: string | null
  above: string[]
  detail: Detail
  found: KeptFound[]
  foundBy: MeaningFoundBy | null
  codeId: string | null
  refused: number
  refusedAt: string | null
}

const columns = sql`f.id, f.system, f.kind, f.uid, f.code, f.name, f.above, f.detail, f.found, f.found_by, f.code_id, f.refused::integer as refused, f.refused_at`

/** Holds the things of a system of the acting body to the end of the transaction. */
export async function holdThings(ctx: Context, system: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`foreign-things ${ctx.actor.agencyId ?? ''} ${system}`}, 0))`.execute(
    ctx.db,
  )
}

/** Things of the acting body: those of a system, or those of some ids. */
export async function readThingRows(
  ctx: Context,
  of: { system?: string; ids?: readonly string[] },
): Promise<ThingRow[]> {
  const { rows } = await sql<ThingRow>`select ${columns} from indicators.foreign_thing f
    where f.agency_id = ${ctx.actor.agencyId}::uuid and (${of.system ?? null}::text is null or f.system = ${of.system ?? null})
      and (${of.ids === undefined} or f.id = any (${[...(of.ids ?? [])]}::uuid[])) order by f.kind, f.name, f.id`.execute(
    ctx.db,
  )
  return rows
}

/** Lays things that were not known, and the newest names of those that were. */
export async function layThings(
  ctx: Context,
  system: string,
  things: readonly (NamedThing & { id: string | null })[],
): Promise<void> {
  const rows = things.map((one) => ({ ...one, id: one.id ?? newId() }))
  await sql`insert into indicators.foreign_thing (id, agency_id, system, kind, uid, code, name, above, detail, seen_at)
    select id, ${ctx.actor.agencyId}::uuid, ${system}, kind, uid, code, name, above, detail, ${ctx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, kind text, uid text, code text, name text, above text[], detail jsonb)
    on conflict (id) do update set uid = excluded.uid, code = excluded.code, name = excluded.name, above = excluded.above, detail = excluded.detail,
      seen_at = excluded.seen_at`.execute(ctx.db)
}

/** Keeps what was found for things. */
export async function saveFound(ctx: Context, found: readonly { id: string; found: KeptFound[] }[]): Promise<void> {
  const rows = found.map((one) => ({ ...one, by: one.found[0]?.by ?? null }))
  await sql`update indicators.foreign_thing f set found = t.found, found_by = t.by
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, found jsonb, by text) where f.id = t.id`.execute(
    ctx.db,
  )
}

/** Joins things of a system to what the body now says they are; those whose code ended are open again; what codes were said of is known too. */
export async function joinThings(ctx: Context, system: string): Promise<void> {
  await sql`update indicators.foreign_thing f set code_id = null from indicators.exchange_code c
    where f.agency_id = ${ctx.actor.agencyId}::uuid and f.system = ${system} and c.id = f.code_id and c.ended_at is not null`.execute(
    ctx.db,
  )
  for (const column of ['uid', 'code', 'name'] as const)
    await sql`update indicators.foreign_thing f set code_id = c.id from indicators.exchange_code c
      where f.agency_id = ${ctx.actor.agencyId}::uuid and f.system = ${system} and f.code_id is null
        and c.agency_id = f.agency_id and c.system = f.system and c.kind = f.kind and c.ended_at is null and c.combo_id is null
        and ${sql.ref(`c.foreign_${column}`)} is not null and not exists (select 1 from indicators.foreign_thing g where g.code_id = c.id)
        and ${sql.ref(`c.foreign_${column}`)} = ${sql.ref(`f.${column}`)}
        ${column === 'name' ? sql`and c.foreign_uid is null and c.foreign_code is null` : sql``}`.execute(ctx.db)
  await sql`insert into indicators.foreign_thing (id, agency_id, system, kind, uid, code, name, code_id, seen_at)
    select gen_random_uuid(), c.agency_id, c.system, c.kind, c.foreign_uid, c.foreign_code, c.foreign_name, c.id, ${ctx.now}::timestamptz
    from indicators.exchange_code c where c.agency_id = ${ctx.actor.agencyId}::uuid and c.system = ${system} and c.ended_at is null and c.combo_id is null
      and coalesce(c.foreign_uid, c.foreign_code, c.foreign_name) is not null
      and not exists (select 1 from indicators.foreign_thing f where f.code_id = c.id) on conflict do nothing`.execute(
    ctx.db,
  )
}

/** A name that no thing of ours bears, in which scheme, and how many values were refused for it. */
export type Unknown = { kind: CodeKind; scheme: 'uid' | 'code' | 'name'; said: string; values: number }

/** Counts refused values on the things they named. */
export async function countRefused(ctx: Context, of: readonly { id: string; values: number }[]): Promise<void> {
  await sql`update indicators.foreign_thing f set refused = f.refused + t.values, refused_at = ${ctx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(of)}::jsonb) as t(id uuid, values bigint) where f.id = t.id`.execute(
    ctx.db,
  )
}
