import { idOfKey, type Context, type DoorAnswer, type Visit } from '#platform'
import { openLand } from '../../land.ts'
import { answer, failed, type Fields } from './answers.ts'
import { ordered, passes, pick, readWanted, type Thing } from './fields.ts'
import { readListed, type Listed } from './things.ts'
import { uidOf } from './uid.ts'

const usualPage = 50
const mostInPage = 20_000

/** A page of things of a kind, filtered, ordered, and told as far as is wanted. */
export async function listThings(visit: Visit, kind: Listed): Promise<DoorAnswer> {
  const { query } = visit
  const test = passes(query.getAll('filter'), query.get('rootJunction')?.toUpperCase() === 'OR')
  if (test === undefined) return failed(visit, 400, 'Query failed because of a syntax error: unknown filter', 'E2050')
  const { things, own } = await visit.work({ onlyReads: true }, async (ctx) => ({
    things: await readListed(ctx, kind),
    own: kind === 'organisationUnits' ? await ownUnitUids(ctx) : [],
  }))
  const found = ordered(things.filter(test).filter(narrowed(query, own)), query.getAll('order'))
  const isWhole = query.get('paging') === 'false' || query.get('skipPaging') === 'true'
  const pageSize = clamp(query.get('pageSize'), usualPage, mostInPage)
  const page = clamp(query.get('page'), 1, 1_000_000)
  const shown = isWhole ? found : found.slice((page - 1) * pageSize, page * pageSize)
  const wanted = readWanted(query.get('fields') ?? 'id,displayName')
  return answer(
    visit,
    200,
    {
      ...(isWhole
        ? {}
        : {
            pager: { page, pageCount: Math.max(1, Math.ceil(found.length / pageSize)), total: found.length, pageSize },
          }),
      [kind]: shown.map((thing) => pick(thing, wanted)) as Fields[],
    },
    'metadata',
  )
}

/** One thing by its id. */
export async function tellThing(visit: Visit, kind: Listed): Promise<DoorAnswer> {
  const { query, params } = visit
  const things = await visit.work({ onlyReads: true }, (ctx) => readListed(ctx, kind))
  const one = things.find(({ id }) => id === params.id)
  if (one === undefined)
    return failed(visit, 404, `${kind.slice(0, -1)} with id ${params.id ?? ''} could not be found.`, 'E1005')
  if (
    kind !== 'organisationUnits' ||
    !['includeChildren', 'includeDescendants', 'includeAncestors'].some((name) => query.get(name) === 'true')
  )
    return answer(visit, 200, pick(one, readWanted(query.get('fields') ?? '*')) as Fields, kind.slice(0, -1))
  const path = String(one.path)
  const isWanted = (thing: Thing) =>
    thing === one ||
    (query.get('includeDescendants') === 'true' && String(thing.path).startsWith(`${path}/`)) ||
    (query.get('includeChildren') === 'true' && (thing.parent as { id?: string } | null)?.id === one.id) ||
    (query.get('includeAncestors') === 'true' && path.startsWith(`${String(thing.path)}/`))
  const wanted = readWanted(query.get('fields') ?? 'id,displayName')
  return answer(
    visit,
    200,
    { [kind]: things.filter(isWanted).map((thing) => pick(thing, wanted)) as Fields[] },
    'metadata',
  )
}

/** What only units are asked by: their level, the words of their names, and whether they are one's own or below. */
function narrowed(query: URLSearchParams, own: readonly string[]): (thing: Thing) => boolean {
  const [level, most] = [Number(query.get('level') ?? 0), Number(query.get('maxLevel') ?? 0)]
  const words = query.get('query')?.toLowerCase()
  const isBelow = query.get('withinUserHierarchy') === 'true'
  const isOwn = query.get('userOnly') === 'true' || query.get('userDataViewOnly') === 'true'
  return (thing) =>
    (level === 0 || thing.level === level) &&
    (most === 0 || Number(thing.level) <= most) &&
    (words === undefined ||
      [thing.name, thing.code, thing.id].some((one) => String(one).toLowerCase().includes(words))) &&
    (!isOwn || own.includes(String(thing.id))) &&
    (!isBelow || own.some((id) => String(thing.path).split('/').includes(id)))
}

/** The ids of the unit for which the acting body stands. */
export async function ownUnitUids(ctx: Context): Promise<string[]> {
  const land = await openLand(ctx)
  const row = await ctx.db
    .selectFrom('agencies.agency')
    .select('unitId')
    .where('id', '=', ctx.actor.agencyId)
    .executeTakeFirst()
  const key = row && land.keyOf.get(row.unitId)
  return key === undefined || row?.unitId !== idOfKey(key) ? [] : [uidOf('unit', key)]
}

function clamp(words: string | null, usual: number, most: number): number {
  const number = Number(words ?? usual)
  return Number.isInteger(number) && number >= 1 ? Math.min(number, most) : usual
}
