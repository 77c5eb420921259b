import { idOfKey, type Context } from '#platform'
import { readAllUnits } from '#territory'
import type { Unit } from '#territory/model'
import { compileClasses, type CompiledClass } from './classes.ts'
import { buildAgencyIndex, type AgencyIndex } from './matching.ts'
import type { Agency, AgencyClass } from './model.ts'
import { getLoaded, readAgencies, readClasses, readSuccession } from './store.ts'

/**
 * All bodies of the instance in memory: what following, classes and matching work on. Made from the tables on first
 * use and kept until the loaded data changes.
 */
export type AgencyBook = {
  index: AgencyIndex
  units: ReadonlyMap<string, Unit>
  classes: ReadonlyMap<string, AgencyClass>
  phrases: readonly CompiledClass[]
  /** Body by its id in the database. */
  byId: ReadonlyMap<string, Agency>
}

/** The newest book, and the state of the data it is made from. One a process: other states are made anew. */
const kept: { state: string; book: Promise<AgencyBook> | undefined } = { state: '', book: undefined }

/** The book of the data that is loaded now; one statement when it is at hand. Who asks while it is being made waits for it. */
export async function openBook(ctx: Context): Promise<AgencyBook> {
  const loaded = await getLoaded(ctx.db)
  // Whoever was making it may have failed for reasons of its own.
  const known = kept.state === loaded.fingerprint ? await kept.book?.catch(() => undefined) : undefined
  if (known !== undefined) return known
  kept.state = loaded.fingerprint
  kept.book = makeBook(ctx, loaded)
  return kept.book
}

async function makeBook(ctx: Context, { words }: Awaited<ReturnType<typeof getLoaded>>): Promise<AgencyBook> {
  const { units, succession } = await readAllUnits(ctx)
  const agencies = await readAgencies(ctx.db)
  const edges = await readSuccession(ctx.db)
  const classes = await readClasses(ctx.db)
  return {
    index: buildAgencyIndex(agencies, edges, { units, succession }, words),
    units: new Map(units.map((unit) => [unit.key, unit])),
    classes: new Map(classes.map((each) => [each.code, each])),
    phrases: compileClasses(classes),
    byId: new Map(agencies.map((agency) => [idOfKey(agency.key), agency])),
  }
}
