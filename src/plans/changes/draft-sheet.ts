import { listAgencyNames } from '#agencies'
import { suggestBodies, presetBody } from '#documents'
import { conflict, invalid, type Catalogue, type Context, type FileAnswer } from '#platform'
import { foldName } from '#territory/model'
import type { NodeInput } from '../model.ts'
import { readDraftNodes } from '../store/drafts.ts'
import { findVersion, lockOwnPlan, type PlanRow, type VersionRow } from '../store/plans.ts'
import { listProgrammes } from '../store/programmes.ts'
import { keepDraftSet } from './commands.ts'
import { draftColumns, draftTable, type BodyNames } from './draft-columns.ts'
import { decideDraftRows, draftChoices, namesToResolve, type Resolved } from './draft-rows.ts'
import { mostRows, readTable, writeTable, type SheetFormat } from './sheet.ts'

/** Different names looked up of one sheet: more than any plan has, and few enough for others to be served meanwhile. */
const mostNames = 600

async function openDraft(
  ctx: Context,
  planId: string,
): Promise<{ plan: PlanRow; draft: VersionRow; nodes: NodeInput[]; names: BodyNames }> {
  const plan = await lockOwnPlan(ctx, planId)
  const draft = await findVersion(ctx, plan, 'draft')
  if (!draft) throw conflict('plans.no-draft')
  const nodes = await readDraftNodes(ctx, draft.id)
  const bodies = nodes.flatMap((node) => node.duties.flatMap((duty) => duty.addressedId ?? []))
  return { plan, draft, nodes, names: await listAgencyNames(ctx, bodies, ctx.today) }
}

/** A draft of one's own as a spreadsheet that can be changed and read back. @throws notFound; conflict `plans.no-draft` */
export async function writeDraftSheet(
  ctx: Context,
  say: Catalogue,
  planId: string,
  format: SheetFormat,
): Promise<FileAnswer> {
  const { nodes, names } = await openDraft(ctx, planId)
  await ctx.record('plans.draft-sheet-written', { kind: 'plans.plan', id: planId, agencyId: ctx.actor.agencyId })
  return writeTable(say, ctx.language, format, draftTable(nodes, { say, language: ctx.language, names }))
}

/**
 * Reads a spreadsheet of a draft and shows what it would change; nothing is changed yet.
 * @returns the id of the set
 * @throws those of `readTable`; invalid `plans.sheet-many-names`; notFound; conflict `plans.no-draft`
 */
export async function readDraftSheet(
  ctx: Context,
  say: Catalogue,
  planId: string,
  file: { name: string; bytes: Uint8Array },
): Promise<string> {
  const { plan, draft, nodes, names } = await openDraft(ctx, planId)
  const table = await readTable(say, ctx.language, file.bytes, {
    columns: draftColumns,
    id: 'id',
    needed: ['id', 'text'],
    rows: mostRows.draft,
  })
  const wanted = namesToResolve(table.rows, nodes, names)
  if (wanted.size > mostNames) throw invalid('plans.sheet-many-names', { most: mostNames })
  const on = draft.header.issuedOn ?? ctx.today
  const resolved = new Map<string, Resolved>()
  for (const name of wanted) resolved.set(name, await resolve(ctx, name, { issuerId: plan.issuerId, on }))
  const decided = decideDraftRows(nodes, table.rows, {
    say,
    language: ctx.language,
    names,
    resolved,
    programmes: await programmeWords(ctx),
    choices: draftChoices(say),
  })
  const whole = { changes: decided.changes, refused: [...table.refused, ...decided.refused] }
  return keepDraftSet(ctx, plan, draft, whole, table.seen, file.name)
}

async function resolve(ctx: Context, name: string, of: { issuerId: string; on: string }): Promise<Resolved> {
  const options = await suggestBodies(ctx, name.slice(0, 1000), of)
  const { agencyId, classCode } = presetBody(options)
  if (agencyId !== null || classCode !== null) return { duty: { addressedId: agencyId, classCode } }
  return { options: options.map((option) => option.name) }
}

/** Codes of programmes by their code and by their name in any language. */
async function programmeWords(ctx: Context): Promise<Map<string, string>> {
  const programmes = await listProgrammes(ctx.db)
  return new Map(
    programmes.flatMap(({ code, name }) => [
      [foldName(code), code] as const,
      ...Object.values(name).map((words) => [foldName(words), code] as const),
    ]),
  )
}
