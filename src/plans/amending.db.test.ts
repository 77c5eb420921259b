import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NodeInput } from './model.ts'
import { aPlanWorld, aTask, bodyId, by, type PlanWorld } from '../../test/kit/plan-world.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

const south = 'south officer'

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
    const draft = await world.draftOf(south, id)
    expect(draft.nodes[0]?.bases).toEqual(['Lov 1'])
    await world.done(south, 'PUT', `/plans/${id}/draft`, {
      ...draft,
      header: { ...draft.header, periodTo: '2031-12-31' },
      nodes: draft.nodes.map((node) => ({ ...node, bases: ['Lov 2'] })),
    })
    const issued = await world.plan(south, id)
    expect([issued.header.periodTo, issued.nodes[0]?.bases]).toEqual(['2035-12-31', ['Lov 1']])
    const written = await world.draftOf(south, id)
    expect([written.header.periodTo, written.nodes[0]?.bases]).toEqual(['2031-12-31', ['Lov 2']])
  })
})

describe('a document that changes an issued plan', () => {
  async function amend(id: string, act: string, change: (nodes: NodeInput[]) => NodeInput[]) {
    await world.done(south, 'POST', `/plans/${id}/amendment`, { act, reason: 'Endret' })
    const draft = await world.draftOf(south, id)
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
      const work = await world.workOf(id)
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
      (await world.workOf(id))
        .map((row) => [row.agencyId === bodyId('southHealth'), row.cancelledOn, row.doneOn])
        .sort(),
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
    const periods = async () =>
      (await world.workOf(id)).filter((row) => row.cancelledOn === null).map((row) => row.period)
    expect(await periods()).toEqual(['2030-12', '2031-01', '2031-02', '2031-03'])
    await amend(id, 'amending', (nodes) => [...nodes, aTask({ text: 'Ny', lead: 'southSchools', time: monthly })])
    const later = await world.workOf(id)
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
