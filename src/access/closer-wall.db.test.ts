import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction, newId, type Actor } from '#platform'
import { anActor, asProduct, aWorld, bodyId, type World } from '../../test/kit/access-world.ts'

let world: World
let officer: Actor
let colleague: string
let stranger: string
beforeAll(async () => {
  world = await aWorld()
  const id = await world.enrol('lan', [{ body: 'n1-committee', role: 'officer' }])
  colleague = await world.enrol('minh', [{ body: 'n1-committee', role: 'officer' }])
  stranger = await world.enrol('hoa', [{ body: 's1-committee', role: 'officer' }])
  officer = anActor([bodyId('n1-committee')], { personId: id })
})
afterAll(() => world.close())

/** Runs a statement as whoever got hold of the connection in the officer's context. @returns rows touched, or the refusal's code */
async function attempt(statement: ReturnType<typeof sql>): Promise<number | string> {
  try {
    return await inTransaction(world.ground, { actor: officer, language: 'vi', requestId: 'test' }, async ({ db }) => {
      const { numAffectedRows } = await statement.execute(db)
      return Number(numAffectedRows ?? 0n)
    })
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault) return String(fault.code)
    throw fault
  }
}

/** What a statement gives in the officer's context. */
async function ask(statement: ReturnType<typeof sql>): Promise<unknown> {
  return inTransaction(world.ground, { actor: officer, language: 'vi', requestId: 'test' }, async ({ db }) => {
    const { rows } = await statement.execute(db)
    return rows
  })
}

const newPerson = (id: string, madeBy: string | null, state = 'invited') =>
  sql`insert into access.person (id, login, name, search_key, language, state, made_by, created_at)
    values (${id}, ${`p-${id.slice(-12)}`}, 'Mới', 'moi', 'vi', ${state}, ${madeBy}, now())`
const newPost = (person: string, role: string, grantedBy: string | null) =>
  sql`insert into access.post (id, person_id, agency_id, role, valid_from, granted_by, created_at)
    values (gen_random_uuid(), ${person}, ${bodyId('n1-committee')}, ${role}, '2031-01-01', ${grantedBy}, now())`
const entryOf = (person: string | null) =>
  sql`insert into platform.audit_entry (id, at, action, outcome, person_id, request_id)
    values (gen_random_uuid(), now(), 'access.signed-in', 'done', ${person}, 'x')`

describe('within the own body the wall stands too', () => {
  test('nobody raises himself: neither by a new post nor by changing the one held', async () => {
    expect(await attempt(newPost(officer.personId, 'administrator', null))).toBe('42501')
    expect(await attempt(newPost(officer.personId, 'administrator', colleague))).toBe('42501')
    expect(
      await attempt(sql`update access.post set role = 'administrator' where person_id = ${officer.personId}`),
    ).toBe('42501')
    expect(
      await attempt(sql`update access.post set agency_id = ${bodyId('centre')} where person_id = ${colleague}`),
    ).toBe('42501')
    expect(await attempt(sql`update access.post set valid_to = null where person_id = ${officer.personId}`)).toBe(
      '42501',
    )
  })

  test("a post is given in nobody else's name", async () => {
    expect(await attempt(newPost(colleague, 'approver', null))).toBe('42501')
    expect(await attempt(newPost(colleague, 'reader', officer.personId))).toBe(1)
  })

  test('who a person is and whose a session or slip is never changes', async () => {
    expect(await attempt(sql`update access.person set login = 'other' where id = ${officer.personId}`)).toBe('42501')
    expect(await attempt(sql`update access.session set person_id = ${colleague}`)).toBe('42501')
    expect(await attempt(sql`update access.invitation set person_id = ${colleague}`)).toBe('42501')
  })

  test('a post is laid only on a person in sight: one of reach, or one just invited by oneself', async () => {
    expect(await ask(sql`select id from access.person where id = ${stranger}`)).toEqual([])
    expect(await attempt(newPost(stranger, 'reader', officer.personId))).toBe('42501')
    expect(await ask(sql`select id from access.person where id = ${stranger}`)).toEqual([])
    const invited = newId()
    expect(await attempt(newPerson(invited, colleague))).toBe('42501')
    expect(await attempt(newPerson(invited, null))).toBe('42501')
    expect(await attempt(newPerson(invited, officer.personId, 'active'))).toBe('42501')
    expect(await attempt(newPerson(invited, officer.personId))).toBe(1)
    expect(await attempt(newPost(invited, 'reader', officer.personId))).toBe(1)
  })

  test('who invited a person loses sight of him once he has joined elsewhere', async () => {
    const invited = newId()
    expect(await attempt(newPerson(invited, officer.personId))).toBe(1)
    expect(await ask(sql`select id from access.person where id = ${invited}`)).toEqual([{ id: invited }])
    await asProduct(world.ground, (db) =>
      db.updateTable('access.person').set({ hasJoined: true }).where('id', '=', invited).execute(),
    )
    expect(await ask(sql`select id from access.person where id = ${invited}`)).toEqual([])
  })

  test('no hash of a password is read, not even as the product itself; another one is not set', async () => {
    expect(await attempt(sql`select hash from access.password`)).toBe('42501')
    expect(await attempt(sql`update access.password set hash = 'x'`)).toBe('42501')
    await expect(asProduct(world.ground, (db) => sql`table access.password`.execute(db))).rejects.toMatchObject({
      code: '42501',
    })
    const recipe = (of: string) => sql`select access.password_recipe(${of}::uuid) as recipe`
    expect(await ask(recipe(stranger))).toEqual([{ recipe: null }])
    expect(await ask(recipe(colleague))).toEqual([{ recipe: null }])
    expect(await ask(recipe(officer.personId))).toEqual([
      { recipe: expect.stringMatching(/^\$argon2id\$.+\$[\w+/]{22}\$$/) },
    ])
    expect(await attempt(sql`select access.set_password(${colleague}::uuid, ${'$argon2id$'}, now())`)).toBe('42501')
  })

  test('a try is counted up, never set back', async () => {
    expect(await attempt(sql`update platform.rate_window set count = 0`)).toBe('42501')
    expect(await attempt(sql`delete from platform.rate_window`)).toBe('42501')
    const now = sql`select platform.count_try('một việc', date_trunc('hour', now())) as count`
    expect(await ask(now)).toEqual([{ count: 1 }])
    await ask(sql`select platform.forget_tries(now() + interval '1 year')`)
    expect(await ask(now)).toEqual([{ count: 2 }])
  })

  test("facts about the instance are not the application's to write", async () => {
    expect(await attempt(sql`update platform.setting set value = '{}'`)).toBe('42501')
    expect(await attempt(sql`insert into platform.setting (key, value, set_at) values ('x', '{}', now())`)).toBe(
      '42501',
    )
  })

  test("a slip is made in nobody else's name", async () => {
    const slip = (madeBy: string) =>
      sql`insert into access.invitation (id, code_hash, person_id, kind, made_by, made_at, ends_at)
        values (gen_random_uuid(), ${newId()}, ${colleague}, 'person', ${madeBy}, now(), now())`
    expect(await attempt(slip(colleague))).toBe('42501')
    expect(await attempt(slip(officer.personId))).toBe(1)
  })

  test('nobody writes an entry of the audit in the name of another', async () => {
    expect(await attempt(entryOf(colleague))).toBe('42501')
    expect(await attempt(entryOf(officer.personId))).toBe(1)
  })
})
