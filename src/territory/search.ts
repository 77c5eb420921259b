import { sql, type RawBuilder } from 'kysely'
import type { PlainDate } from '#platform/model'
import { keysOf, wordsQuery } from './keys.ts'
import type { PlaceWords } from './model.ts'
import { holds } from './store.ts'

/** How well a name answers a search; smaller is better. Up to `same` the name is the one asked for. */
export const searchRank = { code: 0, marked: 1, same: 2, beginning: 3, words: 4, loose: 5 }

/**
 * The units a typed name or code means, as a query of `unit_id`, `rank` (see `searchRank`) and `fits`: whether the
 * word typed before the name ("town of") fits the unit's kind. Marks and their place are forgiven; names that bear the
 * same marks come first.
 *
 * @param on only names and codes borne on this date; null = at any time
 */
export function unitsFound(search: string, words: PlaceWords, on: PlainDate | null): RawBuilder<unknown> {
  const keys = keysOf(search, words)
  const types = keys.prefix === null ? [] : (words.prefixes[keys.prefix] ?? [])
  const during = (alias: string) => (on === null ? sql`true` : holds(alias, on))
  const tokens = wordsQuery(keys.bareKey)
  const code = search.trim()
  return sql`select unit_id, min(rank) as rank, bool_or(fits) as fits from (
      select v.unit_id, ${searchRank.code}::int as rank, true as fits from territory.unit_version v where v.code = ${code} and ${during('v')}
      union all
      select a.unit_id, ${searchRank.code}::int, true from territory.unit_alias a where a.field = 'code' and a.value = ${code} and ${during('a')}
      union all
      select n.unit_id,
        case when n.marked_key = ${keys.markedKey} or n.marked_bare_key = ${keys.markedBareKey} then ${searchRank.marked}
          when n.folded_key = ${keys.foldedKey} or n.bare_key = ${keys.bareKey} then ${searchRank.same}
          when n.bare_key like ${keys.bareKey + '%'} or n.folded_key like ${keys.foldedKey + '%'} then ${searchRank.beginning}
          when to_tsvector('simple', n.folded_key) @@ to_tsquery('simple', ${tokens}) then ${searchRank.words}
          else ${searchRank.loose} end::int,
        coalesce(n.type = any(${types}::text[]), false) or ${types.length === 0}
      from territory.unit_name n
      where ${keys.bareKey !== ''} and ${during('n')}
        and (n.bare_key like ${keys.bareKey + '%'} or n.folded_key like ${keys.foldedKey + '%'} or n.loose_key = ${keys.looseKey}
          or to_tsvector('simple', n.folded_key) @@ to_tsquery('simple', ${tokens}))
    ) hit group by unit_id`
}
