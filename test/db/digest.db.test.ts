import { sql } from 'kysely'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inTransaction, openMailer, type Mailer } from '#platform'
import { makeDigests, sendLetters, tellPeople, type Pen } from '#notifications'
import { allSubjects } from '../../src/app-routes.ts'
import { dueToday } from '../../src/notifications/mail/digest.ts'
import { enrolAll, personOf } from '../kit/enrolled.ts'
import { aMailServer } from '../kit/mail-server.ts'
import { actorOf, aPlanWorld, aTask, type PlanWorld } from '../kit/plan-world.ts'

let world: PlanWorld
let mail: Awaited<ReturnType<typeof aMailServer>>
let mailer: Mailer
let pen: Pen
const plans: string[] = []
const titleOf = (at: number) => `Kế hoạch số ${at}`

beforeAll(async () => {
  world = await aPlanWorld()
  mail = await aMailServer()
  mailer =
    openMailer({ smtpUrl: mail.url, from: 'mang-non@test.invalid' }, pino({ level: 'silent' })) ??
    (() => Promise.reject(new Error('no mailer')))
  pen = { say: world.say, timeZone: world.ground.timeZone, publicUrl: 'https://mangnon.test' }
  await enrolAll(world, {
    'south officer': { name: 'An', mail: 'an@test.invalid' },
    'south approver': { name: 'Bình', mail: 'binh@test.invalid' },
    'south finance': { name: 'Chi' },
  })
  for (let at = 1; at <= 25; at++) plans.push(await world.draft('south', [aTask()], { header: { title: titleOf(at) } }))
})
afterAll(async () => {
  await world.close()
  await mail.close()
})
/** 4 March 2031 is a Tuesday; seven in the morning in the country is midnight UTC. */
beforeEach(async () => {
  world.clock.now = new Date('2031-03-03T23:00:00Z')
  mail.received.length = 0
  await world.rows(sql`delete from notifications.mail`)
  await world.rows(sql`update notifications.notice set read_at = now()`)
  await world.rows(sql`update notifications.preference set digest = 'weekdays', hour = 7`)
})

/** The approver says something about so many plans of which the officer is told, a second apart. */
async function tellOf(count: number, who = 'south officer') {
  for (const id of plans.slice(0, count)) {
    world.clock.now = new Date(world.clock.now.getTime() + 1000)
    await inTransaction(world.ground, { actor: actorOf('south approver'), language: 'vi', requestId: 'test' }, (ctx) =>
      tellPeople(ctx, { kind: 'comment', record: { kind: 'plans.plan', id } }, [
        { personId: personOf(who), agencyId: actorOf(who).agencyId },
      ]),
    )
  }
}
const make = () => makeDigests(world.ground, allSubjects, pen)
const seven = () => (world.clock.now = new Date('2031-03-04T00:00:05Z'))

/** The words of a letter, decoded: its plain part and its page. */
function wordsOf(body: string): string {
  return body
    .split(/\n--/)
    .flatMap((part) => {
      const [head = '', ...rest] = part.split('\n\n')
      return /base64/i.test(head) ? Buffer.from(rest.join(''), 'base64').toString('utf8') : []
    })
    .join('\n')
}

describe('a digest', () => {
  test('comes once a day, at the hour, with at most twenty lines, titles and addresses only', async () => {
    await tellOf(25)
    expect(await make(), 'before its hour').toBe(0)
    seven()
    expect([await make(), await make()]).toEqual([1, 0])
    expect(await sendLetters(world.ground, mailer)).toBe(1)
    const [letter, ...more] = mail.received
    expect([letter?.to, more]).toEqual(['an@test.invalid', []])
    const words = wordsOf(letter?.body ?? '')
    const [text = '', page = ''] = words.split('<!doctype html>')
    expect(text.match(/^- /gm)).toHaveLength(20)
    expect(text).toContain('và 5 việc khác')
    expect(text).toContain(titleOf(25))
    expect(text).toContain(`https://mangnon.test/ke-hoach/${plans[24] ?? ''}`)
    expect(page.match(/<li/g)).toHaveLength(20)
    expect(page).toContain(`<a href="https://mangnon.test/ke-hoach/${plans[24] ?? ''}"`)
    await tellOf(25)
    world.clock.now = new Date('2031-03-04T09:00:00Z')
    expect(await make(), 'no second one that day').toBe(0)
    world.clock.now = new Date('2031-03-05T00:00:05Z')
    expect(await make(), 'what came since, the next day').toBe(1)
  })

  test('leaves out what was read, what was put off and what the person no longer sees by name', async () => {
    await tellOf(3)
    await world.rows(
      sql`update notifications.notice set read_at = now() where read_at is null and subject_id = ${plans[0]}::uuid`,
    )
    await world.rows(
      sql`update notifications.notice set snoozed_until = '2031-03-09T00:00:00Z' where read_at is null and subject_id = ${plans[1]}::uuid`,
    )
    await world.rows(
      sql`update access.post set valid_to = '2031-03-01' where person_id = ${personOf('south officer')}::uuid`,
    )
    seven()
    await make()
    await sendLetters(world.ground, mailer)
    await world.rows(sql`update access.post set valid_to = null where person_id = ${personOf('south officer')}::uuid`)
    const words = wordsOf(mail.received[0]?.body ?? '')
    expect(words).toContain('mục ngoài phạm vi của bạn hiện nay')
    for (const at of [1, 2, 3]) expect(words).not.toContain(titleOf(at))
    expect(words.split('<!doctype')[0]?.match(/^- /gm)).toHaveLength(1)
  })

  test('never holds what anybody wrote', async () => {
    await world.done('south approver', 'POST', '/talk', {
      kind: 'plans.plan',
      id: plans[0],
      threadId: null,
      seenBy: 'body',
      text: 'Cháu Nguyễn Văn A ở thôn 3',
      mentions: [personOf('south officer')],
    })
    seven()
    await make()
    await sendLetters(world.ground, mailer)
    const words = wordsOf(mail.received[0]?.body ?? '')
    expect(words).toContain(titleOf(1))
    expect(words).not.toContain('Nguyễn Văn A')
  })

  test('comes when and if the person wants it; nobody without an address is written to', async () => {
    await tellOf(1)
    await tellOf(1, 'south finance')
    seven()
    const want = (digest: string, hour: number) =>
      world.done('south officer', 'PUT', '/notices/preference', { digest, hour })
    await want('off', 7)
    expect(await make()).toBe(0)
    await want('daily', 9)
    expect(await make()).toBe(0)
    world.clock.now = new Date('2031-03-04T02:00:00Z')
    expect(await make()).toBe(1)
    expect((await world.done('south finance', 'GET', '/notices')).unread).toBe(1)
  })

  test.each([
    ['2031-03-04T00:00:00Z', 'weekdays', 7, '2031-03-04T00:00:00Z'],
    ['2031-03-03T23:59:59Z', 'weekdays', 7, null],
    ['2031-03-08T03:00:00Z', 'weekdays', 7, null],
    ['2031-03-08T03:00:00Z', 'daily', 7, '2031-03-08T00:00:00Z'],
    ['2031-03-07T16:59:00Z', 'weekdays', 23, '2031-03-07T16:00:00Z'],
    ['2031-03-04T03:00:00Z', 'off', 7, null],
  ] as const)('at %s, wanted %s at %i, is due %s', (now, digest, hour, due) => {
    expect(dueToday(now, 'Asia/Ho_Chi_Minh', { digest, hour })).toBe(due)
  })
})

describe('the server falls', () => {
  const states = async () =>
    (await world.rows(sql<{ state: string }>`select state from notifications.mail`)).map((row) => row.state)

  test('while the digest is written: nothing of it stays, and it comes whole and once after that', async () => {
    await tellOf(2)
    seven()
    const falling: Pen = {
      ...pen,
      say: (language, key, params) => {
        if (key === 'notifications.digest-end') throw new Error('the server fell')
        return pen.say(language, key, params)
      },
    }
    await expect(makeDigests(world.ground, allSubjects, falling)).rejects.toThrow('the server fell')
    expect(await states()).toEqual([])
    await make()
    await sendLetters(world.ground, mailer)
    expect(mail.received).toHaveLength(1)
  })

  test('between writing and sending: the letter waits and is sent once', async () => {
    await tellOf(1)
    seven()
    await make()
    const fall: Mailer = () => Promise.reject(new Error('the server fell'))
    await expect(sendLetters(world.ground, fall)).rejects.toThrow('the server fell')
    expect(await states()).toEqual(['sending'])
    expect(await sendLetters(world.ground, mailer), 'another may still be at it').toBe(0)
    world.clock.now = new Date(world.clock.now.getTime() + 16 * 60_000)
    expect([await sendLetters(world.ground, mailer), await sendLetters(world.ground, mailer)]).toEqual([1, 0])
    expect([mail.received.length, await states()]).toEqual([1, ['sent']])
  })

  test('after the mail server took it, before that was kept: the second try is the same letter by its Message-ID', async () => {
    await tellOf(1)
    seven()
    await make()
    const taken: Mailer = async (letter) => {
      await mailer(letter)
      throw new Error('the server fell')
    }
    await expect(sendLetters(world.ground, taken)).rejects.toThrow('the server fell')
    world.clock.now = new Date(world.clock.now.getTime() + 16 * 60_000)
    await sendLetters(world.ground, mailer)
    const ids = mail.received.map(({ body }) => /^Message-ID: (.*)$/im.exec(body)?.[1])
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  test('two that send at the same time send each letter once; what is refused is tried again, not for ever', async () => {
    await tellOf(1)
    seven()
    await make()
    await Promise.all([sendLetters(world.ground, mailer), sendLetters(world.ground, mailer)])
    expect(mail.received).toHaveLength(1)
    await world.rows(sql`update notifications.mail set state = 'waiting', attempts = 0, tried_at = null`)
    let tries = 0
    const refuse: Mailer = () => Promise.resolve(++tries < 0)
    for (let round = 0; round < 10; round++) {
      await sendLetters(world.ground, refuse)
      world.clock.now = new Date(world.clock.now.getTime() + 6 * 60_000)
    }
    expect([tries, await states()]).toEqual([6, ['failed']])
  })
})

describe('what touches the safety of an account', () => {
  test('is mailed at once, whatever was chosen for the digest, and stacks while unread', async () => {
    await world.done('south officer', 'PUT', '/notices/preference', { digest: 'off', hour: 7 })
    for (const address of ['an3@test.invalid', 'an2@test.invalid'])
      await world.done('south officer', 'PUT', '/account/mail', { mail: address })
    expect(await sendLetters(world.ground, mailer)).toBe(2)
    expect(
      mail.received.map((letter) => letter.to),
      'each to the address of before',
    ).toEqual(['an@test.invalid', 'an3@test.invalid'])
    const { items } = (await world.done('south officer', 'GET', '/notices')) as {
      items: { kind: string; count: number }[]
    }
    expect(items.map(({ kind, count }) => [kind, count])).toEqual([['mail-changed', 2]])
    seven()
    expect(await make(), 'not told again in a digest').toBe(0)
  })
})
