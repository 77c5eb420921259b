import { z } from 'zod'
import { conflict, newId, route, type Context, type FileAnswer, type Route } from '#platform'
import { Id } from '#platform/model'
import { namesOfAgencies } from '#access'
import { PeriodId, type Calendar } from '../../model.ts'
import { mostObserved, readObserved } from './table.ts'
import { writeSdmxCsv } from './write-csv.ts'
import { writeSdmxJson } from './write-json.ts'

const Query = z.object({
  format: z.enum(['sdmx-csv', 'sdmx-json']),
  measureId: Id.optional(),
  unitId: Id.optional(),
  period: PeriodId.optional(),
})
type Query = z.infer<typeof Query>

/** The structure our observations have, by the instance that keeps them. */
const flow = 'MANGNON:CHILD_INDICATORS(1.0.0)'

/** Accepted figures as statistics offices exchange them. */
export function sdmxRoutes({ calendars }: { calendars: readonly Calendar[] }): Route[] {
  return [
    route({
      method: 'get',
      path: '/figures/exchange/observations',
      summary: 'Accepted figures within reach as SDMX-CSV or SDMX-JSON 2.1',
      allow: 'indicators.read-figures',
      query: Query,
      download: true,
      exports: true,
      run: (ctx, { query }) => exportObserved(ctx, query, calendars),
    }),
  ]
}

async function exportObserved(ctx: Context, query: Query, calendars: readonly Calendar[]): Promise<FileAnswer> {
  const { measureId, unitId = null, period = null, format } = query
  const table = await readObserved(
    ctx,
    { measureIds: measureId === undefined ? null : [measureId], unitId, period },
    calendars,
  )
  if (table.isCut) throw conflict('indicators.too-many-figures', { most: mostObserved })
  await ctx.record(
    'indicators.figures-handed-out',
    { kind: 'indicators.figures', id: null, agencyId: ctx.actor.agencyId },
    { format, figures: table.rows.length },
  )
  if (format === 'sdmx-csv')
    return {
      fileName: 'observations.csv',
      mediaType: 'application/vnd.sdmx.data+csv;version=2.1.0',
      bytes: writeSdmxCsv(table, flow),
    }
  const agencyId = ctx.actor.agencyId ?? ''
  const name = (await namesOfAgencies(ctx, [agencyId])).get(agencyId) ?? ''
  const of = { flow, preparedAt: ctx.now, sender: { id: 'MANGNON', name }, language: ctx.language, id: newId() }
  return {
    fileName: 'observations.json',
    mediaType: 'application/vnd.sdmx.data+json;version=2.1.0',
    bytes: writeSdmxJson(table, of),
  }
}
