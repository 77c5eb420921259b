import { sql } from 'kysely'
import { asEverywhere, type Context } from '#platform'
import { enqueueCheck } from '../quality/check.ts'
import { fault, type Fault } from '../model/entry.ts'
import { readLocks } from '../store.ts'

export type Quoted = { cellId: string; vintage: number }

type Row = Quoted & {
  agencyId: string
  measureId: string
  period: string
  enteredBy: string
  outcome: 'accepted' | 'returned' | null
}

/** The quoted vintages, their cells locked in one order. */
async function take(ctx: Context, quoted: readonly Quoted[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select c.id as cell_id, q.vintage, c.agency_id, c.measure_id, c.period, o.entered_by,
      (select d.outcome from indicators.decision d where d.cell_id = c.id and d.vintage = q.vintage) as outcome
    from jsonb_to_recordset(${JSON.stringify(quoted)}::jsonb) as q("cellId" uuid, vintage integer)
    join indicators.cell c on c.id = q."cellId" join indicators.observation o on o.cell_id = c.id and o.vintage = q.vintage
    order by c.id for update of c`.execute(ctx.db)
  return rows
}

/**
 * Accepts the vintages a report quotes, which then count. Who may accept a report may accept what it says, also of a body that he does
 * not stand over (courts are requested): the caller has made sure that he is its receiver. What is accepted already stays so.
 *
 * @returns why it could not be done, nothing then done: given back meanwhile, locked, or entered by the same person
 */
export async function acceptReported(ctx: Context, quoted: readonly Quoted[]): Promise<Fault | null> {
  if (quoted.length === 0) return null
  return asEverywhere(ctx, async () => {
    const rows = (await take(ctx, quoted)).filter(({ outcome }) => outcome !== 'accepted')
    if (rows.some(({ outcome }) => outcome === 'returned')) return fault('figure-given-back')
    if (rows.some(({ enteredBy }) => enteredBy === ctx.actor.personId))
      return { code: 'access.second-person-needed', params: {} }
    const isLocked = await readLocks(ctx, {
      periods: rows.map(({ period }) => period),
      agencyIds: rows.map(({ agencyId }) => agencyId),
    })
    const held = rows.find((row) => isLocked(row.agencyId, row.measureId, row.period))
    if (held !== undefined) return fault('period-is-locked', { period: held.period })
    await decide(ctx, rows, { outcome: 'accepted', reason: null, byAgencyId: ctx.actor.agencyId })
    await sql`update indicators.cell c set accepted_vintage = greatest(coalesce(c.accepted_vintage, 0), q.vintage)
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as q("cellId" uuid, vintage integer) where c.id = q."cellId"`.execute(
      ctx.db,
    )
    if (rows.length > 0)
      await enqueueCheck(ctx, {
        periods: rows.map(({ period }) => period),
        agencyIds: rows.map(({ agencyId }) => agencyId),
      })
    return null
  })
}

/**
 * Gives back vintages a report quotes: its lines were returned, or it was withdrawn. What was decided already stays as it is.
 * @param byAgencyId the acting body where it is not said; the product itself acts for none, and says for which
 */
export async function giveBackReported(
  ctx: Context,
  quoted: readonly Quoted[],
  { reason, byAgencyId = ctx.actor.agencyId }: { reason: string; byAgencyId?: string | null },
): Promise<void> {
  if (quoted.length === 0) return
  await asEverywhere(ctx, async () => {
    const rows = (await take(ctx, quoted)).filter(({ outcome }) => outcome === null)
    await decide(ctx, rows, { outcome: 'returned', reason, byAgencyId })
  })
}

async function decide(
  ctx: Context,
  rows: readonly Row[],
  {
    outcome,
    reason,
    byAgencyId,
  }: { outcome: 'accepted' | 'returned'; reason: string | null; byAgencyId: string | null },
): Promise<void> {
  await sql`insert into indicators.decision (cell_id, vintage, agency_id, measure_id, outcome, reason, by_agency_id, decided_by, decided_at)
    select q."cellId", q.vintage, q."agencyId", q."measureId", ${outcome}, ${reason}, ${byAgencyId}::uuid, ${ctx.actor.personId}::uuid, ${ctx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as q("cellId" uuid, vintage integer, "agencyId" uuid, "measureId" uuid)`.execute(
    ctx.db,
  )
}
