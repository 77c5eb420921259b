import { z } from 'zod'
import { facetsRoute, listQuery, route, takeQuery, type Route } from '#platform'
import { pageOf, text } from '#platform/model'
import { ForeignThing, JoinFound, JoinThings, packageLimits, SystemCode, TakenPackage } from '../../model.ts'
import type { ImportParts } from '../../import/run.ts'
import { joinFound, joinOne, lookAgain, takePackage } from './commands.ts'
import { thingList } from './list.ts'
import { listSystems, listThings } from './queries.ts'

const { allow } = thingList

/** Things of other systems, and joining them to ours. */
export function thingRoutes(parts: ImportParts): Route[] {
  const { files, say, calendars } = parts
  return [
    route({
      method: 'get',
      path: '/figures/exchange/things',
      summary:
        "Other systems' elements, combinations, units and forms as one's body knows them, with what each may be with us and why",
      allow,
      query: listQuery(thingList),
      returns: pageOf(ForeignThing),
      run: (ctx, { query }) => listThings(ctx, takeQuery(thingList, query)),
    }),
    facetsRoute(thingList, '/figures/exchange/things/facets', "Other systems' things, counted by facet"),
    route({
      method: 'get',
      path: '/figures/exchange/systems',
      summary: "Other systems of which one's body knows things",
      allow,
      returns: z.object({ systems: z.array(z.string()) }),
      run: async (ctx) => ({ systems: await listSystems(ctx) }),
    }),
    route({
      method: 'post',
      path: '/figures/exchange/packages',
      summary:
        'Take in a package of metadata as DHIS2 exports it (.json): its things are listed with what each may be with us; nothing is joined',
      allow,
      query: z.object({ system: SystemCode, fileName: text(200) }),
      upload: { maxBytes: packageLimits.bytes, into: files },
      returns: TakenPackage,
      run: (ctx, { query, body }) => takePackage(ctx, { files, say }, { ...query, file: body }),
    }),
    route({
      method: 'post',
      path: '/figures/exchange/things/meanings',
      summary: 'Say of things what they are with us, one by one',
      allow,
      body: JoinThings,
      returns: z.object({ joined: z.int() }),
      run: async (ctx, { body }) => ({ joined: await joinOne(ctx, body, calendars) }),
    }),
    route({
      method: 'post',
      path: '/figures/exchange/things/found-meanings',
      summary:
        'Say of all things of a kind that they are what was found, where one meaning only was found by this reason',
      allow,
      body: JoinFound,
      returns: z.object({ joined: z.int() }),
      run: async (ctx, { body }) => ({ joined: await joinFound(ctx, body, calendars) }),
    }),
    route({
      method: 'post',
      path: '/figures/exchange/things/looking',
      summary: 'Look anew for what the things of a system may be, as units and the dictionary changed',
      allow,
      body: z.strictObject({ system: SystemCode }).meta({ id: 'LookForMeanings' }),
      returns: z.object({ count: z.int() }),
      run: (ctx, { body }) => lookAgain(ctx, body.system),
    }),
  ]
}
