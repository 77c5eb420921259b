import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id, PageQuery, pageOf, text, Version } from '#platform/model'
import { joinTasks, partTasks, setApart } from '../commands/join-tasks.ts'
import { Joinable, LikelyDuplicate, ProgrammeNumbers } from '../model.ts'
import { listJoinable, listLikelyDuplicates } from '../queries/joinable.ts'
import { getProgrammeNumbers } from '../queries/programmes.ts'
import { byId, Flag } from './parts.ts'

/** One piece of work for several plans and programmes. */
export function jointRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/tasks/{id}/joinable',
      summary: 'Tasks of other plans a piece of work may be joined with',
      allow: 'plans.join-tasks',
      params: byId,
      query: PageQuery.extend({ search: z.string().max(200).optional() }),
      returns: pageOf(Joinable),
      run: (ctx, { params, query }) => listJoinable(ctx, params.id, query),
    }),
    route({
      method: 'post',
      path: '/tasks/{id}/joints',
      summary: 'Join a task with one of another plan: one piece of work, entered once',
      allow: 'plans.join-tasks',
      params: byId,
      body: z.strictObject({ nodeId: Id, enterAt: z.enum(['here', 'there']), reason: text(2000) }),
      returns: z.object({ id: Id }),
      run: (ctx, { params, body }) => joinTasks(ctx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/joints/{id}/parting',
      summary: 'Part two joined tasks: each enters its own progress from now on',
      allow: 'plans.join-tasks',
      params: byId,
      body: z.strictObject({ version: Version, reason: text(2000) }),
      run: (ctx, { params, body }) => partTasks(ctx, params.id, body),
    }),
    route({
      method: 'get',
      path: '/duplicates',
      summary: 'Tasks of different plans that look like the same work',
      allow: 'plans.read-own-work',
      query: PageQuery.extend({ agencyId: Id.optional(), setApart: Flag.optional() }),
      returns: pageOf(LikelyDuplicate),
      run: (ctx, { query }) => listLikelyDuplicates(ctx, query),
    }),
    route({
      method: 'put',
      path: '/duplicates/apart',
      summary: 'Say that two tasks are not the same work, or take it back',
      allow: 'plans.join-tasks',
      body: z.strictObject({ nodeIds: z.tuple([Id, Id]), isApart: z.boolean() }),
      run: (ctx, { body }) => setApart(ctx, body.nodeIds, body.isApart),
    }),
    route({
      method: 'get',
      path: '/programmes',
      summary: 'Programmes with the numbers of the work that serves each',
      allow: 'plans.read',
      returns: ProgrammeNumbers,
      run: (ctx) => getProgrammeNumbers(ctx),
    }),
  ]
}
