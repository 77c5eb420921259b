import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { AgencyKind, AgencyLevel } from '#agencies/model'
import type { Catalogue, Context, Facet } from '#platform'
import { text, type Language } from '#platform/model'
import { periodParts } from '../model.ts'
import { programmeNames } from '../store/programmes.ts'

/** Where the piece of work `plans.occurrence o` stands today. */
export const standingToday = (ctx: Context) =>
  sql`plans.standing(o.due_on, o.done_on, o.is_requested, ${ctx.today}::date)`

/** Those of records by ids, whatever else is asked. */
export const among = (column: RawBuilder<unknown>) => (_ctx: Context, ids: readonly string[]) =>
  sql<SqlBool>`${column} = any (${ids}::uuid[])`

/** A facet by the level of a body, or by its kind. */
export function ofBody(key: string, on: RawBuilder<unknown>, by: 'level' | 'kind'): Facet {
  const values = by === 'level' ? AgencyLevel.options : AgencyKind.options
  return {
    kind: 'linked',
    key,
    values,
    on,
    pairs: () => sql`select a.id as key, ${sql.ref(`a.${by}`)} as value from agencies.agency a`,
  }
}

/** A facet by programme; `of` is the column of the links that is the record's. */
export function ofProgramme(on: RawBuilder<unknown>, of: 'nodeId' | 'planId'): Facet {
  return {
    kind: 'linked',
    key: 'programme',
    values: null,
    names: programmeNames,
    isMany: true,
    on,
    pairs: () =>
      sql`select ${of === 'planId' ? sql`distinct` : sql``} ${sql.ref(`n.${of}`)} as key, n.programme_code as value from plans.node_programme n where n.plan_version_id in (${newestVersions})`,
  }
}

/** Words searched for in a list. */
export const searchWords = text(200)

/** The newest issued version of every plan one may see. */
const newestVersions = sql`select distinct on (v.plan_id) v.id from plans.plan_version v where v.state = 'issued' order by v.plan_id, v.ordinal desc`

/** The word of a code in a file: `plans.in-file-<of>` with the code. */
export function wordOf(of: 'standing' | 'status' | 'update' | 'level' | 'state') {
  return (say: Catalogue, language: Language, code: string): string =>
    say(language, `plans.in-file-${of}`, { code: code.replaceAll('-', '_') })
}

/** The period of recurring work as people say it; work that is owed once has none. */
export function periodWord(say: Catalogue, language: Language, period: string): string {
  const parts = periodParts(period)
  if (parts !== undefined) return say(language, 'plans.in-file-period', parts)
  return period === 'all' ? '' : period
}
