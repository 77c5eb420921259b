import { sql } from 'kysely'
import { notFound, type Context } from '#platform'
import type { LocalizedText } from '#platform/model'
import { RegimeDefinition } from '../../model.ts'
import { obligationList } from '../../regimes/list.ts'
import type { BoardRound } from '../model.ts'

export type Tiers = { code: string; names: LocalizedText | null }[]
export type RoundOfBoard = { head: BoardRound; tiers: Tiers; due: Record<string, string> }

/** Rounds in which the reader sees at least one obligation, the newest first. */
export async function readBoardRounds(ctx: Context): Promise<RoundOfBoard[]> {
  type Row = Omit<BoardRound, 'names' | 'window'> & { definition: unknown; due: Record<string, string> }
  const { rows } = await sql<Row>`
    select d.id, d.regime_id, d.period, d.period_from, d.period_to, d.owed_on, d.state, v.definition, d.dates -> 'due' as due
    from reporting.round d join reporting.regime_version v on v.regime_id = d.regime_id and v.number = d.regime_number
    where exists (select 1 from reporting.obligation o where o.round_id = d.id and ${obligationList.within(ctx)})
    order by d.period_from desc, d.opened_at desc, d.id limit 200`.execute(ctx.db)
  return rows.map(({ definition, due, ...head }) => {
    const { names, window, tiers } = RegimeDefinition.parse(definition)
    const named = tiers.map((tier) => ({ code: tier.code, names: tier.names }))
    return { head: { ...head, names, window }, tiers: [...named, { code: 'root', names: null }], due }
  })
}

/** @throws notFound where the reader sees nothing of it */
export async function getBoardRound(ctx: Context, id: string): Promise<RoundOfBoard> {
  const found = (await readBoardRounds(ctx)).find(({ head }) => head.id === id)
  if (found === undefined) throw notFound()
  return found
}

type Named = { id: string; name: string }

/** The unit looked at, or the country, with those it lies in. @throws notFound */
export async function readPlace(
  ctx: Context,
  unitId: string | undefined,
): Promise<{ id: string; above: Named[]; name: string }> {
  const { rows } = await sql<{
    id: string
  }>`select u.id from territory.unit u where u.level = 'country' limit 1`.execute(ctx.db)
  const id = unitId ?? rows[0]?.id
  if (id === undefined) throw notFound()
  const line = await sql<Named>`
    with recursive line (id, depth) as (select ${id}::uuid, 0 union all
      select v.parent_id, line.depth + 1 from line join lateral (select v.parent_id from territory.unit_version v where v.unit_id = line.id
        order by v.valid_from desc nulls last limit 1) v on v.parent_id is not null where line.depth < 8)
    select line.id, n.name from line join lateral (select v.name from territory.unit_version v where v.unit_id = line.id
      order by v.valid_from desc nulls last limit 1) n on true order by line.depth desc`.execute(ctx.db)
  const own = line.rows.at(-1)
  if (own === undefined) throw notFound()
  return { ...own, above: line.rows.slice(0, -1) }
}

/** Names of units as they were called last. */
export async function unitNames(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<Named>`select distinct on (v.unit_id) v.unit_id as id, v.name from territory.unit_version v
    where v.unit_id = any (${ids}::uuid[]) order by v.unit_id, v.valid_from desc nulls last`.execute(ctx.db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
