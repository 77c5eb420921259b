import { forbidden, notFound, type Context } from '#platform'

/** The mechanisms whose documents the acting body keeps. */
export async function keptMechanisms(ctx: Context): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('recommendations.mechanism')
    .select('code')
    .$if(!ctx.actor.everywhere, (query) => query.where('keeperId', '=', ctx.actor.agencyId))
    .orderBy('rank')
    .execute()
  return rows.map(({ code }) => code)
}

/**
 * The first wall: only the body that keeps a mechanism's documents changes what is kept of its recommendations; row-level
 * security says the same. @throws forbidden `recommendations.not-keeper`
 */
export async function requireKeeper(ctx: Context, mechanisms: Iterable<string>): Promise<void> {
  const kept = new Set(await keptMechanisms(ctx))
  for (const mechanism of mechanisms) if (!kept.has(mechanism)) throw forbidden('recommendations.not-keeper')
}

/** Whoever keeps any mechanism brings in files, which hold those of all. @returns the acting body @throws forbidden `recommendations.not-keeper` */
export async function requireAnyKeeper(ctx: Context): Promise<string> {
  const { agencyId } = ctx.actor
  if (agencyId === null || (await keptMechanisms(ctx)).length === 0) throw forbidden('recommendations.not-keeper')
  return agencyId
}

/** Imports are seen by keepers only; for all others they are not there. @throws notFound */
export async function requireSight(ctx: Context): Promise<void> {
  if ((await keptMechanisms(ctx)).length === 0) throw notFound()
}

export type Held = {
  id: string
  mechanism: string
  version: number
  textHash: string
  documentId: string
  isSplit: boolean
  wholeId: string | null
}

/**
 * Loads and locks a recommendation that the acting body keeps.
 * @throws notFound; forbidden `recommendations.not-keeper`
 */
export async function holdRecommendation(ctx: Context, id: string): Promise<Held> {
  const found = await ctx.db
    .selectFrom('recommendations.recommendation')
    .select('mechanism')
    .where('id', '=', id)
    .executeTakeFirst()
  if (found === undefined) throw notFound()
  await requireKeeper(ctx, [found.mechanism])
  const row = await ctx.db
    .selectFrom('recommendations.recommendation')
    .select(['id', 'mechanism', 'version', 'textHash', 'documentId', 'isSplit', 'wholeId'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}
