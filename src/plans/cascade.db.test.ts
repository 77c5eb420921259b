import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { extendOccurrences } from './jobs.ts'
import type { Coverage, CoverageRow, DerivationRow, NodeInput } from './model.ts'
import {
  aDuty,
  aGroup,
  aHeader,
  aPlanWorld,
  aTask,
  bodyId,
  by,
  type BodyName,
  type PlanWorld,
  asInputs,
} from '../../test/kit/plan-world.ts'

let world: PlanWorld
let national = ''
beforeAll(async () => {
  world = await aPlanWorld()
  national = await world.issued('crown', [
    aGroup({ key: 'g1', path: 'I', text: 'Helse' }),
    aTask({
      key: 't1',
      parentKey: 'g1',
      path: '1',
      text: 'Vaksinere',
      lead: 'ministry',
      duties: [aDuty('lead', 'ministry'), aDuty('support', 'localities')],
      time: by('2031-12-31'),
    }),
    aGroup({ key: 'g2', path: 'II', text: 'Skole' }),
    aTask({
      key: 't2',
      parentKey: 'g2',
      path: '2',
      text: 'Lese',
      duties: [aDuty('lead', 'schools'), aDuty('support', 'south')],
    }),
    aTask({ key: 't3', parentKey: 'g2', path: '3', text: 'Regne', duties: [aDuty('lead', 'money')] }),
    aTask({
      key: 't4',
      parentKey: 'g2',
      path: '4',
      text: 'Dømme',
      duties: [aDuty('requested', 'court'), aDuty('consolidate', 'ministry')],
    }),
  ])
})
afterAll(() => world.close())

async function derive(owner: BodyName, from: string): Promise<string> {
  return String(
    (
      await world.done(`${owner} officer`, 'POST', `/plans/${from}/derivations`, {
        issuerId: bodyId(owner),
        header: aHeader(),
      })
    ).planId,
  )
}
async function rowsOf(owner: BodyName, id: string): Promise<DerivationRow[]> {
  return (await world.done(`${owner} officer`, 'GET', `/plans/${id}/derivation`)) as unknown as DerivationRow[]
}
/** Lays a duty of the body itself on every task of its draft and issues it. */
async function issueDerived(owner: BodyName, id: string): Promise<void> {
  const { version, header, nodes } = await world.plan(`${owner} officer`, id, true)
  const inputs = asInputs(nodes).map((node) => ({
    ...node,
    duties: node.kind === 'task' ? [aDuty('lead', owner)] : [],
  }))
  await world.done(`${owner} officer`, 'PUT', `/plans/${id}/draft`, { version, header, nodes: inputs })
  await world.issue(owner, id)
}
const coverageOf = async (who: string, id = national) =>
  (await world.done(who, 'GET', `/plans/${id}/coverage`)) as unknown as Coverage
const listed = async (who: string, query = '', id = national) =>
  (await world.done(who, 'GET', `/plans/${id}/coverage/bodies?size=200${query}`)) as unknown as {
    items: CoverageRow[]
    total: number
  }

describe('deriving', () => {
  let id = ''
  beforeAll(async () => {
    id = await derive('south', national)
  })

  test('begins with the tasks in which the body has a duty, in their groups, without the duties of others', async () => {
    const { nodes, parents, state } = await world.plan('south officer', id, true)
    expect(state).toBe('draft')
    expect(parents.map((parent) => parent.id)).toEqual([national])
    expect(nodes.map((node) => [node.kind, node.path, node.text, node.duties.length])).toEqual([
      ['group', 'I', 'Helse', 0],
      ['task', '1', 'Vaksinere', 0],
      ['group', 'II', 'Skole', 0],
      ['task', '2', 'Lese', 0],
    ])
    expect(nodes[1]?.time).toEqual(by('2031-12-31'))
  })

  test('tells of every task above what is done with it, and which are one’s own', async () => {
    const rows = await rowsOf('south', id)
    expect(rows.map((row) => [row.path, row.hasOwnDuty, row.dutyKinds, row.decision])).toEqual([
      ['1', true, ['support'], 'taken-over'],
      ['2', true, ['support'], 'taken-over'],
      ['3', false, [], 'undecided'],
      ['4', false, [], 'undecided'],
    ])
  })

  test('each task above is taken over, adapted, not applicable with a reason, or undecided again', async () => {
    const rows = await rowsOf('south', id)
    const at = (path: string) => rows.find((row) => row.path === path)
    const decide = (path: string, body: object) =>
      world.ask('south officer', 'PUT', `/plans/${id}/derivation/${at(path)?.parentNodeId}`, body)
    expect((await decide('2', { kind: 'adapted', nodeId: at('2')?.nodeId })).status).toBe(204)
    expect((await decide('3', { kind: 'not-applicable' })).status).toBe(422)
    expect((await decide('3', { kind: 'not-applicable', reason: ' ' })).status).toBe(422)
    expect((await decide('3', { kind: 'not-applicable', reason: 'Ingen skøl her' })).status).toBe(204)
    expect((await decide('1', { kind: 'undecided' })).status).toBe(204)
    expect((await rowsOf('south', id)).map((row) => [row.decision, row.reason])).toEqual([
      ['undecided', null],
      ['adapted', null],
      ['not-applicable', 'Ingen skøl her'],
      ['undecided', null],
    ])
    expect((await decide('1', { kind: 'taken-over', nodeId: at('1')?.nodeId })).status).toBe(204)
  })

  test('only a task above is decided on, and only with a task of one’s own document', async () => {
    const rows = await rowsOf('south', id)
    const { nodes: above } = await world.plan('south officer', national)
    const { nodes: own } = await world.plan('south officer', id, true)
    const decide = async (parentNodeId: string | undefined, nodeId: string | undefined) =>
      (await world.ask('south officer', 'PUT', `/plans/${id}/derivation/${parentNodeId}`, { kind: 'adapted', nodeId }))
        .body.code
    const [task, group] = [rows[0]?.parentNodeId, above.find((node) => node.kind === 'group')?.id]
    const [ownTask, ownGroup] = [
      own.find((node) => node.kind === 'task')?.id,
      own.find((node) => node.kind === 'group')?.id,
    ]
    expect(await decide(group, ownTask)).toBe('plans.not-a-task-above')
    expect(await decide(ownTask, ownTask)).toBe('plans.not-a-task-above')
    expect(await decide(task, ownGroup)).toBe('plans.not-a-task-here')
    expect(await decide(task, task)).toBe('plans.not-a-task-here')
  })

  test('a task that is taken out of the draft leaves its task above undecided', async () => {
    const other = await derive('north', national)
    const { version, header, nodes } = await world.plan('north officer', other, true)
    expect(nodes.map((node) => node.text)).toEqual(['Helse', 'Vaksinere'])
    await world.done('north officer', 'PUT', `/plans/${other}/draft`, {
      version,
      header,
      nodes: [aTask({ text: 'Eget', lead: 'north' })],
    })
    expect((await rowsOf('north', other)).map((row) => row.decision)).toEqual([
      'undecided',
      'undecided',
      'undecided',
      'undecided',
    ])
    await world.issue('north', other)
    const added = await world.plan('north officer', other)
    expect(added.nodes[0]?.derivedFrom).toEqual([])
  })

  test('one does not derive from one’s own plan, from a draft, or from what one cannot see', async () => {
    const body = { issuerId: bodyId('crown'), header: aHeader() }
    expect((await world.ask('crown officer', 'POST', `/plans/${national}/derivations`, body)).body.code).toBe(
      'plans.derive-from-own',
    )
    const draft = await world.draft('solheim', [aTask({ lead: 'solheim' })])
    const own = { issuerId: bodyId('south'), header: aHeader() }
    expect((await world.ask('south officer', 'POST', `/plans/${draft}/derivations`, own)).status).toBe(404)
    const hidden = await world.issued('north', [aTask({ lead: 'northHealth' })])
    expect((await world.ask('south officer', 'POST', `/plans/${hidden}/derivations`, own)).status).toBe(404)
  })

  test('a plan written by hand is put under the one above', async () => {
    const own = await world.issued('vikdal', [aTask({ lead: 'vikdal' })])
    await world.done('vikdal officer', 'POST', `/plans/${own}/parents`, { parentPlanId: national })
    await world.done('vikdal officer', 'POST', `/plans/${own}/parents`, { parentPlanId: national })
    expect((await world.plan('vikdal officer', own)).parentIds).toEqual([national])
    expect((await world.ask('vikdal officer', 'POST', `/plans/${own}/parents`, { parentPlanId: own })).status).toBe(422)
    const hidden = await world.issued('solheim', [aTask({ lead: 'solheim' })])
    expect((await world.ask('vikdal officer', 'POST', `/plans/${own}/parents`, { parentPlanId: hidden })).status).toBe(
      404,
    )
  })
})

describe('the coverage board', () => {
  let top = ''
  beforeAll(async () => {
    top = await world.issued('crown', [
      aTask({ path: '1', text: 'Alle', duties: [aDuty('lead', 'ministry'), aDuty('support', 'localities')] }),
      aTask({ path: '2', text: 'Ingen tok', duties: [aDuty('lead', 'schools')] }),
    ])
    const south = await derive('south', top)
    await issueDerived('south', south)
    await derive('north', top)
    const solheim = await world.issued('solheim', [aTask({ lead: 'solheim' })], { parents: [south] })
    expect(solheim).not.toBe('')
    await world.draft('vikdal', [aTask({ lead: 'vikdal' })], { parents: [south] })
  })

  test('says by tier who has issued, who is drafting and who does nothing', async () => {
    expect((await coverageOf('crown officer', top)).tiers).toEqual([
      { level: 'central', owed: 2, issued: 0, drafting: 0, nothing: 2 },
      { level: 'province', owed: 2, issued: 1, drafting: 1, nothing: 0 },
      { level: 'commune', owed: 7, issued: 1, drafting: 1, nothing: 5 },
    ])
  })

  test('says what became of each task, and which nobody took', async () => {
    const { tasks, untaken } = await coverageOf('crown officer', top)
    expect(
      tasks.map(({ path, takenOver, adapted, notApplicable, undecided }) => [
        path,
        takenOver,
        adapted,
        notApplicable,
        undecided,
      ]),
    ).toEqual([
      ['1', 1, 0, 0, 0],
      ['2', 0, 0, 0, 1],
    ])
    expect(untaken.map((task) => task.path)).toEqual(['2'])
  })

  test('lists the bodies, nothing first, and the list agrees with the tiers under every filter', async () => {
    const { tiers } = await coverageOf('crown officer', top)
    for (const tier of tiers)
      for (const state of ['issued', 'drafting', 'nothing'] as const) {
        const { items, total } = await listed('crown officer', `&level=${tier.level}&state=${state}`, top)
        expect([tier.level, state, total, items.length]).toEqual([tier.level, state, tier[state], tier[state]])
      }
    const communes = (await listed('crown officer', '&level=commune', top)).items
    expect(communes.map((row) => row.state)).toEqual(
      [...communes.map((row) => row.state)].sort(
        (a, b) => ['nothing', 'drafting', 'issued'].indexOf(a) - ['nothing', 'drafting', 'issued'].indexOf(b),
      ),
    )
    expect(
      (await listed('crown officer', `&under=${bodyId('south')}`, top)).items.map((row) => row.agency.id).sort(),
    ).toEqual([bodyId('solheim'), bodyId('vikdal')].sort())
    for (const words of ['vik dal', 'Vík-Đal', 'VIK'])
      expect(
        (await listed('crown officer', `&search=${encodeURIComponent(words)}`, top)).items.map((row) => row.agency.id),
      ).toEqual([bodyId('vikdal')])
    const province = (await listed('crown officer', '&level=province', top)).items.find(
      (row) => row.agency.id === bodyId('south'),
    )
    expect(province?.below).toEqual({ owed: 2, issued: 1, drafting: 1 })
  })

  test('pages hold each body once', async () => {
    const all = (await listed('crown officer', '', top)).items.map((row) => row.agency.id)
    const pages: string[] = []
    for (let page = 1; page <= 4; page++) {
      const { items } = await world.done('crown officer', 'GET', `/plans/${top}/coverage/bodies?size=3&page=${page}`)
      pages.push(...(items as CoverageRow[]).map((row) => row.agency.id))
    }
    expect(pages).toEqual(all)
    expect(new Set(pages).size).toBe(11)
  })

  test('shows each only the bodies within reach', async () => {
    expect((await listed('south officer', '', top)).items.map((row) => row.agency.id).sort()).toEqual(
      [bodyId('south'), bodyId('solheim'), bodyId('vikdal')].sort(),
    )
    expect((await listed('solheim officer', '', top)).items.map((row) => row.agency.id)).toEqual([])
  })

  test('follows the newest document: a body that an amendment lets go owes no plan', async () => {
    const id = await world.issued('crown', [
      aTask({ text: 'A', duties: [aDuty('lead', 'ministry'), aDuty('support', 'south')] }),
    ])
    expect((await coverageOf('crown officer', id)).tiers.map((tier) => [tier.level, tier.owed])).toEqual([
      ['central', 1],
      ['province', 1],
      ['commune', 2],
    ])
    await world.done('crown officer', 'POST', `/plans/${id}/amendment`, { act: 'amending', reason: 'Kun ministeriet' })
    const { version, header, nodes } = await world.plan('crown officer', id, true)
    const kept = asInputs(nodes).map((node) => ({ ...node, duties: [aDuty('lead', 'ministry')] }))
    await world.done('crown officer', 'PUT', `/plans/${id}/draft`, {
      version,
      header: { ...header, number: '13', issuedOn: '2031-03-01' },
      nodes: kept,
    })
    await world.issue('crown', id)
    expect((await coverageOf('crown officer', id)).tiers.map((tier) => [tier.level, tier.owed])).toEqual([
      ['central', 1],
    ])
  })
})

describe('recurring work over time', () => {
  const monthly = (from: string | null): NodeInput['time'] => ({
    kind: 'recurring',
    text: 'hver måned',
    from,
    to: null,
    frequency: 'month',
  })
  const periodsOf = async (id: string) =>
    (
      await world.rows(
        sql<{
          period: string
          agencyId: string
        }>`select period, agency_id from plans.occurrence where plan_id = ${id} and cancelled_on is null order by period, agency_id`,
      )
    ).map((row) => row.period)
  const extend = () => world.asProduct((ctx) => extendOccurrences(ctx))

  test('begins a new period each, once, however often it is asked', async () => {
    world.clock.now = new Date('2031-03-04T03:00:00Z')
    const id = await world.issued('south', [aTask({ time: monthly(null) })], { header: { issuedOn: '2031-02-10' } })
    expect(await periodsOf(id)).toEqual(['2031-02', '2031-03'])
    world.clock.now = new Date('2031-05-01T03:00:00Z')
    expect(await extend()).toBeGreaterThanOrEqual(2)
    expect(await extend()).toBe(0)
    expect(await periodsOf(id)).toEqual(['2031-02', '2031-03', '2031-04', '2031-05'])
    world.clock.now = new Date('2031-03-04T03:00:00Z')
  })

  test('two that extend at once make each period once', async () => {
    const id = await world.issued('south', [aTask({ time: monthly('2031-01-01') })])
    world.clock.now = new Date('2031-08-01T03:00:00Z')
    await Promise.all([extend(), extend()])
    const periods = await periodsOf(id)
    expect(periods).toEqual([...new Set(periods)])
    expect(periods.at(-1)).toBe('2031-08')
    world.clock.now = new Date('2031-03-04T03:00:00Z')
  })

  test('work that begins later than the plan begins on its day', async () => {
    const id = await world.issued('south', [aTask({ time: monthly('2031-06-01') })])
    expect(await periodsOf(id)).toEqual([])
    world.clock.now = new Date('2031-07-02T03:00:00Z')
    await extend()
    expect(await periodsOf(id)).toEqual(['2031-06', '2031-07'])
    world.clock.now = new Date('2031-03-04T03:00:00Z')
  })

  test('a task that an amendment took out begins no new period, though periods of it were done', async () => {
    const id = await world.issued('south', [
      aTask({ text: 'Bort', time: monthly('2031-02-01') }),
      aTask({ text: 'Blir', time: by('2031-12-31') }),
    ])
    await world.rows(
      sql`update plans.occurrence set done_on = '2031-02-20' where plan_id = ${id} and period = '2031-02'`,
    )
    await world.done('south officer', 'POST', `/plans/${id}/amendment`, { act: 'amending', reason: 'Kortere' })
    const { version, header, nodes } = await world.plan('south officer', id, true)
    const kept = asInputs(nodes)
      .filter((node) => node.text === 'Blir')
      .map((node) => ({ ...node, duties: [aDuty('lead', 'southHealth')] }))
    await world.done('south officer', 'PUT', `/plans/${id}/draft`, {
      version,
      header: { ...header, number: '13', issuedOn: '2031-03-01' },
      nodes: kept,
    })
    await world.issue('south', id)
    world.clock.now = new Date('2031-05-02T03:00:00Z')
    await extend()
    expect(await periodsOf(id)).toEqual(['2031-02', 'all'])
    world.clock.now = new Date('2031-03-04T03:00:00Z')
  })

  test('does not go on past the end of the plan, nor after it was annulled', async () => {
    const id = await world.issued('south', [aTask({ time: monthly('2031-02-01') })], {
      header: { periodTo: '2031-04-30' },
    })
    world.clock.now = new Date('2032-01-02T03:00:00Z')
    await extend()
    expect(await periodsOf(id)).toEqual(['2031-02', '2031-03', '2031-04'])
    world.clock.now = new Date('2031-03-04T03:00:00Z')
  })
})
