import { listAgencyNames, listClassNames } from '#agencies'
import { getFile, listFiles, notFound, type Context, type FileAnswer, type FileStore } from '#platform'
import type { Page } from '#platform/model'
import type { ImportDetail, ImportState, ImportSummary, OriginalBlock, SuggestedBody } from '../model.ts'
import { withHolders } from './held-today.ts'
import { recordKind, type ImportParts } from './commands.ts'
import { getImportRow, getOriginal, listImportRows, type ImportRow } from './store.ts'

/** The acting agency's imports; those put away only when asked for. */
export function listImports(
  ctx: Context,
  query: { page: number; size: number; state?: ImportState | undefined },
): Promise<Page<ImportSummary>> {
  return listImportRows(ctx, query)
}

/** One import whole, with the names of all bodies in it. @throws notFound */
export async function getImport(
  ctx: Context,
  parts: ImportParts,
  id: string,
  mayReview: boolean,
): Promise<ImportDetail> {
  const { agencyId: _agencyId, fileSha256: _sha256, ...row } = await getImportRow(ctx, id)
  const file = (await listFiles(ctx, recordKind, [id]))[0]
  if (file === undefined) throw notFound()
  const { name, size, sha256, mediaType } = file
  const chosen = await chosenBodies(ctx, row)
  // Worked out anew each time: who holds a duty today is not what it was when the document was read.
  const held = await withHolders(ctx, [...row.suggestions.flatMap((each) => each.options), ...chosen], {
    issuerId: row.proposal?.issuer.agencyId ?? null,
    on: row.proposal?.header.issuedOn.value ?? ctx.today,
    functionCode: parts.functionCode,
  })
  let at = 0
  return {
    ...row,
    suggestions: row.suggestions.map((each) => ({
      ...each,
      options: each.options.map(() => held[at++]).filter((option) => option !== undefined),
    })),
    file: { name, size, sha256, mediaType },
    chosen: held.slice(at),
    kinds: parts.grammar.types.map(({ code }) => ({ code, name: parts.kindNames[code] ?? code })),
    may: { review: mayReview && row.state === 'reviewing' },
  }
}

/** Bodies and classes of the review that no suggestion names. */
async function chosenBodies(
  ctx: Context,
  { proposal, suggestions }: Pick<ImportRow, 'proposal' | 'suggestions'>,
): Promise<SuggestedBody[]> {
  if (proposal === null) return []
  const suggested = new Set(
    suggestions.flatMap((each) => each.options.map((option) => option.agencyId ?? option.classCode)),
  )
  const duties = proposal.items.flatMap((item) => item.duties)
  const missing = (values: (string | null)[]) =>
    [...new Set(values)].filter((value) => value !== null && !suggested.has(value)) as string[]
  const on = proposal.header.issuedOn.value ?? ctx.today
  const names = await listAgencyNames(
    ctx,
    missing([proposal.issuer.agencyId, ...duties.map((duty) => duty.agencyId)]),
    on,
  )
  const classes = await listClassNames(ctx)
  const bodies = [...names.values()].map((agency) => ({
    agencyId: agency.id,
    classCode: null,
    name: agency.name,
    endedOn: agency.endedOn,
    score: 1,
    why: 'chosen',
    heldBy: null,
  }))
  const codes = missing(duties.map((duty) => duty.classCode))
  return [
    ...bodies,
    ...codes.map((code) => ({
      agencyId: null,
      classCode: code,
      name: classes.get(code) ?? code,
      endedOn: null,
      score: 1,
      why: 'chosen',
      heldBy: null,
    })),
  ]
}

/** The document in pieces for display. @throws notFound also while it is being read */
export function getImportOriginal(ctx: Context, id: string): Promise<OriginalBlock[]> {
  return getOriginal(ctx, id)
}

/** The file as it was loaded. @throws notFound */
export async function getImportFile(ctx: Context, files: FileStore, id: string): Promise<FileAnswer> {
  const row = await getImportRow(ctx, id)
  const [stored] = await listFiles(ctx, recordKind, [id])
  if (stored === undefined) throw notFound()
  const file = await getFile(ctx, files, { kind: recordKind, id }, stored.id)
  await ctx.record('documents.import-file-sent', { kind: recordKind, id, agencyId: row.agencyId })
  return { fileName: file.name, mediaType: file.mediaType, bytes: file.bytes }
}
