import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id, PageQuery, pageOf } from '#platform/model'
import {
  CodeKind,
  ExchangeCode,
  MeaningQuery,
  SetCodes,
  SuggestedMeanings,
  SystemCode,
  type Calendar,
} from '../../model.ts'
import { endCode, setCodes } from './commands.ts'
import { listCodes, suggestMeanings } from './queries.ts'

const allow = 'indicators.enter-figures'

/** What other systems' things are with us, as one's own body says. */
export function codeRoutes({ calendars }: { calendars: readonly Calendar[] }): Route[] {
  return [
    route({
      method: 'get',
      path: '/figures/exchange/codes',
      summary: "What one's body says other systems' elements, combinations, units and forms are with us",
      allow,
      query: PageQuery.extend({ system: SystemCode.optional(), kind: CodeKind.optional() }),
      returns: pageOf(ExchangeCode),
      run: (ctx, { query }) => listCodes(ctx, query),
    }),
    route({
      method: 'get',
      path: '/figures/exchange/suggestions',
      summary: 'What a thing of another system may be with us, by its code, its name, and where it lies',
      allow,
      query: MeaningQuery,
      returns: SuggestedMeanings,
      run: (ctx, { query }) => suggestMeanings(ctx, query),
    }),
    route({
      method: 'post',
      path: '/figures/exchange/codes',
      summary: "Say what another system's things are with us; what was said of them before ends",
      allow,
      body: SetCodes,
      returns: z.object({ ids: z.array(Id) }),
      run: async (ctx, { body }) => ({ ids: await setCodes(ctx, body, calendars) }),
    }),
    route({
      method: 'post',
      path: '/figures/exchange/codes/{id}/ending',
      summary: "End what one's body said of a thing of another system",
      allow,
      params: z.object({ id: Id }),
      run: (ctx, { params }) => endCode(ctx, params.id),
    }),
  ]
}
