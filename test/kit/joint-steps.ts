import type { FourNumbers, Frequency, NodeInput, Occurrence, OccurrenceDetail } from '#plans/model'
import { aDuty, aTask, type Answer, type BodyName, type PlanWorld } from './plan-world.ts'

export type Tasks = { items: Occurrence[]; total: number; numbers: FourNumbers }

/** The office that leads on everything the tests join. */
export const lead = 'southHealth officer'

export function every(frequency: Frequency): NodeInput['time'] {
  return { kind: 'recurring', text: 'x', from: '2031-01-01', to: null, frequency }
}

/** A plan of one task: ids of plan, task and its first piece of work. */
export type OnePlan = { plan: string; node: string; work: string }

/** What tests of joined work do again and again, on a world that is made before each file. */
export function jointSteps(worldOf: () => PlanWorld) {
  async function tasks(who: string, query = ''): Promise<Tasks> {
    return (await worldOf().done(who, 'GET', `/tasks?size=200${query}`)) as unknown as Tasks
  }
  async function task(who: string, id: string): Promise<OccurrenceDetail> {
    return (await worldOf().done(who, 'GET', `/tasks/${id}`)) as unknown as OccurrenceDetail
  }
  async function aPlan(over: Parameters<typeof aTask>[0] = {}, owner: BodyName = 'south'): Promise<OnePlan> {
    const world = worldOf()
    const plan = await world.issued(owner, [aTask({ duties: [aDuty('lead', 'southHealth')], ...over })])
    const node = (await world.plan(`${owner} officer`, plan)).nodes[0]?.id ?? ''
    const work = (await tasks(lead, `&planId=${plan}`)).items[0]?.id ?? ''
    return { plan, node, work }
  }
  function join(home: { work: string }, served: { node: string }, reason = 'Ett arbeid'): Promise<Answer> {
    return worldOf().ask(lead, 'POST', `/tasks/${home.work}/joints`, { nodeId: served.node, enterAt: 'here', reason })
  }
  async function report(work: string, status: string, by = lead): Promise<{ status: number; id: string }> {
    const said = { version: null, status, narrative: 'Gjort', evidenceNote: null }
    const { status: code, body } = await worldOf().ask(by, 'PUT', `/tasks/${work}/progress`, said)
    return { status: code, id: String(body.id) }
  }
  async function accept(work: string): Promise<void> {
    const { id } = await report(work, 'completed')
    await worldOf().done(lead, 'POST', `/progress/${id}/submission`, { version: 1 })
    await worldOf().done('south approver', 'POST', `/progress/${id}/acceptance`, { version: 2 })
  }
  return { tasks, task, aPlan, join, report, accept }
}
