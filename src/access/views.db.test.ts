import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { declareList } from '#platform'
import { asProduct, aWorld, bodyId, type World } from '../../test/kit/access-world.ts'
import { Role, type ListViews, type SavedView } from './model.ts'
import { listRoutes } from './routes/lists.ts'

/** A list of bodies, declared as a later module would. */
const bodies = declareList({
  key: 'test.bodies',
  allow: 'agencies.read',
  words: { file: 'agencies.bodies-file', column: 'agencies.bodies-column' },
  from: sql`agencies.agency a`,
  id: sql`a.id`,
  within: () => sql`true`,
  facets: [{ kind: 'choice', key: 'level', values: ['province', 'commune'], of: () => sql`a.level` }],
  conditions: [],
  joins: () => sql``,
  columns: [{ key: 'id', kind: 'text', width: 9, of: () => sql`a.id` }],
  orders: { usual: () => sql`a.id`, name: () => sql`a.key, a.id` },
})

let world: World
const cookies: Record<string, string> = {}
beforeAll(async () => {
  world = await aWorld({ routes: (parts) => listRoutes(parts, [bodies]) })
  for (const role of Role.options) {
    await world.enrol(role, [{ body: 'north-committee', role, unit: 'north' }])
    cookies[role] = await world.enter(role)
  }
  await world.enrol('colleague', [{ body: 'north-committee', role: 'officer' }])
  await world.enrol('stranger', [{ body: 's1-committee', role: 'officer' }])
  await world.enrol('above', [{ body: 'centre', role: 'administrator', unit: 'country' }])
  for (const login of ['colleague', 'stranger', 'above']) cookies[login] = await world.enter(login)
})
afterAll(() => world.close())

const ask = (who: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
  world.ask({ method, path, cookie: cookies[who] ?? '', body })
const aView = (over: Record<string, unknown> = {}) => ({
  list: 'test.bodies',
  name: 'Cấp xã',
  audience: 'private',
  filter: { level: ['commune'] },
  columns: ['id'],
  order: 'name',
  presentation: null,
  ...over,
})
async function saved(who: string, over: Record<string, unknown> = {}): Promise<SavedView> {
  const answer = await ask(who, 'POST', '/views', aView(over))
  expect(answer.status).toBe(200)
  return answer.body as SavedView
}
const viewsOf = async (who: string) => (await ask(who, 'GET', '/views?list=test.bodies')).body as unknown as ListViews
const sees = async (who: string, id: string) => (await viewsOf(who)).views.some((view) => view.id === id)
const change = (who: string, view: SavedView, over: Record<string, unknown>) =>
  ask(who, 'PUT', `/views/${view.id}`, aView({ name: view.name, version: view.version, ...over }))

describe('a saved view', () => {
  test('is told as it was kept, to its maker alone', async () => {
    const view = await saved('officer', { name: 'Riêng' })
    expect(view).toMatchObject({
      name: 'Riêng',
      filter: { level: ['commune'] },
      columns: ['id'],
      order: 'name',
      isMine: true,
    })
    for (const [who, is] of [
      ['officer', true],
      ['colleague', false],
      ['administrator', false],
      ['above', false],
    ] as const)
      expect([who, await sees(who, view.id)]).toEqual([who, is])
  })

  test('shared with the body is seen by whoever acts for it, and by nobody above or beside', async () => {
    const view = await saved('officer', { name: 'Của cơ quan', audience: 'body' })
    for (const [who, is] of [
      ['colleague', true],
      ['reader', true],
      ['stranger', false],
      ['above', false],
    ] as const)
      expect([who, await sees(who, view.id)]).toEqual([who, is])
    const colleague = (await viewsOf('colleague')).views.find((one) => one.id === view.id)
    expect(colleague?.isMine).toBe(false)
    expect((await change('colleague', view, {})).body.code).toBe('access.view-of-another')
    expect((await ask('colleague', 'DELETE', `/views/${view.id}`)).body.code).toBe('access.view-of-another')
  })

  test('is given to everybody by those who lead, and taken back', async () => {
    const view = await saved('consolidator', { name: 'Cho mọi người' })
    const shared = await ask('consolidator', 'POST', `/views/${view.id}/publication`, { version: 1 })
    expect(shared.body).toMatchObject({ audience: 'everybody', version: 2 })
    expect(await sees('stranger', view.id)).toBe(true)
    expect((await ask('stranger', 'POST', `/views/${view.id}/publication`, { version: 2 })).status).toBe(403)
    expect((await change('consolidator', shared.body as SavedView, { audience: 'private' })).status).toBe(200)
    expect(await sees('stranger', view.id)).toBe(false)
  })

  test('is changed by its maker, by the state that was seen; names are one’s own once', async () => {
    const view = await saved('officer', { name: 'Cũ' })
    expect((await change('officer', view, { name: 'Mới', filter: {} })).body).toMatchObject({
      name: 'Mới',
      filter: {},
      version: 2,
    })
    expect((await change('officer', view, { name: 'Nữa' })).body.code).toBe('platform.stale-version')
    expect((await ask('officer', 'POST', '/views', aView({ name: 'Mới' }))).body.code).toBe('access.view-name-taken')
    await saved('colleague', { name: 'Mới' })
  })

  test('what lies out of one’s sight is not found, in the words of what never was', async () => {
    const view = await saved('officer', { name: 'Không thấy' })
    const absent = '0190b0b0-0000-7000-8000-00000000ffff'
    for (const [method, at, body] of [
      ['PUT', '', aView({ version: 1 })],
      ['DELETE', '', undefined],
      ['POST', '/publication', { version: 1 }],
    ] as const) {
      const who = method === 'POST' ? 'approver' : 'stranger'
      const told = (await Promise.all([view.id, absent].map((id) => ask(who, method, `/views/${id}${at}`, body)))).map(
        ({ status, body: said }) => ({ status, code: said.code, title: said.title }),
      )
      expect(told[0]).toEqual(told[1])
      expect(told[0]?.status).toBe(404)
    }
  })

  test('opens the list for who chose it, until it goes', async () => {
    const view = await saved('officer', { name: 'Mở đầu', audience: 'body' })
    const choose = (who: string, viewId: string | null) =>
      ask(who, 'PUT', '/default-views', { list: 'test.bodies', viewId })
    expect((await choose('officer', view.id)).body.defaultId).toBe(view.id)
    expect((await choose('colleague', view.id)).body.defaultId).toBe(view.id)
    expect((await choose('stranger', view.id)).status).toBe(404)
    expect((await viewsOf('stranger')).defaultId).toBeNull()
    expect((await choose('officer', null)).body.defaultId).toBeNull()
    expect((await change('officer', view, { audience: 'private' })).status).toBe(200)
    expect((await viewsOf('colleague')).defaultId).toBeNull()
    expect((await ask('officer', 'DELETE', `/views/${view.id}`)).status).toBe(204)
    expect(await asProduct(world.ground, (db) => db.selectFrom('access.defaultView').selectAll().execute())).toEqual([])
  })

  test('is refused when it asks what the list does not know', async () => {
    for (const wrong of [
      { list: 'test.none' },
      { filter: { level: ['nowhere'] } },
      { filter: { other: ['x'] } },
      { order: 'random' },
      { audience: 'everybody' },
      { name: '' },
      { columns: ['a b'] },
      { extra: 1 },
    ])
      expect([wrong, (await ask('officer', 'POST', '/views', aView(wrong))).status]).toEqual([wrong, 422])
    expect((await ask('officer', 'GET', '/views?list=plans')).status).toBe(422)
  })

  test('each change of views is one entry of the audit, without names of views', async () => {
    const entries = () => asProduct(world.ground, (db) => db.selectFrom('platform.auditEntry').selectAll().execute())
    const before = (await entries()).length
    const view = await saved('officer', { name: 'Bí mật' })
    await ask('officer', 'DELETE', `/views/${view.id}`)
    const added = (await entries()).slice(before)
    expect(added.map((entry) => entry.action)).toEqual(['access.view-saved', 'access.view-deleted'])
    expect(JSON.stringify(added)).not.toContain('Bí mật')
  })
})

describe('role × route of lists', () => {
  const leading: Role[] = ['approver', 'consolidator', 'administrator']
  const exporting = Role.options.filter((role) => role !== 'reader')
  const absent = '0190b0b0-0000-7000-8000-00000000ffff'
  const file = { list: 'test.bodies', format: 'csv', filter: {}, columns: ['id'] }
  const rows: [route: string, allowed: readonly Role[], body?: unknown][] = [
    ['POST /list-files', exporting, file],
    ['GET /list-files/{id}', exporting],
    ['GET /list-columns', exporting],
    ['GET /views', Role.options],
    ['POST /views', Role.options, aView({ name: 'Theo vai' })],
    ['PUT /views/{id}', Role.options, aView({ version: 1 })],
    ['DELETE /views/{id}', Role.options],
    ['POST /views/{id}/publication', leading, { version: 1 }],
    ['PUT /default-views', Role.options, { list: 'test.bodies', viewId: null }],
  ]

  test('every route has a row', () => {
    const running = listRoutes(world.parts, [bodies]).map((one) => `${one.method.toUpperCase()} ${one.path}`)
    expect(rows.map(([route]) => route).toSorted()).toEqual(running.toSorted())
  })

  test.each(rows)('%s', async (route, allowed, body) => {
    const [method, path = ''] = route.split(' ')
    const at = path.replace('{id}', absent) + (/^GET .*s$/.test(route) ? '?list=test.bodies' : '')
    for (const role of Role.options) {
      const answer = await ask(role, method as 'GET', at, body)
      const verdict = answer.body.code === 'access.not-permitted' ? 'denied' : 'allowed'
      expect([role, verdict, answer.status < 500]).toEqual([role, allowed.includes(role) ? 'allowed' : 'denied', true])
    }
    expect((await world.ask({ method: method as 'GET', path: at, body })).status).toBe(401)
  })
})

test('the second wall alone keeps the views and files of others: without the first nothing more is read or written', async () => {
  const view = await saved('officer', { name: 'Tường' })
  const [other] = await asProduct(world.ground, (db) =>
    db.selectFrom('access.person').select('id').where('login', '=', 'colleague').execute(),
  )
  const as = <T>(work: (db: typeof world.app) => Promise<T>) =>
    world.app.transaction().execute(async (tx) => {
      await sql`select set_config('mangnon.person', ${other?.id}, true), set_config('mangnon.agency', ${bodyId('north-committee')}, true),
        set_config('mangnon.everywhere', '', true)`.execute(tx)
      return work(tx)
    })
  const ids = await as((db) => db.selectFrom('access.savedView').select('id').execute())
  expect(ids.map((row) => row.id)).not.toContain(view.id)
  const changed = await as((db) =>
    db.updateTable('access.savedView').set({ name: 'x' }).where('id', '=', view.id).executeTakeFirst(),
  )
  const gone = await as((db) => db.deleteFrom('access.savedView').where('id', '=', view.id).executeTakeFirst())
  expect([Number(changed.numUpdatedRows), Number(gone.numDeletedRows)]).toEqual([0, 0])
  await expect(
    as((db) =>
      db
        .insertInto('access.defaultView')
        .values({ personId: other?.id ?? '', list: 'test.bodies', viewId: view.id })
        .execute(),
    ),
  ).rejects.toThrow()
  expect(await as((db) => db.selectFrom('platform.listFile').select('id').execute())).toEqual([])
})
