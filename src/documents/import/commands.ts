import { createHash } from 'node:crypto'
import { listAgencyNames, listClassNames } from '#agencies'
import { conflict, invalid, isAtWork, newId, notFound, storeFile, type Context, type FileStore } from '#platform'
import {
  toPlanDraft,
  ImportProposal,
  type ImportState,
  type ImportSummary,
  type PlanDraft,
  type ReviewedProposal,
  type SavedProposal,
  type SaveProposal,
  type SuggestedBody,
} from '../model.ts'
import type { DocumentGrammar } from '../reading/grammar.ts'
import { takesOffice } from '../reading/source-kind.ts'
import { withHolders } from './held-today.ts'
import { matchProposal, suggestBodies } from './matching.ts'
import type { OpenedDocument } from './open-document.ts'
import { readApart, readingBounds } from './read-apart.ts'
import { checkReview, withTruePlaces } from './rules/check-review.ts'
import { proposalFromReading } from './rules/propose.ts'
import { progressOf } from './rules/progress.ts'
import {
  findSameFile,
  getImportRow,
  getOriginal,
  insertImport,
  saveReview,
  setState,
  type ImportRow,
  type ReadColumns,
} from './store.ts'

/** What imports need from outside: where files lie, and how the country's documents are written. */
export type ImportParts = {
  files: FileStore
  grammar: DocumentGrammar
  /** Address of the module that exports it as `documentGrammar`: documents are read in a thread of their own. */
  grammarModule: string
  /** Names of types of document by code. */
  kindNames: Record<string, string>
  /** The field of work the duties of plans belong to: it decides who holds those of a dissolved body. */
  functionCode: string
}

/** The largest file one may load, in bytes, and the largest that is read while the person waits. */
export const uploadLimits = { mostBytes: 20 * 1024 * 1024, readAtOnceBytes: 2 * 1024 * 1024 }

export const recordKind = 'documents.import'
export const readJobKind = 'documents.read-import'

/**
 * Takes in a document. The same file (by its SHA-256) within the agency is recognised and not taken in twice unless
 * `again`. A large file is read by a job; a small one at once, and then nothing is kept of a file that is no document.
 * @throws invalid `documents.unreadable.…`, `documents.no-acting-agency`
 */
export async function uploadDocument(
  ctx: Context,
  parts: ImportParts,
  file: { fileName: string; bytes: Uint8Array; again: boolean },
): Promise<{ import: ImportSummary; recognised: boolean }> {
  const { agencyId } = ctx.actor
  if (agencyId === null) throw invalid('documents.no-acting-agency')
  const fileSha256 = createHash('sha256').update(file.bytes).digest('hex')
  const same = await findSameFile(ctx, agencyId, fileSha256)
  if (same !== undefined && !file.again) {
    await ctx.record('documents.file-recognised', { kind: recordKind, id: same.id, agencyId })
    return { import: same, recognised: true }
  }
  const id = newId()
  const isSlow = file.bytes.byteLength > uploadLimits.readAtOnceBytes || takesOffice(file.bytes, file.fileName)
  const isLater = isSlow || isAtWork()
  const read = isLater ? null : await readColumns(ctx, await readApart(file, parts.grammarModule, readingBounds.atOnce))
  const stored = await storeFile(
    ctx,
    parts.files,
    { kind: recordKind, id, agencyId },
    { name: file.fileName, mediaType: mediaTypeOf(file.fileName), bytes: file.bytes },
  )
  const jobId = isLater ? await ctx.enqueue(readJobKind, { importId: id }) : null
  await insertImport(ctx, { id, agencyId, fileName: stored.name, fileSha256, jobId, read })
  await ctx.record(
    'documents.import-begun',
    { kind: recordKind, id, agencyId },
    { bytes: stored.size, tasks: read === null ? null : progressOf(read.proposal).total },
  )
  return { import: await getImportRow(ctx, id), recognised: false }
}

/** The proposal of an opened document with its names matched. @throws invalid when no review could hold it */
export async function readColumns(
  ctx: Context,
  { reading, original, powers, prose }: OpenedDocument,
): Promise<ReadColumns> {
  const matched = await matchProposal(ctx, proposalFromReading(reading, original, powers, prose))
  if (!ImportProposal.safeParse(matched.proposal).success) throw invalid('documents.unreadable.too-complex')
  return { reading, original, ...matched }
}

function mediaTypeOf(fileName: string): string {
  const extension = /\.([^.]+)$/.exec(fileName.toLowerCase())?.[1] ?? ''
  return mediaTypes[extension] ?? 'application/octet-stream'
}

const mediaTypes: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  doc: 'application/msword',
  odt: 'application/vnd.oasis.opendocument.text',
  rtf: 'application/rtf',
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
  htm: 'text/html; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  text: 'text/plain; charset=utf-8',
}

type Reviewed = ImportRow & { proposal: ImportProposal }

/** The import of the acting agency, locked, while it is under review and as the person saw it. */
async function takeReview(ctx: Context, id: string, version?: number): Promise<Reviewed> {
  return underReview(await getImportRow(ctx, id, true), version)
}

function underReview(row: ImportRow, version?: number): Reviewed {
  const { proposal } = row
  if (row.state !== 'reviewing' || proposal === null) throw conflict(notReviewing[row.state])
  if (version !== undefined && row.version !== version) throw conflict('platform.stale-version')
  return { ...row, proposal }
}

const notReviewing: Record<ImportState, string> = {
  reading: 'documents.still-reading',
  unreadable: 'documents.import-unreadable',
  reviewing: 'documents.still-reading',
  confirmed: 'documents.already-confirmed',
  discarded: 'documents.import-discarded',
}

/**
 * Saves a review as far as it has come. Only what a person reviews is taken from what was sent; places, targets,
 * reporting duties and warnings stay those of the document.
 * @throws conflict `platform.stale-version`, `documents.already-confirmed`; invalid `documents.review-broken`
 */
export async function saveProposal(ctx: Context, id: string, input: SaveProposal): Promise<SavedProposal> {
  const row = await takeReview(ctx, id, input.version)
  const faults = checkReview(input.proposal)
  if (faults.length > 0) throw invalid('documents.review-broken', {}, faults.slice(0, 50))
  await checkBodies(ctx, input.proposal)
  const reviewed = withTruePlaces(input.proposal, row.proposal, await getOriginal(ctx, id))
  const proposal = { ...row.proposal, ...reviewed }
  const version = await saveReview(ctx, row, proposal)
  const { reviewed: done, total } = progressOf(proposal)
  await ctx.record(
    'documents.review-saved',
    { kind: recordKind, id, agencyId: row.agencyId },
    { reviewed: done, total },
  )
  return { version, reviewed: done, total, changedAt: ctx.now }
}

/** Bodies and classes named in a review must exist. @throws invalid `documents.body-unknown` */
async function checkBodies(ctx: Context, proposal: ReviewedProposal): Promise<void> {
  const duties = proposal.items.flatMap((item) => item.duties)
  const ids = [...new Set([proposal.issuer.agencyId, ...duties.map((duty) => duty.agencyId)])].filter(
    (each) => each !== null,
  )
  const names = await listAgencyNames(ctx, ids, ctx.today)
  const codes = [...new Set(duties.map((duty) => duty.classCode))].filter((each) => each !== null)
  const classes = await listClassNames(ctx)
  if (ids.some((each) => !names.has(each)) || codes.some((code) => !classes.has(code)))
    throw invalid('documents.body-unknown')
}

/**
 * Understands all names anew, after the issuer or the date became known. What a person decided stays.
 * @throws conflict `platform.stale-version`
 */
export async function matchAgain(ctx: Context, id: string, version: number): Promise<void> {
  const row = await takeReview(ctx, id, version)
  const { proposal, suggestions } = await matchProposal(ctx, row.proposal)
  await saveReview(ctx, row, proposal, suggestions)
  await ctx.record(
    'documents.names-matched',
    { kind: recordKind, id, agencyId: row.agencyId },
    { names: suggestions.length },
  )
}

/** Bodies and classes that words could mean in this document: of its issuer, on its date. */
export async function suggestFor(
  ctx: Context,
  { functionCode }: Pick<ImportParts, 'functionCode'>,
  id: string,
  raw: string,
): Promise<SuggestedBody[]> {
  const { proposal } = underReview(await getImportRow(ctx, id))
  const on = proposal.header.issuedOn.value ?? ctx.today
  const issuerId = proposal.issuer.agencyId ?? ctx.actor.agencyId
  return withHolders(ctx, await suggestBodies(ctx, raw, { issuerId, on }), { issuerId, on, functionCode })
}

/** Puts an import away. What was confirmed into a plan stays. @throws conflict `documents.already-confirmed` */
export async function discardImport(ctx: Context, id: string): Promise<void> {
  const row = await getImportRow(ctx, id, true)
  if (row.state === 'confirmed' || row.state === 'discarded') throw conflict(notReviewing[row.state])
  await setState(ctx, id, { state: 'discarded' })
  await ctx.record('documents.import-put-away', { kind: recordKind, id, agencyId: row.agencyId })
}

/** A finished review, for `plans`: the draft it becomes and what is kept with the plan's source. */
export type ConfirmedImport = {
  draft: PlanDraft
  source: Pick<ImportProposal, 'targets' | 'reporting'>
  fileSha256: string
  fileName: string
}

/**
 * Takes a finished review out of review, once: the caller makes the plan in the same transaction and names it with
 * `tieToPlan`.
 * @throws conflict `documents.already-confirmed`; invalid `documents.review-unfinished` with each hindrance
 */
export async function takeConfirmed(ctx: Context, importId: string): Promise<ConfirmedImport> {
  const row = await takeReview(ctx, importId)
  const { draft, hindrances } = toPlanDraft(row.proposal)
  if (draft === null) {
    const fields = hindrances.map(({ code, count, field }) => ({
      pointer: field === undefined ? '/importId' : `/header/${field}`,
      code,
      params: { count },
    }))
    throw invalid(
      'documents.review-unfinished',
      { undecided: progressOf(row.proposal).total - progressOf(row.proposal).reviewed },
      fields,
    )
  }
  await setState(ctx, importId, { state: 'confirmed' })
  await ctx.record(
    'documents.import-confirmed',
    { kind: recordKind, id: importId, agencyId: row.agencyId },
    { nodes: draft.nodes.length },
  )
  const { targets, reporting } = row.proposal
  return { draft, source: { targets, reporting }, fileSha256: row.fileSha256, fileName: row.fileName }
}

/** Says which plan a confirmed import became. @throws notFound when it is not confirmed or has its plan */
export async function tieToPlan(ctx: Context, importId: string, planId: string): Promise<void> {
  const row = await getImportRow(ctx, importId, true)
  if (row.state !== 'confirmed' || row.planId !== null) throw notFound()
  await setState(ctx, importId, { planId })
  await ctx.record('documents.import-tied', { kind: recordKind, id: importId, agencyId: row.agencyId }, { planId })
}
