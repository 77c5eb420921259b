import { dateIn, inTransaction, newId, systemActor, type Context, type Ground } from '#platform'
import { openLand, type Land } from '../land.ts'
import { readPeriod, type Calendar } from '../model.ts'
import { listMeasureIds, readMeasures, type MeasureRules } from '../store.ts'
import { keepPacked, keepTotals, openProof, packUnwritten, type PackedLane } from './kept-totals.ts'
import { dropBlocks, dropOrders, listLanes, orderOfLand, readBlocks, writeBlocks } from './lane-blocks.ts'
import { changesSince, type LaneRows } from './lane-state.ts'
import { readLanes } from './read-lanes.ts'
import { measuringOf } from './totals.ts'

/** `signal` stops it between two steps. */
export type TotalsParts = { ground: Ground; calendars: readonly Calendar[]; signal?: AbortSignal }
/** So many lanes and figures are in memory; of them so many figures came packed; blocks that were damaged. */
export type ToldOfFilling = { lanes: number; figures: number; packed: number; damaged: number }
/** `lanes` and `figures` were read; so many lanes were laid beside what was kept, and differed. */
export type ToldOfProof = { lanes: number; figures: number; compared: number; differing: number }

/** Lanes whose figures pass through memory at a time. */
const atOnce = 100

/**
 * Brings all accepted figures into memory, measure by measure, so that nobody waits for it who asks first: lanes that were packed in the state
 * they are in as they are, lanes written to since with those cells, all others from their rows. Stops where there is no more room: the rest
 * comes as it is asked for.
 */
export async function fillTotals(of: TotalsParts): Promise<ToldOfFilling> {
  const told = { lanes: 0, figures: 0, packed: 0, damaged: 0 }
  await eachMeasure(of, async (ctx, land, measure) => {
    const lanes = await listLanes(ctx, measure.id)
    for (let from = 0; from < lanes.length; from += atOnce) {
      const done = await fillLanes(ctx, { land, measure, lanes: lanes.slice(from, from + atOnce), ...of })
      told.lanes += done.lanes
      told.figures += done.figures
      told.packed += done.packed
      told.damaged += done.damaged
      if (!done.goesOn || of.signal?.aborted === true) return false
    }
    return true
  })
  return told
}

type Filling = {
  land: Land
  measure: MeasureRules
  lanes: readonly { period: string; breakdown: string }[]
  calendars: readonly Calendar[]
}

async function fillLanes(ctx: Context, of: Filling): Promise<ToldOfFilling & { goesOn: boolean }> {
  const { land, measure, calendars } = of
  const stored = await readBlocks(ctx, of)
  const packed: PackedLane[] = []
  const rest: { period: string; breakdown: string }[] = []
  for (const { period: name, breakdown, now, block } of stored) {
    const period = readPeriod(name, calendars)
    if (period === undefined) continue
    const asked = { land, measure, measuring: measuringOf(measure), period, breakdown }
    const rows = { measureId: measure.id, dueDays: measure.dueDays, period: name, breakdown }
    const since =
      block === null || block.state === now
        ? { state: now, cells: [] }
        : await changesSince(ctx, rows, { before: block.state, land })
    if (block === null || since.cells === undefined) rest.push({ period: name, breakdown })
    else packed.push({ asked, block, changed: since.cells, state: since.state })
  }
  const { figures, unusable, goesOn } = keepPacked(ctx, land, packed)
  rest.push(...unusable.map(({ period, breakdown }) => ({ period: period.id, breakdown })))
  const read = await readLanes(ctx, { measure, land, calendars, lanes: rest })
  const isRoom = keepTotals(ctx, land, read)
  return {
    lanes: packed.length - unusable.length + read.length,
    figures: figures + read.reduce((sum, { cells }) => sum + cells.length, 0),
    packed: figures,
    damaged: stored.filter(({ isDamaged }) => isDamaged).length + unusable.length,
    goesOn: goesOn && isRoom,
  }
}

/** Packs the lanes in memory that are not in the database as they are, for the next start. @returns how many were written */
export async function packTotals({ ground, signal }: TotalsParts): Promise<number> {
  let written = 0
  while (signal?.aborted !== true) {
    const packed = await inTransaction(ground, doing(ground, false), async (ctx) => {
      const land = await openLand(ctx)
      const unwritten = packUnwritten(ctx, land, { order: orderOfLand(land), most: atOnce })
      if (unwritten.blocks.length > 0) await writeBlocks(ctx, land, unwritten.blocks)
      else if (written > 0) await dropOrders(ctx)
      return unwritten
    })
    packed.written()
    const count = packed.blocks.length
    if (count === 0) break
    written += count
  }
  return written
}

/**
 * Adds everything up anew from the rows and lays it beside what is in memory: both must be the same, bit for bit. What differs is thrown away,
 * with its block, so that the next to ask is answered from the rows; the audit tells of it.
 */
export async function proveKept(of: TotalsParts): Promise<ToldOfProof> {
  const prove = openProof()
  const told = { lanes: 0, figures: 0, compared: 0, differing: 0 }
  const differing: LaneRows[] = []
  await eachMeasure(of, async (ctx, land, measure) => {
    const read = await readLanes(ctx, { measure, land, calendars: of.calendars })
    const done = prove(ctx, land, read)
    told.lanes += read.length
    told.figures += read.reduce((sum, { cells }) => sum + cells.length, 0)
    told.compared += done.compared
    differing.push(...done.differing)
    return of.signal?.aborted !== true
  })
  told.differing = differing.length
  if (differing.length > 0)
    await inTransaction(of.ground, doing(of.ground, false), async (ctx) => {
      await dropBlocks(ctx, differing)
      await ctx.record('indicators.totals-differed', { kind: 'indicators.figures', id: null }, told)
    })
  return told
}

/** @param work whether the next is to follow */
async function eachMeasure(
  { ground }: TotalsParts,
  work: (ctx: Context, land: Land, measure: MeasureRules) => Promise<boolean>,
): Promise<void> {
  for (const id of await inTransaction(ground, doing(ground, true), listMeasureIds)) {
    const goesOn = await inTransaction(ground, doing(ground, true), async (ctx) => {
      const measure = (await readMeasures(ctx, [id])).get(id)
      return measure === undefined || work(ctx, await openLand(ctx), measure)
    })
    if (!goesOn) break
  }
}

function doing(ground: Ground, onlyReads: boolean) {
  return { actor: systemActor, language: ground.language, requestId: `totals:${newId()}`, onlyReads }
}

type Filled = ToldOfFilling & { seconds: number; processorSeconds: number }

/** What keeps totals at hand while a server runs. */
export type KeptTotals = {
  /** What was brought into memory at the start, in how many seconds by the clock and of this process; undefined until it is done. */
  filled: () => Filled | undefined
  /** How many lanes were packed for the next start; undefined before the first time. */
  written: () => number | undefined
  /** Packs what has changed since, and proves everything the first time it is called on a new day. */
  regularly: () => Promise<void>
  close: () => Promise<void>
}

/** Fills totals in the background, packs them now and then, and proves them each night. `failed` is told what went wrong; questions are answered from rows then. */
export function startTotals(parts: Omit<TotalsParts, 'signal'>, failed: (fault: unknown) => void): KeptTotals {
  const stop = new AbortController()
  const of = { ...parts, signal: stop.signal }
  const dayNow = () => dateIn(of.ground.timeZone, of.ground.now())
  let provedOn = dayNow()
  const begun = performance.now()
  const spent = process.cpuUsage()
  let filled: Filled | undefined
  let written: number | undefined
  const pack = async () => {
    written = (written ?? 0) + (await packTotals(of))
  }
  let work: Promise<unknown> = fillTotals(of)
    .then((told) => {
      const { user, system } = process.cpuUsage(spent)
      filled = { ...told, seconds: (performance.now() - begun) / 1000, processorSeconds: (user + system) / 1e6 }
    })
    .then(pack)
    .catch(failed)
  return {
    filled: () => filled,
    written: () => written,
    regularly: async () => {
      const isNewDay = provedOn !== dayNow()
      provedOn = dayNow()
      work = work
        .then(() => (isNewDay ? proveKept(of) : undefined))
        .then(pack)
        .catch(failed)
      await work
    },
    close: async () => {
      stop.abort()
      await work
    },
  }
}
