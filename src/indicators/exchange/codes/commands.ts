import { invalid, notFound, type Context } from '#platform'
import { openLand } from '../../land.ts'
import type { Calendar, SetCodes } from '../../model.ts'
import { readDimensionValues, readMeasures } from '../../store.ts'
import { joinThings } from '../things/store.ts'
import { endCodes, findSystem, holdCodes, insertCodes, readCodes, type CodeRow } from './store.ts'

const recordKind = 'indicators.exchange-code'

/**
 * Says what things of another system are with us, many at once; what was said before of the same thing ends.
 * @throws invalid `indicators.code-means-nothing` with the first that names no measure, breakdown, unit, calendar or combination of ours
 */
export async function setCodes(ctx: Context, input: SetCodes, calendars: readonly Calendar[]): Promise<string[]> {
  await holdCodes(ctx, input.system)
  const living = await readCodes(ctx, input.system)
  await refuseUnknown(ctx, input, { living, calendars })
  const given = input.codes.map(({ foreign, meaning }) =>
    keysOf({
      ...{ kind: meaning.kind, foreignUid: foreign.uid, foreignCode: foreign.code, foreignName: foreign.name },
      foreignAttributes: foreign.attributes,
      comboId: meaning.kind === 'element' ? (meaning.combo?.id ?? null) : null,
    }),
  )
  const keys = new Set(given.flat())
  if (keys.size < given.flat().length) throw invalid('indicators.code-twice')
  const replaced = living.filter((row) => keysOf(row).some((key) => keys.has(key))).map(({ id }) => id)
  const ended = await endCodes(ctx, replaced)
  const ids = await insertCodes(ctx, input.system, input.codes)
  await joinThings(ctx, input.system)
  await ctx.record(
    'indicators.codes-set',
    { kind: recordKind, id: null, agencyId: ctx.actor.agencyId },
    { system: input.system, set: ids.length, ended },
  )
  return ids
}

/** Ends a code of one's own body; those that hang on it end with it. @throws notFound */
export async function endCode(ctx: Context, id: string): Promise<void> {
  const system = await findSystem(ctx, id)
  const ended = await endCodes(ctx, [id])
  if (ended === 0 || system === undefined) throw notFound()
  await joinThings(ctx, system)
  await ctx.record('indicators.code-ended', { kind: recordKind, id, agencyId: ctx.actor.agencyId }, { ended })
}

type Named = Pick<CodeRow, 'kind' | 'foreignUid' | 'foreignCode' | 'foreignName' | 'foreignAttributes' | 'comboId'>

/** By what a thing is told from others of its kind; a name tells only units and combinations that bear nothing else. */
function keysOf(row: Named): string[] {
  const of = (scheme: string, name: string | null) =>
    name === null ? [] : [`${row.kind}\n${row.comboId ?? ''}\n${scheme}\n${name}`]
  const keys = [
    ...of('uid', row.foreignUid),
    ...of('code', row.foreignCode),
    ...Object.entries(row.foreignAttributes).flatMap(([id, value]) => of(`attribute:${id}`, value)),
  ]
  return keys.length > 0 ? keys : of('name', row.foreignName)
}

async function refuseUnknown(
  ctx: Context,
  input: SetCodes,
  { living, calendars }: { living: readonly CodeRow[]; calendars: readonly Calendar[] },
): Promise<void> {
  const values = await readDimensionValues(ctx)
  const land = await openLand(ctx)
  const measures = await readMeasures(
    ctx,
    input.codes.flatMap(({ meaning }) => (meaning.kind === 'element' ? [meaning.measureId] : [])),
  )
  const combos = new Set(living.filter(({ kind }) => kind === 'combo').map(({ id }) => id))
  const isBreakdown = (breakdown: string) =>
    breakdown === '' ||
    breakdown.split(';').every((part) => {
      const [dimension = '', value = ''] = part.split('=')
      return values.get(dimension)?.has(value) === true
    })
  for (const [at, { meaning }] of input.codes.entries()) {
    const isKnown =
      meaning.kind === 'element'
        ? measures.has(meaning.measureId) &&
          (meaning.combo === null || (combos.has(meaning.combo.id) && isBreakdown(meaning.combo.breakdown)))
        : meaning.kind === 'combo'
          ? isBreakdown(meaning.breakdown)
          : meaning.kind === 'unit'
            ? land.keyOf.has(meaning.unitId)
            : meaning.calendar === null ||
              meaning.calendar === '' ||
              calendars.some(({ code }) => code === meaning.calendar)
    if (!isKnown)
      throw invalid('indicators.code-means-nothing', { row: at + 1 }, [
        { pointer: `/codes/${at}/meaning`, code: 'indicators.code-means-nothing', params: { row: at + 1 } },
      ])
  }
}
