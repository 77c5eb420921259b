import {
  conflict,
  forbidden,
  invalid,
  keepFile,
  newId,
  notFound,
  type Catalogue,
  type Context,
  type FileStore,
} from '#platform'
import type { ReceivedFile } from '#platform'
import type { Calendar, CodeKind, CodeMeaning, JoinFound, JoinThings, TakenPackage } from '../../model.ts'
import { setCodes } from '../codes/commands.ts'
import { readThings } from '../dhis2/dictionary.ts'
import { openUnitFinder } from './find-units.ts'
import { openWordFinder } from './find-words.ts'
import { readPackage } from './read-package.ts'
import {
  countRefused,
  holdThings,
  joinThings,
  layThings,
  readThingRows,
  saveFound,
  type KeptFound,
  type ThingRow,
  type Unknown,
} from './store.ts'
import { thingsOf, type NamedThing } from './things-of-package.ts'

const thingKind = 'indicators.foreign-things'

/** Problems told with the answer; all are counted. */
const mostTold = 200

/**
 * Takes in the elements, combinations, units and forms of a package of metadata, and looks for what each is with us. Nothing is joined: a person
 * does. Taken in again it changes nothing but names that changed there.
 *
 * @throws forbidden `indicators.no-body`; invalid `indicators.package-…`
 */
export async function takePackage(
  ctx: Context,
  parts: { files: FileStore; say: Catalogue },
  of: { system: string; file: ReceivedFile; fileName: string },
): Promise<TakenPackage> {
  const agencyId = ownBody(ctx)
  const { things, problems } = thingsOf(readPackage(await parts.files.read(of.file.sha256)))
  if (things.length === 0) throw invalid('indicators.package-not-one')
  await holdThings(ctx, of.system)
  const known = openNames(await readThingRows(ctx, { system: of.system }))
  const laid = things.map((one) => ({ ...one, id: known(one)?.id ?? null }))
  await layThings(ctx, of.system, laid)
  await joinThings(ctx, of.system)
  await lookForMeanings(ctx, of.system)
  const id = newId()
  await keepFile(
    ctx,
    { kind: thingKind, id, agencyId },
    { ...of.file, name: of.fileName, mediaType: 'application/json' },
  )
  const made = laid.filter((one) => one.id === null).length
  await ctx.record(
    'indicators.package-taken',
    { kind: thingKind, id, agencyId },
    { system: of.system, made, known: laid.length - made, refused: problems.length },
  )
  const counts = Map.groupBy(laid, ({ kind }) => kind)
  return {
    kinds: [...counts].map(([kind, all]) => {
      const fresh = all.filter((one) => one.id === null).length
      return { kind, made: fresh, known: all.length - fresh }
    }),
    refused: problems.length,
    problems: problems.slice(0, mostTold).map((one) => ({ ...one, title: parts.say(ctx.language, one.code) })),
  }
}

function ownBody(ctx: Context): string {
  if (ctx.actor.agencyId === null) throw forbidden('indicators.no-body')
  return ctx.actor.agencyId
}

type Names = Pick<ThingRow, 'kind' | 'uid' | 'code' | 'name'>

/** Finds what is known by the id of a thing, else by its code, else by its name where that is all there is. */
function openNames(rows: readonly ThingRow[]): (of: Names) => ThingRow | undefined {
  const index = new Map<string, ThingRow>()
  for (const row of rows) {
    if (row.uid !== null) index.set(`${row.kind} uid ${row.uid}`, row)
    if (row.uid === null && row.code !== null) index.set(`${row.kind} code ${row.code}`, row)
    if (row.uid === null && row.code === null) index.set(`${row.kind} name ${row.name ?? ''}`, row)
  }
  const taken = new Set<string>()
  return ({ kind, uid, code, name }) => {
    const found = [`${kind} uid ${uid ?? ''}`, `${kind} code ${code ?? ''}`, `${kind} name ${name ?? ''}`]
      .map((key) => index.get(key))
      .find((row) => row !== undefined && !taken.has(row.id))
    if (found !== undefined) taken.add(found.id)
    return found
  }
}

/** Looks anew for what the things of a system may be that are joined to nothing. @returns how many were looked at */
async function lookForMeanings(ctx: Context, system: string): Promise<number> {
  const open = (await readThingRows(ctx, { system })).filter(({ codeId }) => codeId === null)
  if (open.length === 0) return 0
  const findUnits = open.some(({ kind }) => kind === 'unit') ? await openUnitFinder(ctx) : () => []
  const findWords = openWordFinder(await readThings(ctx))
  const found = open.map(({ id, kind, code, name, above, detail }) => {
    const blank = { unitId: null, measureId: null, part: null, breakdown: null, was: null }
    const means =
      kind === 'unit'
        ? findUnits({ code, name, above, place: detail.place, isLeaf: detail.isLeaf })
        : findWords({ kind, code, name, detail })
    return { id, found: means.map((one): KeptFound => ({ ...blank, ...one })) }
  })
  await saveFound(ctx, found)
  return open.length
}

/** Looks anew, as units and the dictionary change. */
export async function lookAgain(ctx: Context, system: string): Promise<{ count: number }> {
  const agencyId = ownBody(ctx)
  await holdThings(ctx, system)
  const count = await lookForMeanings(ctx, system)
  await ctx.record('indicators.things-looked-at', { kind: thingKind, id: null, agencyId }, { system, count })
  return { count }
}

/** Says of things what they are; how an element's values are written its package knows. @throws notFound; invalid as `setCodes`, `indicators.thing-is-other-kind` */
export async function joinOne(ctx: Context, input: JoinThings, calendars: readonly Calendar[]): Promise<number> {
  const rows = await readThingRows(ctx, { ids: input.things.map(({ id }) => id) })
  const byId = new Map(rows.map((row) => [row.id, row]))
  const said = input.things.map(({ id, meaning }) => {
    const row = byId.get(id)
    if (row === undefined) throw notFound()
    if (row.kind !== meaning.kind) throw invalid('indicators.thing-is-other-kind')
    const valueType = valueTypes[row.detail.valueType ?? '']
    return { row, meaning: meaning.kind === 'element' && valueType !== undefined ? { ...meaning, valueType } : meaning }
  })
  return join(ctx, said, calendars)
}

/** Says of all things of a kind, for which one meaning only was found and by this reason, that they are it. @throws conflict `indicators.things-none-sure` */
export async function joinFound(ctx: Context, input: JoinFound, calendars: readonly Calendar[]): Promise<number> {
  const rows = await readThingRows(ctx, { system: input.system })
  const said = rows.flatMap((row) => {
    const [only, ...others] = row.found
    if (row.codeId !== null || row.kind !== input.kind || only?.by !== input.by) return []
    // Of several found by the same reason none is the one; what was found by a lesser one is no rival.
    if (others.some(({ by }) => by === only.by)) return []
    return [{ row, meaning: meaningOf(row, only) }]
  })
  if (said.length === 0) throw conflict('indicators.things-none-sure')
  return join(ctx, said, calendars)
}

const valueTypes: Readonly<Record<string, 'boolean' | 'true-only'>> = { BOOLEAN: 'boolean', TRUE_ONLY: 'true-only' }

/** What was found for a thing, as it is said. */
function meaningOf({ kind, detail }: ThingRow, found: KeptFound): CodeMeaning {
  switch (kind) {
    case 'unit':
      return { kind, unitId: found.unitId ?? '' }
    case 'element':
      return {
        ...{ kind, measureId: found.measureId ?? '', part: found.part ?? 'value', combo: null },
        valueType: valueTypes[detail.valueType ?? ''] ?? 'number',
      }
    case 'combo':
      return { kind, breakdown: found.breakdown ?? '', options: null }
    case 'data-set':
      return { kind, calendar: null }
  }
}

async function join(
  ctx: Context,
  said: readonly { row: ThingRow; meaning: CodeMeaning }[],
  calendars: readonly Calendar[],
): Promise<number> {
  for (const [system, all] of Map.groupBy(said, ({ row }) => row.system)) {
    const codes = all.map(({ row: { uid, code, name }, meaning }) => ({
      foreign: { uid, code, name, attributes: {} },
      meaning,
    }))
    await setCodes(ctx, { system, codes }, calendars)
  }
  return said.length
}

/** Keeps what values of a payload named that is not known, to be joined later. Those that are names of attributes are left out. */
export async function keepUnknown(ctx: Context, system: string, unknown: readonly Unknown[]): Promise<void> {
  if (unknown.length === 0 || ctx.actor.agencyId === null) return
  await holdThings(ctx, system)
  const blank = { uid: null, code: null, name: null, above: [], detail: {} }
  const found = async () => {
    const rows = await readThingRows(ctx, { system })
    const index = new Map(
      rows.flatMap((row) =>
        (['uid', 'code', 'name'] as const).flatMap((scheme): [string, string][] => {
          const said = row[scheme]
          return said === null ? [] : [[`${row.kind} ${scheme} ${said}`, row.id]]
        }),
      ),
    )
    return ({ kind, scheme, said }: { kind: CodeKind; scheme: string; said: string }) =>
      index.get(`${kind} ${scheme} ${said}`)
  }
  const before = await found()
  const fresh = unknown.filter((one) => before(one) === undefined)
  await layThings(
    ctx,
    system,
    fresh.map(({ kind, scheme, said }): NamedThing & { id: null } => ({ ...blank, id: null, kind, [scheme]: said })),
  )
  const after = await found()
  const counts = unknown.flatMap((one) => {
    const id = after(one)
    return id === undefined ? [] : [{ id, values: one.values }]
  })
  await countRefused(ctx, counts)
  if (fresh.length > 0) await lookForMeanings(ctx, system)
  await ctx.record(
    'indicators.things-refused',
    { kind: thingKind, id: null, agencyId: ctx.actor.agencyId },
    { system, things: unknown.length, fresh: fresh.length },
  )
}
