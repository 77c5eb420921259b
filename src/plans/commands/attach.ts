import { createHash } from 'node:crypto'
import {
  conflict,
  getFile,
  listFiles,
  notFound,
  removeFile,
  storeFile,
  type Context,
  type FileAnswer,
  type FileStore,
} from '#platform'
import { findVersion, getPlan, lockOwnPlan, touchDraft } from '../store/plans.ts'

const signatures: [string, number[]][] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46]],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', [0x50, 0x4b, 0x03, 0x04]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/tiff', [0x49, 0x49, 0x2a, 0x00]],
]

/** What a file is by its first bytes; its name is not believed. */
function mediaTypeOf(bytes: Uint8Array): string | undefined {
  return signatures.find(([, first]) => first.every((byte, at) => bytes[at] === byte))?.[0]
}

/**
 * Lays the signed document or its scan under the version being written, or under the newest issued one that has none
 * yet; its SHA-256 is kept and shown. What was issued with its document takes no other. Laid under a draft it is a change
 * of the draft: whoever issues has seen it.
 * @throws conflict `plans.file-not-a-document`, `plans.document-attached-already`
 */
export async function attachDocument(
  ctx: Context,
  files: FileStore,
  planId: string,
  file: { name: string; bytes: Uint8Array },
): Promise<{ id: string; sha256: string }> {
  const plan = await lockOwnPlan(ctx, planId)
  const version = (await findVersion(ctx, plan, 'draft')) ?? (await findVersion(ctx, plan, 'issued'))
  if (!version) throw notFound()
  if (version.state === 'issued' && (await listFiles(ctx, 'plans.plan-version', [version.id])).length > 0)
    throw conflict('plans.document-attached-already')
  const mediaType = mediaTypeOf(file.bytes)
  if (mediaType === undefined) throw conflict('plans.file-not-a-document')
  const stored = await storeFile(
    ctx,
    files,
    { kind: 'plans.plan-version', id: version.id, agencyId: plan.agencyId },
    { ...file, mediaType },
  )
  if (version.state === 'draft') await touchDraft(ctx, version)
  await ctx.record(
    'plans.document-attached',
    { kind: 'plans.plan', id: planId, agencyId: plan.agencyId },
    { fileId: stored.id, sha256: stored.sha256, versionId: version.id },
  )
  return { id: stored.id, sha256: createHash('sha256').update(file.bytes).digest('hex') }
}

/**
 * Takes a file from beside the draft of a plan; with what was issued it stays. A change of the draft, like laying one.
 * @throws notFound; conflict `plans.no-draft`
 */
export async function detachDocument(ctx: Context, planId: string, fileId: string): Promise<void> {
  const plan = await lockOwnPlan(ctx, planId)
  const draft = await findVersion(ctx, plan, 'draft')
  if (!draft) throw conflict('plans.no-draft')
  const { sha256 } = await removeFile(ctx, { kind: 'plans.plan-version', id: draft.id }, fileId)
  await touchDraft(ctx, draft)
  await ctx.record(
    'plans.document-detached',
    { kind: 'plans.plan', id: planId, agencyId: plan.agencyId },
    { fileId, sha256, versionId: draft.id },
  )
}

/** A file of any version of a plan within reach. @throws notFound */
export async function getPlanFile(ctx: Context, files: FileStore, planId: string, fileId: string): Promise<FileAnswer> {
  const plan = await getPlan(ctx, planId)
  const place = await ctx.db
    .selectFrom('platform.storedFile')
    .innerJoin('plans.planVersion', 'plans.planVersion.id', 'platform.storedFile.recordId')
    .select('plans.planVersion.id')
    .where('platform.storedFile.id', '=', fileId)
    .where('plans.planVersion.planId', '=', planId)
    .executeTakeFirst()
  if (!place) throw notFound()
  const file = await getFile(ctx, files, { kind: 'plans.plan-version', id: place.id }, fileId)
  await ctx.record('plans.file-read', { kind: 'plans.plan', id: planId, agencyId: plan.agencyId }, { fileId })
  return { fileName: file.name, mediaType: file.mediaType, bytes: file.bytes }
}
