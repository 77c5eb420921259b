import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bodyId, calmLand, layLand, unitId, type Land } from '../../test/kit/access-world.ts'
import { aDatabase, type TestDatabase } from '../../test/kit/database.ts'
import { computeReach } from './reach.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await aDatabase()
})
afterAll(() => database.drop())

/** What each viewer reaches, by the codes of the land. */
async function sights(land: Land): Promise<Map<string, Set<string>>> {
  await layLand(database.owner, land)
  const codes = new Map([
    ...Object.keys(land.units).map((code) => [unitId(code), `unit ${code}`] as const),
    ...Object.keys(land.bodies).map((code) => [bodyId(code), code] as const),
  ])
  const rows = await database.app.selectFrom('platform.reach').selectAll().execute()
  const reached = new Map([...codes.values()].map((code) => [code, new Set<string>()]))
  for (const row of rows) reached.get(codes.get(row.viewerId) ?? '')?.add(codes.get(row.agencyId) ?? '')
  return reached
}

const seen = (reached: Map<string, Set<string>>, viewer: string) => [...(reached.get(viewer) ?? [])].sort()

/**
 * On 1 January 2030 provinces A and B became L; district D of A was abolished; communes x and y became n; w was parted
 * between n and m; v became m; z went on, under another province.
 */
const reform = '2030-01-01'
const reformedLand: Land = {
  units: {
    country: ['country', null, null, null],
    A: ['province', 'country', null, reform],
    B: ['province', 'country', null, reform],
    L: ['province', 'country', reform, null],
    Q: ['province', 'country', null, null],
    q: ['commune', 'Q', null, null],
    D: ['district', 'A', null, reform],
    x: ['commune', 'D', null, reform],
    y: ['commune', 'D', null, reform],
    w: ['commune', 'D', null, reform],
    v: ['commune', 'B', null, reform],
    n: ['commune', 'L', reform, null],
    m: ['commune', 'L', reform, null],
    z: ['commune', 'L', reform, null],
  },
  unitSteps: [
    ['A', 'L', 'whole', reform],
    ['B', 'L', 'whole', reform],
    ['x', 'n', 'whole', reform],
    ['y', 'n', 'whole', reform],
    ['w', 'n', 'part', reform],
    ['w', 'm', 'part', reform],
    ['v', 'm', 'whole', reform],
  ],
  bodies: {
    centre: ['country', null],
    'A-com': ['A', 'centre'],
    'B-com': ['B', 'centre'],
    'L-com': ['L', 'centre'],
    'Q-com': ['Q', 'centre'],
    'q-com': ['q', 'Q-com'],
    'A-labour': ['A', 'A-com'],
    'L-health': ['L', 'L-com'],
    'L-home': ['L', 'L-com'],
    'D-com': ['D', 'A-com'],
    'x-com': ['x', 'D-com'],
    'y-com': ['y', 'D-com'],
    'w-com': ['w', 'D-com'],
    'v-com': ['v', 'B-com'],
    'n-com': ['n', 'L-com'],
    'm-com': ['m', 'L-com'],
    'z-com': ['z', 'L-com'],
    'x-school': ['x', 'x-com'],
  },
  bodySteps: [
    ['A-com', 'L-com', reform],
    ['B-com', 'L-com', reform],
    ['A-labour', 'L-health', reform],
    ['A-labour', 'L-home', reform],
    ['D-com', 'n-com', reform],
    ['D-com', 'm-com', reform],
    ['x-com', 'n-com', reform],
    ['y-com', 'n-com', reform],
    ['w-com', 'n-com', reform],
    ['w-com', 'm-com', reform],
    ['v-com', 'm-com', reform],
  ],
}

describe('who stands over whom', () => {
  test('a body sees itself and those below it; a unit sees the bodies that lie in it', async () => {
    const reached = await sights(calmLand)
    expect(seen(reached, 'n1-committee')).toEqual(['n1-committee'])
    expect(seen(reached, 'north-committee')).toEqual(['n1-committee', 'n2-committee', 'north-committee'])
    expect(seen(reached, 'unit south')).toEqual(['s1-committee', 's2-committee', 'south-committee'])
    expect(seen(reached, 'unit s1')).toEqual(['s1-committee'])
    expect(seen(reached, 'centre')).toHaveLength(7)
    expect(seen(reached, 'unit country')).toHaveLength(7)
  })

  test('who took over sees what was before, and only of those taken over from', async () => {
    const reached = await sights(reformedLand)
    expect(seen(reached, 'n-com')).toEqual(['D-com', 'n-com', 'w-com', 'x-com', 'y-com'])
    expect(seen(reached, 'm-com')).toEqual(['D-com', 'm-com', 'v-com', 'w-com'])
    expect(seen(reached, 'L-health')).toEqual(['A-labour', 'L-health'])
    expect(seen(reached, 'z-com')).toEqual(['z-com'])
    expect(seen(reached, 'q-com')).toEqual(['q-com'])
    expect(seen(reached, 'Q-com')).toEqual(['Q-com', 'q-com'])
  })

  test('bodies of the past keep what they saw and gain nothing that came after', async () => {
    const reached = await sights(reformedLand)
    expect(seen(reached, 'x-com')).toEqual(['x-com', 'x-school'])
    expect(seen(reached, 'D-com')).toEqual(['D-com', 'w-com', 'x-com', 'x-school', 'y-com'])
    expect(seen(reached, 'unit A')).toEqual(['A-com', 'A-labour', 'D-com', 'w-com', 'x-com', 'x-school', 'y-com'])
    expect(seen(reached, 'unit B')).toEqual(['B-com', 'v-com'])
  })

  test('a territory sees the past of ground that is wholly its own, a part of the ground gives no sight', async () => {
    const reached = await sights(reformedLand)
    const past = ['A-com', 'A-labour', 'B-com', 'D-com', 'v-com', 'w-com', 'x-com', 'x-school', 'y-com']
    expect(seen(reached, 'unit L')).toEqual([...past, 'L-com', 'L-health', 'L-home', 'm-com', 'n-com', 'z-com'].sort())
    expect(seen(reached, 'unit n')).toEqual(['D-com', 'n-com', 'w-com', 'x-com', 'x-school', 'y-com'])
    expect(seen(reached, 'unit Q')).toEqual(['Q-com', 'q-com'])
  })

  test('places a body came to later than they changed province show nothing to the older province', async () => {
    const moved: Land = {
      units: {
        country: ['country', null, null, null],
        P1: ['province', 'country', null, null],
        P2: ['province', 'country', null, null],
        D: ['district', 'P2', '2020-01-01', null],
        c: ['commune', 'D', '2022-01-01', null],
      },
      unitSteps: [],
      bodies: { 'c-com': ['c', null] },
      bodySteps: [],
    }
    await layLand(database.owner, moved)
    await database.owner
      .insertInto('territory.unitVersion')
      .values({
        unitId: unitId('D'),
        validFrom: '2010-01-01',
        validTo: '2020-01-01',
        code: 'D',
        name: 'D',
        nameEn: 'D',
        type: 'district',
        parentId: unitId('P1'),
      })
      .execute()
    await computeReach(database.owner)
    const viewers = await database.app
      .selectFrom('platform.reach')
      .select('viewerId')
      .where('agencyId', '=', bodyId('c-com'))
      .execute()
    expect(viewers.map((row) => row.viewerId).sort()).toEqual(
      [bodyId('c-com'), unitId('c'), unitId('D'), unitId('P2'), unitId('country')].sort(),
    )
  })

  test('the application itself cannot write the reach', async () => {
    await expect(
      database.app
        .insertInto('platform.reach')
        .values({ agencyId: bodyId('q-com'), viewerId: bodyId('n-com') })
        .execute(),
    ).rejects.toThrow(/permission denied/)
    await expect(database.app.deleteFrom('platform.reach').execute()).rejects.toThrow(/permission denied/)
  })
})

describe('any reform', () => {
  /** Communes of two provinces fall into groups; each group becomes one new commune in a province of the group. */
  const reforms = fc.array(
    fc.record({ province: fc.constantFrom('P', 'R'), group: fc.integer({ min: 0, max: 3 }), isParted: fc.boolean() }),
    { minLength: 2, maxLength: 7 },
  )

  test('gives nobody a record he could not see: old viewers gain nothing, new ones only what those they follow saw', async () => {
    await fc.assert(
      fc.asyncProperty(reforms, async (communes) => {
        const before: Land = {
          units: {
            country: ['country', null, null, null],
            P: ['province', 'country', null, null],
            R: ['province', 'country', null, null],
          },
          unitSteps: [],
          bodies: { centre: ['country', null], 'P-com': ['P', 'centre'], 'R-com': ['R', 'centre'] },
          bodySteps: [],
        }
        communes.forEach((commune, at) => {
          before.units[`c${at}`] = ['commune', commune.province, null, reform]
          before.bodies[`c${at}-com`] = [`c${at}`, `${commune.province}-com`]
        })
        const after: Land = structuredClone(before)
        const followed = new Map<string, string[]>()
        communes.forEach((commune, at) => {
          for (const group of commune.isParted ? [commune.group, (commune.group + 1) % 4] : [commune.group]) {
            const code = `new${group}`
            after.units[code] ??= [
              'commune',
              communes.find((other) => other.group === group)?.province ?? commune.province,
              reform,
              null,
            ]
            after.bodies[`${code}-com`] ??= [code, `${after.units[code][1]}-com`]
            after.unitSteps.push([`c${at}`, code, commune.isParted ? 'part' : 'whole', reform])
            after.bodySteps.push([`c${at}-com`, `${code}-com`, reform])
            followed.set(`${code}-com`, [...(followed.get(`${code}-com`) ?? []), `c${at}-com`])
          }
        })
        const [sawBefore, seesAfter] = [await sights(before), await sights(after)]
        const old = new Set(Object.keys(before.bodies))
        for (const [viewer, saw] of sawBefore) {
          const isProvince = /^(unit )?[PR]|centre|country/.test(viewer)
          const gained = [...(seesAfter.get(viewer) ?? [])].filter((body) => old.has(body) && !saw.has(body))
          const hasReceived = gained.every(
            (body) =>
              isProvince &&
              [...followed].some(
                ([heir, from]) => from.includes(body) && (seesAfter.get(viewer) ?? new Set()).has(heir),
              ),
          )
          expect(hasReceived, `${viewer} gained ${gained}`).toBe(true)
          expect(
            [...saw].filter((body) => !(seesAfter.get(viewer) ?? new Set()).has(body)),
            `${viewer} lost`,
          ).toEqual([])
        }
        for (const [heir, from] of followed) {
          const inherited = new Set(from.flatMap((body) => [...(sawBefore.get(body) ?? [])]))
          const reachedOld = [...(seesAfter.get(heir) ?? [])].filter((body) => old.has(body))
          expect(
            reachedOld.filter((body) => !inherited.has(body)),
            heir,
          ).toEqual([])
        }
      }),
      { numRuns: 25 },
    )
  }, 60_000)
})

test('who stands over every body is known, until a body comes or sight changes', async () => {
  await layLand(database.owner, reformedLand)
  const whole = async () =>
    (await database.app.selectFrom('platform.wholeReach').selectAll().execute()).map((row) => row.viewerId)
  const counted = async () => {
    const { rows } = await sql<{ viewerId: string }>`select viewer_id from platform.reach
      group by viewer_id having count(*) = (select count(*) from agencies.agency)`.execute(database.app)
    return rows.map((row) => row.viewerId)
  }
  expect(await whole()).toContain(unitId('country'))
  expect((await whole()).sort()).toEqual((await counted()).sort())
  await sql`insert into agencies.agency (id, key, kind, level, unit_id, is_executive, rank)
    select gen_random_uuid(), 'new', kind, level, unit_id, false, 9999 from agencies.agency limit 1`.execute(
    database.owner,
  )
  expect(await whole()).toEqual([])
  await computeReach(database.owner)
  expect(await whole()).toEqual(expect.arrayContaining(await counted()))
  await sql`delete from platform.reach where viewer_id = ${unitId('country')}`.execute(database.owner)
  expect(await whole()).toEqual([])
})
