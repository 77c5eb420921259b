import type { Catalogue } from '#platform'
import { Language } from '#platform/model'
import { foldName } from '#territory/model'
import { peopleColumns, Role, type PeopleColumn } from '../model.ts'
import type { KnownWords } from './rows.ts'

/** The head of a column in a language. */
export function headOf(say: Catalogue, language: Language, column: PeopleColumn): string {
  return say(language, `access.column-${column}`)
}

/** Heads and roles as they are written in any of the languages; a role also by its code. */
export function knownWords(say: Catalogue): KnownWords {
  const heads = Language.options.flatMap((language) =>
    peopleColumns.map((column) => [foldName(headOf(say, language, column)), column] as const),
  )
  const roles = Role.options.flatMap((role) => [
    [foldName(role), role] as const,
    ...Language.options.map((language) => [foldName(say(language, `access.role.${role}`)), role] as const),
  ])
  return { heads: new Map(heads), roles: new Map(roles) }
}
