import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anActor, asProduct, aWorld, bodyId, unitId, type World } from '../../test/kit/access-world.ts'
import { anIdentityProvider, assurance, type IdentityProvider } from '../../test/kit/identity-provider.ts'
import { inTransaction } from '#platform'
import { invitePerson } from './commands/people.ts'
import { openProvider } from './provider.ts'

let world: World
let elsewhere: IdentityProvider
beforeAll(async () => {
  elsewhere = await anIdentityProvider('http://localhost/dang-nhap/tro-ve')
  const { id: clientId, secret: clientSecret } = elsewhere.client
  const provider = openProvider({
    name: 'Định danh thử',
    issuer: elsewhere.issuer,
    clientId,
    clientSecret,
    acr: assurance,
    level: 2,
  })
  world = await aWorld({ provider, secondFactor: 'required' })
  await world.enrol('lan', [{ body: 'n1-committee', role: 'officer' }])
  await world.enrol('minh', [{ body: 'n1-committee', role: 'officer' }])
})
afterAll(async () => {
  await world.close()
  await elsewhere.close()
})

type Browser = { mark: string; session?: string }
const cookieOf = ({ mark, session }: Browser) =>
  [`mangnon-device=${mark}`, ...(session ? [`mangnon=${session}`] : [])].join('; ')

/** Asks where to go; the browser keeps the mark it is given. */
async function begin(browser: Browser, path = '/session/federated/begin', body: unknown = {}) {
  const answer = await world.ask({
    method: 'POST',
    path,
    ...(path.startsWith('/account') ? {} : { body }),
    headers: { cookie: cookieOf(browser) },
  })
  const mark = /mangnon-device=([\w-]{43})/.exec(String(answer.headers['set-cookie']))?.[1]
  if (mark) browser.mark = mark
  return { status: answer.status, body: answer.body, address: String(answer.body.address) }
}

function comeBack(browser: Browser, back: URL, over: Record<string, string> = {}) {
  const body = { ...Object.fromEntries(back.searchParams), ...over }
  return world.ask({ method: 'POST', path: '/session/federated', body, headers: { cookie: cookieOf(browser) } })
}

/** Out and back again, as `subject` with an assurance level. */
async function goRound(
  subject: string,
  acr = assurance[1] ?? '',
  browser: Browser = { mark: '' },
  path?: string,
  body?: unknown,
) {
  Object.assign(elsewhere.who, { subject, acr })
  const { address } = await begin(browser, path, body)
  return comeBack(browser, await elsewhere.visit(address))
}

/** Links a subject to an account, signed in with the password. */
async function link(login: string, subject: string) {
  const session = await world.enter(login)
  return goRound(subject, assurance[1], { mark: '', session }, '/account/identities')
}

describe('signing in with another provider', () => {
  test('an identity nobody linked opens nothing, whatever it is called', async () => {
    const { status, body, cookie } = await goRound('lan')
    expect([status, body.code, cookie]).toEqual([401, 'access.identity-unknown', undefined])
  })

  test('the person links it while signed in, and comes in with it afterwards', async () => {
    const linked = await link('lan', 'subject-of-lan')
    expect([linked.status, linked.cookie], 'no new session comes of linking').toEqual([200, undefined])
    const { status, body, cookie } = await goRound('subject-of-lan')
    expect([status, body.stage]).toEqual([200, 'whole'])
    expect(body).toMatchObject({ person: { name: 'Người lan' } })
    expect((await world.ask({ method: 'GET', path: '/session', cookie: cookie ?? '' })).status).toBe(200)
  })

  test('one identity opens one account', async () => {
    const { body } = await link('minh', 'subject-of-lan')
    expect(body.code).toBe('access.identity-taken')
  })

  test('a lower assurance than is asked, or none at all, is not enough; a higher is', async () => {
    expect((await goRound('subject-of-lan', assurance[0])).body.code).toBe('access.assurance-too-low')
    expect((await goRound('subject-of-lan', 'urn:of:another')).body.code).toBe('access.assurance-too-low')
    expect((await goRound('subject-of-lan', assurance[2])).status).toBe(200)
  })

  test('a slip is taken up with it, without a password; two-person and second-factor rules stay', async () => {
    await world.enrol('quan', [{ body: 'north-committee', role: 'administrator', unit: 'north' }])
    const { id: personId } = await asProduct(world.ground, (db) =>
      db.selectFrom('access.person').select('id').where('login', '=', 'quan').executeTakeFirstOrThrow(),
    )
    const actor = anActor([bodyId('north-committee'), unitId('north')], { personId, role: 'administrator' })
    const person = await inTransaction(world.ground, { actor, language: 'vi', requestId: 'test' }, (ctx) =>
      invitePerson(ctx, {
        login: 'moi.ky',
        name: 'Người Mới',
        language: 'vi',
        mail: null,
        post: { agencyId: bodyId('n1-committee'), unitId: null, role: 'approver', validFrom: null, validTo: null },
      }),
    )
    const wrong = await begin({ mark: '' }, undefined, { code: 'AAAA-BBBB-CCCC-DDDD' })
    expect(wrong.status).toBe(422)
    const { body } = await goRound('subject-of-new', assurance[1], { mark: '' }, undefined, { code: person.slip.code })
    expect(body).toMatchObject({ person: { name: 'Người Mới' }, stage: 'enrolment', posts: [] })
    const again = await goRound('subject-of-other', assurance[1], { mark: '' }, undefined, {
      code: person.slip.code,
    }).catch(() => undefined)
    expect(again?.status).not.toBe(200)
    expect((await goRound('subject-of-new')).body).toMatchObject({ stage: 'enrolment' })
  })

  test('a disabled account is not opened', async () => {
    await link('minh', 'subject-of-minh')
    await asProduct(world.ground, (db) =>
      db.updateTable('access.person').set({ state: 'disabled' }).where('login', '=', 'minh').execute(),
    )
    expect((await goRound('subject-of-minh')).body.code).toBe('access.identity-unknown')
  })
})

describe('a round holds', () => {
  const subject = 'subject-of-lan'

  test('once', async () => {
    Object.assign(elsewhere.who, { subject, acr: assurance[1] })
    const browser = { mark: '' }
    const back = await elsewhere.visit((await begin(browser)).address)
    expect((await comeBack(browser, back)).status).toBe(200)
    expect((await comeBack(browser, back)).body.code).toBe('access.federated-failed')
  })

  test('in the browser that began it: a victim cannot be let into another’s account', async () => {
    Object.assign(elsewhere.who, { subject, acr: assurance[1] })
    const attacker = { mark: '' }
    const back = await elsewhere.visit((await begin(attacker)).address)
    const victim = { mark: '' }
    await begin(victim)
    expect((await comeBack(victim, back)).body.code).toBe('access.federated-failed')
  })

  test('for ten minutes, with its own state, and with a code that is the provider’s', async () => {
    Object.assign(elsewhere.who, { subject, acr: assurance[1] })
    const browser = { mark: '' }
    const back = await elsewhere.visit((await begin(browser)).address)
    expect((await comeBack(browser, back, { state: 'x'.repeat(43) })).body.code).toBe('access.federated-failed')
    const now = world.clock.now
    world.clock.now = new Date(now.getTime() + 11 * 60_000)
    expect((await comeBack(browser, back)).body.code).toBe('access.federated-failed')
    world.clock.now = now
    expect((await comeBack(browser, back, { code: 'not-a-code' })).body.code).toBe('access.federated-failed')
    expect((await comeBack(browser, back)).body.code, 'the round is spent').toBe('access.federated-failed')
  })

  test('only in its own round: a code from one is not taken with the state of another', async () => {
    Object.assign(elsewhere.who, { subject, acr: assurance[1] })
    const browser = { mark: '' }
    const one = await elsewhere.visit((await begin(browser)).address)
    const other = await elsewhere.visit((await begin(browser)).address)
    const answer = await comeBack(browser, one, { code: other.searchParams.get('code') ?? '' })
    expect(answer.body.code, 'the verifier of the other round is needed').toBe('access.federated-failed')
  })
})

test('a provider that cannot be reached is said so, and the next try asks again', async () => {
  const gone = openProvider({
    name: 'x',
    issuer: 'http://127.0.0.1:9',
    clientId: 'a',
    clientSecret: 'b',
    acr: assurance,
    level: 2,
  })
  const secrets = { verifier: 'v', nonce: 'n', state: 's' }
  for (let attempt = 0; attempt < 2; attempt++)
    await expect(gone.begin('http://localhost/', secrets)).rejects.toMatchObject({
      code: 'access.provider-unreachable',
    })
})

test('without a provider there is no such way in', async () => {
  const plain = await aWorld()
  try {
    expect((await plain.ask({ method: 'GET', path: '/session/federated' })).body).toEqual({ name: null })
    expect((await plain.ask({ method: 'POST', path: '/session/federated/begin', body: {} })).status).toBe(404)
  } finally {
    await plain.close()
  }
})
