import { sql } from 'kysely'
import type { Catalogue } from '#platform'
import { text, type Language } from '#platform/model'
import { periodParts } from '../model.ts'

/** Words searched for in a list. */
export const searchWords = text(200)

/** The newest issued version of every plan one may see. */
export const newestVersions = sql`select distinct on (v.plan_id) v.id from plans.plan_version v where v.state = 'issued' order by v.plan_id, v.ordinal desc`

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
