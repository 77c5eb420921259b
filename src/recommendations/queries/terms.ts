import { sql } from 'kysely'
import { z } from 'zod'
import { listAgencyNames } from '#agencies'
import type { Context } from '#platform'
import type { Mechanism, OwnState, Term, TermLists } from '../model.ts'
import { keptMechanisms } from '../keeping.ts'
import { LocalizedText } from '#platform/model'

/** Mechanisms and terms with their names in the reader's language. */
export async function getTermLists(ctx: Context, own: OwnState): Promise<z.infer<typeof TermLists>> {
  const kept = new Set(await keptMechanisms(ctx))
  const mechanisms = await sql<Omit<Mechanism, 'name' | 'keeps' | 'keeperName'> & { names: unknown }>`
    select code, kind, names, keeper_id from recommendations.mechanism order by rank`.execute(ctx.db)
  const keepers = await listAgencyNames(
    ctx,
    mechanisms.rows.flatMap(({ keeperId }) => keeperId ?? []),
    ctx.today,
  )
  const terms = await sql<Omit<Term, 'name'> & { names: unknown }>`
    select number, scheme, code, above, names, retired_on is not null as is_retired from recommendations.term order by rank, number`.execute(
    ctx.db,
  )
  return {
    mechanisms: mechanisms.rows.map(({ names, ...row }) => ({
      ...row,
      name: nameIn(ctx, names, row.code),
      keeperName: keepers.get(row.keeperId ?? '')?.name ?? null,
      keeps: kept.has(row.code),
    })),
    terms: terms.rows.map(({ names, ...row }) => ({ ...row, name: nameIn(ctx, names, row.code) })),
    ownState: { [ctx.language]: own.names[0] ?? own.code },
  }
}

function nameIn(ctx: Context, names: unknown, otherwise: string): string {
  const texts = LocalizedText.parse(names)
  return texts[ctx.language] ?? Object.values(texts)[0] ?? otherwise
}
