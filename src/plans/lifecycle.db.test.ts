import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NodeInput } from './model.ts'
import { aDuty, aGroup, aHeader, aPlanWorld, aTask, bodyId, by, type PlanWorld } from '../../test/kit/plan-world.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

/** A plan's draft as it would be sent to save it again. */
async function draftOf(who: string, id: string) {
  const { version, header, nodes } = await world.plan(who, id, true)
  const inputs: NodeInput[] = nodes.map((node) => ({
    key: node.id,
    parentKey: node.parentId,
    kind: node.kind,
    path: node.path,
    text: node.text,
    output: node.output,
    funding: node.funding,
    time: node.time,
    duties: node.duties.map(({ kind, raw, addressed, classCode }) => ({
      kind,
      raw,
      addressedId: addressed?.id ?? null,
      classCode,
    })),
    source: node.source,
    programmes: node.programmes,
    bases: node.bases,
  }))
  return { version, header, nodes: inputs }
}

type Work = {
  nodeId: string
  agencyId: string
  period: string
  dueOn: string | null
  isRequested: boolean
  cancelledOn: string | null
  doneOn: string | null
}
const workOf = (planId: string) =>
  world.rows(
    sql<Work>`select node_id, agency_id, period, due_on, is_requested, cancelled_on, done_on from plans.occurrence where plan_id = ${planId} order by period, agency_id`,
  )
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
    const { nodes: read, header } = await draftOf(south, id)
    expect(header).toEqual(aHeader())
    expect(read.map(({ key: _key, parentKey: _parent, ...node }) => node)).toEqual(
      nodes.map(({ key: _key, parentKey: _parent, ...node }) => node),
    )
    expect(read[1]?.parentKey).toBe(read[0]?.key)
  })

  test('saved again, keeps the identity of its nodes; a new key is a new node', async () => {
    const id = await world.draft('south', [aTask({ key: 'a', text: 'Første' }), aTask({ key: 'b', text: 'Andre' })])
    const before = await draftOf(south, id)
    const [first, second] = before.nodes
    const nodes = [aTask({ key: 'nytt', text: 'Tredje' }), { ...aTask({ key: '' }), ...second, text: 'Andre, endret' }]
    await world.done(south, 'PUT', `/plans/${id}/draft`, { ...before, nodes })
    const after = await draftOf(south, id)
    expect(after.version).toBe(before.version + 1)
    expect(after.nodes.map((node) => node.text)).toEqual(['Tredje', 'Andre, endret'])
    expect(after.nodes[1]?.key).toBe(second?.key)
    expect([first?.key, second?.key]).not.toContain(after.nodes[0]?.key)
  })

  test('is not saved over a version its writer did not see', async () => {
    const id = await world.draft('south', [aTask()])
    const seen = await draftOf(south, id)
    await world.done(south, 'PUT', `/plans/${id}/draft`, seen)
    const answer = await world.ask('south officer 2', 'PUT', `/plans/${id}/draft`, {
      ...seen,
      header: { ...seen.header, title: 'Annen' },
    })
    expect([answer.status, answer.body.code]).toEqual([409, 'platform.stale-version'])
    expect((await draftOf(south, id)).header.title).toBe('Plan for bårn')
  })

  test('of two saved at the same moment one stands and the other is told', async () => {
    const id = await world.draft('south', [aTask()])
    const seen = await draftOf(south, id)
    const both = await Promise.all(
      ['A', 'B'].map((title) =>
        world.ask(south, 'PUT', `/plans/${id}/draft`, { ...seen, header: { ...seen.header, title } }),
      ),
    )
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 409])
    const won = both[0]?.status === 200 ? 'A' : 'B'
    expect((await draftOf(south, id)).header.title).toBe(won)
  })

  test.each<[string, NodeInput[]]>([
    ['a circle', [aTask({ key: 'a', parentKey: 'b' }), aTask({ key: 'b', parentKey: 'a' })]],
    ['a key twice', [aTask({ key: 'a' }), aTask({ key: 'a' })]],
    ['a parent that is not there', [aTask({ key: 'a', parentKey: 'x' })]],
  ])('with %s is refused and nothing is written', async (_name, nodes) => {
    const id = await world.draft('south', [aTask({ text: 'Står' })])
    const seen = await draftOf(south, id)
    const answer = await world.ask(south, 'PUT', `/plans/${id}/draft`, { ...seen, nodes })
    expect([answer.status, answer.body.code]).toEqual([422, 'plans.tree-broken'])
    expect((await draftOf(south, id)).nodes.map((node) => node.text)).toEqual(['Står'])
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
    const seen = await draftOf(south, id)
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
    expect(await workOf(id)).toEqual([])
  })

  test('is done on the version one saw', async () => {
    const id = await world.draft('south', [aTask()])
    await world.done(south, 'PUT', `/plans/${id}/draft`, await draftOf(south, id))
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
    const work = await workOf(id)
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

  test('a task without a lead counts the requested bodies apart', async () => {
    const id = await world.issued('south', [
      aTask({ time: by('2031-01-01'), duties: [aDuty('requested', 'southCourt')] }),
    ])
    expect((await workOf(id)).map((work) => [work.agencyId, work.isRequested])).toEqual([[bodyId('southCourt'), true]])
    const { numbers } = await world.plan(south, id)
    expect(numbers).toMatchObject({ overdue: 0, requested: { open: 1, done: 0 } })
  })

  test('a class that was abolished before the document resolves to those who stand in for it', async () => {
    const id = await world.issued('south', [aTask({ lead: 'district-councils' })])
    expect((await workOf(id)).map((work) => work.agencyId).sort()).toEqual([bodyId('solheim'), bodyId('vikdal')].sort())
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
      return (await workOf(id)).map((work) => work.agencyId)
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
    expect((await workOf(after)).map((work) => work.agencyId)).toEqual([bodyId('money')])
    expect((await workOf(before)).map((work) => work.agencyId)).toEqual([bodyId('schools')])
  })
})

describe('an issued plan', () => {
  test('is never edited, by any command', async () => {
    const id = await world.issued('south', [aTask()])
    const { version, header } = await world.plan(south, id)
    for (const [method, at, body] of [
      ['PUT', '/draft', { version, header, nodes: [] }],
      ['POST', '/issue', { version }],
    ] as const)
      expect(
        (await world.ask(method === 'PUT' ? south : 'south approver', method, `/plans/${id}${at}`, body)).body.code,
      ).toBe('plans.no-draft')
  })

  test.each([
    ['its document changed', sql`update plans.plan_version set title = 'x'`],
    ['its document made a draft again', sql`update plans.plan_version set state = 'draft'`],
    ['a task changed', sql`update plans.node_version set text = 'x'`],
    ['a task taken out', sql`delete from plans.node_version`],
    ['a duty changed', sql`update plans.duty set kind = 'support'`],
    ['a duty taken out', sql`delete from plans.duty`],
    ['its tie to a programme taken out', sql`delete from plans.node_programme`],
    ['a legal base taken out', sql`delete from plans.node_basis`],
    ['a body taken off its duty', sql`delete from plans.duty_body`],
  ])('cannot have %s, even by SQL as the application', async (_name, statement) => {
    const id = await world.issued('south', [aTask({ text: 'Urørt', bases: ['Lov 1'] })])
    const before = await world.plan(south, id)
    await world
      .as('south approver', ({ db }) => statement.execute(db))
      .catch((fault: unknown) => expect(String(fault)).toMatch(/row-level security|permission denied|foreign key/))
    expect(await world.plan(south, id)).toEqual(before)
  })

  test('cannot have a task or a duty slipped in by SQL as the application', async () => {
    const id = await world.issued('south', [aTask()])
    const { versionId, nodes } = await world.plan(south, id)
    const nodeId = nodes[0]?.id ?? ''
    const duty = {
      id: crypto.randomUUID(),
      planVersionId: versionId,
      planId: id,
      agencyId: bodyId('south'),
      nodeId,
      kind: 'lead' as const,
      raw: 'x',
    }
    await expect(
      world.as('south approver', ({ db }) => db.insertInto('plans.duty').values(duty).execute()),
    ).rejects.toThrow(/row-level security/)
    await expect(
      world.as('south approver', async ({ db }) => {
        const node = crypto.randomUUID()
        await db
          .insertInto('plans.node')
          .values({ id: node, planId: id, agencyId: bodyId('south') })
          .execute()
        await db
          .insertInto('plans.nodeVersion')
          .values({
            nodeId: node,
            planVersionId: versionId,
            planId: id,
            agencyId: bodyId('south'),
            kind: 'task',
            rank: 9,
            path: '9',
            text: 'x',
            searchKey: 'x',
          })
          .execute()
      }),
    ).rejects.toThrow(/row-level security/)
  })

  test('keeps its period, programmes and legal bases while a document that changes them is being written', async () => {
    const id = await world.issued('south', [aTask({ text: 'En', bases: ['Lov 1'] })], {
      header: { periodTo: '2035-12-31' },
    })
    await world.done(south, 'POST', `/plans/${id}/amendment`, { act: 'amending', reason: 'Nytt' })
    const draft = await draftOf(south, id)
    expect(draft.nodes[0]?.bases).toEqual(['Lov 1'])
    await world.done(south, 'PUT', `/plans/${id}/draft`, {
      ...draft,
      header: { ...draft.header, periodTo: '2031-12-31' },
      nodes: draft.nodes.map((node) => ({ ...node, bases: ['Lov 2'] })),
    })
    const issued = await world.plan(south, id)
    expect([issued.header.periodTo, issued.nodes[0]?.bases]).toEqual(['2035-12-31', ['Lov 1']])
    const written = await draftOf(south, id)
    expect([written.header.periodTo, written.nodes[0]?.bases]).toEqual(['2031-12-31', ['Lov 2']])
  })
})

describe('a document that changes an issued plan', () => {
  async function amend(id: string, act: string, change: (nodes: NodeInput[]) => NodeInput[]) {
    await world.done(south, 'POST', `/plans/${id}/amendment`, { act, reason: 'Endret' })
    const draft = await draftOf(south, id)
    await world.done(south, 'PUT', `/plans/${id}/draft`, {
      version: draft.version,
      header: { ...draft.header, number: '13/KH-R', issuedOn: '2031-03-01' },
      nodes: change(draft.nodes),
    })
    await world.issue('south', id)
  }

  async function acceptedWork(id: string, agency: 'southHealth' | 'southSchools'): Promise<void> {
    const { items } = await world.done(`${agency} officer`, 'GET', `/tasks?planId=${id}`)
    const task = (items as { id: string }[])[0]?.id ?? ''
    const said = { version: null, status: 'completed', narrative: 'Gjort', evidenceNote: null }
    const progress = await world.done(`${agency} officer`, 'PUT', `/tasks/${task}/progress`, said)
    await world.done(`${agency} officer`, 'POST', `/progress/${String(progress.id)}/submission`, { version: 1 })
    await world.done('south approver', 'POST', `/progress/${String(progress.id)}/acceptance`, { version: 2 })
  }

  test.each(['amending', 'correcting', 'replacing'])(
    '%s: tasks keep identity and progress, what is removed is cancelled and never deleted',
    async (act) => {
      const id = await world.issued('south', [
        aTask({ text: 'Gjort', time: by('2031-06-30'), lead: 'southHealth' }),
        aTask({ text: 'Bort', time: by('2031-06-30'), lead: 'southSchools' }),
      ])
      await acceptedWork(id, 'southHealth')
      const before = await world.plan(south, id)
      await amend(id, act, ([kept]) => [
        { ...aTask(), ...kept, text: 'Gjort, med nye ord', time: by('2031-09-30') },
        aTask({ text: 'Ny', lead: 'southSchools' }),
      ])
      const after = await world.plan(south, id)
      expect(after.state).toBe('issued')
      expect(after.nodes[0]?.id).toBe(before.nodes[0]?.id)
      expect(after.nodes.map((node) => node.text)).toEqual(['Gjort, med nye ord', 'Ny'])
      expect(after.nodes[0]?.numbers.doneOnTime).toBe(1)
      expect(after.versions.map((version) => [version.act, version.state])).toEqual([
        ['original', 'issued'],
        [act, 'issued'],
      ])
      const work = await workOf(id)
      expect(work.find((row) => row.nodeId === before.nodes[1]?.id)?.cancelledOn).toBe('2031-03-04')
      expect(work.find((row) => row.nodeId === before.nodes[0]?.id)).toMatchObject({
        dueOn: '2031-09-30',
        cancelledOn: null,
        doneOn: '2031-03-04',
      })
      expect(work).toHaveLength(3)
    },
  )

  test('annulling ends the plan: open work is cancelled, done work stays done, nothing more can be begun', async () => {
    const id = await world.issued('south', [
      aTask({ lead: 'southHealth', time: by('2031-06-30') }),
      aTask({ lead: 'southSchools', time: by('2031-06-30') }),
    ])
    await acceptedWork(id, 'southHealth')
    await amend(id, 'annulling', (nodes) => nodes)
    expect((await world.plan(south, id)).state).toBe('annulled')
    expect(
      (await workOf(id)).map((row) => [row.agencyId === bodyId('southHealth'), row.cancelledOn, row.doneOn]).sort(),
    ).toEqual([
      [false, '2031-03-04', null],
      [true, null, '2031-03-04'],
    ])
    expect((await world.ask(south, 'POST', `/plans/${id}/amendment`, { act: 'amending', reason: 'x' })).body.code).toBe(
      'plans.act-not-possible',
    )
  })

  test('leaves the overdue periods of recurring work overdue', async () => {
    world.clock.now = new Date('2031-03-04T03:00:00Z')
    const monthly: NodeInput['time'] = {
      kind: 'recurring',
      text: 'hver måned',
      from: null,
      to: null,
      frequency: 'month',
    }
    const id = await world.issued('south', [aTask({ time: monthly })], { header: { issuedOn: '2030-12-05' } })
    const periods = async () => (await workOf(id)).filter((row) => row.cancelledOn === null).map((row) => row.period)
    expect(await periods()).toEqual(['2030-12', '2031-01', '2031-02', '2031-03'])
    await amend(id, 'amending', (nodes) => [...nodes, aTask({ text: 'Ny', lead: 'southSchools', time: monthly })])
    const later = await workOf(id)
    expect(
      later
        .filter((row) => row.agencyId === bodyId('southHealth') && row.cancelledOn === null)
        .map((row) => row.period),
    ).toEqual(['2030-12', '2031-01', '2031-02', '2031-03'])
    expect(later.filter((row) => row.agencyId === bodyId('southSchools')).map((row) => row.period)).toEqual(['2031-03'])
    const { made } = await world.asProduct(async (ctx) => ({
      made: await (await import('./jobs.ts')).extendOccurrences(ctx),
    }))
    expect(made).toBe(0)
    expect(await periods()).toEqual(['2030-12', '2031-01', '2031-02', '2031-03', '2031-03'])
  })

  test('is begun once, and only on what is issued', async () => {
    const id = await world.draft('south', [aTask()])
    const begin = () => world.ask(south, 'POST', `/plans/${id}/amendment`, { act: 'amending', reason: 'x' })
    expect((await begin()).body.code).toBe('plans.act-not-possible')
    await world.issue('south', id)
    const both = await Promise.all([begin(), begin()])
    expect(both.map((answer) => [answer.status, answer.body.code ?? null]).sort()).toEqual([
      [204, null],
      [409, 'plans.draft-already-begun'],
    ])
  })
})
