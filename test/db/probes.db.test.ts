import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countFor, leaksIn, planted, wordsOf } from '../kit/proof/leaks.ts'
import { makeProbe, seeded } from '../kit/proof/probes.ts'
import { maySee, viewerOf, type Viewer } from '../kit/proof/policy.ts'
import { aProofWorld, homes, isOwner, keyOf, seats, type ProofWorld } from '../kit/proof/world.ts'

// `npm run bench -- probes` sends 100,000; the tests 2,000. What failed is repeated with its seed.
const probes = Number(process.env.MANGNON_PROBES ?? 2_000)
const seed = Number(process.env.MANGNON_SEED ?? 20_261_122)

let world: ProofWorld
beforeAll(async () => {
  world = await aProofWorld()
})
afterAll(() => world.close())

/** What no answer may tell: words of the database, of the code, of the machine. */
const inside =
  /violates|constraint "|relation "|syntax error at|invalid input syntax|duplicate key|SQLSTATE|node_modules|at Object\.|\/home\/|ECONN/

describe('random probes', () => {
  test(
    'nobody is told a word of a record he may not see, in any answer, header, refusal or file; nothing of the inside, no fault of ours',
    { timeout: 14_400_000 },
    async () => {
      const random = seeded(seed)
      const wrong: unknown[] = []
      const met = new Set<string>()
      const statuses = new Map<number, number>()
      const begun = Date.now()
      for (let at = 1; at <= probes && wrong.length < 20; at++) {
        const probe = makeProbe(world, random)
        const told = await world.ask(probe)
        const text = await wordsOf(told)
        const viewer = viewerOf({ body: probe.seat, role: probe.role, standing: probe.standing ?? 'nobody' })
        const leaks = leaksIn(text, viewer, `${probe.path} ${probe.body_}`)
        for (const words of text.match(/kx[a-z]+zq/g) ?? []) met.add(words)
        statuses.set(told.status, (statuses.get(told.status) ?? 0) + 1)
        const fault = told.status >= 500 ? `status ${told.status} ${told.code}` : inside.exec(text)?.[0]
        if (leaks.length > 0 || fault !== undefined)
          wrong.push([
            at,
            keyOf(probe.route),
            probe.path.slice(0, 200),
            probe.who,
            leaks,
            fault,
            probe.body_.slice(0, 400),
          ])
        if (at % 5_000 === 0) console.log(`${at} probes in ${Math.round((Date.now() - begun) / 1000)} s`)
      }
      if (probes > 2_000)
        console.log(
          `${probes} probes, seed ${seed}: ${JSON.stringify(Object.fromEntries(statuses))}; ${met.size} of ${planted.length} planted words were met by those who may`,
        )
      expect(wrong).toEqual([])
      expect(met.size).toBeGreaterThan(Math.min(10, probes / 200)) // the probes do reach records: a world where nothing answers would prove nothing
    },
  )
})

describe('counts', () => {
  const holders = homes.filter(isOwner)
  const lists: [path: string, role: string, expected: (viewer: Viewer) => number][] = [
    ['/plans', 'officer', (viewer) => 2 * countFor(viewer, 'plan', holders) + countFor(viewer, 'draft', holders)],
    ['/tasks', 'officer', (viewer) => 5 * countFor(viewer, 'update', holders)],
    ['/urgings', 'officer', (viewer) => countFor(viewer, 'urging', holders)],
    ['/documents/imports', 'officer', (viewer) => countFor(viewer, 'import', holders)],
    ['/reforms', 'auditor', (viewer) => 2 * countFor(viewer, 'reform', holders)],
    ['/people?search=kxperson', 'auditor', (viewer) => countFor(viewer, 'person', homes)],
    ['/jobs', 'auditor', (viewer) => countFor(viewer, 'job', homes)],
  ]

  test.each(lists)(
    '%s counts what lies within sight, no more and no less, from every seat',
    async (path, role, expected) => {
      for (const body of seats) {
        const { body: told } = await world.ask({ who: `${body} ${role}`, method: 'get', path })
        expect([body, (told as { total?: number }).total]).toEqual([body, expected({ body, role })])
      }
    },
  )

  test('the policy is not empty: of each kind that others may see, somebody sees one and somebody sees none', () => {
    const roles = ['officer', 'administrator', 'auditor']
    for (const { kind, owner, office } of planted.filter(
      (one) => one.owner === 'south' && !['notice', 'token', 'sheet'].includes(one.kind),
    )) {
      const seen = seats.flatMap((body) => roles.map((role) => maySee({ body, role }, { kind, owner, office })))
      expect([kind, seen.includes(true), seen.includes(false)]).toEqual([kind, true, true])
    }
  })
})
