import { sql } from 'kysely'
import { listPersonNames } from '#access'
import { listAgencyNames } from '#agencies'
import { notFound, type Context } from '#platform'
import type { Page } from '#platform/model'
import { keptMechanisms, shortOf } from '#recommendations'
import { foldName } from '#territory/model'
import type { LinkedMeasure, MeasuredRecommendation, MeasureInShort } from '../model.ts'

/** Measures in the reader's language, in the order of their documents; those that are not there are left out. */
export async function measuresInShort(ctx: Context, ids: readonly string[]): Promise<MeasureInShort[]> {
  const { rows } = await sql<MeasureInShort>`
    select m.id as measure_id, i.id as indicator_id, i.names ->> ${ctx.language} as indicator_name, m.names ->> ${ctx.language} as name,
      m.unit_of_measure ->> ${ctx.language} as unit_of_measure
    from indicators.measure m join indicators.indicator i on i.id = m.indicator_id
    where m.id = any (${[...new Set(ids)]}::uuid[]) order by m.rank`.execute(ctx.db)
  return rows
}

/** What is kept of a link, whatever it lies on. */
export type KeptLink = Pick<LinkedMeasure, 'id' | 'measureId' | 'origin' | 'reason' | 'linkedAt' | 'version'> & {
  agencyId: string
  linkedBy: string
}

/** Links with the words of their measures and of who said so. */
export async function linksInFull(ctx: Context, links: readonly KeptLink[], mayEnd: boolean): Promise<LinkedMeasure[]> {
  const measures = await measuresInShort(
    ctx,
    links.map(({ measureId }) => measureId),
  )
  const agencies = await listAgencyNames(
    ctx,
    links.map(({ agencyId }) => agencyId),
    ctx.today,
  )
  const people = await listPersonNames(
    ctx,
    links.map(({ linkedBy }) => linkedBy),
  )
  return measures.flatMap((measure) =>
    links
      .filter(({ measureId }) => measureId === measure.measureId)
      .map(({ agencyId, linkedBy, ...link }) => ({
        ...measure,
        ...link,
        agencyName: agencies.get(agencyId)?.name ?? '',
        personName: people.get(linkedBy) ?? null,
        mayEnd,
      })),
  )
}

/** The measures that tell of some recommendations, by recommendation. */
export async function measuresOfRecommendations(
  ctx: Context,
  ids: readonly string[],
): Promise<{ recommendationId: string; measureId: string }[]> {
  return ctx.db
    .selectFrom('indicators.recommendationMeasure')
    .select(['recommendationId', 'measureId'])
    .where('recommendationId', 'in', [...ids, noRecommendation])
    .where('endedAt', 'is', null)
    .execute()
}

/** No recommendation has it: a list of none is asked for as one of this. */
const noRecommendation = '00000000-0000-0000-0000-000000000000'

/** The measures that tell of a recommendation, in the order of their documents. @throws notFound */
export async function listMeasuresOf(ctx: Context, recommendationId: string): Promise<LinkedMeasure[]> {
  const [recommendation] = await shortOf(ctx, [recommendationId])
  if (recommendation === undefined) throw notFound()
  const links = await sql<KeptLink>`select id, measure_id, origin, reason, agency_id, linked_by, linked_at, version
    from indicators.recommendation_measure where recommendation_id = ${recommendationId}::uuid and ended_at is null`.execute(
    ctx.db,
  )
  return linksInFull(ctx, links.rows, (await keptMechanisms(ctx)).includes(recommendation.mechanism))
}

/** The measures of an indicator. @throws notFound */
export async function measuresOfIndicator(ctx: Context, indicatorId: string): Promise<MeasureInShort[]> {
  const rows = await ctx.db
    .selectFrom('indicators.measure')
    .select('id')
    .where('indicatorId', '=', indicatorId)
    .execute()
  if (rows.length === 0) throw notFound()
  return measuresInShort(
    ctx,
    rows.map(({ id }) => id),
  )
}

type Asked = { page: number; size: number; measureId?: string | undefined; search?: string | undefined }

/** Whether all words that are looked for stand in a text, without regard to marks and capitals. */
export function holds(text: string, search: string | undefined): boolean {
  const folded = foldName(text)
  return foldName(search ?? '')
    .split(' ')
    .every((word) => folded.includes(word))
}

/** The recommendations of which the measures of an indicator tell; in the order of their documents. @throws notFound */
export async function listRecommendationsOf(
  ctx: Context,
  indicatorId: string,
  { page, size, ...asked }: Asked,
): Promise<Page<MeasuredRecommendation>> {
  const measures = new Map((await measuresOfIndicator(ctx, indicatorId)).map((one) => [one.measureId, one]))
  const { rows } = await sql<{ id: string; recommendationId: string; measureId: string; version: number }>`
    select id, recommendation_id, measure_id, version from indicators.recommendation_measure
    where measure_id = any (${[...measures.keys()]}::uuid[]) and ended_at is null`.execute(ctx.db)
  const links = rows.filter(({ measureId }) => asked.measureId === undefined || measureId === asked.measureId)
  const kept = await keptMechanisms(ctx)
  const recommendations = await shortOf(
    ctx,
    links.map(({ recommendationId }) => recommendationId),
  )
  const all = recommendations
    .filter(({ text, translation, symbol, paragraph }) =>
      holds([text, translation, symbol, paragraph].join(' '), asked.search),
    )
    .flatMap(({ id, mechanism, symbol, paragraph, part, text, translation }) =>
      links
        .filter(({ recommendationId }) => recommendationId === id)
        .map(({ id: linkId, measureId, version }): MeasuredRecommendation => {
          const measureName = measures.get(measureId)?.name ?? ''
          const of = { linkId, measureId, measureName, version, mayEnd: kept.includes(mechanism) }
          return { ...of, recommendationId: id, mechanism, symbol, paragraph, part, text, translation }
        }),
    )
  return { items: all.slice((page - 1) * size, page * size), total: all.length, page, size }
}
