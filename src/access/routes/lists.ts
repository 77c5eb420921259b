import { z } from 'zod'
import { askForFile, columnsOfFile, exportBody, fetchFile, filterBody, route, type List, type Route } from '#platform'
import { Id, text, Version } from '#platform/model'
import type { AccessParts } from '../ground.ts'
import { may } from '../authorize.ts'
import { changeView, chooseDefault, deleteView, listViews, publishView, saveView } from '../commands/views.ts'
import { ListViews, SavedView, ViewAudience } from '../model.ts'

const params = z.object({ id: Id })

/** Files and saved views of the declared lists, which the modules hand in by way of `app-routes.ts`. */
export function listRoutes(parts: AccessParts, lists: readonly List[]): Route[] {
  const ListKey = z.enum(lists.map((list) => list.key))
  const listParts = { lists, say: parts.say, may }
  return [
    route({
      method: 'post',
      path: '/list-files',
      summary: 'Let a file be written of all that match in a list',
      allow: 'platform.export-list',
      maxBodyBytes: 1024 * 1024,
      body: exportBody(lists),
      returns: z.object({ jobId: Id, rows: z.number().int() }),
      run: (ctx, { body }) => askForFile(ctx, listParts, body),
    }),
    route({
      method: 'get',
      path: '/list-files/{id}',
      summary: 'The file a job has written of a list',
      allow: 'platform.export-list',
      exports: true,
      download: true,
      params,
      run: (ctx, { params }) => fetchFile(ctx, params.id),
    }),
    route({
      method: 'get',
      path: '/list-columns',
      summary: 'The columns a file of a list may have',
      allow: 'platform.export-list',
      query: z.object({ list: ListKey }),
      returns: z.array(z.object({ key: z.string(), head: z.string(), isSpare: z.boolean(), isForReturn: z.boolean() })),
      run: (ctx, { query }) => Promise.resolve(columnsOfFile(ctx, listParts, query.list)),
    }),
    route({
      method: 'get',
      path: '/views',
      summary: 'Saved views of a list',
      allow: 'access.save-view',
      query: z.object({ list: ListKey }),
      returns: ListViews,
      run: (ctx, { query }) => listViews(ctx, query.list),
    }),
    route({
      method: 'post',
      path: '/views',
      summary: 'Save a view of a list',
      allow: 'access.save-view',
      body: viewBody(lists, {}),
      returns: SavedView,
      run: (ctx, { body }) => saveView(ctx, body),
    }),
    route({
      method: 'put',
      path: '/views/{id}',
      summary: 'Change a saved view of one’s own',
      allow: 'access.save-view',
      params,
      body: viewBody(lists, { version: Version }),
      returns: SavedView,
      run: (ctx, { params, body }) => changeView(ctx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/views/{id}/publication',
      summary: 'Give a saved view of one’s own to everybody',
      allow: 'access.share-view',
      params,
      body: z.strictObject({ version: Version }),
      returns: SavedView,
      run: (ctx, { params, body }) => publishView(ctx, params.id, body.version),
    }),
    route({
      method: 'delete',
      path: '/views/{id}',
      summary: 'Delete a saved view of one’s own',
      allow: 'access.save-view',
      params,
      run: (ctx, { params }) => deleteView(ctx, params.id),
    }),
    route({
      method: 'put',
      path: '/default-views',
      summary: 'Choose the view with which a list opens',
      allow: 'access.save-view',
      body: z.strictObject({ list: ListKey, viewId: Id.nullable() }),
      returns: ListViews,
      run: (ctx, { body }) => chooseDefault(ctx, body.list, body.viewId),
    }),
  ]
}

const Word = z.string().regex(/^[\w-]{1,40}$/)

/** A view as it is saved: its filter strict by the list's own declaration. */
function viewBody<T extends z.ZodRawShape>(lists: readonly List[], more: T) {
  const [first, ...others] = lists.map((list) =>
    z.strictObject({
      list: z.literal(list.key),
      name: text(80),
      audience: ViewAudience.exclude(['everybody']),
      filter: filterBody(list).transform((filter) =>
        Object.fromEntries(Object.entries(filter).map(([key, values]) => [key, [...values]])),
      ),
      columns: z.array(Word).max(60).nullable(),
      order: z.enum(Object.keys(list.orders)).nullable(),
      presentation: Word.nullable(),
      ...more,
    }),
  )
  if (first === undefined) throw new Error('no list is declared')
  return z.discriminatedUnion('list', [first, ...others])
}
