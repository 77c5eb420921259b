import { sql, type Kysely } from 'kysely'
import { inTransaction, systemActor, type Database, type Ground as Instance } from '#platform'
import { holdLane, openCube } from '../../src/indicators/cube/cube.ts'
import { packLane } from '../../src/indicators/cube/packed.ts'
import { openLand } from '../../src/indicators/land.ts'
import { orderOfLand, writeBlocks } from '../../src/indicators/queries/lane-blocks.ts'
import { measuringOf } from '../../src/indicators/queries/totals.ts'
import { readMeasures } from '../../src/indicators/store.ts'
import { readPeriod } from '#indicators/model'
import type { Cell } from '../../src/indicators/rollup/total.ts'
import type { LaneOfWorld } from './world.ts'

/**
 * Lays lanes down packed only, as a product that had read their rows would have left them: their rows would take the database an hour.
 * @returns how many figures
 */
export async function fillPacked(
  ownerDb: Kysely<Database>,
  of: { db: Kysely<Database>; lanes: readonly LaneOfWorld[]; today: Date },
): Promise<number> {
  const instance: Instance = { db: of.db, timeZone: 'UTC', language: 'vi', now: () => of.today, subscribers: [] }
  let cells = 0
  for (let from = 0; from < of.lanes.length; from += 100) {
    const lanes = of.lanes.slice(from, from + 100)
    const counts = await inTransaction(
      instance,
      { actor: systemActor, language: 'vi', requestId: 'bench' },
      async (ctx) => {
        const land = await openLand(ctx)
        const order = orderOfLand(land)
        const measures = await readMeasures(
          ctx,
          lanes.map(({ measure }) => measure),
        )
        const cube = openCube({ ground: land.ground, restated: land.restated, asIs: ctx.today })
        const packed = lanes.map(({ measure: id, period: name, breakdown }, at) => {
          const [measure, period] = [measures.get(id), readPeriod(name, [])]
          if (measure === undefined || period === undefined) throw new Error(`no lane ${id} ${name}`)
          const units = [...land.answering(measure.level, dayBefore(period.to))]
          const said = units.map((unit, place): Cell => ({
            ...{ unit, isLate: place % 9 === 0, status: 'A', numerator: (place * 7919 + (from + at) * 31) % 997 },
            ...{ denominator: 1000 + ((place + from + at) % 500), absence: null },
          }))
          holdLane(cube, String(at), { period, measuring: measuringOf(measure), cells: said })
          const figures = packLane(cube, String(at), order)
          if (figures === undefined) throw new Error('a lane of whole numbers is packed')
          const lane = { measureId: id, dueDays: measure.dueDays, period: name, breakdown }
          return { lane, state: `{"0": ${said.length}}`, figures, count: said.length }
        })
        await writeBlocks(ctx, land, packed)
        return packed.map(({ count }) => count)
      },
    )
    await sql`insert into indicators.lane_change (measure_id, period, breakdown, slot, count, recent)
      select m, p, b, 0, n, '{}' from unnest(${lanes.map(({ measure }) => measure)}::uuid[], ${lanes.map(({ period }) => period)}::text[],
        ${lanes.map(({ breakdown }) => breakdown)}::text[], ${counts}::integer[]) as t (m, p, b, n)`.execute(ownerDb)
    cells += counts.reduce((sum, count) => sum + count, 0)
  }
  return cells
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
}
