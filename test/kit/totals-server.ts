import { sql } from 'kysely'
import { expect, vi } from 'vitest'
import { idOfKey } from '#platform'
import type { Picture, SavedFigures } from '#indicators/model'
import { measureId } from '../../src/indicators/load.ts'
import { actorOf, type PlanWorld } from './plan-world.ts'

/** Lets one stand over every body there is. */
export async function standOverAll(world: PlanWorld): Promise<void> {
  const [viewer] = actorOf('crown officer').viewers
  await sql`insert into platform.reach (agency_id, viewer_id) select id, ${viewer}::uuid from agencies.agency on conflict do nothing`.execute(
    world.land.owner,
  )
  await sql`select platform.note_whole_reach()`.execute(world.land.owner)
}

/** A body enters figures of units, and accepts them. */
export async function acceptFigures(
  world: PlanWorld,
  body: string,
  ...figures: [key: string, numerator: number, over?: object][]
): Promise<void> {
  const cells = figures.map(([key, numerator, over]) => {
    const place = { measureId: measureId('lov-1'), unitId: idOfKey(`u:${key}`), period: '2030', breakdown: '' }
    return { ...place, seen: null, status: 'A', numerator, denominator: 50, ...over }
  })
  const saved = (await world.done(`${body} officer`, 'PUT', '/figures', { cells })) as unknown as SavedFigures
  const laid = saved.rows.flatMap((row) => (row.ok ? [{ cellId: row.cellId, vintage: row.vintage }] : []))
  expect(laid.length).toBe(figures.length)
  await world.done(`${body} approver`, 'POST', '/figures/decisions', { cells: laid, outcome: 'accepted', reason: null })
}

export type TotalsServer = {
  fill: () => Promise<{ lanes: number; figures: number; packed: number; damaged: number }>
  pack: () => Promise<number>
  prove: () => Promise<{ compared: number; differing: number }>
  asked: (over?: object) => Promise<Picture>
}

/** A server just begun on the same database: modules of its own, nothing in memory. */
export async function aTotalsServer(world: PlanWorld): Promise<TotalsServer> {
  vi.resetModules()
  const { fillTotals, packTotals, proveKept } = await import('../../src/indicators/queries/fill-totals.ts')
  const { getPicture } = await import('../../src/indicators/queries/totals.ts')
  const { inTransaction } = await import('#platform')
  const parts = { ground: world.ground, calendars: [] }
  const doing = { actor: actorOf('crown officer'), language: 'vi' as const, requestId: 'test', onlyReads: true }
  const question = {
    ...{ measureId: measureId('lov-1'), unitId: idOfKey('u:TL'), period: '2030', breakdown: '' },
    ...{ view: 'as-is' as const, asOf: undefined, level: undefined },
  }
  return {
    fill: () => fillTotals(parts),
    pack: () => packTotals(parts),
    prove: () => proveKept(parts),
    asked: (over = {}) => inTransaction(world.ground, doing, (ctx) => getPicture(ctx, { ...question, ...over }, [])),
  }
}
