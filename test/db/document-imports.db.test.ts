import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAuthorize } from '#access'
import { importRoutes, readImportJob, takeConfirmed, tieToPlan } from '#documents'
import {
  acceptAll,
  acceptHeader,
  acceptItem,
  editHeader,
  matchDuty,
  rejectItem,
  type ImportDetail,
  type ReviewedProposal,
} from '#documents/model'
import {
  createServer,
  idOfKey,
  inTransaction,
  messageFolders,
  newId,
  openCatalogue,
  openFileStore,
  openMetrics,
  readMessages,
  startJobRunner,
  type Actor,
  type Ground,
} from '#platform'
import { country } from '../../countries/testland/index.ts'
import { documentGrammar } from '../../countries/vn/documents/index.ts'
import { aCountry, type TestCountry } from '../kit/country.ts'

const rad = idOfKey('u:2020:02/rad')
const heil = idOfKey('u:2020:02/heilkontor')
const skol = idOfKey('u:2020:02/skolkontor')
const elsewhere = idOfKey('u:2020:01/rad')
const plan = readFileSync(path.join(import.meta.dirname, '..', 'fixtures', 'invented-plan.txt'))
const log = pino({ level: 'silent' })

let land: TestCountry
let ground: Ground
let server: FastifyInstance
const home = mkdtempSync(path.join(tmpdir(), 'mangnon-imports-'))
const parts = { files: openFileStore(home), grammar: documentGrammar }

function anActor(agencyId: string, role = 'officer'): Actor {
  return {
    personId: idOfKey(`person ${agencyId} ${role}`),
    sessionId: null,
    postId: null,
    agencyId,
    role,
    viewers: [agencyId],
    everywhere: false,
  }
}
const officer = anActor(rad)
const people: Record<string, Actor> = {
  officer,
  elsewhere: anActor(elsewhere),
  reader: anActor(rad, 'reader'),
  above: { ...anActor(idOfKey('u:TL/kronrad')), everywhere: true },
}

beforeAll(async () => {
  land = await aCountry(country)
  ground = {
    db: land.app,
    timeZone: 'UTC',
    language: 'vi',
    now: () => new Date('2029-06-01T05:00:00Z'),
    subscribers: [],
  }
  await land.owner
    .insertInto('platform.reach')
    .values([rad, elsewhere].map((id) => ({ agencyId: id, viewerId: id })))
    .execute()
  server = await createServer({
    ground,
    routes: importRoutes(parts),
    authorize: createAuthorize(ground.now),
    log,
    metrics: openMetrics(),
    trustProxy: false,
    secure: false,
    say: openCatalogue(readMessages(messageFolders(path.join(import.meta.dirname, '..', '..', 'src')))),
    identify: (request) => {
      const actor = people[String(request.headers['x-test-person'])]
      return Promise.resolve(actor && { actor, language: 'vi' as const })
    },
  })
})
afterAll(async () => {
  await server.close()
  await land.drop()
  rmSync(home, { recursive: true, force: true })
})

type Answer = { status: number; body: Record<string, unknown>; headers: Record<string, unknown>; raw: Buffer }

async function ask(
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  payload?: unknown,
  person = 'officer',
): Promise<Answer> {
  const options: InjectOptions = {
    method,
    url: `/api/v1/documents/imports${url}`,
    headers: {
      'x-test-person': person,
      'idempotency-key': newId(),
      'content-type': Buffer.isBuffer(payload) ? 'application/octet-stream' : 'application/json',
    },
    ...(payload === undefined ? (method === 'GET' ? {} : { payload: '{}' }) : { payload: payload as Buffer | object }),
  }
  const response = await server.inject(options)
  const isJson = String(response.headers['content-type']).includes('json')
  return {
    status: response.statusCode,
    body: isJson ? response.json() : {},
    headers: response.headers,
    raw: response.rawPayload,
  }
}

const upload = (bytes: Buffer, fileName = 'ke-hoach.txt', more = '', person = 'officer') =>
  ask('POST', `?fileName=${encodeURIComponent(fileName)}${more}`, bytes, person)
const idOf = (answer: Answer) => (answer.body.import as { id: string }).id
/** The same plan with other bytes. */
const another = () => Buffer.concat([plan, Buffer.from(`\n${newId()}\n`)])
const getDetail = async (id: string) => (await ask('GET', `/${id}`)).body as unknown as ImportDetail
const reviewOf = ({ proposal }: ImportDetail): ReviewedProposal => {
  if (proposal === null) throw new Error('not read')
  return { header: proposal.header, issuer: proposal.issuer, items: proposal.items }
}
const save = (id: string, version: number, proposal: ReviewedProposal, person?: string) =>
  ask('PUT', `/${id}/proposal`, { version, proposal }, person)
const entries = (id: string) =>
  land.on('2029-06-01', async ({ db }) =>
    (
      await db
        .selectFrom('platform.auditEntry')
        .select('action')
        .where('recordId', '=', id)
        .orderBy('sequence')
        .execute()
    ).map((row) => row.action),
  )

describe('a document taken in', () => {
  test('is read, and its bodies are matched as the issuer would name them, still only proposed', async () => {
    const answer = await upload(another(), 'Kế hoạch trồng cây.txt')
    expect([answer.status, answer.body.recognised]).toEqual([200, false])
    expect(answer.body.import).toMatchObject({
      fileName: 'Kế hoạch trồng cây.txt',
      state: 'reviewing',
      title: 'Trồng cây tại trường học (dữ liệu minh họa)',
      reviewed: 0,
      total: 3,
    })
    const { proposal, suggestions, file } = await getDetail(idOf(answer))
    expect(proposal?.items.map((item) => [item.kind, item.text, item.state])).toEqual([
      ['group', 'Chuẩn bị', 'proposed'],
      ['task', 'Ươm cây giống cho các trường', 'proposed'],
      ['task', 'Tập huấn giáo viên chăm sóc cây', 'proposed'],
      ['group', 'Trồng cây', 'proposed'],
      ['task', 'Trồng cây tại từng trường', 'proposed'],
    ])
    expect(proposal?.items[1]?.duties).toEqual([
      { kind: 'lead', raw: 'Heilkontør', agencyId: heil, classCode: null, state: 'proposed' },
      { kind: 'support', raw: 'Skølkontør', agencyId: skol, classCode: null, state: 'proposed' },
    ])
    expect(proposal?.items[2]?.duties[1]).toMatchObject({ raw: 'Hội Cây xanh', agencyId: null, classCode: null })
    expect(suggestions.find((each) => each.raw === 'Heilkontør')?.options[0]).toMatchObject({
      agencyId: heil,
      score: 1,
    })
    expect(file).toMatchObject({ name: 'Kế hoạch trồng cây.txt', mediaType: 'text/plain; charset=utf-8' })
    expect(await entries(idOf(answer))).toEqual(['documents.import-begun'])
  })

  test('is recognised when its agency loads the same bytes again, and taken in anew only when asked', async () => {
    const bytes = another()
    const first = await upload(bytes)
    const second = await upload(bytes, 'other-name.txt')
    expect([second.body.recognised, idOf(second)]).toEqual([true, idOf(first)])
    expect(idOf(await upload(bytes, 'ke-hoach.txt', '&again=true'))).not.toBe(idOf(first))
    const foreign = await upload(bytes, 'ke-hoach.txt', '', 'elsewhere')
    expect([foreign.body.recognised, idOf(foreign) === idOf(first)]).toEqual([false, false])
  })

  test('that was put away is not recognised', async () => {
    const bytes = another()
    const first = await upload(bytes)
    expect((await ask('POST', `/${idOf(first)}/discard`)).status).toBe(204)
    expect((await upload(bytes)).body.recognised).toBe(false)
    expect((await ask('POST', `/${idOf(first)}/discard`)).status).toBe(409)
  })

  test.each([
    [
      'a picture named as a text',
      'plan.txt',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 0, 0]),
      'documents.unreadable.binary',
    ],
    [
      'an archive that is no document',
      'plan.docx',
      Buffer.from('PK\u0003\u0004 broken'),
      'documents.unreadable.damaged-archive',
    ],
    ['a type nobody reads', 'plan.exe', Buffer.from('MZ'), 'documents.unreadable.unsupported-type'],
  ])('is refused with a clear word and leaves nothing behind: %s', async (_what, name, bytes, code) => {
    const before = (await ask('GET', '')).body.total
    const answer = await upload(bytes, name)
    expect([answer.status, answer.body.code]).toEqual([422, code])
    expect((await ask('GET', '')).body.total).toBe(before)
  })

  test('too large to read while one waits is read by a job; no document among them is marked so', async () => {
    const padding = Buffer.from(`\n\n${'Đoạn văn bản minh họa không giao việc cho ai.\n\n'.repeat(50_000)}`)
    const large = await upload(Buffer.concat([another(), padding]), 'large.txt')
    const broken = await upload(
      Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(2_200_000, 7)]),
      'broken.docx',
    )
    expect([large.body.import, broken.body.import]).toMatchObject([{ state: 'reading' }, { state: 'reading' }])
    expect((await ask('GET', `/${idOf(large)}/original`)).status).toBe(404)
    const runner = startJobRunner({
      ground,
      kinds: [readImportJob(parts)],
      log,
      actorOf: () => Promise.resolve(officer),
      pollMs: 20,
    })
    await runner.idle()
    await runner.close()
    expect(await getDetail(idOf(large))).toMatchObject({ state: 'reviewing', total: 3, may: { review: true } })
    expect(await getDetail(idOf(broken))).toMatchObject({
      state: 'unreadable',
      problemCode: 'documents.unreadable.damaged-archive',
      proposal: null,
      may: { review: false },
    })
    expect(await entries(idOf(broken))).toEqual(['documents.import-begun', 'documents.import-refused'])
  })

  test('shows its original in pieces, tables row by row, and sends the file itself as an attachment', async () => {
    const bytes = another()
    const id = idOf(await upload(bytes))
    const blocks = (await ask('GET', `/${id}/original`)).body.blocks as {
      kind: string
      line: number
      cells: { text: string }[] | null
    }[]
    expect(blocks.find((block) => block.kind === 'heading')).toMatchObject({
      text: 'Trồng cây tại trường học (dữ liệu minh họa)',
      cells: null,
    })
    const row = blocks.find((block) => block.cells?.[1]?.text === 'Ươm cây giống cho các trường')
    expect(row?.cells?.map((cell) => cell.text)).toEqual([
      '1',
      'Ươm cây giống cho các trường',
      'Heilkontør',
      'Skølkontør',
      'Quý II/2029',
      'Cây giống',
    ])
    const file = await ask('GET', `/${id}/file`)
    expect(file.raw.equals(bytes)).toBe(true)
    expect(String(file.headers['content-disposition'])).toContain('attachment')
    expect(await entries(id)).toEqual(['documents.import-begun', 'documents.import-file-sent'])
  })
})

describe('a review', () => {
  test("is saved as far as it has come, and not over another one's work", async () => {
    const id = idOf(await upload(another()))
    const before = await getDetail(id)
    const key = before.proposal?.items[1]?.key ?? ''
    const saved = await save(id, before.version, rejectItem(reviewOf(before), key))
    expect(saved.body).toMatchObject({ version: 2, reviewed: 1, total: 3 })
    const stale = await save(id, before.version, acceptItem(reviewOf(before), key))
    expect([stale.status, stale.body.code]).toEqual([409, 'platform.stale-version'])
    expect((await getDetail(id)).proposal?.items[1]?.state).toBe('rejected')
    expect((await ask('GET', '?size=200')).body.items).toContainEqual(
      expect.objectContaining({ id, reviewed: 1, total: 3 }),
    )
  })

  test('takes no field it does not know, nothing faulty as accepted, no body that does not exist', async () => {
    const id = idOf(await upload(another()))
    const before = await getDetail(id)
    const review = reviewOf(before)
    const [, task] = review.items
    if (task === undefined) throw new Error('no task')
    const withTask = (change: object) => ({
      ...review,
      items: review.items.map((item) => (item.key === task.key ? { ...item, ...change } : item)),
    })
    const refused = async (proposal: object) => (await save(id, before.version, proposal as ReviewedProposal)).body
    expect(await refused({ ...review, warnings: [] })).toMatchObject({ code: 'platform.invalid-input' })
    expect(await refused(withTask({ isAdmin: true }))).toMatchObject({ code: 'platform.invalid-input' })
    expect(await refused(withTask({ state: 'accepted', text: '' }))).toMatchObject({
      code: 'documents.review-broken',
      errors: [{ pointer: '/proposal/items/1/text' }],
    })
    expect(await refused(withTask({ parentKey: task.key }))).toMatchObject({ code: 'documents.review-broken' })
    expect(
      await refused(matchDuty(review, { key: task.key, index: 0 }, { agencyId: newId(), classCode: null })),
    ).toMatchObject({ code: 'documents.body-unknown' })
    expect(
      await refused(matchDuty(review, { key: task.key, index: 0 }, { agencyId: null, classCode: 'no-such-class' })),
    ).toMatchObject({ code: 'documents.body-unknown' })
    expect((await getDetail(id)).version).toBe(before.version)
  })

  test('keeps the place each item was read from, whatever is sent', async () => {
    const id = idOf(await upload(another()))
    const before = await getDetail(id)
    const review = reviewOf(before)
    const moved = {
      ...review,
      items: review.items.map((item) => ({
        ...item,
        source: { where: 'annex' as const, line: 1, page: null, table: 9, row: 9 },
      })),
    }
    await save(id, before.version, moved)
    expect((await getDetail(id)).proposal?.items.map((item) => item.source)).toEqual(
      review.items.map((item) => item.source),
    )
  })

  test('understands names anew when the issuer becomes known; what a person decided stays', async () => {
    const id = idOf(await upload(another()))
    const before = await getDetail(id)
    const key = before.proposal?.items[2]?.key ?? ''
    const decided = matchDuty(reviewOf(before), { key, index: 0 }, { agencyId: heil, classCode: null })
    const estra = {
      ...decided,
      issuer: { ...decided.issuer, agencyId: idOfKey('u:2020:03/rad'), state: 'edited' as const },
    }
    const { version } = (await save(id, before.version, estra)).body as { version: number }
    const after = (await ask('POST', `/${id}/matching`, { version })).body as unknown as ImportDetail
    expect(after.proposal?.items[1]?.duties[0]?.agencyId).toBe(idOfKey('u:2020:03/heilkontor'))
    expect(after.proposal?.items[2]?.duties[0]?.agencyId).toBe(heil)
    expect((await ask('GET', `/${id}/suggestions?raw=${encodeURIComponent('alle kontorer')}`)).body).toMatchObject([
      { classCode: 'province-offices', agencyId: null, why: 'class' },
    ])
  })
})

describe('only its own agency', () => {
  test.each(['elsewhere', 'above'])('sees an import: %s does not', async (person) => {
    const id = idOf(await upload(another()))
    const before = await getDetail(id)
    const answers = await Promise.all([
      ask('GET', `/${id}`, undefined, person),
      ask('GET', `/${id}/original`, undefined, person),
      ask('GET', `/${id}/file`, undefined, person),
      save(id, before.version, reviewOf(before), person),
      ask('POST', `/${id}/discard`, {}, person),
      ask('POST', `/${id}/matching`, { version: 1 }, person),
      ask('GET', `/${id}/suggestions?raw=x`, undefined, person),
    ])
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 404))
    expect((await ask('GET', '?size=200', undefined, person)).body.items).not.toContainEqual(
      expect.objectContaining({ id }),
    )
  })

  test('and row-level security alone hides it from another agency', async () => {
    await upload(another())
    const seen = await inTransaction(
      ground,
      { actor: people.elsewhere ?? officer, language: 'vi', requestId: 'test' },
      ({ db }) => db.selectFrom('documents.import').select('agencyId').execute(),
    )
    expect(seen.every((row) => row.agencyId === elsewhere)).toBe(true)
  })

  test('and not every role of it', async () => {
    expect((await ask('GET', '', undefined, 'reader')).status).toBe(403)
    expect((await upload(another(), 'x.txt', '', 'reader')).status).toBe(403)
  })
})

describe('a finished review', () => {
  const as = <T>(work: Parameters<typeof inTransaction<T>>[2]) =>
    inTransaction(ground, { actor: officer, language: 'vi', requestId: 'test' }, work)

  test('becomes a plan only when everything is decided, and only once', async () => {
    const id = idOf(await upload(another()))
    await expect(as((ctx) => takeConfirmed(ctx, id))).rejects.toMatchObject({
      code: 'documents.review-unfinished',
      params: { undecided: 3 },
    })
    const before = await getDetail(id)
    const decided = rejectItem(reviewOf(before), before.proposal?.items[2]?.key ?? '')
    const ready = editHeader(acceptHeader(acceptAll(decided).proposal), 'periodTo', '2029-12-31')
    await save(id, before.version, ready)
    const confirmed = await as(async (ctx) => {
      const taken = await takeConfirmed(ctx, id)
      await tieToPlan(ctx, id, newId())
      return taken
    })
    expect(confirmed.draft.issuerId).toBe(rad)
    expect(confirmed.draft.header).toMatchObject({
      kind: 'KH',
      number: '12/KH-UBND',
      issuedOn: '2029-03-05',
      periodTo: '2029-12-31',
      signature: { powers: ['TM. ỦY BAN NHÂN DÂN'], post: 'CHỦ TỊCH', name: 'Nguyễn Văn Mẫu' },
    })
    expect(
      confirmed.draft.nodes.map((node) => [node.kind, node.path, node.duties.map((duty) => duty.addressedId)]),
    ).toEqual([
      ['group', 'I', []],
      ['task', 'I.1', [heil, skol]],
      ['group', 'II', []],
      ['task', 'II.3', [skol, heil]],
    ])
    expect(await getDetail(id)).toMatchObject({ state: 'confirmed', may: { review: false } })
    await expect(as((ctx) => takeConfirmed(ctx, id))).rejects.toMatchObject({ code: 'documents.already-confirmed' })
    expect((await save(id, 2, ready)).body.code).toBe('documents.already-confirmed')
  })
})
