import { sql } from 'kysely'
import { withinReach } from '#access'
import { forbidden, type Catalogue, type Context } from '#platform'
import { enqueueCheck } from '../quality/check.ts'
import { readLocks } from '../store.ts'
import type { DecideFigures, RowOutcome, SavedFigures } from '../model.ts'

type Waiting = {
  id: string
  agencyId: string
  measureId: string
  period: string
  vintage: number
  enteredBy: string
  isDecided: boolean
}

/**
 * Accepts newest vintages, which then count in every total, or gives them back with a reason. Whoever entered a figure does not
 * decide on it. Each cell is decided or refused for itself; where none is decided, the audit tells of a try that was refused.
 *
 * @throws forbidden `indicators.no-body`
 */
export async function decideFigures(ctx: Context, input: DecideFigures, say: Catalogue): Promise<SavedFigures> {
  if (ctx.actor.agencyId === null) throw forbidden('indicators.no-body')
  const cells = await takeCells(
    ctx,
    input.cells.map(({ cellId }) => cellId),
  )
  const isLocked = await readLocks(ctx, {
    periods: [...cells.values()].map(({ period }) => period),
    agencyIds: [...cells.values()].map(({ agencyId }) => agencyId),
  })
  const done = new Set<string>()
  const rows = input.cells.map(({ cellId, vintage }, row): RowOutcome => {
    const cell = cells.get(cellId)
    const isHeld = cell !== undefined && isLocked(cell.agencyId, cell.measureId, cell.period)
    const code = done.has(cellId)
      ? 'indicators.twice'
      : (faultOf(ctx, cell, vintage) ?? (isHeld ? 'indicators.period-is-locked' : null))
    const params = { period: cell?.period ?? '' }
    if (code !== null) return { row, ok: false, code, params, title: say(ctx.language, code, params) }
    done.add(cellId)
    return { row, ok: true, cellId, vintage, isNew: true }
  })
  await saveDecisions(ctx, input, [...done])
  const refused = rows.length - done.size
  await ctx.record(
    input.outcome === 'accepted' ? 'indicators.figures-accepted' : 'indicators.figures-returned',
    {
      kind: 'indicators.figures',
      id: null,
      agencyId: ctx.actor.agencyId,
      ...(done.size === 0 ? { refused: true } : {}),
    },
    { decided: done.size, refused },
  )
  const decided = [...done].flatMap((id) => cells.get(id) ?? [])
  if (input.outcome === 'accepted' && decided.length > 0)
    await enqueueCheck(ctx, {
      periods: decided.map(({ period }) => period),
      agencyIds: decided.map(({ agencyId }) => agencyId),
    })
  return { taken: done.size, refused, rows }
}

/** Cells within reach, locked in one order. */
async function takeCells(ctx: Context, ids: readonly string[]): Promise<Map<string, Waiting>> {
  const { rows } = await sql<Waiting>`
    select c.id, c.agency_id, c.measure_id, c.period, c.vintage, o.entered_by,
      exists (select 1 from indicators.decision d where d.cell_id = c.id and d.vintage = c.vintage) as is_decided
    from indicators.cell c join indicators.observation o on o.cell_id = c.id and o.vintage = c.vintage
    where c.id = any (${[...ids]}::uuid[]) and ${withinReach(ctx, 'c.agencyId')} order by c.id for update of c`.execute(
    ctx.db,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

function faultOf(ctx: Context, cell: Waiting | undefined, vintage: number): string | null {
  if (cell === undefined) return 'indicators.no-such-figure'
  if (cell.vintage !== vintage) return 'indicators.entered-meanwhile'
  if (cell.isDecided) return 'indicators.decided-already'
  if (cell.enteredBy === ctx.actor.personId) return 'access.second-person-needed'
  return null
}

async function saveDecisions(ctx: Context, input: DecideFigures, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`insert into indicators.decision (cell_id, vintage, agency_id, measure_id, outcome, reason, by_agency_id, decided_by, decided_at)
    select c.id, c.vintage, c.agency_id, c.measure_id, ${input.outcome}, ${input.reason}, ${ctx.actor.agencyId}::uuid,
      ${ctx.actor.personId}::uuid, ${ctx.now}::timestamptz
    from indicators.cell c where c.id = any (${[...ids]}::uuid[])`.execute(ctx.db)
  if (input.outcome === 'accepted')
    await sql`update indicators.cell set accepted_vintage = vintage where id = any (${[...ids]}::uuid[])`.execute(
      ctx.db,
    )
}
