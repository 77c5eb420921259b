import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction, type Actor } from '#platform'
import { anActor, aWorld, bodyId, type World } from '../../test/kit/access-world.ts'

let world: World
let officer: Actor
let colleague: string
beforeAll(async () => {
  world = await aWorld()
  const id = await world.enrol('lan', [{ body: 'n1-committee', role: 'officer' }])
  colleague = await world.enrol('minh', [{ body: 'n1-committee', role: 'officer' }])
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

  test('nobody writes an entry of the audit in the name of another', async () => {
    expect(await attempt(entryOf(colleague))).toBe('42501')
    expect(await attempt(entryOf(officer.personId))).toBe(1)
  })
})
