import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id } from '#platform/model'
import { approveFactorReset, askFactorReset, listFactorResets, refuseFactorReset } from '../commands/factor-reset.ts'
import { handOverPost } from '../commands/hand-over.ts'
import { AskFactorReset, FactorReset, HandOver, Person } from '../model.ts'

const params = z.object({ id: Id })

/** What takes two administrators, and posts handed over. */
export function handOverRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/people/{id}/factor-resets',
      summary: 'Whether taking away a lost second factor was asked',
      allow: 'access.read-people',
      params,
      returns: z.array(FactorReset),
      run: (ctx, { params }) => listFactorResets(ctx, params.id),
    }),
    route({
      method: 'post',
      path: '/people/{id}/factor-resets',
      summary: 'Ask that a lost second factor be taken away',
      allow: 'access.ask-factor-reset',
      params,
      body: AskFactorReset,
      returns: z.array(FactorReset),
      run: (ctx, { params, body }) => askFactorReset(ctx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/factor-resets/{id}/approval',
      summary: 'Take a lost second factor away, as the second administrator',
      allow: 'access.approve-factor-reset',
      params,
      returns: z.array(FactorReset),
      run: (ctx, { params }) => approveFactorReset(ctx, params.id),
    }),
    route({
      method: 'post',
      path: '/factor-resets/{id}/refusal',
      summary: 'Refuse to take a second factor away, or take the request back',
      allow: 'access.ask-factor-reset',
      params,
      returns: z.array(FactorReset),
      run: (ctx, { params }) => refuseFactorReset(ctx, params.id),
    }),
    route({
      method: 'post',
      path: '/posts/{id}/hand-over',
      summary: 'Hand a post over to a stand-in or a successor',
      allow: 'access.hand-over',
      params,
      body: HandOver,
      returns: Person,
      run: (ctx, { params, body }) => handOverPost(ctx, params.id, body),
    }),
  ]
}
