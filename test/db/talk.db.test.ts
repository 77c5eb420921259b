import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Comment, Mentionable, NoticePage, Talk } from '../../src/notifications/model.ts'
import { enrolAll, personOf } from '../kit/enrolled.ts'
import { aDuty, aPlanWorld, aTask, bodyId as idOf, by, type PlanWorld, type Who } from '../kit/plan-world.ts'

let world: PlanWorld
let plan = ''
let draft = ''
let work = ''
beforeAll(async () => {
  world = await aPlanWorld()
  await enrolAll(world, {
    'south officer': { name: 'An' },
    'south approver': { name: 'Bình' },
    'southHealth officer': { name: 'Cúc' },
    'southHealth approver': { name: 'Dũng' },
    'solheim officer': { name: 'Em' },
    'north officer': { name: 'Giang' },
    'ministry officer': { name: 'Hà' },
  })
  plan = await world.issued('south', [
    aTask({ time: by('2031-06-30'), duties: [aDuty('lead', 'southHealth'), aDuty('support', 'solheim')] }),
  ])
  draft = await world.draft('south', [aTask({})])
  work = ((await world.done('south officer', 'GET', `/tasks?planId=${plan}`)).items as { id: string }[])[0]?.id ?? ''
})
afterAll(() => world.close())

const onWork = () => ({ kind: 'plans.occurrence', id: work })
const say = async (who: Who, over: Record<string, unknown> = {}): Promise<Comment> =>
  (await world.done(who, 'POST', '/talk', {
    ...onWork(),
    threadId: null,
    seenBy: 'all',
    text: 'Đề nghị nêu rõ số lớp',
    mentions: [],
    ...over,
  })) as unknown as Comment
const talk = async (who: Who, of = onWork()): Promise<Talk> =>
  (await world.done(who, 'GET', `/talk?kind=${of.kind}&id=${of.id}`)) as unknown as Talk
const notices = async (who: Who, view = 'unread'): Promise<NoticePage> =>
  (await world.done(who, 'GET', `/notices?view=${view}&size=200`)) as unknown as NoticePage
const textsOf = (read: Talk) => read.items.map((thread) => thread.first.text)

describe('what is said about a record', () => {
  test('is read by every body that sees the record, with answers in order, and by no other', async () => {
    const first = await say('southHealth officer')
    const answer = await say('south officer', { threadId: first.id, text: 'Sẽ bổ sung' })
    for (const who of ['southHealth approver', 'south approver', 'south reader']) {
      const [thread] = (await talk(who)).items
      expect([thread?.first.text, thread?.replies.map((reply) => reply.text)]).toEqual([
        'Đề nghị nêu rõ số lớp',
        ['Sẽ bổ sung'],
      ])
    }
    expect(answer.threadId).toBe(first.id)
    const out = await world.ask('north officer', 'GET', `/talk?kind=plans.occurrence&id=${work}`)
    const never = await world.ask('north officer', 'GET', `/talk?kind=plans.occurrence&id=${personOf('north officer')}`)
    expect([out.status, out.body.code, out.body.title]).toEqual([404, never.body.code, never.body.title])
    expect((await world.ask('north officer', 'GET', `/comments/${first.id}/replies`)).status).toBe(404)
  })

  test('kept to the own body, is behind both walls closed to all others, superiors too', async () => {
    const inner = await say('southHealth officer', { seenBy: 'body', text: 'Chỉ nói trong sở' })
    expect(textsOf(await talk('southHealth approver'))).toContain('Chỉ nói trong sở')
    for (const who of ['south officer', 'crown officer']) {
      const answer = await world.ask(who, 'GET', `/talk?kind=plans.occurrence&id=${work}`)
      expect(JSON.stringify(answer.body)).not.toContain('Chỉ nói trong sở')
      expect((await world.ask(who, 'GET', `/comments/${inner.id}/replies`)).status).toBe(404)
      const behind = await world.as(who, async ({ db }) => {
        const { rows } = await sql`select 1 from notifications.comment where id = ${inner.id}::uuid`.execute(db)
        return rows.length
      })
      expect([who, behind]).toEqual([who, 0])
    }
    const answered = await world.ask('south officer', 'POST', '/talk', {
      ...onWork(),
      threadId: inner.id,
      seenBy: 'all',
      text: 'x',
      mentions: [],
    })
    expect(answered.status).toBe(404)
  })

  test('of a draft stays with its body, and cannot be written for all', async () => {
    const of = { kind: 'plans.plan', id: draft }
    const refused = await world.ask('south officer', 'POST', '/talk', {
      ...of,
      threadId: null,
      seenBy: 'all',
      text: 'x',
      mentions: [],
    })
    expect([refused.status, refused.body.code]).toEqual([422, 'notifications.draft-is-internal'])
    await say('south officer', { ...of, seenBy: 'body', text: 'Sửa mục 2' })
    expect((await talk('south approver', of)).mayWriteFor).toEqual(['body'])
    expect((await world.ask('ministry officer', 'GET', `/talk?kind=${of.kind}&id=${of.id}`)).status).toBe(404)
  })

  test('is sent once however often the same request comes', async () => {
    const body = { ...onWork(), threadId: null, seenBy: 'all', text: 'Một lần', mentions: [] }
    const headers = { 'idempotency-key': 'the-very-same-key' }
    await world.done('south officer', 'POST', '/talk', body, headers)
    await world.done('south officer', 'POST', '/talk', body, headers)
    expect(textsOf(await talk('south officer')).filter((text) => text === 'Một lần')).toHaveLength(1)
  })

  test('is changed by its writer for a quarter of an hour, withdrawn at any time, and what it said is kept', async () => {
    const one = await say('south officer', { text: 'Trước' })
    const edit = { text: 'Sau', mentions: [], version: 1 }
    expect((await world.ask('south approver', 'PUT', `/comments/${one.id}`, edit)).status).toBe(403)
    await world.done('south officer', 'PUT', `/comments/${one.id}`, edit)
    expect((await world.ask('south officer', 'PUT', `/comments/${one.id}`, edit)).body.code).toBe(
      'platform.stale-version',
    )
    const at = world.clock.now
    world.clock.now = new Date(at.getTime() + 16 * 60_000)
    const late = await world.ask('south officer', 'PUT', `/comments/${one.id}`, { ...edit, version: 2 })
    expect([late.status, late.body.code]).toEqual([409, 'notifications.too-late-to-edit'])
    await world.done('south officer', 'POST', `/comments/${one.id}/withdrawal`, { version: 2 })
    world.clock.now = at
    const shown = (await talk('southHealth officer')).items.find((thread) => thread.first.id === one.id)
    expect([shown?.first.text, shown?.first.withdrawnAt]).toEqual([null, expect.any(String)])
    const kept = await world.ask('south auditor', 'GET', `/comments/${one.id}/versions`)
    expect((kept.body as unknown as { text: string }[]).map((version) => version.text)).toEqual(['Trước', 'Sau'])
    expect((await world.ask('south officer', 'GET', `/comments/${one.id}/versions`)).status).toBe(403)
    // Not even past the first wall is another's comment rewritten.
    await expect(
      world.as('south approver', ({ db }) =>
        sql`update notifications.comment set text = 'Của người khác' where thread_id = id and person_id <> ${personOf('south approver')}::uuid and text is not null`.execute(
          db,
        ),
      ),
    ).rejects.toMatchObject({ code: '42501' })
  })

  test('is settled, takes no more answers, and is opened again', async () => {
    const one = await say('south officer')
    await world.done('southHealth officer', 'POST', `/comments/${one.id}/resolution`, { isResolved: true })
    const shown = (await talk('south officer')).items.find((thread) => thread.first.id === one.id)
    expect(shown?.resolved?.personName).toBe('Cúc')
    const body = { ...onWork(), threadId: one.id, seenBy: 'all', text: 'x', mentions: [] }
    expect((await world.ask('south officer', 'POST', '/talk', body)).body.code).toBe('notifications.thread-resolved')
    await world.done('south officer', 'POST', `/comments/${one.id}/resolution`, { isResolved: false })
    expect((await world.ask('south officer', 'POST', '/talk', body)).status).toBe(200)
  })

  test('is marked as unread until it was read', async () => {
    await say('southHealth officer', { text: 'Mới nhất' })
    expect((await talk('south approver')).unread).toBeGreaterThan(0)
    await world.done('south approver', 'POST', '/talk/reading', onWork())
    expect((await talk('south approver')).unread).toBe(0)
    world.clock.now = new Date(world.clock.now.getTime() + 1000)
    await say('southHealth officer', { text: 'Mới hơn' })
    const read = await talk('south approver')
    expect([read.unread, read.items[0]?.first.isUnread, read.items[1]?.first.isUnread]).toEqual([1, true, false])
  })
})

describe('calling someone by name', () => {
  const people = async (who: Who, search: string, seenBy = 'all'): Promise<string[]> =>
    (
      (await world.ask(who, 'GET', `/talk/people?kind=plans.occurrence&id=${work}&seenBy=${seenBy}&search=${search}`))
        .body as unknown as Mentionable[]
    ).map((person) => person.name)

  test('offers only those who see the record, within the body only its own', async () => {
    expect(await people('south officer', '')).toEqual(expect.arrayContaining(['Bình', 'Cúc', 'Dũng']))
    for (const out of ['Giang', 'Em']) expect(await people('south officer', '')).not.toContain(out)
    expect(await people('south officer', 'giang')).toEqual([])
    expect(await people('southHealth officer', '', 'body')).toEqual(['Dũng'])
  })

  test('refuses who has no sight of it in the words for nobody at all, and gives no sight', async () => {
    const call = (id: string) =>
      world.ask('south officer', 'POST', '/talk', {
        ...onWork(),
        threadId: null,
        seenBy: 'all',
        text: '@Giang xem giúp',
        mentions: [id],
      })
    const [blind, nobody] = [await call(personOf('north officer')), await call('0190b0b0-0000-7000-8000-00000000000f')]
    const told = ({ status, body }: typeof blind) => [status, body.code, body.title, body.errors]
    expect(told(blind)).toEqual(told(nobody))
    expect(blind.status).toBe(422)
    expect((await world.ask('north officer', 'GET', `/tasks/${work}`)).status).toBe(404)
    expect((await notices('north officer')).items).toEqual([])
  })

  test('tells who is called, and who took part, but not the writer nor who muted it', async () => {
    for (const who of ['south officer', 'southHealth approver', 'southHealth officer'])
      await world.ask(who, 'POST', '/notices/reading')
    await say('south officer', { text: '@Dũng cho ý kiến', mentions: [personOf('southHealth approver')] })
    const [notice] = (await notices('southHealth approver')).items
    expect([notice?.kind, notice?.byName, notice?.record?.title, notice?.record?.address]).toEqual([
      'mention',
      'An',
      'Syn alle bårn',
      `/nhiem-vu/${work}`,
    ])
    expect((await notices('south officer')).items).toEqual([])
    const first = await say('southHealth officer', { text: 'Mở' })
    await say('south officer', { threadId: first.id })
    await say('south approver', { threadId: first.id })
    const [stacked] = (await notices('southHealth officer')).items
    expect([stacked?.kind, stacked?.count, stacked?.byName]).toEqual(['comment', 2, 'Bình'])
    await world.ask('southHealth officer', 'POST', '/notices/reading')
    await world.done('southHealth officer', 'POST', '/talk/muting', { ...onWork(), isMuted: true })
    await say('south officer', { threadId: first.id })
    expect((await notices('southHealth officer')).items).toEqual([])
  })
})

describe('notices', () => {
  test('tell of plans, returned and accepted work, and urgings; each leads where it can be seen', async () => {
    const found = (await notices('solheim officer')).items.map((notice) => notice.kind)
    expect(found).toContain('plan-names-us')
    expect((await notices('southHealth approver', 'all')).items.map((notice) => notice.kind)).toContain('work-assigned')
    await world.ask('southHealth officer', 'POST', '/notices/reading')
    const progress = await world.done('southHealth officer', 'PUT', `/tasks/${work}/progress`, {
      version: null,
      status: 'in-progress',
      narrative: 'Đã mở hai lớp cho cháu A',
      evidenceNote: null,
    })
    await world.done('southHealth officer', 'POST', `/progress/${String(progress.id)}/submission`, { version: 1 })
    await world.done('south approver', 'POST', `/progress/${String(progress.id)}/return`, {
      version: 2,
      reason: 'Chưa nêu số trẻ',
    })
    const back = (await notices('southHealth officer')).items.find((notice) => notice.kind === 'progress-returned')
    expect([back?.byName, back?.record?.address]).toEqual(['Bình', `/nhiem-vu/${work}`])
    await world.done('south approver', 'POST', '/urgings', {
      planId: plan,
      text: 'Khẩn trương',
      answerBy: null,
      agencyIds: [],
      occurrenceIds: [work],
    })
    expect((await notices('southHealth approver')).items.map((notice) => notice.kind)).toContain('urged')
  })

  test('are one’s own: nobody reads, marks or puts off those of another', async () => {
    const [notice] = (await notices('southHealth officer')).items
    for (const act of ['reading', 'snooze']) {
      const body = act === 'snooze' ? { until: '2031-03-10' } : undefined
      const answer = await world.ask('south officer', 'POST', `/notices/${notice?.id ?? ''}/${act}`, body)
      expect(answer.status).toBe(404)
    }
  })

  test('are put off until a morning, and come back then', async () => {
    const before = (await notices('southHealth officer')).unread
    const [notice] = (await notices('southHealth officer')).items
    const at = `/notices/${notice?.id ?? ''}/snooze`
    expect((await world.ask('southHealth officer', 'POST', at, { until: '2031-03-04' })).status).toBe(422)
    await world.done('southHealth officer', 'POST', at, { until: '2031-03-10' })
    expect((await notices('southHealth officer')).unread).toBe(before - 1)
    expect((await notices('southHealth officer', 'snoozed')).items[0]?.snoozedUntil).toBe('2031-03-10T00:00:00.000Z')
    const now = world.clock.now
    world.clock.now = new Date('2031-03-10T00:00:01Z')
    expect((await notices('southHealth officer')).unread).toBe(before)
    world.clock.now = now
  })

  test('name a record only while the person sees it', async () => {
    await world.rows(
      sql`update access.post set valid_to = '2031-03-01' where person_id = ${personOf('solheim officer')}::uuid`,
    )
    const [notice] = (await notices('solheim officer')).items
    expect([notice?.kind, notice?.record?.title, notice?.record?.address]).toEqual(['plan-names-us', null, null])
  })
})

describe('every kind of record that is talked of', () => {
  const anyone: Who[] = [
    'south officer',
    'southHealth officer',
    'solheim officer',
    'north officer',
    'northHealth officer',
    'ministry officer',
    'crown officer',
    'court officer',
  ]

  test('is seen behind the second wall by nobody but who sees it by the first, and by all of those', async () => {
    const { nodes } = await world.plan('south officer', plan)
    const urging = ((await world.done('south officer', 'GET', '/urgings')).items as { id: string }[])[0]?.id ?? ''
    const { import: imported } = (await world.done(
      'south officer',
      'POST',
      '/documents/imports?fileName=x.txt',
      Buffer.from('KẾ HOẠCH\n'.repeat(9)),
    )) as { import: { id: string } }
    const drafted = (await world.plan('south officer', draft, true)).nodes[0]?.id ?? ''
    const records: [kind: string, id: string][] = [
      ['plans.plan', plan],
      ['plans.plan', draft],
      ['plans.node', nodes[0]?.id ?? ''],
      ['plans.node', drafted],
      ['plans.occurrence', work],
      ['plans.urging', urging],
      ['documents.import', imported.id],
    ]
    const seen = new Map<string, string[]>()
    for (const [kind, id] of records)
      for (const who of anyone) {
        const first = (await world.ask(who, 'GET', `/talk?kind=${kind}&id=${id}`)).status === 200
        const second = await world.as(who, async ({ db }) => {
          const { rows } = await sql<{
            sees: boolean
          }>`select notifications.sees_subject(${kind}, ${id}::uuid) as sees`.execute(db)
          return rows[0]?.sees
        })
        expect([kind, id, who, second]).toEqual([kind, id, who, first])
        if (first) seen.set(id, [...(seen.get(id) ?? []), who])
      }
    expect(seen.get(draft)).toEqual(['south officer'])
    expect(seen.get(drafted)).toEqual(['south officer'])
    expect(seen.get(imported.id)).toEqual(['south officer'])
    expect(seen.get(plan)).toEqual(expect.arrayContaining(['southHealth officer', 'solheim officer', 'crown officer']))
    expect(seen.get(plan)).not.toContain('north officer')
  })

  test('goes on, where a body kept it to itself, with the body that took it over whole, and with no other', async () => {
    const [step] = await world.rows(
      sql<{
        fromId: string
        toId: string
      }>`select from_id, to_id from agencies.succession where share = 'whole' and function is null limit 1`,
    )
    if (!step) throw new Error('no succession in the invented country')
    const id = '0190b0b0-0000-7000-8000-0000000000aa'
    await world.rows(sql`insert into notifications.comment (id, thread_id, subject_kind, subject_id, agency_id, person_id, seen_by, text, written_at)
      values (${id}, ${id}, 'plans.plan', ${plan}::uuid, ${step.fromId}::uuid, ${personOf('north officer')}::uuid, 'body', 'Trước khi sáp nhập', now())`)
    const readBy = (agencyId: string) =>
      world.land.app.transaction().execute(async (db) => {
        await sql`select set_config('mangnon.agency', ${agencyId}, true), set_config('mangnon.viewers', ${`{${agencyId}}`}, true)`.execute(
          db,
        )
        return (await sql`select 1 from notifications.comment where id = ${id}::uuid`.execute(db)).rows.length
      })
    expect([await readBy(step.fromId), await readBy(step.toId), await readBy(idOf('ministry'))]).toEqual([1, 1, 0])
  })
})
