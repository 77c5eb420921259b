import { conflict, forbidden, invalid, newId, notFound, type Context } from '#platform'
import { keptMechanisms, treatyClusters, wordLimits } from '#recommendations'
import { TreatyParagraph, type BeginTreatyReport, type SaveTreatySection } from './model.ts'
import { strangeOrigins } from './store.ts'

/** The treaty body whose clusters reports are organised by. */
const mechanism = 'crc'
const recordOf = (id: string, agencyId: string) => ({ kind: 'reporting.treaty-report', id, agencyId })

/**
 * Begins a report to the treaty body, with an empty section for each cluster of the Convention.
 * @throws forbidden `reporting.not-keeper-of-treaty`; conflict `reporting.treaty-report-begun`
 */
export async function beginTreatyReport(ctx: Context, input: BeginTreatyReport): Promise<{ id: string }> {
  const { agencyId, personId } = ctx.actor
  if (agencyId === null || !(await keptMechanisms(ctx)).includes(mechanism))
    throw forbidden('reporting.not-keeper-of-treaty')
  const limit = wordLimits.find(({ code }) => code === input.kind)
  if (limit === undefined) throw new Error(`no limit of words for ${input.kind}`)
  const id = newId()
  const made = await ctx.db
    .insertInto('reporting.treatyReport')
    .values({
      ...{ id, agencyId, mechanism, kind: input.kind, cycle: input.cycle, wordLimit: limit.words },
      ...{ languages: [...new Set(input.languages)], madeBy: personId, madeAt: ctx.now },
    })
    .onConflict((found) => found.columns(['agencyId', 'mechanism', 'kind', 'cycle']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made === undefined) throw conflict('reporting.treaty-report-begun')
  await ctx.db
    .insertInto('reporting.treatySection')
    .values(
      treatyClusters.map(({ code }, rank) => ({
        ...{ treatyReportId: id, cluster: code, rank, agencyId, paragraphs: '[]' },
        ...{ savedBy: personId, savedAt: ctx.now },
      })),
    )
    .execute()
  await ctx.record('reporting.treaty-report-begun-by', recordOf(id, agencyId), { kind: input.kind })
  return { id }
}

/**
 * Saves what is written under one cluster.
 * @returns its new version
 * @throws notFound; conflict `platform.stale-version` where another saved it meanwhile; invalid `reporting.treaty-key-twice`,
 *   `reporting.treaty-origin` where a paragraph names as its origin what is no line of a signed national report
 */
export async function saveTreatySection(
  ctx: Context,
  of: { id: string; cluster: string },
  input: SaveTreatySection,
): Promise<{ version: number }> {
  const { agencyId, personId } = ctx.actor
  const held = await ctx.db
    .selectFrom('reporting.treatySection')
    .select(['version', 'paragraphs'])
    .where('treatyReportId', '=', of.id)
    .where('cluster', '=', of.cluster)
    .where('agencyId', '=', agencyId)
    .forUpdate()
    .executeTakeFirst()
  if (held === undefined || agencyId === null) throw notFound()
  if (held.version !== input.version) throw conflict('platform.stale-version')
  if (new Set(input.paragraphs.map(({ key }) => key)).size !== input.paragraphs.length)
    throw invalid('reporting.treaty-key-twice')
  const [strange] = await strangeOrigins(
    ctx,
    newOrigins(TreatyParagraph.array().parse(held.paragraphs), input.paragraphs),
  )
  if (strange !== undefined) throw invalid('reporting.treaty-origin', { line: strange })
  const version = held.version + 1
  await ctx.db
    .updateTable('reporting.treatySection')
    .set({ paragraphs: JSON.stringify(input.paragraphs), savedBy: personId, savedAt: ctx.now, version })
    .where('treatyReportId', '=', of.id)
    .where('cluster', '=', of.cluster)
    .execute()
  await ctx.record('reporting.treaty-section-saved', recordOf(of.id, agencyId), { cluster: of.cluster, version })
  return { version }
}

/** Paragraphs with the origins they did not have before: what was drawn once stays drawn, though its report was amended since. */
function newOrigins(before: readonly TreatyParagraph[], after: readonly TreatyParagraph[]): TreatyParagraph[] {
  const nameOf = (one: TreatyParagraph['origins'][number]) => `${one.reportId} ${one.number} ${one.line}`
  const had = new Set(before.flatMap(({ origins }) => origins.map(nameOf)))
  return after.map((one) => ({ ...one, origins: one.origins.filter((origin) => !had.has(nameOf(origin))) }))
}
