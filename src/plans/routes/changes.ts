import { z } from 'zod'
import { route, type Catalogue, type Route } from '#platform'
import { Id, PageQuery, pageOf } from '#platform/model'
import { applyChangeSet, previewDraftEdit, previewLabels, previewTags, undoChangeSet } from '../changes/commands.ts'
import { readDraftSheet, writeDraftSheet } from '../changes/draft-sheet.ts'
import { listLabels } from '../changes/labels.ts'
import { readProgressSheet, writeProgressSheet } from '../changes/progress-sheet.ts'
import { getChangeSetDetail, listChangeSets, writeRefused } from '../changes/queries.ts'
import { ApplyChanges, ChangeSet, ChangeSetDetail, changeLimits, DraftEdit, LabelEdit, TagEdit } from '../model.ts'
import { byId } from './parts.ts'

const Format = z.object({ format: z.enum(['xlsx', 'csv']).default('xlsx') })
const Upload = z.object({ fileName: z.string().min(1).max(300) })
const upload = { maxBytes: changeLimits.sheetBytes }
const first = { page: 1, size: 100 }

/** Many records changed at once: looked at, made, taken back; by hand and by spreadsheet. */
export function changeRoutes(say: Catalogue): Route[] {
  return [...setRoutes(say), ...draftSheetRoutes(say), ...workSheetRoutes(say)]
}

function setRoutes(say: Catalogue): Route[] {
  return [
    route({
      method: 'get',
      path: '/change-sets',
      summary: 'Changes of many records, made by one’s own body',
      allow: 'plans.change-many',
      query: PageQuery.extend({ planId: Id.optional() }),
      returns: pageOf(ChangeSet),
      run: (ctx, { query }) => listChangeSets(ctx, query),
    }),
    route({
      method: 'get',
      path: '/change-sets/{id}',
      summary: 'A change set, row by row',
      allow: 'plans.change-many',
      params: byId,
      query: PageQuery,
      returns: ChangeSetDetail,
      run: (ctx, { params, query }) => getChangeSetDetail(ctx, say, params.id, query),
    }),
    route({
      method: 'get',
      path: '/change-sets/{id}/refused',
      summary: 'The rows a change set refused or left, as a spreadsheet',
      allow: 'plans.change-many',
      exports: true,
      download: true,
      params: byId,
      query: Format,
      run: (ctx, { params, query }) => writeRefused(ctx, say, params.id, query.format),
    }),
    route({
      method: 'post',
      path: '/change-sets/{id}/application',
      summary: 'Make the changes of a set that was looked at',
      allow: 'plans.change-many',
      params: byId,
      body: ApplyChanges,
      returns: ChangeSetDetail,
      run: async (ctx, { params, body }) => {
        await applyChangeSet(ctx, params.id, body)
        return getChangeSetDetail(ctx, say, params.id, first)
      },
    }),
    route({
      method: 'post',
      path: '/change-sets/{id}/undoing',
      summary: 'Take back what a change set changed',
      allow: 'plans.change-many',
      params: byId,
      returns: ChangeSetDetail,
      run: async (ctx, { params }) => getChangeSetDetail(ctx, say, await undoChangeSet(ctx, params.id), first),
    }),
  ]
}

function draftSheetRoutes(say: Catalogue): Route[] {
  return [
    route({
      method: 'post',
      path: '/plans/{id}/draft/changes',
      summary: 'Look at a change of many tasks of a draft',
      allow: 'plans.change-many',
      params: byId,
      body: DraftEdit,
      returns: ChangeSetDetail,
      run: async (ctx, { params, body }) =>
        getChangeSetDetail(ctx, say, await previewDraftEdit(ctx, params.id, body), first),
    }),
    route({
      method: 'get',
      path: '/plans/{id}/draft/sheet',
      summary: 'A draft as a spreadsheet that can be read back',
      allow: 'plans.change-many',
      exports: true,
      download: true,
      params: byId,
      query: Format,
      run: (ctx, { params, query }) => writeDraftSheet(ctx, say, params.id, query.format),
    }),
    route({
      method: 'post',
      path: '/plans/{id}/draft/sheet',
      summary: 'Look at what a spreadsheet would change in a draft',
      allow: 'plans.change-many',
      params: byId,
      query: Upload,
      upload,
      returns: ChangeSetDetail,
      run: async (ctx, { params, query, body }) =>
        getChangeSetDetail(
          ctx,
          say,
          await readDraftSheet(ctx, say, params.id, { name: query.fileName, bytes: body }),
          first,
        ),
    }),
  ]
}

function workSheetRoutes(say: Catalogue): Route[] {
  return [
    route({
      method: 'get',
      path: '/labels',
      summary: 'The labels of one’s own body',
      allow: 'plans.change-many',
      returns: z.array(z.string()),
      run: (ctx) => listLabels(ctx),
    }),
    route({
      method: 'post',
      path: '/labels/changes',
      summary: 'Look at a change of the labels of many tasks',
      allow: 'plans.change-many',
      body: LabelEdit,
      returns: ChangeSetDetail,
      run: async (ctx, { body }) => getChangeSetDetail(ctx, say, await previewLabels(ctx, body), first),
    }),
    route({
      method: 'post',
      path: '/recommendations/tags/changes',
      summary: 'Look at terms confirmed or refused on many recommendations',
      allow: 'recommendations.keep',
      body: TagEdit,
      returns: ChangeSetDetail,
      run: async (ctx, { body }) => getChangeSetDetail(ctx, say, await previewTags(ctx, body), first),
    }),
    route({
      method: 'get',
      path: '/progress-sheet',
      summary: 'One’s own work as a spreadsheet of progress to be filled in',
      allow: 'plans.report-progress',
      exports: true,
      download: true,
      query: Format.extend({ planId: Id.optional() }),
      run: (ctx, { query }) => writeProgressSheet(ctx, say, query),
    }),
    route({
      method: 'post',
      path: '/progress-sheet',
      summary: 'Look at the progress a spreadsheet would save',
      allow: 'plans.report-progress',
      query: Upload,
      upload,
      returns: ChangeSetDetail,
      run: async (ctx, { query, body }) =>
        getChangeSetDetail(ctx, say, await readProgressSheet(ctx, say, { name: query.fileName, bytes: body }), first),
    }),
  ]
}
