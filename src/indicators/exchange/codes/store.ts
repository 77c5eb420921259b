import { sql } from 'kysely'
import { newId, type Context } from '#platform'
import type { CodeKind, CodeMeaning, ForeignNames } from '../../model.ts'

/** One living code as the table has it. */
export type CodeRow = {
  id: string
  system: string
  kind: CodeKind
  foreignUid: string | null
  foreignCode: string | null
  foreignName: string | null
  foreignAttributes: Record<string, string>
  comboId: string | null
  options: Record<string, string> | null
  measureId: string | null
  breakdown: string | null
  part: 'value' | 'numerator' | 'denominator' | null
  valueType: 'number' | 'boolean' | 'true-only' | null
  unitId: string | null
  calendar: string | null
  setAt: string
}

const columns = sql`c.id, c.system, c.kind, c.foreign_uid, c.foreign_code, c.foreign_name, c.foreign_attributes, c.combo_id, c.options, c.measure_id,
  c.breakdown, c.part, c.value_type, c.unit_id, c.calendar, c.set_at`

/** Every living code of the acting body in a system. */
export async function readCodes(ctx: Context, system: string): Promise<CodeRow[]> {
  const { rows } = await sql<CodeRow>`select ${columns} from indicators.exchange_code c
    where c.agency_id = ${ctx.actor.agencyId}::uuid and c.system = ${system} and c.ended_at is null order by c.set_at, c.id`.execute(
    ctx.db,
  )
  return rows
}

/** A page of the living codes of the acting body, by system, kind and name. */
export async function listCodeRows(
  ctx: Context,
  of: {
    system: string | undefined
    kind: CodeKind | undefined
    ids?: readonly string[]
    page: number
    size: number
  },
): Promise<{ rows: CodeRow[]; total: number }> {
  const { rows } = await sql<CodeRow & { total: number }>`
    select ${columns}, count(*) over ()::integer as total from indicators.exchange_code c
    where c.agency_id = ${ctx.actor.agencyId}::uuid and c.ended_at is null
      and (${of.system ?? null}::text is null or c.system = ${of.system ?? null}) and (${of.kind ?? null}::text is null or c.kind = ${of.kind ?? null})
      and (${of.ids === undefined} or c.id = any (${[...(of.ids ?? [])]}::uuid[]))
    order by c.system, c.kind, coalesce(c.foreign_name, c.foreign_code, c.foreign_uid), c.id
    limit ${of.size} offset ${(of.page - 1) * of.size}`.execute(ctx.db)
  return { rows, total: rows[0]?.total ?? 0 }
}

/** Only one at a time sets codes of a body's system: what is set twice is found. */
export async function holdCodes(ctx: Context, system: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`exchange codes ${ctx.actor.agencyId} ${system}`}, 0))`.execute(
    ctx.db,
  )
}

/** The system a code of the acting body is of. */
export async function findSystem(ctx: Context, id: string): Promise<string | undefined> {
  const { rows } = await sql<{
    system: string
  }>`select system from indicators.exchange_code where id = ${id} and agency_id = ${ctx.actor.agencyId}::uuid`.execute(
    ctx.db,
  )
  return rows[0]?.system
}

/** Ends codes of the acting body, and those that hang on a combination among them. @returns how many lived */
export async function endCodes(ctx: Context, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const { rows } = await sql<{ id: string }>`
    update indicators.exchange_code set ended_at = ${ctx.now}::timestamptz, ended_by = ${ctx.actor.personId}::uuid
    where agency_id = ${ctx.actor.agencyId}::uuid and ended_at is null and (id = any (${[...ids]}::uuid[]) or combo_id = any (${[...ids]}::uuid[])) returning id`.execute(
    ctx.db,
  )
  return rows.length
}

export async function insertCodes(
  ctx: Context,
  system: string,
  codes: readonly { foreign: ForeignNames; meaning: CodeMeaning }[],
): Promise<string[]> {
  const rows = codes.map(({ foreign, meaning }) => ({
    ...{ id: newId(), kind: meaning.kind, uid: foreign.uid, code: foreign.code, name: foreign.name },
    attributes: foreign.attributes,
    comboId: meaning.kind === 'element' ? (meaning.combo?.id ?? null) : null,
    options: meaning.kind === 'combo' ? meaning.options : null,
    measureId: meaning.kind === 'element' ? meaning.measureId : null,
    breakdown:
      meaning.kind === 'combo'
        ? meaning.breakdown
        : meaning.kind === 'element'
          ? (meaning.combo?.breakdown ?? null)
          : null,
    part: meaning.kind === 'element' ? meaning.part : null,
    valueType: meaning.kind === 'element' ? meaning.valueType : null,
    unitId: meaning.kind === 'unit' ? meaning.unitId : null,
    calendar: meaning.kind === 'data-set' ? meaning.calendar : null,
  }))
  await sql`
    insert into indicators.exchange_code (id, agency_id, system, kind, foreign_uid, foreign_code, foreign_name, foreign_attributes, combo_id, options,
      measure_id, breakdown, part, value_type, unit_id, calendar, set_by, set_at)
    select id, ${ctx.actor.agencyId}::uuid, ${system}, kind, uid, code, name, attributes, "comboId", nullif(options, 'null'), "measureId", breakdown, part,
      "valueType", "unitId", calendar, ${ctx.actor.personId}::uuid, ${ctx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, kind text, uid text, code text, name text, attributes jsonb, "comboId" uuid,
      options jsonb, "measureId" uuid, breakdown text, part text, "valueType" text, "unitId" uuid, calendar text)`.execute(
    ctx.db,
  )
  return rows.map(({ id }) => id)
}
