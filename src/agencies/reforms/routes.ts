import { z } from 'zod'
import { route } from '#platform'
import { Id, PageQuery, PlainDate, text } from '#platform/model'
import {
  BodiesTouched,
  RecordsTouched,
  ReformBodies,
  ReformDetail,
  ReformImported,
  ReformInput,
  ReformPage,
  ReformPreview,
  ReformReturn,
  ReformSave,
  ReformState,
  ReformStep,
  ReformUnits,
  ReformWords,
  UnitsTouched,
} from '../model.ts'
import { approveReform, createReform, discardReform, returnReform, saveReform, submitReform } from './commands.ts'
import {
  findBodies,
  findUnits,
  getReform,
  listBodiesTouched,
  listRecordsTouched,
  listReforms,
  listUnitsTouched,
  previewReform,
  reformWords,
} from './queries.ts'
import { emptyList, importUnitChanges } from './table.ts'
import type { ReformParts } from './trial.ts'

const OfReform = z.object({ id: Id })
const TouchedQuery = PageQuery.extend({
  fate: z.enum(['ended', 'made', 'changed']).optional(),
  search: text(200, 0).optional(),
})
const Choice = z.object({ search: text(200, 0).default(''), date: PlainDate })
/** A draft of the greatest reform so far, with a few thousand changes, is some megabytes. */
const draftBytes = 8_000_000

/** Reforms of units and bodies: drafts, their trial, the second person's approval. */
export function reformRoutes(parts: ReformParts) {
  return [...reading(parts), ...trying(parts), ...writing(parts), ...stepping(parts)]
}

function reading(parts: ReformParts) {
  return [
    route({
      method: 'get',
      path: '/reforms',
      summary: 'Reforms of units and bodies',
      allow: 'agencies.read-reforms',
      query: PageQuery.extend({ search: text(200, 0).optional(), state: ReformState.optional() }),
      returns: ReformPage,
      run: (ctx, { query }) =>
        listReforms(ctx, parts, { ...query, search: query.search === '' ? undefined : query.search }),
    }),
    route({
      method: 'get',
      path: '/reforms/choices/units',
      summary: 'Units in being on the day before a reform, by what is typed',
      allow: 'agencies.draft-reform',
      query: Choice,
      returns: ReformUnits,
      run: (ctx, { query }) => findUnits(ctx, parts, query),
    }),
    route({
      method: 'get',
      path: '/reforms/choices/bodies',
      summary: 'Bodies in being on the day before a reform, by what is typed',
      allow: 'agencies.draft-reform',
      query: Choice,
      returns: ReformBodies,
      run: (ctx, { query }) => findBodies(ctx, parts, query),
    }),
    route({
      method: 'get',
      path: '/reforms/choices/words',
      summary: 'Kinds of unit and fields of work a reform may name',
      allow: 'agencies.read-reforms',
      returns: ReformWords,
      run: (ctx) => reformWords(ctx, parts),
    }),
    route({
      method: 'get',
      path: '/reforms/choices/empty-list',
      summary: 'The empty list of changes of units to fill in',
      allow: 'agencies.draft-reform',
      download: true,
      run: (ctx) =>
        Promise.resolve({
          fileName: 'units.csv',
          mediaType: 'text/csv; charset=utf-8',
          bytes: emptyList(ctx, parts.say),
        }),
    }),
    route({
      method: 'get',
      path: '/reforms/{id}',
      summary: 'One reform with its changes',
      allow: 'agencies.read-reforms',
      params: OfReform,
      returns: ReformDetail,
      run: (ctx, { params }) => getReform(ctx, parts, params.id),
    }),
  ]
}

function trying(parts: ReformParts) {
  return [
    route({
      method: 'get',
      path: '/reforms/{id}/preview',
      summary: 'What stands against a reform that is not applied yet, and how much it would touch',
      allow: 'agencies.read-reforms',
      params: OfReform,
      returns: ReformPreview,
      run: (ctx, { params }) => previewReform(ctx, parts, params.id),
    }),
    route({
      method: 'get',
      path: '/reforms/{id}/units',
      summary: 'Units before and after a reform',
      allow: 'agencies.read-reforms',
      params: OfReform,
      query: TouchedQuery,
      returns: UnitsTouched,
      run: (ctx, { params, query }) => listUnitsTouched(ctx, parts, { id: params.id, filter: query }),
    }),
    route({
      method: 'get',
      path: '/reforms/{id}/bodies',
      summary: 'Bodies before and after a reform, with who takes over their work',
      allow: 'agencies.read-reforms',
      params: OfReform,
      query: TouchedQuery,
      returns: BodiesTouched,
      run: (ctx, { params, query }) => listBodiesTouched(ctx, parts, { id: params.id, filter: query }),
    }),
    route({
      method: 'get',
      path: '/reforms/{id}/records/{kind}',
      summary: 'Posts, plans, duties or work on bodies that end or hand work over, and who holds it afterwards',
      allow: 'agencies.read-reforms',
      params: OfReform.extend({ kind: z.string().max(40) }),
      query: PageQuery,
      returns: RecordsTouched,
      run: (ctx, { params, query }) => listRecordsTouched(ctx, parts, { ...params, paging: query }),
    }),
  ]
}

function writing(parts: ReformParts) {
  return [
    route({
      method: 'post',
      path: '/reforms',
      summary: 'Begin a draft of a reform',
      allow: 'agencies.draft-reform',
      body: ReformInput,
      maxBodyBytes: draftBytes,
      returns: z.object({ id: Id }),
      run: async (ctx, { body }) => ({ id: await createReform(ctx, parts, body) }),
    }),
    route({
      method: 'put',
      path: '/reforms/{id}',
      summary: 'Save a draft',
      allow: 'agencies.draft-reform',
      params: OfReform,
      body: ReformSave,
      maxBodyBytes: draftBytes,
      returns: ReformDetail,
      run: async (ctx, { params, body: { version, ...input } }) => {
        await saveReform(ctx, parts, { id: params.id, version }, input)
        return getReform(ctx, parts, params.id)
      },
    }),
    route({
      method: 'post',
      path: '/reforms/{id}/unit-list',
      summary: 'Read a list of changes of units (.xlsx, .csv); row by row, nothing is saved',
      allow: 'agencies.draft-reform',
      params: OfReform,
      query: z.object({ date: PlainDate }),
      upload: { maxBytes: 2_000_000 },
      returns: ReformImported,
      run: async (ctx, { params, query, body }) => {
        await getReform(ctx, parts, params.id)
        const read = await importUnitChanges(ctx, parts, { bytes: body, date: query.date })
        await ctx.record(
          'agencies.reform-list-read',
          { kind: 'agencies.reform', id: params.id, agencyId: ctx.actor.agencyId },
          { rows: read.rows, faults: read.faults.length },
        )
        return read
      },
    }),
  ]
}

function stepping(parts: ReformParts) {
  return [
    route({
      method: 'post',
      path: '/reforms/{id}/submission',
      summary: 'Hand a draft to the second administrator',
      allow: 'agencies.draft-reform',
      params: OfReform,
      body: ReformStep,
      run: (ctx, { params, body }) => submitReform(ctx, parts, { ...params, ...body }),
    }),
    route({
      method: 'post',
      path: '/reforms/{id}/approval',
      summary: 'Approve a reform as the second person; it is applied on its day',
      allow: 'agencies.approve-reform',
      params: OfReform,
      body: ReformStep,
      run: (ctx, { params, body }) => approveReform(ctx, parts, { ...params, ...body }),
    }),
    route({
      method: 'post',
      path: '/reforms/{id}/return',
      summary: 'Send a reform that is not applied yet back to be written on, with the reason',
      allow: 'agencies.draft-reform',
      params: OfReform,
      body: ReformReturn,
      run: (ctx, { params, body }) => returnReform(ctx, parts, { ...params, ...body }),
    }),
    route({
      method: 'post',
      path: '/reforms/{id}/discarding',
      summary: 'Give a draft up',
      allow: 'agencies.draft-reform',
      params: OfReform,
      body: ReformStep,
      run: (ctx, { params, body }) => discardReform(ctx, parts, { ...params, ...body }),
    }),
  ]
}
