import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChangeSetDetail, DraftEdit, NodeInput } from '../model.ts'
import { aDuty, aGroup, aPlanWorld, aTask, asInputs, by, type PlanWorld } from '../../../test/kit/plan-world.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

const officer = 'south officer'
const nodesOf = async (id: string) => asInputs((await world.plan(officer, id, true)).nodes)
const look = async (id: string, edit: Omit<Partial<DraftEdit>, 'duties'> & { duties?: unknown }, who = officer) =>
  (await world.done(who, 'POST', `/plans/${id}/draft/changes`, edit)) as unknown as ChangeSetDetail
const apply = async (set: string, isPartial = false, who = officer) =>
  (await world.done(who, 'POST', `/change-sets/${set}/application`, { isPartial })) as unknown as ChangeSetDetail
const undo = async (set: string, who = officer) =>
  (await world.done(who, 'POST', `/change-sets/${set}/undoing`)) as unknown as ChangeSetDetail

/** A draft of two groups and four tasks. */
async function aDraft(): Promise<{ id: string; nodes: NodeInput[] }> {
  const groups = [aGroup({ path: 'I', text: 'Heil' }), aGroup({ path: 'II', text: 'Skole' })]
  const tasks = [1, 2, 3, 4].map((at) =>
    aTask({
      path: String(at),
      text: `Oppgåve ${at}`,
      parentKey: groups[at < 3 ? 0 : 1]?.key ?? null,
      duties: [aDuty('lead', 'southHealth'), ...(at % 2 === 0 ? [aDuty('support', 'southSchools')] : [])],
      time: at === 1 ? by('2032-01-01') : null,
    }),
  )
  const [first, second] = groups
  if (!first || !second) throw new Error('two groups')
  const id = await world.draft('south', [first, ...tasks.slice(0, 2), second, ...tasks.slice(2)])
  return { id, nodes: await nodesOf(id) }
}
const tasksOf = (nodes: NodeInput[]) => nodes.filter((node) => node.kind === 'task')

describe('many tasks of a draft', () => {
  test('are looked at, changed, and taken back to exactly what they were', async () => {
    const { id, nodes } = await aDraft()
    const before = await world.plan(officer, id, true)
    const set = await look(id, {
      nodeIds: tasksOf(nodes).map((node) => node.key),
      duties: [
        { ...aDuty('support', 'southSchools'), isOn: true },
        { ...aDuty('support', 'solheim'), isOn: true },
      ],
      time: { kind: 'continuous', text: 'Heile året', from: null, to: null, frequency: null },
      output: 'Melding',
      place: { parentId: nodes[3]?.key ?? null },
    })
    expect([set.state, set.counts.seen, set.counts.changing, set.counts.refused]).toEqual(['previewed', 4, 4, 0])
    expect((await world.plan(officer, id, true)).version).toBe(before.version)
    const applied = await apply(set.id)
    expect([applied.state, applied.counts.left, applied.may.undo]).toEqual(['applied', 0, true])
    const after = await nodesOf(id)
    expect(tasksOf(after).every((node) => node.parentKey === nodes[3]?.key && node.output === 'Melding')).toBe(true)
    expect(tasksOf(after).map((node) => node.duties.length)).toEqual([3, 3, 3, 3])
    const back = await undo(set.id)
    expect([back.source, back.undoes, back.counts.left]).toEqual(['undo', set.id, 0])
    expect(await nodesOf(id)).toEqual(nodes)
    const [listed] = (await world.done(officer, 'GET', `/change-sets?planId=${id}`)).items as ChangeSetDetail[]
    expect(listed?.id).toBe(back.id)
    const again = await undo(back.id)
    expect(again.counts.left).toBe(0)
    expect(await nodesOf(id)).toEqual(after)
  })

  test('one that another person changed meanwhile is left and listed, when applied and when taken back', async () => {
    const { id, nodes } = await aDraft()
    const [one, two] = tasksOf(nodes)
    const set = await look(id, { nodeIds: [one?.key ?? '', two?.key ?? ''], output: 'Melding' })
    const draft = await world.draftOf(officer, id)
    const meanwhile = draft.nodes.map((node) => (node.key === one?.key ? { ...node, output: 'Anna' } : node))
    await world.done(officer, 'PUT', `/plans/${id}/draft`, { ...draft, nodes: meanwhile })
    const applied = await apply(set.id)
    expect(applied.changes.items.map((row) => [row.outcome, row.reason?.code])).toEqual([
      ['left', 'plans.changed-since'],
      ['done', undefined],
    ])
    const later = await world.draftOf(officer, id)
    const changed = later.nodes.map((node) => (node.key === two?.key ? { ...node, output: 'Tredje' } : node))
    await world.done(officer, 'PUT', `/plans/${id}/draft`, { ...later, nodes: changed })
    const back = await undo(set.id)
    expect(back.changes.items.map((row) => row.reason?.code)).toEqual(['plans.changed-since'])
    expect(await nodesOf(id)).toEqual(changed)
  })

  test('of an issued plan are refused: words and duties change by a document', async () => {
    const id = await world.issued('south', [aTask(), aTask()])
    const nodes = asInputs((await world.plan(officer, id)).nodes)
    const set = await look(id, { nodeIds: nodes.map((node) => node.key), output: 'Melding' })
    const refused = set.refused.map((row) => row.code)
    expect([set.changes.total, refused]).toEqual([0, ['plans.only-by-document', 'plans.only-by-document']])
    // Two of one name are two.
    expect([set.counts.seen, set.counts.refused]).toEqual([2, 2])
    const { status, body } = await world.ask(officer, 'POST', `/change-sets/${set.id}/application`, { isPartial: true })
    expect([status, body.code]).toEqual([409, 'plans.changes-nothing'])
  })

  test('changed before the plan was issued are not taken back after it', async () => {
    const { id, nodes } = await aDraft()
    const set = await look(id, { nodeIds: tasksOf(nodes).map((node) => node.key), output: 'Melding' })
    await apply(set.id)
    await world.issue('south', id)
    const { status, body } = await world.ask(officer, 'POST', `/change-sets/${set.id}/undoing`)
    expect([status, body.code]).toEqual([409, 'plans.changes-of-issued'])
  })

  test('with rows refused are changed only when that was chosen', async () => {
    const { id, nodes } = await aDraft()
    const set = await look(id, { nodeIds: nodes.map((node) => node.key), output: 'Melding' })
    expect(set.refused.map((row) => row.code)).toEqual(['plans.change-only-tasks', 'plans.change-only-tasks'])
    const refused = await world.ask(officer, 'POST', `/change-sets/${set.id}/application`, { isPartial: false })
    expect(refused.body.code).toBe('plans.changes-refuse-rows')
    expect((await apply(set.id, true)).counts.done).toBe(4)
    const twice = await world.ask(officer, 'POST', `/change-sets/${set.id}/application`, { isPartial: true })
    expect(twice.body.code).toBe('plans.changes-applied-already')
  })

  test('a body that does not exist, a programme that does not exist, another plan’s group: nothing is changed', async () => {
    const { id, nodes } = await aDraft()
    const other = await aDraft()
    const nodeIds = [tasksOf(nodes)[0]?.key ?? '']
    const nobody = { kind: 'lead', raw: 'Ingen', addressedId: nodeIds[0], classCode: null, isOn: true }
    const set = await look(id, { nodeIds, duties: [nobody] })
    const { status, body } = await world.ask(officer, 'POST', `/change-sets/${set.id}/application`, { isPartial: true })
    expect([status, body.code]).toEqual([422, 'plans.names-unknown'])
    expect(await nodesOf(id)).toEqual(nodes)
    const moved = await look(id, { nodeIds, place: { parentId: other.nodes[0]?.key ?? null } })
    expect(moved.refused.map((row) => row.code)).toEqual(['plans.change-group-gone'])
    const foreign = await look(id, { nodeIds: [other.nodes[1]?.key ?? ''], output: 'x' })
    expect([foreign.changes.total, foreign.refused.map((row) => [row.code, row.name])]).toEqual([
      0,
      [['plans.change-record-gone', '']],
    ])
  })
})

describe('who may', () => {
  test('whoever changed a draft in bulk does not issue it, nor does one who read it before', async () => {
    const { id, nodes } = await aDraft()
    const { version } = await world.plan('south approver', id, true)
    const set = await look(id, { nodeIds: [tasksOf(nodes)[0]?.key ?? ''], output: 'Melding' }, 'south approver')
    await apply(set.id, false, 'south approver')
    const stale = await world.ask('south approver 2', 'POST', `/plans/${id}/issue`, { version })
    expect(stale.body.code).toBe('platform.stale-version')
    const now = (await world.plan('south approver', id, true)).version
    const own = await world.ask('south approver', 'POST', `/plans/${id}/issue`, { version: now })
    expect(own.body.code).toBe('access.second-person-needed')
    expect((await world.ask('south approver 2', 'POST', `/plans/${id}/issue`, { version: now })).status).toBe(204)
  })

  test('only the one who looked applies; a colleague may take back; nobody outside the body sees it', async () => {
    const { id, nodes } = await aDraft()
    const set = await look(id, { nodeIds: [tasksOf(nodes)[0]?.key ?? ''], output: 'Melding' })
    const colleague = await world.ask('south officer 2', 'POST', `/change-sets/${set.id}/application`, {
      isPartial: false,
    })
    expect([colleague.status, colleague.body.code]).toEqual([403, 'plans.changes-of-another'])
    await apply(set.id)
    for (const who of ['north officer', 'crown officer', 'southHealth officer', 'solheim officer']) {
      expect((await world.ask(who, 'GET', `/change-sets/${set.id}`)).status).toBe(404)
      expect((await world.ask(who, 'POST', `/change-sets/${set.id}/undoing`)).status).toBe(404)
      expect((await world.ask(who, 'GET', `/change-sets/${set.id}/refused`)).status).toBe(404)
      expect((await world.ask(who, 'POST', `/plans/${id}/draft/changes`, { nodeIds: [id], output: 'x' })).status).toBe(
        404,
      )
      expect((await world.ask(who, 'GET', `/plans/${id}/draft/sheet`)).status).toBe(404)
      expect(((await world.done(who, 'GET', '/change-sets')).items as unknown[]).length).toBe(0)
    }
    expect((await undo(set.id, 'south officer 2')).counts.done).toBe(1)
    expect(await nodesOf(id)).toEqual(nodes)
  })
})
