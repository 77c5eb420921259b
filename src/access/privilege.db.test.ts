import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction, Problem, type Actor, type Context } from '#platform'
import { anActor, asProduct, aWorld, bodyId, unitId, type World } from '../../test/kit/access-world.ts'
import { changePersonState, confirmPost, endPost, grantPost, invitePerson, renewInvitation } from './commands/people.ts'
import { listPostsInForce } from './identify.ts'
import { Role } from './model.ts'

let world: World
beforeAll(async () => {
  world = await aWorld()
  await world.enrol('centre', [{ body: 'centre', role: 'administrator', unit: 'country' }])
})
afterAll(() => world.close())

const bodies = ['centre', 'north-committee', 'south-committee', 'n1-committee', 'n2-committee', 's1-committee']
const units = [null, 'country', 'north', 'south', 'n1']

type Step = {
  act: 'invite' | 'grant' | 'end' | 'confirm' | 'renew' | 'disable' | 'enable'
  by: number
  whom: number
  body: string
  unit: string | null
  role: Role
}
const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom('invite', 'invite', 'grant', 'grant', 'end', 'confirm', 'renew', 'disable', 'enable'),
  by: fc.nat(9),
  whom: fc.nat(9),
  body: fc.constantFrom(...bodies),
  unit: fc.constantFrom(...units),
  role: fc.constantFrom(...Role.options),
})

/** What a person may do today: role and agency reached, as text; asked of the database as `identify` does. */
async function powersOf(personId: string): Promise<string[]> {
  return asProduct(world.ground, async (db) => {
    const posts = await listPostsInForce({ db, today: '2031-03-04' } as Context, personId)
    const powers = await Promise.all(
      posts.map(async (post) => {
        const rows = await db
          .selectFrom('platform.reach')
          .select('agencyId')
          .where('viewerId', 'in', [post.agencyId, ...(post.unitId === null ? [] : [post.unitId])])
          .execute()
        return rows.map((row) => `${post.role} ${row.agencyId}`)
      }),
    )
    return powers.flat()
  })
}

/** Runs a step as one of the accounts the attacker holds; a refusal is no fault, anything else is. */
async function attempt(held: string[], others: string[], one: Step, serial: number): Promise<void> {
  const all = [...held, ...others]
  const by = held[one.by % held.length] ?? ''
  const whom = all[one.whom % all.length] ?? ''
  const actor = await asProduct(world.ground, async (db): Promise<Actor> => {
    const [post] = await listPostsInForce({ db, today: '2031-03-04' } as Context, by)
    return post
      ? anActor(post.unitId === null ? [post.agencyId] : [post.agencyId, post.unitId], {
          personId: by,
          role: post.role,
        })
      : anActor([], { personId: by, role: 'none' })
  })
  const post = {
    agencyId: bodyId(one.body),
    unitId: one.unit === null ? null : unitId(one.unit),
    role: one.role,
    validFrom: null,
    validTo: null,
  }
  const postId = await asProduct(
    world.ground,
    async (db) =>
      (
        await db
          .selectFrom('access.post')
          .select('id')
          .where('personId', '=', whom)
          .orderBy('createdAt', 'desc')
          .orderBy('id', 'desc')
          .executeTakeFirst()
      )?.id ?? whom,
  )
  try {
    await inTransaction(world.ground, { actor, language: 'vi', requestId: 'test' }, async (ctx) => {
      switch (one.act) {
        case 'invite': {
          const { person } = await invitePerson(ctx, {
            login: `ke-gian-${serial}`,
            mail: null,
            name: 'Kẻ Gian',
            language: 'vi',
            post,
          })
          held.push(person.id)
          return
        }
        case 'grant':
          return void (await grantPost(ctx, whom, post))
        case 'end':
          return void (await endPost(ctx, postId))
        case 'confirm':
          return void (await confirmPost(ctx, postId))
        case 'renew': {
          await renewInvitation(ctx, whom)
          if (!held.includes(whom)) held.push(whom)
          return
        }
        case 'disable':
        case 'enable': {
          const row = await ctx.db
            .selectFrom('access.person')
            .select('version')
            .where('id', '=', whom)
            .executeTakeFirst()
          return void (await changePersonState(ctx, whom, {
            state: one.act === 'disable' ? 'disabled' : 'active',
            version: row?.version ?? 1,
          }))
        }
      }
    })
  } catch (fault) {
    if (!(fault instanceof Problem)) throw fault
  }
}

describe('whatever a sequence of calls', () => {
  test('an administrator, with every account he makes or takes over, never gains a role that needs a second person, nor sees further', async () => {
    let serial = 0
    let made = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        serial++
        const attacker = await world.enrol(`attacker-${serial}`, [
          { body: 'north-committee', role: 'administrator', unit: 'north' },
        ])
        const others = [
          await world.enrol(`auditor-${serial}`, [
            { body: 'south-committee', role: 'auditor', unit: 'country' },
            { body: 'n1-committee', role: 'reader' },
          ]),
          await world.enrol(`officer-${serial}`, [{ body: 'n1-committee', role: 'officer' }]),
          await world.enrol(`signer-${serial}`, [{ body: 'centre', role: 'approver', unit: 'country' }]),
        ]
        const own = new Set(await powersOf(attacker))
        const reached = new Set([...own].map((power) => power.split(' ')[1]))
        const givenBefore = new Set(
          (await Promise.all(others.map(powersOf))).flat().filter((power) => reached.has(power.split(' ')[1])),
        )
        const held = [attacker]
        for (const [at, one] of steps.entries()) await attempt(held, others, one, serial * 1000 + at)
        made += held.length - 1
        expect(
          (await powersOf(attacker)).filter((power) => !own.has(power)),
          'his own account',
        ).toEqual([])
        for (const account of held.slice(1)) {
          for (const power of await powersOf(account)) {
            const [role = '', agency] = power.split(' ')
            expect(reached.has(agency), `sees ${agency}`).toBe(true)
            expect(['approver', 'auditor', 'administrator'].includes(role) && !givenBefore.has(power), power).toBe(
              false,
            )
          }
        }
      }),
      { numRuns: 60 },
    )
    expect(made, 'accounts were really made').toBeGreaterThan(20)
  }, 120_000)
})
