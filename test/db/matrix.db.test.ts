import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Role } from '#access/model'
import type { Route } from '#platform'
import { permissions } from '../../src/access/permission-table.ts'
import { isDeepStrictEqual } from 'node:util'
import { examples } from '../kit/proof/examples.ts'
import { atTheDoor, standings, type Standing } from '../kit/proof/policy.ts'
import { finds, sightOf, type Sight } from '../kit/proof/scopes.ts'
import { aProofWorld, isOwner, keyOf, owners, seats, type ProofWorld, type Told } from '../kit/proof/world.ts'

// `npm run bench -- matrix` asks every role in every standing and every owner's records; the tests ask every role in the
// usual standing, one that holds the permission in each other, and the records of one owner.
const isWhole = process.env.MANGNON_MATRIX === 'whole'

let world: ProofWorld
beforeAll(async () => {
  world = await aProofWorld()
})
afterAll(() => world.close())

/** What the door said: the refusal of `atTheDoor`, or `in`. */
function said({ status, code }: Told): string {
  if (status === 401 && code === 'platform.not-signed-in') return 'unauthenticated'
  const ofTheDoor =
    /^access\.(foreign-request|post-not-held|token-reads-only|not-for-programs|not-permitted|factor-needed|proof-needed|enrolment-needed)$/
  return status === 403 && code !== null && ofTheDoor.test(code) ? code : 'in'
}

function rolesFor(standing: Standing, allow: string): readonly Role[] {
  if (standing === 'nobody') return ['officer']
  if (standing === 'whole' || isWhole) return Role.options
  return (permissions.get(allow)?.roles ?? Role.options).slice(-1)
}

describe('route × role × standing', () => {
  test('every route of the running router has an example request, and every example a route', () => {
    expect(Object.keys(examples).sort()).toEqual(world.routes.map(keyOf).sort())
  })

  test('the door says of each what the table of rights says', { timeout: 1_200_000 }, async () => {
    const wrong: unknown[] = []
    let asked = 0
    for (const route of world.routes)
      for (const standing of standings)
        for (const role of rolesFor(standing, route.allow)) {
          const isUsual = standing === 'whole' || standing === 'wrong-post'
          const who = standing === 'nobody' ? null : `south ${role}${isUsual ? '' : ` ${standing}`}`
          const told = await world.askExample(route, world.records.south, { who, standing })
          const expected = atTheDoor(standing, role, route)
          asked++
          if (told.status >= 500 || said(told) !== expected)
            wrong.push([keyOf(route), standing, role, expected, told.status, told.code])
        }
    if (isWhole) console.log(`${asked} requests at the door`)
    expect(wrong).toEqual([])
  })
})

describe('route × scope', () => {
  /** All that may be told of an answer, but what differs from request to request. */
  const told = ({ status, body, headers }: Told) => {
    const { date: _date, ...rest } = headers
    return { status, body: { ...(body as object), requestId: '' }, headers: rest }
  }

  /** Everyone who may ask a route for its record, and whose record it is. */
  const askers = (route: Route) => {
    const roles = Role.options.filter((role) => atTheDoor('whole', role, route) === 'in')
    return Object.keys(owners)
      .filter(isOwner)
      .slice(0, isWhole ? undefined : 1)
      .flatMap((owner) =>
        seats.flatMap((body) => roles.slice(0, isWhole ? undefined : 1).map((role) => ({ owner, body, role }))),
      )
  }

  /** What is wrong with the answer to one asker; undefined when nothing is. */
  async function faultOf(
    route: Route,
    sight: Sight,
    { owner, body, role }: ReturnType<typeof askers>[number],
  ): Promise<string | undefined> {
    const of = world.records[owner]
    const as = { who: `${body} ${role}` }
    const answer = await world.askExample(route, of, as)
    if (answer.status >= 500) return `${answer.status}`
    const isFound = answer.status !== 404
    if (isFound !== finds({ body, role }, sight, { owner, office: owners[owner] }))
      return `${answer.status} ${answer.code}`
    if (isFound) return undefined
    const absent = await world.askNone(route, of, as)
    return isDeepStrictEqual(told(answer), told(absent)) ? undefined : 'told apart from what never was'
  }

  test(
    'a record is found by whom the policy names, from every seat; by all others as little as one that never was',
    { timeout: 1_200_000 },
    async () => {
      const wrong: unknown[] = []
      let asked = 0
      for (const route of world.routes.filter((one) => one.path.includes('{'))) {
        const sight = sightOf(keyOf(route))
        if (sight === undefined) wrong.push([keyOf(route), 'no sight is declared for it (test/kit/proof/scopes.ts)'])
        for (const asker of sight === undefined ? [] : askers(route)) {
          const fault = await faultOf(route, sight ?? 'nobody', asker)
          asked++
          if (fault !== undefined) wrong.push([keyOf(route), asker, fault])
        }
      }
      if (isWhole) console.log(`${asked} requests for records`)
      expect(wrong).toEqual([])
    },
  )
})

describe('route × state', () => {
  const lead = 'south approver'
  const officer = 'south officer'
  const office = 'southHealth officer'
  const second = 'crown administrator'
  const first = 'south administrator'
  const v = (version: number, more: object = {}) => ({ version, ...more })
  const returning = (version: number) => v(version, { reason: 'x' })
  const progress = { version: null, status: 'completed', narrative: 'x', evidenceNote: null }
  const wrongState = 'plans.progress-not-in-that-state'

  /** Route, who asks, and for each record by its state: what is sent where it differs, and what comes of it. */
  const table: [key: string, who: string, cases: [record: string, body: unknown, outcome: string][]][] = [
    [
      'PUT /plans/{id}/draft',
      officer,
      [
        ['draft', undefined, 'done'],
        ['plan', undefined, 'plans.no-draft'],
        ['replaced', undefined, 'plans.no-draft'],
      ],
    ],
    [
      'POST /plans/{id}/issue',
      lead,
      [
        ['draft', v(1), 'plans.not-ready-to-issue'],
        ['draft', v(9), 'platform.stale-version'],
        ['plan', v(1), 'plans.no-draft'],
        ['replaced', v(1), 'plans.no-draft'],
      ],
    ],
    [
      'POST /plans/{id}/amendment',
      officer,
      [
        ['draft', undefined, 'plans.act-not-possible'],
        ['plan', undefined, 'done'],
        ['replaced', undefined, 'plans.act-not-possible'],
      ],
    ],
    [
      'POST /plans/{id}/files',
      officer,
      [
        ['draft', undefined, 'done'],
        ['plan', undefined, 'plans.document-attached-already'],
      ],
    ],
    [
      'PUT /tasks/{id}/progress',
      office,
      [
        ['task', progress, 'done'],
        ['taskBegun', progress, 'platform.stale-version'],
        ['taskBegun', { ...progress, version: 1 }, 'done'],
        ['taskDone', progress, 'plans.work-already-done'],
      ],
    ],
    [
      'POST /progress/{id}/evidence',
      office,
      [
        ['draftUpdate', undefined, 'done'],
        ['update', undefined, wrongState],
        ['returnedUpdate', undefined, 'done'],
        ['acceptedUpdate', undefined, wrongState],
      ],
    ],
    [
      'POST /progress/{id}/submission',
      office,
      [
        ['draftUpdate', v(1), 'done'],
        ['draftUpdate', v(7), 'platform.stale-version'],
        ['update', v(2), wrongState],
        ['returnedUpdate', v(3), 'done'],
        ['acceptedUpdate', v(3), wrongState],
      ],
    ],
    [
      'POST /progress/{id}/return',
      lead,
      [
        ['draftUpdate', returning(1), 'platform.not-found'],
        ['update', returning(2), 'done'],
        ['update', returning(1), 'platform.stale-version'],
        ['returnedUpdate', returning(3), wrongState],
        ['acceptedUpdate', returning(3), wrongState],
      ],
    ],
    [
      'POST /progress/{id}/acceptance',
      lead,
      [
        ['draftUpdate', v(1), 'platform.not-found'],
        ['update', v(2), 'done'],
        ['returnedUpdate', v(3), wrongState],
        ['acceptedUpdate', v(3), wrongState],
      ],
    ],
    ['POST /progress/{id}/acceptance', 'southHealth approver', [['update', v(2), 'plans.not-ones-own-check']]],
    [
      'POST /urgings/{id}/answer',
      office,
      [
        ['urging', v(2, { answer: 'x' }), 'done'],
        ['urging', v(1, { answer: 'x' }), 'platform.stale-version'],
      ],
    ],
    [
      'POST /documents/imports/{id}/matching',
      officer,
      [
        ['imported', undefined, 'done'],
        ['discarded', v(2), 'documents.import-discarded'],
      ],
    ],
    [
      'POST /documents/imports/{id}/discard',
      officer,
      [
        ['imported', undefined, 'done'],
        ['discarded', undefined, 'documents.import-discarded'],
      ],
    ],
    [
      'PUT /documents/imports/{id}/proposal',
      officer,
      [
        ['imported', undefined, 'done'],
        ['discarded', undefined, 'documents.import-discarded'],
      ],
    ],
    [
      'PUT /reforms/{id}',
      first,
      [
        ['reform', undefined, 'done'],
        ['reformSent', undefined, 'agencies.reform-state'],
      ],
    ],
    [
      'POST /reforms/{id}/submission',
      first,
      [
        ['reform', v(1), 'agencies.reform-empty'],
        ['reformSent', v(2), 'agencies.reform-state'],
      ],
    ],
    [
      'POST /reforms/{id}/approval',
      second,
      [
        ['reform', v(1), 'agencies.reform-state'],
        ['reformSent', v(2), 'done'],
        ['reformSent', v(1), 'platform.stale-version'],
      ],
    ],
    ['POST /reforms/{id}/approval', first, [['reformSent', v(2), 'access.second-person-needed']]],
    [
      'POST /reforms/{id}/return',
      second,
      [
        ['reform', returning(1), 'agencies.reform-state'],
        ['reformSent', returning(2), 'done'],
      ],
    ],
    [
      'POST /reforms/{id}/discarding',
      first,
      [
        ['reform', v(1), 'done'],
        ['reformSent', v(2), 'agencies.reform-state'],
      ],
    ],
    ['POST /jobs/{id}/cancellation', first, [['job', undefined, 'done']]],
    ['POST /posts/{id}/confirmation', first, [['post', undefined, 'done']]],
    ['POST /factor-resets/{id}/approval', first, [['reset', undefined, 'done']]],
  ]

  test.each(table)('%s as %s', async (key, who, cases) => {
    const route = world.routes.find((one) => keyOf(one) === key)
    if (route === undefined) throw new Error(`no route ${key}`)
    const of = world.records.south
    const outcomes = []
    for (const [record, body] of cases) {
      const { status, code } = await world.askWith(route, of, { who, ids: [of[record] ?? ''], body })
      outcomes.push([record, body, code ?? (status < 300 ? 'done' : status)])
    }
    expect(outcomes).toEqual(cases)
  })
})
