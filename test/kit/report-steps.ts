import type { OccurrenceDetail } from '#plans/model'
import { aTask, by, type BodyName, type PlanWorld } from './plan-world.ts'

export const said = {
  version: null as number | null,
  status: 'completed',
  narrative: 'Alle bårn er sett',
  evidenceNote: 'Liste',
}

/** Steps of reporting on work, in the world a test has made by then. */
export function reportSteps(world: () => PlanWorld) {
  return {
    /** A piece of work of a body in a plan of the south, due on a day. */
    async work(agency: BodyName = 'southHealth', dueOn = '2031-03-31', owner: BodyName = 'south'): Promise<string> {
      const id = await world().issued(owner, [aTask({ time: by(dueOn), lead: agency })])
      const { items } = await world().done(`${agency} officer`, 'GET', `/tasks?planId=${id}`)
      return (items as { id: string }[])[0]?.id ?? ''
    },
    detail: async (who: string, id: string) =>
      (await world().done(who, 'GET', `/tasks/${id}`)) as unknown as OccurrenceDetail,
    write: async (who: string, task: string, over: Partial<typeof said> = {}) =>
      (await world().done(who, 'PUT', `/tasks/${task}/progress`, { ...said, ...over })) as {
        id: string
        version: number
      },
    codeOf: async (...of: Parameters<PlanWorld['ask']>) => {
      const { status, body } = await world().ask(...of)
      return [status, body.code ?? null]
    },
  }
}
