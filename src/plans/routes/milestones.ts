import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id, Version } from '#platform/model'
import { addMilestone, cancelMilestone, saveMilestone } from '../commands/milestones.ts'
import { NewMilestone, SaveMilestone } from '../model.ts'
import { byId } from './parts.ts'

/** Milestones of pieces of work; they are read with the work they stand on. */
export function milestoneRoutes(): Route[] {
  return [
    route({
      method: 'post',
      path: '/tasks/{id}/milestones',
      summary: "Set a milestone on a piece of work of one's own",
      allow: 'plans.keep-milestones',
      params: byId,
      body: NewMilestone,
      returns: z.object({ id: Id, version: Version }),
      run: (ctx, { params, body }) => addMilestone(ctx, params.id, body),
    }),
    route({
      method: 'put',
      path: '/milestones/{id}',
      summary: 'Change a milestone, or say that it was passed and what shows it',
      allow: 'plans.keep-milestones',
      params: byId,
      body: SaveMilestone,
      returns: z.object({ version: Version }),
      run: (ctx, { params, body }) => saveMilestone(ctx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/milestones/{id}/cancellation',
      summary: 'Take back a milestone one set',
      allow: 'plans.keep-milestones',
      params: byId,
      body: z.strictObject({ version: Version }),
      run: (ctx, { params, body }) => cancelMilestone(ctx, params.id, body.version),
    }),
  ]
}
