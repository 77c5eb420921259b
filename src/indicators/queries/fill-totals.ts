import { dateIn, inTransaction, newId, systemActor, type Context, type Ground } from '#platform'
import { openLand, type Land } from '../land.ts'
import type { Calendar } from '../model.ts'
import { listMeasureIds } from '../store.ts'
import { keepTotals, openProof, type ReadLane } from './kept-totals.ts'
import { readLanes } from './read-lanes.ts'
import { measuringOf } from './totals.ts'

/** `signal` stops it between two measures. */
export type TotalsParts = { ground: Ground; calendars: readonly Calendar[]; signal?: AbortSignal }
/** `lanes` and `figures` were read; so many lanes were laid beside what was kept, and differed. */
export type ToldOfTotals = { lanes: number; figures: number; compared: number; differing: number }

/**
 * Reads all accepted figures into memory, measure by measure, so that nobody waits for it who asks first. Stops where there is
 * no more room: the rest comes as it is asked for.
 */
export function fillTotals(of: TotalsParts): Promise<ToldOfTotals> {
  return eachMeasure(of, (ctx, land, read) => ({ goesOn: keepTotals(ctx, land, read), compared: 0, differing: 0 }))
}

/**
 * Adds everything up anew from the rows and lays it beside what is in memory: both must be the same, bit for bit. What differs is thrown away,
 * so that the next to ask is answered from the rows; the audit tells of it.
 */
export async function proveKept(of: TotalsParts): Promise<ToldOfTotals> {
  const prove = openProof()
  const told = await eachMeasure(of, (ctx, land, read) => ({ goesOn: true, ...prove(ctx, land, read) }))
  if (told.differing > 0)
    await inTransaction(of.ground, doing(of.ground, false), (ctx) =>
      ctx.record('indicators.totals-differed', { kind: 'indicators.figures', id: null }, told),
    )
  return told
}

async function eachMeasure(
  { ground, calendars, signal }: TotalsParts,
  work: (
    ctx: Context,
    land: Land,
    read: readonly ReadLane[],
  ) => { goesOn: boolean; compared: number; differing: number },
): Promise<ToldOfTotals> {
  const told = { lanes: 0, figures: 0, compared: 0, differing: 0 }
  for (const measure of await inTransaction(ground, doing(ground, true), listMeasureIds)) {
    const goesOn = await inTransaction(ground, doing(ground, true), async (ctx) => {
      const land = await openLand(ctx)
      const read = await readLanes(ctx, { measure, land, calendars, measuringOf })
      const done = work(ctx, land, read)
      told.lanes += read.length
      told.figures += read.reduce((sum, { cells }) => sum + cells.length, 0)
      told.compared += done.compared
      told.differing += done.differing
      return done.goesOn
    })
    if (!goesOn || signal?.aborted === true) break
  }
  return told
}

function doing(ground: Ground, onlyReads: boolean) {
  return { actor: systemActor, language: ground.language, requestId: `totals:${newId()}`, onlyReads }
}

/** What keeps totals at hand while a server runs. */
export type KeptTotals = {
  /** What was read at the start, and in how many seconds; undefined until it is done. */
  filled: () => (ToldOfTotals & { seconds: number }) | undefined
  /** Proves them once a day: the first time it is called on a new day. */
  daily: () => Promise<void>
  close: () => Promise<void>
}

/** Fills totals in the background, and proves them each night. `failed` is told what went wrong; questions are answered from rows then. */
export function startTotals(parts: Omit<TotalsParts, 'signal'>, failed: (fault: unknown) => void): KeptTotals {
  const stop = new AbortController()
  const of = { ...parts, signal: stop.signal }
  const dayNow = () => dateIn(of.ground.timeZone, of.ground.now())
  let provedOn = dayNow()
  const begun = performance.now()
  let filled: (ToldOfTotals & { seconds: number }) | undefined
  let work: Promise<unknown> = fillTotals(of)
    .then((told) => (filled = { ...told, seconds: (performance.now() - begun) / 1000 }))
    .catch(failed)
  return {
    filled: () => filled,
    daily: async () => {
      if (provedOn === dayNow()) return
      provedOn = dayNow()
      work = work.then(() => proveKept(of)).catch(failed)
      await work
    },
    close: async () => {
      stop.abort()
      await work
    },
  }
}
