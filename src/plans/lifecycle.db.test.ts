import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NodeInput } from './model.ts'
import { aDuty, aGroup, aHeader, aPlanWorld, aTask, bodyId, by, type PlanWorld } from '../../test/kit/plan-world.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

const south = 'south officer'

describe('a draft', () => {
  test('is written by hand and read back as it was written', async () => {
    const nodes = [
      aGroup({ key: 'g', path: 'I', text: 'Helse' }),
      aTask({
        key: 'a',
        parentKey: 'g',
        text: 'Vaksiner',
        time: by('2031-06-30'),
        output: 'Rapport',
        bases: ['Lov 1'],
        duties: [aDuty('lead', 'southHealth'), aDuty('support', 'commune-councils')],
      }),
    ]
    const id = await world.draft('south', nodes)
    const { nodes: read, header } = await world.draftOf(south, id)
    expect(header).toEqual(aHeader())
    expect(read.map(({ key: _key, parentKey: _parent, ...node }) => node)).toEqual(
      nodes.map(({ key: _key, parentKey: _parent, ...node }) => ({ ...node, milestones: [] })),
    )
    expect(read[1]?.parentKey).toBe(read[0]?.key)
  })

  test('saved again, keeps the identity of its nodes; a new key is a new node', async () => {
    const id = await world.draft('south', [aTask({ key: 'a', text: 'Første' }), aTask({ key: 'b', text: 'Andre' })])
    const before = await world.draftOf(south, id)
    const [first, second] = before.nodes
    const nodes = [aTask({ key: 'nytt', text: 'Tredje' }), { ...aTask({ key: '' }), ...second, text: 'Andre, endret' }]
    await world.done(south, 'PUT', `/plans/${id}/draft`, { ...before, nodes })
    const after = await world.draftOf(south, id)
    expect(after.version).toBe(before.version + 1)
    expect(after.nodes.map((node) => node.text)).toEqual(['Tredje', 'Andre, endret'])
    expect(after.nodes[1]?.key).toBe(second?.key)
    expect([first?.key, second?.key]).not.toContain(after.nodes[0]?.key)
  })

  test('is not saved over a version its writer did not see', async () => {
    const id = await world.draft('south', [aTask()])
    const seen = await world.draftOf(south, id)
    await world.done(south, 'PUT', `/plans/${id}/draft`, seen)
    const answer = await world.ask('south officer 2', 'PUT', `/plans/${id}/draft`, {
      ...seen,
      header: { ...seen.header, title: 'Annen' },
    })
    expect([answer.status, answer.body.code]).toEqual([409, 'platform.stale-version'])
    expect((await world.draftOf(south, id)).header.title).toBe('Plan for bårn')
  })

  test('of two saved at the same moment one stands and the other is told', async () => {
    const id = await world.draft('south', [aTask()])
    const seen = await world.draftOf(south, id)
    const both = await Promise.all(
      ['A', 'B'].map((title) =>
        world.ask(south, 'PUT', `/plans/${id}/draft`, { ...seen, header: { ...seen.header, title } }),
      ),
    )
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 409])
    const won = both[0]?.status === 200 ? 'A' : 'B'
    expect((await world.draftOf(south, id)).header.title).toBe(won)
  })

  test.each<[string, NodeInput[]]>([
    ['a circle', [aTask({ key: 'a', parentKey: 'b' }), aTask({ key: 'b', parentKey: 'a' })]],
    ['a key twice', [aTask({ key: 'a' }), aTask({ key: 'a' })]],
    ['a parent that is not there', [aTask({ key: 'a', parentKey: 'x' })]],
  ])('with %s is refused and nothing is written', async (_name, nodes) => {
    const id = await world.draft('south', [aTask({ text: 'Står' })])
    const seen = await world.draftOf(south, id)
    const answer = await world.ask(south, 'PUT', `/plans/${id}/draft`, { ...seen, nodes })
    expect([answer.status, answer.body.code]).toEqual([422, 'plans.tree-broken'])
    expect((await world.draftOf(south, id)).nodes.map((node) => node.text)).toEqual(['Står'])
  })

  test.each<[string, Partial<NodeInput>, string]>([
    [
      'a body that does not exist',
      {
        duties: [{ kind: 'lead', raw: 'Ingen', addressedId: '0190b0b0-0000-7000-8000-000000000001', classCode: null }],
      },
      '/nodes/0/duties/0',
    ],
    [
      'a class that does not exist',
      { duties: [{ kind: 'lead', raw: 'Ingen', addressedId: null, classCode: 'no-such-class' }] },
      '/nodes/0/duties/0',
    ],
    ['a programme that does not exist', { programmes: ['no-such-programme'] }, '/nodes/0/programmes/0'],
  ])('that names %s is refused at its place', async (_name, over, pointer) => {
    const body = {
      issuerId: bodyId('south'),
      header: aHeader(),
      nodes: [aTask(over)],
      parentPlanIds: [],
      functionCode: 'children',
    }
    const answer = await world.ask(south, 'POST', '/plans', body)
    expect([
      answer.status,
      (answer.body.errors as { pointer: string }[] | undefined)?.map((fault) => fault.pointer),
    ]).toEqual([422, [pointer]])
  })

  test('serves a function of the State that exists', async () => {
    const body = { issuerId: bodyId('south'), header: aHeader(), nodes: [], parentPlanIds: [], functionCode: 'dragons' }
    const answer = await world.ask(south, 'POST', '/plans', body)
    expect([answer.status, (answer.body.errors as { pointer: string }[] | undefined)?.[0]?.pointer]).toEqual([
      422,
      '/functionCode',
    ])
  })

  test('issued by the head of the executive is kept by the central body that answers for its function', async () => {
    const begin = (who: string, issuer: Parameters<typeof bodyId>[0]) =>
      world.ask(who, 'POST', '/plans', {
        issuerId: bodyId(issuer),
        header: aHeader(),
        nodes: [],
        parentPlanIds: [],
        functionCode: 'children',
      })
    const { body, status } = await begin('ministry officer', 'crown')
    expect(status).toBe(200)
    const plan = await world.plan('ministry officer', String(body.planId), true)
    expect([plan.issuer.id, plan.owner.id]).toEqual([bodyId('crown'), bodyId('ministry')])
    expect((await begin('schools officer', 'crown')).body.code).toBe('plans.not-your-issuer')
    expect((await begin('south officer', 'crown')).body.code).toBe('plans.not-your-issuer')
    expect((await begin('ministry officer', 'court')).body.code).toBe('plans.not-your-issuer')
  })

  test('is begun only for one’s own body or one whose work it took over', async () => {
    const begin = (issuer: Parameters<typeof bodyId>[0]) =>
      world.ask('north officer', 'POST', '/plans', {
        issuerId: bodyId(issuer),
        header: aHeader(),
        nodes: [],
        parentPlanIds: [],
        functionCode: 'children',
      })
    expect((await begin('south')).body.code).toBe('plans.not-your-issuer')
    const { body, status } = await begin('eastBefore')
    expect(status).toBe(200)
    const plan = await world.plan('north officer', String(body.planId), true)
    expect([plan.issuer.id, plan.issuer.name, plan.owner.id]).toEqual([
      bodyId('eastBefore'),
      'Råd i Vård Ëstra',
      bodyId('north'),
    ])
  })

  test('is nobody’s to see but its own body’s: neither its superior nor those it will bind', async () => {
    const id = await world.draft('solheim', [aTask({ lead: 'solheim' })])
    for (const who of [
      'south officer',
      'south approver',
      'ministry officer',
      'vikdal officer',
      'southHealth officer',
    ]) {
      for (const at of [
        '',
        '?draft=true',
        '/derivation',
        '/coverage',
        '/coverage/bodies',
        '/document',
        '/document?draft=true',
        '/status-report',
      ])
        expect([who, at, (await world.ask(who, 'GET', `/plans/${id}${at}`)).status]).toEqual([who, at, 404])
      const { items } = await world.done(who, 'GET', '/plans?size=200')
      expect((items as { id: string }[]).map((plan) => plan.id)).not.toContain(id)
    }
  })

  test('does not stand under a plan its writer cannot see, nor under one that does not exist', async () => {
    const foreign = await world.issued('vikdal', [aTask({ lead: 'vikdal' })])
    const begin = (parentPlanIds: string[]) =>
      world.ask('solheim officer', 'POST', '/plans', {
        issuerId: bodyId('solheim'),
        header: aHeader(),
        nodes: [],
        parentPlanIds,
        functionCode: 'children',
      })
    const [hidden, none] = [await begin([foreign]), await begin(['0190b0b0-0000-7000-8000-000000000001'])]
    expect([hidden.status, hidden.body.code]).toEqual([404, 'platform.not-found'])
    expect({ ...hidden.body, requestId: '' }).toEqual({ ...none.body, requestId: '' })
    const visible = await world.issued('south', [aTask()])
    expect((await begin([visible, visible])).status).toBe(200)
  })
})

describe('issuing', () => {
  test('takes two persons', async () => {
    const id = await world.draft('south', [aTask()])
    const seen = await world.draftOf(south, id)
    await world.done('south approver', 'PUT', `/plans/${id}/draft`, seen)
    const alone = await world.ask('south approver', 'POST', `/plans/${id}/issue`, { version: seen.version + 1 })
    expect([alone.status, alone.body.code]).toEqual([403, 'access.second-person-needed'])
    await world.done('south approver 2', 'POST', `/plans/${id}/issue`, { version: seen.version + 1 })
    expect((await world.plan(south, id)).state).toBe('issued')
  })

  test('says what is missing at each place, and issues nothing', async () => {
    const id = await world.draft(
      'south',
      [
        aTask({ duties: [] }),
        aTask({ duties: [{ kind: 'lead', raw: 'Ukjent råd', addressedId: null, classCode: null }] }),
      ],
      { header: { number: null, place: null } },
    )
    const answer = await world.ask(
      'south approver',
      'POST',
      `/plans/${id}/issue`,
      { version: 1 },
      { 'accept-language': 'en' },
    )
    expect([answer.status, answer.body.code]).toEqual([422, 'plans.not-ready-to-issue'])
    const errors = answer.body.errors as { pointer: string; title: string }[]
    expect(errors.map((fault) => fault.pointer)).toEqual([
      '/header/number',
      '/header/place',
      '/nodes/0/duties',
      '/nodes/1/duties/0',
    ])
    expect(errors[3]?.title).toContain('Ukjent råd')
    expect((await world.plan(south, id, true)).state).toBe('draft')
    expect(await world.workOf(id)).toEqual([])
  })

  test('is done on the version one saw', async () => {
    const id = await world.draft('south', [aTask()])
    await world.done(south, 'PUT', `/plans/${id}/draft`, await world.draftOf(south, id))
    expect((await world.ask('south approver', 'POST', `/plans/${id}/issue`, { version: 1 })).body.code).toBe(
      'platform.stale-version',
    )
  })

  test('lays duties on real bodies and begins the work of the leads', async () => {
    const id = await world.issued('south', [
      aTask({
        text: 'En',
        time: by('2031-06-30'),
        duties: [aDuty('lead', 'southHealth'), aDuty('support', 'commune-councils'), aDuty('requested', 'southCourt')],
      }),
    ])
    const work = await world.workOf(id)
    expect(work.map(({ agencyId, dueOn, isRequested }) => [agencyId, dueOn, isRequested])).toEqual([
      [bodyId('southHealth'), '2031-06-30', false],
    ])
    const plan = await world.plan(south, id)
    expect(plan.nodes[0]?.duties.map((duty) => [duty.kind, duty.bodyCount])).toEqual([
      ['lead', 1],
      ['support', 2],
      ['requested', 1],
    ])
  })

  test('tells every reader the true number of bodies behind a duty, however little he sees of them', async () => {
    const id = await world.issued('south', [
      aTask({ duties: [aDuty('lead', 'solheim'), aDuty('support', 'commune-councils')] }),
    ])
    for (const who of [south, 'solheim reader', 'vikdal reader', 'crown officer'])
      expect([who, (await world.plan(who, id)).nodes[0]?.duties.map((duty) => duty.bodyCount)]).toEqual([who, [1, 2]])
  })

  test('a task without a lead counts the requested bodies apart', async () => {
    const id = await world.issued('south', [
      aTask({ time: by('2031-01-01'), duties: [aDuty('requested', 'southCourt')] }),
    ])
    expect((await world.workOf(id)).map((work) => [work.agencyId, work.isRequested])).toEqual([
      [bodyId('southCourt'), true],
    ])
    const { numbers } = await world.plan(south, id)
    expect(numbers).toMatchObject({ overdue: 0, requested: { open: 1, done: 0 } })
  })

  test('a class that was abolished before the document resolves to those who stand in for it', async () => {
    const id = await world.issued('south', [aTask({ lead: 'district-councils' })])
    expect((await world.workOf(id)).map((work) => work.agencyId).sort()).toEqual(
      [bodyId('solheim'), bodyId('vikdal')].sort(),
    )
  })

  test('a document older than the reform means the bodies of its day, and their work follows to the successors', async () => {
    const id = await world.issued('north', [aTask({ lead: 'commune-councils' })], {
      issuer: 'northBefore',
      header: { issuedOn: '2028-05-01' },
    })
    const rows = await world.rows(
      sql<{
        addressedId: string
        agencyId: string
      }>`select distinct addressed_id, agency_id from plans.duty_body where plan_id = ${id}`,
    )
    expect(new Set(rows.map((row) => row.addressedId)).size).toBe(6)
    expect([...new Set(rows.map((row) => row.agencyId))].sort()).toEqual(
      [bodyId('lunda'), bodyId('havn'), bodyId('askog')].sort(),
    )
    const plan = await world.plan('north officer', id)
    expect(plan.issuer.name).toBe('Råd i Vård Nørda')
    expect(plan.owner.name).toBe('Råd i Vård Nørdëst')
    expect(plan.nodes[0]?.duties[0]).toMatchObject({ raw: 'commune-councils', follows: true })
  })

  test('a duty of a dissolved body follows to whoever took over the function the plan serves', async () => {
    const holderFor = async (functionCode: string) => {
      const body = {
        issuerId: bodyId('crown'),
        header: aHeader({ issuedOn: '2028-01-01' }),
        nodes: [aTask({ lead: 'dissolved' })],
        parentPlanIds: [],
        functionCode,
      }
      const id = String((await world.done('crown officer', 'POST', '/plans', body)).planId)
      await world.issue('crown', id)
      return (await world.workOf(id)).map((work) => work.agencyId)
    }
    expect(await holderFor('children')).toEqual([bodyId('ministry')])
    expect(await holderFor('vocational')).toEqual([bodyId('schools')])
  })

  test('a body that gave a function away before the document was written keeps what the document gives it', async () => {
    const reload = (state: string) =>
      sql`update platform.setting set value = jsonb_set(value, '{fingerprint}', ${JSON.stringify(state)}::jsonb) where value ? 'fingerprint'`.execute(
        world.land.owner,
      )
    await world.land.owner
      .insertInto('agencies.succession')
      .values({
        fromId: bodyId('money'),
        toId: bodyId('schools'),
        function: 'children',
        onDate: '2030-06-01',
        share: 'whole',
      })
      .execute()
    await reload('moved')
    const after = await world.issued('crown', [aTask({ lead: 'money' })], { header: { issuedOn: '2031-02-01' } })
    const before = await world.issued('crown', [aTask({ lead: 'money' })], { header: { issuedOn: '2030-02-01' } })
    await world.land.owner.deleteFrom('agencies.succession').where('fromId', '=', bodyId('money')).execute()
    await reload('moved back')
    expect((await world.workOf(after)).map((work) => work.agencyId)).toEqual([bodyId('money')])
    expect((await world.workOf(before)).map((work) => work.agencyId)).toEqual([bodyId('schools')])
  })
})
