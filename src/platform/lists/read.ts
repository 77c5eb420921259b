import { Language, PlainDate } from '../model.ts'
import type { Catalogue } from '../languages.ts'
import type { SheetRow } from '../sheets/read.ts'
import type { List, ListColumn } from './list.ts'

/** A file of a list as it comes back: which columns it has, and the words of each row by their keys. */
export type ListFileRows = { keys: string[]; rows: { number: number; cells: Record<string, string> }[] }

/**
 * Finds the columns of a list in the rows of a file (`readSheet`), whatever their order: keys hidden in the first row of
 * a sheet, or in brackets behind the heads. Columns it does not know are left out.
 * @returns undefined when the file names no column of the list
 */
export function readListFile(list: List, rows: readonly SheetRow[]): ListFileRows | undefined {
  const [first, ...others] = rows
  if (first === undefined) return undefined
  const inBrackets = first.cells.map((cell) => /\[(\w+)\]$/.exec(cell)?.[1])
  const isHeaded = inBrackets.some((key) => key !== undefined)
  const named = (isHeaded ? inBrackets : first.cells).map((key) =>
    list.columns.some((column) => column.key === key) ? key : undefined,
  )
  const keys = [...new Set(named.flatMap((key) => key ?? []))]
  if (keys.length === 0) return undefined
  const body = isHeaded ? others : others.slice(1)
  return {
    keys,
    rows: body.map(({ number, cells }) => ({
      number,
      cells: Object.fromEntries(keys.map((key) => [key, cells[named.indexOf(key)] ?? ''])),
    })),
  }
}

/** A date as files of ours hold it (`2026-05-22`, `22/05/2026`, `22/5/2026`); undefined for what is none. */
export function readPlainDate(text: string): PlainDate | undefined {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? []
  const date = year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return PlainDate.safeParse(date).success ? date : undefined
}

/** The code of a word in a column of codes, in any language, however its letters are written; also the code itself. */
export function codeOf(say: Catalogue, column: ListColumn, word: string): string | undefined {
  const wanted = word.trim().toLocaleLowerCase()
  return (column.codes ?? []).find(
    (code) =>
      code === word ||
      Language.options.some((language) => column.word?.(say, language, code).toLocaleLowerCase() === wanted),
  )
}
