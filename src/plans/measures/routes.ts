import { z } from 'zod'
import { EndMeasureLink, LikelyMeasure, LinkedMeasure, LinkedMeasures, OfIndicator } from '#indicators/model'
import { route, type Route } from '#platform'
import { Id, pageOf } from '#platform/model'
import { LinkTaskMeasures, MeasuredTask } from '../model.ts'
import { endTaskMeasure, linkTaskMeasures } from './commands.ts'
import { listMeasuredTasks, listTaskMeasures, suggestTaskMeasures } from './queries.ts'

const params = z.object({ id: Id })

/** By which measures tasks are followed. */
export function measureRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/tasks/{id}/measures',
      summary: 'Measures by which the task of a piece of work is followed',
      allow: 'plans.read',
      params,
      returns: z.array(LinkedMeasure),
      run: (ctx, input) => listTaskMeasures(ctx, input.params.id),
    }),
    route({
      method: 'get',
      path: '/tasks/{id}/measures/suggestions',
      summary: 'Measures by which the task of a piece of work may be followed, each with why',
      allow: 'plans.link-measures',
      params,
      returns: z.array(LikelyMeasure),
      run: (ctx, input) => suggestTaskMeasures(ctx, input.params.id),
    }),
    route({
      method: 'get',
      path: '/indicators/{id}/tasks',
      summary: 'Tasks that are followed by the measures of an indicator',
      allow: 'plans.read',
      params,
      query: OfIndicator,
      returns: pageOf(MeasuredTask),
      run: (ctx, input) => listMeasuredTasks(ctx, input.params.id, input.query),
    }),
    route({
      method: 'post',
      path: '/task-measures',
      summary: 'Lay measures to the tasks that are followed by them',
      allow: 'plans.link-measures',
      body: LinkTaskMeasures,
      returns: LinkedMeasures,
      run: (ctx, { body }) => linkTaskMeasures(ctx, body),
    }),
    route({
      method: 'post',
      path: '/task-measures/{id}/ending',
      summary: 'Say that a task is not followed by a measure after all',
      allow: 'plans.link-measures',
      params,
      body: EndMeasureLink,
      run: (ctx, input) => endTaskMeasure(ctx, input.params.id, input.body),
    }),
  ]
}
