import { z } from 'zod'
import { may } from '#access'
import { route, type Route } from '#platform'
import { Id, text, Version } from '#platform/model'
import {
  ImportDetail,
  ImportPage,
  ImportQuery,
  OriginalAnswer,
  SavedProposal,
  SaveProposal,
  SuggestedBody,
  UploadAnswer,
  UploadQuery,
} from '../model.ts'
import {
  discardImport,
  matchAgain,
  saveProposal,
  suggestFor,
  uploadDocument,
  uploadLimits,
  type ImportParts,
} from './commands.ts'
import { getImport, getImportFile, getImportOriginal, listImports } from './queries.ts'

const params = z.object({ id: Id })
const review = 'documents.review-import'

/** A review of some ten thousand tasks. */
const proposalBytes = 16 * 1024 * 1024

/** Taking documents in and reviewing what was read. Files and the country's grammar are handed in by `app.ts`. */
export function importRoutes(parts: ImportParts): Route[] {
  return [
    route({
      method: 'post',
      path: '/documents/imports',
      summary: 'Take in a document; the same file is recognised',
      allow: 'documents.import',
      query: UploadQuery,
      upload: { maxBytes: uploadLimits.mostBytes },
      returns: UploadAnswer,
      run: (ctx, { query, body }) =>
        uploadDocument(ctx, parts, { fileName: query.fileName, bytes: body, again: query.again === 'true' }),
    }),
    route({
      method: 'get',
      path: '/documents/imports',
      summary: "Documents taken in by one's own agency",
      allow: 'documents.read-import',
      query: ImportQuery,
      returns: ImportPage,
      run: (ctx, { query }) => listImports(ctx, query),
    }),
    route({
      method: 'get',
      path: '/documents/imports/{id}',
      summary: 'One import: reading, review and suggestions',
      allow: 'documents.read-import',
      params,
      returns: ImportDetail,
      run: (ctx, input) => getImport(ctx, parts, input.params.id, may(ctx.actor, review)),
    }),
    route({
      method: 'get',
      path: '/documents/imports/{id}/original',
      summary: 'The document in pieces, for display beside the review',
      allow: 'documents.read-import',
      params,
      returns: OriginalAnswer,
      run: async (ctx, input) => ({ blocks: await getImportOriginal(ctx, input.params.id) }),
    }),
    route({
      method: 'get',
      path: '/documents/imports/{id}/file',
      summary: 'The file as it was loaded',
      allow: 'documents.read-import',
      params,
      download: true,
      exports: true,
      run: (ctx, input) => getImportFile(ctx, parts.files, input.params.id),
    }),
    route({
      method: 'put',
      path: '/documents/imports/{id}/proposal',
      summary: 'Save the review as far as it has come',
      allow: review,
      params,
      maxBodyBytes: proposalBytes,
      body: SaveProposal,
      returns: SavedProposal,
      run: (ctx, input) => saveProposal(ctx, input.params.id, input.body),
    }),
    route({
      method: 'post',
      path: '/documents/imports/{id}/matching',
      summary: 'Understand all names anew, after issuer or date became known',
      allow: review,
      params,
      body: z.strictObject({ version: Version }),
      returns: ImportDetail,
      async run(ctx, input) {
        await matchAgain(ctx, input.params.id, input.body.version)
        return getImport(ctx, parts, input.params.id, true)
      },
    }),
    route({
      method: 'get',
      path: '/documents/imports/{id}/suggestions',
      summary: 'Bodies and classes that words could mean in this document',
      allow: 'documents.read-import',
      params,
      query: z.object({ raw: text(1000) }),
      returns: z.array(SuggestedBody),
      run: (ctx, input) => suggestFor(ctx, parts, input.params.id, input.query.raw),
    }),
    route({
      method: 'post',
      path: '/documents/imports/{id}/discard',
      summary: 'Put an import away',
      allow: review,
      params,
      run: (ctx, input) => discardImport(ctx, input.params.id),
    }),
  ]
}
