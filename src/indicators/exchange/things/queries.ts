import { sql } from 'kysely'
import { listIds, whereOf, type Context, type ListRequest } from '#platform'
import type { Page } from '#platform/model'
import type { ForeignThing } from '../../model.ts'
import { listCodes, nameFound } from '../codes/queries.ts'
import { thingList } from './list.ts'
import { readThingRows } from './store.ts'

/** Things of other systems, those that still need a person first. */
export async function listThings(ctx: Context, { filter, page, size }: ListRequest): Promise<Page<ForeignThing>> {
  const { rows: counted } = await sql<{ count: number }>`
    select count(*)::integer as count from ${thingList.from} where ${whereOf(ctx, thingList, filter)}`.execute(ctx.db)
  const upTo = await listIds(ctx, thingList, { filter, order: 'usual', most: page * size })
  const ids = upTo.slice((page - 1) * size)
  const rows = new Map((await readThingRows(ctx, { ids })).map((row) => [row.id, row]))
  const shown = ids.flatMap((id) => rows.get(id) ?? [])
  const codeIds = shown.flatMap(({ codeId }) => codeId ?? [])
  const { items: codes } = await listCodes(ctx, { ids: codeIds, page: 1, size: Math.max(1, codeIds.length) })
  const named = await nameFound(
    ctx,
    shown.flatMap(({ found }) => found),
  )
  let at = 0
  const items = shown.map(({ detail: _, foundBy: __, codeId, found, ...row }): ForeignThing => {
    const own = named.slice(at, at + found.length)
    at += found.length
    return {
      ...row,
      state: codeId !== null ? 'joined' : found.length > 0 ? 'suggested' : 'unmatched',
      said: codes.find(({ id }) => id === codeId) ?? null,
      found: own,
    }
  })
  return { items, total: counted[0]?.count ?? 0, page, size }
}

/** The systems of which the acting body knows things. */
export async function listSystems(ctx: Context): Promise<string[]> {
  const { rows } = await sql<{ system: string }>`
    select distinct system from indicators.foreign_thing where agency_id = ${ctx.actor.agencyId}::uuid order by 1`.execute(
    ctx.db,
  )
  return rows.map(({ system }) => system)
}
