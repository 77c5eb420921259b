import type { Expression, RawBuilder, SqlBool } from 'kysely'
import type { z } from 'zod'
import type { Context } from '../context.ts'
import type { Catalogue } from '../languages.ts'
import type { Language } from '../model.ts'

/**
 * What a list is filtered by: values per key of a facet or condition; keys without values are left out. Values of one
 * key are alternatives, keys restrict each other. The same object travels in addresses, exports, saved views and bulk edits.
 */
export type ListFilter = Readonly<Record<string, readonly string[]>>

/** The value of a facet that stands for "has none of it". */
export const noneOfIt = 'none'

/** Everything below may look at the whole filter: the date a list is read on is one of its conditions. */
type Sql = RawBuilder<unknown>
type Test = Expression<SqlBool>

type FacetOf = {
  key: string
  /** The values it may take, in the order they are shown; null where data say which (codes). */
  values: readonly string[] | null
  /** Names of values that are no words of the product. */
  names?: (ctx: Context, values: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** The values that hold where a filter says nothing of it; its counts tell of the others all the same. */
  otherwise?: (filter: ListFilter) => readonly string[]
}

/** A fact of the row itself: `of` is an expression over the row, null where it has none. */
export type Choice = FacetOf & { kind: 'choice'; of: (ctx: Context, filter: ListFilter) => Sql }

/**
 * A category of something linked: the level of the leading body, the programmes a task serves. `pairs` selects `key` and
 * `value`, `on` is the row's column that meets `key`. Without `isMany` a key has one value at most.
 */
export type Linked = FacetOf & {
  kind: 'linked'
  on: Sql
  pairs: (ctx: Context, filter: ListFilter) => Sql
  isMany?: true
}

/**
 * Many values in an array of the row itself, of one kind: `of` is the array without doubles, `among` the array of those that
 * belong to this facet, `type` what they are.
 */
export type Several = FacetOf & {
  kind: 'several'
  type: 'integer' | 'text'
  /** What one value looks like in a request. */
  accepts: z.ZodType<string, string>
  of: (ctx: Context, filter: ListFilter) => Sql
  among: (ctx: Context) => Sql
}

/** Whether there is something: values `with` and `without`. Where the expression is null neither is said. */
export type Having = { kind: 'having'; key: string; has: (ctx: Context, filter: ListFilter) => Test }

export type Facet = Choice | Linked | Several | Having

/** A condition that is not counted: words searched for, picked records, days. */
export type Condition = {
  key: string
  /** What one value looks like. */
  accepts: z.ZodType<string, string>
  /** Several values are alternatives; else there is one. */
  isMany?: true
  /** The values that hold where a filter says nothing of it. */
  otherwise?: readonly string[]
  where: (ctx: Context, values: readonly string[], filter: ListFilter) => Test
}

/**
 * A column as a file holds it. `of` is an expression over the row and the list's `joins`: text, a date, a whole number, any number, or
 * a code whose word `word` says. The key is its name for ever: files that were written before are read by it.
 */
export type ListColumn = {
  key: string
  kind: 'text' | 'date' | 'integer' | 'number' | 'code'
  of: (ctx: Context, filter: ListFilter) => Sql
  /** How wide it is in a sheet, in letters. */
  width: number
  /** For codes: which there are, and the word of each in a language. */
  codes?: readonly string[]
  word?: (say: Catalogue, language: Language, code: string) => string
  /** Left out of a file unless it is chosen. */
  isSpare?: true
  /** Needed, or read, when the file is filled in and loaded back. */
  isForReturn?: true
}

/**
 * A list, declared once: from it come the strict query of its route, the counts of its facets, the condition that "all
 * that match" means, and its files.
 * @source ADR 0015
 */
export type List = {
  /** Names it in saved views, files and audit: `plans.tasks`. */
  key: string
  /** Who may read it: a permission. */
  allow: string
  /** What its file is called, and the head of each column, by message: `plans.tasks-file`, `plans.tasks-column-dueOn`. */
  words: { file: string; column: string }
  /** The table with its alias, the row's id, and what the list always keeps to: the first wall. */
  from: Sql
  id: Sql
  within: (ctx: Context) => Test
  /**
   * Rows of one group are one thing: of those a filter keeps, the first by `order` stands for it, and `group` is null for
   * a row by itself. Facets named in `after` are asked of the row that stands for its group.
   */
  once?: { group: Sql; order: Sql; after: readonly string[] }
  /** Its counts may be kept by the state of the data: all it reads is counted there, and no policy on it asks for the person. */
  isKept?: true
  /** So many rows are counted at most, in facets too: for lists of hundreds of thousands. Without `once`. */
  mostCounted?: (filter: ListFilter) => number
  facets: readonly Facet[]
  conditions: readonly Condition[]
  /** What columns of a file need beside the row. */
  joins: (ctx: Context, filter: ListFilter) => Sql
  columns: readonly ListColumn[]
  /** The orders name columns of `joins`. */
  ordersNeedJoins?: true
  /** Orders by name; `usual` is the one without a name. Each ends in something unique. */
  orders: { usual: (ctx: Context) => Sql } & Readonly<Record<string, (ctx: Context) => Sql>>
}

/** Two lists of keys that must not share one; a fault of ours is thrown when the program starts. */
export function declareList(list: List): List {
  const keys = [...list.facets, ...list.conditions].map((one) => one.key)
  const twice = keys.find((key, at) => keys.indexOf(key) !== at || ['page', 'size', 'order', 'of'].includes(key))
  if (twice !== undefined) throw new Error(`list ${list.key} says ${twice} twice`)
  const isCountedOtherwise = list.mostCounted !== undefined || list.facets.some(({ kind }) => kind === 'several')
  if (isCountedOtherwise && list.once !== undefined) throw new Error(`list ${list.key} cannot count its groups so`)
  return list
}
