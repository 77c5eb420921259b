import { sql } from 'kysely'
import type { Context } from '#platform'
import type { Calendar, DashboardRow } from '../model.ts'
import { measureWords } from '../reported/words.ts'
import { readDashboard } from './dashboard.ts'

/** One measure of the country in a paper that everyone may read. `articles`: of the Convention, of which its indicator tells. */
export type AnnexRow = Pick<DashboardRow, 'measureId' | 'basis' | 'period' | 'asOf' | 'figure' | 'series'> & {
  name: string
  unitOfMeasure: string
  articles: string[]
}

/** More measures than any dictionary has. */
const most = 2_000

/**
 * How the acting body's unit stands in every measure, in the order of their documents, as far as it may stand in a paper for everyone: of sensitive
 * measures only what was told to everyone, small counts hidden there.
 * @source security G1-G3
 */
export async function readAnnexRows(ctx: Context, calendars: readonly Calendar[]): Promise<AnnexRow[]> {
  const all = { unitId: undefined, field: undefined, aspect: undefined, page: 1, size: most, isForAll: true }
  const { items } = await readDashboard(ctx, all, calendars)
  const words = await measureWords(
    ctx,
    items.map(({ measureId }) => measureId),
  )
  const indicators = await ctx.db
    .selectFrom('indicators.indicator')
    .select(['id', 'articles'])
    .where(sql<boolean>`id = any (${[...new Set(items.map(({ indicatorId }) => indicatorId))]}::uuid[])`)
    .execute()
  const articlesOf = new Map(indicators.map(({ id, articles }) => [id, articles]))
  return items.flatMap(({ indicatorId, target: _target, ...row }) => {
    const known = words.get(row.measureId)
    if (known === undefined) return []
    const { name, unitOfMeasure } = known
    return [{ ...row, name, unitOfMeasure, articles: articlesOf.get(indicatorId) ?? [] }]
  })
}
