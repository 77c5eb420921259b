import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asProduct, aWorld, bodyId, type World } from '../../test/kit/access-world.ts'
import { aMailServer } from '../../test/kit/mail-server.ts'
import { newId, openMailer, readSheet, startJobRunner, writeSheets } from '#platform'
import { actorOf } from './identify.ts'
import { peopleImportJobs } from './people-import/jobs.ts'
import type { NamedSlip, PeopleImport } from './model.ts'

let world: World
let mail: Awaited<ReturnType<typeof aMailServer>>
let cookie = ''
beforeAll(async () => {
  mail = await aMailServer()
  const mailer = openMailer({ smtpUrl: mail.url, from: 'Măng Non <mangnon@example.org>' }, pino({ level: 'silent' }))
  world = await aWorld({ mailer })
  await world.enrol('admin', [{ body: 'north-committee', role: 'administrator', unit: 'north' }])
  await world.enrol('other', [{ body: 'south-committee', role: 'administrator', unit: 'south' }])
  await world.enrol('da-co', [{ body: 's1-committee', role: 'officer' }])
  cookie = await world.enter('admin')
})
afterAll(async () => {
  await world.close()
  await mail.close()
})

const heads = ['Họ và tên', 'Tên đăng nhập', 'Thư điện tử', 'Cơ quan', 'Vai trò', 'Từ ngày']
const sheet = (rows: string[][], columns = heads) =>
  writeSheets([{ name: 'x', columns: columns.map((head) => ({ head, width: 20 })), rows }])

/** Sends bytes as the browser does. */
async function load(bytes: Uint8Array, as = cookie) {
  const answer = await world.server.inject({
    method: 'POST',
    url: '/api/v1/people-imports',
    headers: {
      'x-mangnon': '1',
      'idempotency-key': newId(),
      'content-type': 'application/octet-stream',
      cookie: `mangnon=${as}`,
    },
    payload: Buffer.from(bytes),
  })
  return { status: answer.statusCode, body: answer.json<PeopleImport & { code: string }>() }
}

async function runJobs() {
  const runner = startJobRunner({
    ground: world.ground,
    kinds: peopleImportJobs(world.parts),
    log: pino({ level: 'silent' }),
    actorOf: (personId, postId) => actorOf(world.ground, personId, postId),
    pollMs: 60_000,
  })
  await runner.idle()
  await runner.close()
}
const look = async (id: string) =>
  (await world.ask({ method: 'GET', path: `/people-imports/${id}`, cookie })).body as unknown as PeopleImport
const confirm = (id: string, isPartial: boolean) =>
  world.ask({ method: 'POST', path: `/people-imports/${id}/confirmation`, cookie, body: { isPartial } })
const countPeople = () =>
  asProduct(world.ground, (db) =>
    db
      .selectFrom('access.person')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow(),
  )

describe('people by spreadsheet', () => {
  test('each fault is told with its cell, and nobody is invited before the decision', async () => {
    const before = await countPeople()
    const { status, body } = await load(
      await sheet([
        ['Lê A', 'le.a', '', 'Ủy ban n1-committee', 'Chuyên viên', '2031-04-01'],
        ['', 'khong.ten', '', 'Ủy ban n1-committee', 'Officer', ''],
        ['Trùng', 'le.a', '', 'Ủy ban n1-committee', 'officer', ''],
        ['Đã có', 'da-co', '', 'Ủy ban n1-committee', 'officer', ''],
        ['Ngoài', 'ngoai', 'khong-phai-thu', 'Ủy ban s1-committee', 'Giám đốc', '31/2/2031'],
        ['Trần B', 'tran.b', 'b@example.org', 'ủy ban N2-committee', 'Người ký duyệt', '4/3/2031'],
      ]),
    )
    expect([status, body.state, body.total]).toEqual([200, 'checking', 6])
    await runJobs()
    const checked = await look(body.id)
    expect([checked.state, checked.good]).toEqual(['checked', 2])
    expect(checked.faulty.map((row) => row.faults.map(({ cell, code }) => [cell, code]))).toEqual([
      [['A3', 'access.row-name']],
      [['B4', 'access.row-login-twice']],
      [['B5', 'access.login-taken']],
      [
        ['C6', 'access.row-mail'],
        ['D6', 'access.agency-not-found'],
        ['E6', 'access.row-role'],
        ['F6', 'access.row-date'],
      ],
    ])
    expect(await countPeople()).toEqual(before)
    expect((await confirm(body.id, false)).body.code).toBe('access.import-has-faults')
    expect((await confirm(body.id, true)).status).toBe(200)
    await runJobs()
    expect(await look(body.id)).toMatchObject({ state: 'made', made: 2, withMail: 1 })
    expect(Number((await countPeople()).n)).toBe(Number(before.n) + 2)
    expect((await confirm(body.id, true)).status, 'once').toBe(409)
  })

  test('the slips are told once, open the account, and a new printing kills the old', async () => {
    const { body } = await load(await sheet([['Lý C', 'ly.c', '', 'Ủy ban n1-committee', 'officer', '']]))
    await runJobs()
    const path = `/people-imports/${body.id}/slips`
    expect((await world.ask({ method: 'POST', path, cookie })).body.code).toBe('access.import-not-ready')
    await confirm(body.id, false)
    await runJobs()
    const [first] = (await world.ask({ method: 'POST', path, cookie })).body as unknown as NamedSlip[]
    const [second] = (await world.ask({ method: 'POST', path, cookie })).body as unknown as NamedSlip[]
    expect(second).toMatchObject({ name: 'Lý C', login: 'ly.c', agencyName: 'Ủy ban n1-committee', role: 'officer' })
    const takeUp = (code: string | undefined) =>
      world.ask({ method: 'POST', path: '/session/invitation', body: { code, password: 'một câu dài dễ nhớ' } })
    expect((await takeUp(first?.code)).status).toBe(422)
    expect((await takeUp(second?.code)).status).toBe(200)
    expect((await world.ask({ method: 'POST', path, cookie })).body, 'nobody is left to invite').toEqual([])
    const kept = await asProduct(world.ground, (db) =>
      db.selectFrom('platform.idempotencyKey').select('answer').execute(),
    )
    expect(JSON.stringify(kept)).not.toContain(second?.code)
  })

  test('invitations go by mail to those with an address; what the server refuses is told, the others go', async () => {
    const { body } = await load(
      await sheet([
        ['Một', 'mot.nguoi', 'mot@example.org', 'Ủy ban n1-committee', 'officer', ''],
        ['Hai', 'hai.nguoi', 'refused@example.org', 'Ủy ban n1-committee', 'officer', ''],
        ['Ba', 'ba.nguoi', '', 'Ủy ban n1-committee', 'officer', ''],
      ]),
    )
    await runJobs()
    await confirm(body.id, false)
    await runJobs()
    expect((await world.ask({ method: 'POST', path: `/people-imports/${body.id}/mails`, cookie })).status).toBe(200)
    await runJobs()
    const { jobId } = await look(body.id)
    const job = await world.ask({ method: 'GET', path: `/jobs/${jobId}`, cookie })
    expect(job.body).toMatchObject({
      state: 'done',
      doneCount: 2,
      totalCount: 2,
      result: { sent: 1, unsent: ['hai.nguoi'] },
    })
    expect(mail.received.map(({ to }) => to)).toEqual(['mot@example.org'])
    const letter = Buffer.from((mail.received[0]?.body.split('\n\n')[1] ?? '').replace(/\s/g, ''), 'base64').toString(
      'utf8',
    )
    expect(letter).toContain('Tên đăng nhập: mot.nguoi')
    const code = /dùng một lần: (\S+)/.exec(letter)?.[1]
    const opened = await world.ask({
      method: 'POST',
      path: '/session/invitation',
      body: { code, password: 'một câu dài dễ nhớ' },
    })
    expect(opened.status).toBe(200)
  })

  test('the template holds every body in reach without people, with its code; filled in it is read without a fault', async () => {
    const answer = await world.server.inject({
      method: 'GET',
      url: '/api/v1/people-imports/template?prefilled=yes',
      headers: { cookie: `mangnon=${await world.enter('other')}` },
    })
    const [head, ...rows] = await readSheet(new Uint8Array(answer.rawPayload), { rows: 100, columns: 20 })
    expect(rows.map((row) => [row.cells[4], row.cells[5]])).toEqual([['u:s2/s2-committee', 'Ủy ban s2-committee']])
    const filled = rows.map(({ cells }) => ['Võ D', 'vo.d', ...cells.slice(2)])
    const { body } = await load(await sheet(filled, head?.cells), await world.enter('other'))
    await runJobs()
    const { body: checked } = await world.ask({
      method: 'GET',
      path: `/people-imports/${body.id}`,
      cookie: await world.enter('other'),
    })
    expect(checked).toMatchObject({ state: 'checked', good: 1, faulty: [] })
    expect((await world.ask({ method: 'GET', path: `/people-imports/${body.id}`, cookie })).status, 'of another').toBe(
      404,
    )
  })

  test('three thousand are examined and invited in stretches, and the work stops when it is told to', async () => {
    const rows = Array.from({ length: 3321 }, (_, at) => [
      `Người ${at}`,
      `xa.${at}`,
      '',
      'Ủy ban n1-committee',
      'officer',
      '',
    ])
    const { body } = await load(await sheet(rows))
    await runJobs()
    expect((await look(body.id)).good).toBe(3321)
    await confirm(body.id, false)
    const { jobId } = await look(body.id)
    const runner = startJobRunner({
      ground: world.ground,
      kinds: peopleImportJobs(world.parts),
      log: pino({ level: 'silent' }),
      actorOf: (personId, postId) => actorOf(world.ground, personId, postId),
    })
    for (;;) {
      const { body: job } = await world.ask({ method: 'GET', path: `/jobs/${jobId}`, cookie })
      if (Number(job.doneCount) > 0) break
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await world.ask({ method: 'POST', path: `/jobs/${jobId}/cancellation`, cookie })
    await runner.close()
    const job = await world.ask({ method: 'GET', path: `/jobs/${jobId}`, cookie })
    expect(job.body.state).toBe('cancelled')
    const { made, state } = await look(body.id)
    expect([state, made % 50, made > 0 && made < 3321]).toEqual(['making', 0, true])
    const people = await asProduct(world.ground, (db) =>
      db
        .selectFrom('access.post')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .where('agencyId', '=', bodyId('n1-committee'))
        .executeTakeFirstOrThrow(),
    )
    expect(Number(people.n)).toBeGreaterThanOrEqual(made)
  })
})
