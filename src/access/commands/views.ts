import { sql, type SqlBool } from 'kysely'
import { conflict, forbidden, newId, notFound, type Context } from '#platform'
import type { ListViews, SavedView, ViewAudience } from '../model.ts'
import { listPersonNames } from '../names.ts'

/** Views one person may keep of a list. */
const mostViews = 100

export type ViewInput = {
  list: string
  name: string
  /** For everybody it is made by `publishView`, a right of its own. */
  audience: 'private' | 'body'
  filter: Record<string, string[]>
  columns: string[] | null
  order: string | null
  presentation: string | null
}

/** The first wall: one's own views, those of the acting body, and those for everybody. */
function usable(ctx: Context) {
  return sql<SqlBool>`(v.person_id = ${ctx.actor.personId} or v.audience = 'everybody' or (v.audience = 'body' and v.agency_id = ${ctx.actor.agencyId}))`
}

type Row = Omit<SavedView, 'isMine' | 'personName'> & { personId: string }

async function select(ctx: Context, where: ReturnType<typeof sql<SqlBool>>): Promise<SavedView[]> {
  const { rows } = await sql<Row>`
    select v.id, v.list, v.name, v.audience, v.filter, v.columns, v.sort_order as "order", v.presentation, v.person_id, v.changed_at, v.version
    from access.saved_view v where ${usable(ctx)} and ${where} order by v.name, v.id`.execute(ctx.db)
  const names = await listPersonNames(
    ctx,
    rows.map((row) => row.personId),
  )
  return rows.map(({ personId, ...view }) => ({
    ...view,
    isMine: personId === ctx.actor.personId,
    personName: names.get(personId) ?? null,
  }))
}

/** The views of a list one may use, one's own first. */
export async function listViews(ctx: Context, list: string): Promise<ListViews> {
  const views = await select(ctx, sql<SqlBool>`v.list = ${list}`)
  const chosen = await ctx.db
    .selectFrom('access.defaultView')
    .select('viewId')
    .where('personId', '=', ctx.actor.personId)
    .where('list', '=', list)
    .executeTakeFirst()
  const isUsable = views.some((view) => view.id === chosen?.viewId)
  return {
    views: views.toSorted((a, b) => Number(b.isMine) - Number(a.isMine)),
    defaultId: isUsable ? (chosen?.viewId ?? null) : null,
  }
}

async function getView(ctx: Context, id: string): Promise<SavedView> {
  const [view] = await select(ctx, sql<SqlBool>`v.id = ${id}::uuid`)
  if (view === undefined) throw notFound()
  return view
}

/** @throws conflict `access.view-without-body` */
function checkAudience(ctx: Context, audience: ViewAudience): void {
  if (audience === 'body' && ctx.actor.agencyId === null) throw conflict('access.view-without-body')
}

const columnsOf = (input: ViewInput, ctx: Context) => ({
  name: input.name,
  audience: input.audience,
  filter: JSON.stringify(input.filter),
  columns: input.columns === null ? null : JSON.stringify(input.columns),
  sortOrder: input.order,
  presentation: input.presentation,
  changedAt: ctx.now,
})

/** Keeps a view. @throws as `checkAudience`; conflict `access.view-name-taken`, `access.views-too-many` */
export async function saveView(ctx: Context, input: ViewInput): Promise<SavedView> {
  checkAudience(ctx, input.audience)
  const { views } = await listViews(ctx, input.list)
  const own = views.filter((view) => view.isMine)
  if (own.some((view) => view.name === input.name)) throw conflict('access.view-name-taken')
  if (own.length >= mostViews) throw conflict('access.views-too-many', { most: mostViews })
  const id = newId()
  await ctx.db
    .insertInto('access.savedView')
    .values({
      id,
      list: input.list,
      personId: ctx.actor.personId,
      agencyId: ctx.actor.agencyId,
      ...columnsOf(input, ctx),
    })
    .execute()
  await tell(ctx, 'access.view-saved', id, input)
  return getView(ctx, id)
}

/** Changes one's own view: name, for whom, what it asks. @throws notFound; forbidden `access.view-of-another`; conflict `platform.stale-version` */
export async function changeView(ctx: Context, id: string, input: ViewInput & { version: number }): Promise<SavedView> {
  const view = await getOwn(ctx, id)
  checkAudience(ctx, input.audience)
  if (view.version !== input.version || view.list !== input.list) throw conflict('platform.stale-version')
  const { views } = await listViews(ctx, input.list)
  if (views.some((other) => other.isMine && other.id !== id && other.name === input.name))
    throw conflict('access.view-name-taken')
  await ctx.db
    .updateTable('access.savedView')
    .set({ ...columnsOf(input, ctx), version: view.version + 1 })
    .where('id', '=', id)
    .execute()
  await tell(ctx, 'access.view-changed', id, input)
  return getView(ctx, id)
}

async function getOwn(ctx: Context, id: string): Promise<SavedView> {
  const view = await getView(ctx, id)
  if (!view.isMine) throw forbidden('access.view-of-another')
  return view
}

/** Gives one's own view to everybody in the product. @throws notFound; forbidden `access.view-of-another`; conflict `platform.stale-version` */
export async function publishView(ctx: Context, id: string, version: number): Promise<SavedView> {
  const view = await getOwn(ctx, id)
  if (view.version !== version) throw conflict('platform.stale-version')
  await ctx.db
    .updateTable('access.savedView')
    .set({ audience: 'everybody', changedAt: ctx.now, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await tell(ctx, 'access.view-published', id, { list: view.list, audience: 'everybody' })
  return getView(ctx, id)
}

/** Takes one's own view away, from all who used it. @throws notFound; forbidden `access.view-of-another` */
export async function deleteView(ctx: Context, id: string): Promise<void> {
  const view = await getOwn(ctx, id)
  await ctx.db.deleteFrom('access.savedView').where('id', '=', id).execute()
  await tell(ctx, 'access.view-deleted', id, view)
}

/** Says with which view a list opens for this person; null: with none. @throws notFound */
export async function chooseDefault(ctx: Context, list: string, viewId: string | null): Promise<ListViews> {
  await ctx.db
    .deleteFrom('access.defaultView')
    .where('personId', '=', ctx.actor.personId)
    .where('list', '=', list)
    .execute()
  if (viewId !== null) {
    const view = await getView(ctx, viewId)
    if (view.list !== list) throw notFound()
    await ctx.db.insertInto('access.defaultView').values({ personId: ctx.actor.personId, list, viewId }).execute()
  }
  await ctx.record(
    'access.default-view-chosen',
    { kind: 'access.saved-view', id: viewId, agencyId: ctx.actor.agencyId },
    { list },
  )
  return listViews(ctx, list)
}

async function tell(ctx: Context, action: string, id: string, of: { list: string; audience: ViewAudience }) {
  await ctx.record(
    action,
    { kind: 'access.saved-view', id, agencyId: ctx.actor.agencyId },
    { list: of.list, audience: of.audience },
  )
}
