import type { Catalogue, Context } from '#platform'
import { Language, cleanText } from '#platform/model'
import { changesFromRows, type ReformRow } from '#territory'
import { foldName, type UnitChange } from '#territory/model'
import { readTableFile } from './table-file.ts'
import { stateNow, type ReformParts } from './trial.ts'

const columns = [
  'old-code',
  'old-name',
  'kind',
  'new-code',
  'new-name',
  'new-type',
  'new-parent',
  'extent',
  'note',
  'legal-basis',
] as const
type Column = (typeof columns)[number]
const kinds: readonly UnitChange['kind'][] = ['merge', 'split', 'convert', 'rename', 'move', 'abolish', 'create']
const extents = ['whole', 'part'] as const

/** What a word of the list may be written as: its code, or its words in any of the languages. */
function wordsOf<Code extends string>(say: Catalogue, prefix: string, codes: readonly Code[]): Map<string, Code> {
  return new Map(
    codes.flatMap((code) => [
      [foldName(code), code] as const,
      ...Language.options.map(
        (language) => [foldName(say(language, `agencies.reform-${prefix}-${code}`)), code] as const,
      ),
    ]),
  )
}

/** The empty list to fill in, as a .csv with heads in the reader's language. */
export function emptyList(ctx: Context, say: Catalogue): Uint8Array {
  const heads = columns.map((column) => say(ctx.language as Language, `agencies.reform-column-${column}`))
  return new TextEncoder().encode(`\ufeff${heads.map((head) => `"${head.replaceAll('"', '""')}"`).join(',')}\r\n`)
}

/**
 * Reads a list of changes of units, one row a step: old code and name, what happens, new code and name, whole or part. A
 * faulty row is told with its number; the others become changes. Nothing is saved.
 */
export async function importUnitChanges(
  ctx: Context,
  parts: ReformParts,
  of: { bytes: Uint8Array; date: string },
): Promise<{ rows: number; changes: UnitChange[]; faults: { row: number; code: string; title: string }[] }> {
  const [head = [], ...body] = await readTableFile(of.bytes)
  const titles = wordsOf(parts.say, 'column', columns)
  const places = new Map(
    head.flatMap((title, place) => {
      const column = titles.get(foldName(title))
      return column === undefined ? [] : [[column, place] as const]
    }),
  )
  const say = (code: string, params: Record<string, string> = {}) => parts.say(ctx.language as Language, code, params)
  if (!places.has('kind') || !(places.has('old-code') || places.has('new-code'))) {
    const code = 'agencies.reform-heads-missing'
    return { rows: 0, changes: [], faults: [{ row: 1, code, title: say(code) }] }
  }
  const kindWords = wordsOf(parts.say, 'kind', kinds)
  const extentWords = wordsOf(parts.say, 'extent', extents)
  const rows = body.flatMap((cells, place): ReformRow[] => {
    const cell = (column: Column) => cleanText(cells[places.get(column) ?? -1] ?? '').replace(/\s+/g, ' ')
    if (columns.every((column) => cell(column) === '')) return []
    return [toRow(cell, { row: place + 2, kindWords, extentWords })]
  })
  const { territory } = await stateNow(ctx, parts.source)
  const { changes, faults } = changesFromRows(territory, parts.source.placeWords, { date: of.date, rows })
  return {
    rows: rows.length,
    changes,
    faults: faults.map(({ row, code, params }) => ({ row, code, title: say(code, params) })),
  }
}

type Reading = {
  row: number
  kindWords: ReadonlyMap<string, UnitChange['kind']>
  extentWords: ReadonlyMap<string, 'whole' | 'part'>
}

/** `part (of the land only)`: the extent, and in brackets a finer word that is kept. */
function toRow(cell: (column: Column) => string, of: Reading): ReformRow {
  const [, plain = '', finer] = /^([^(]*)(?:\((.*)\))?$/.exec(cell('extent')) ?? []
  return {
    row: of.row,
    oldCode: cell('old-code'),
    oldName: cell('old-name'),
    kind: of.kindWords.get(foldName(cell('kind'))),
    newCode: cell('new-code'),
    newName: cell('new-name'),
    newType: cell('new-type'),
    newParent: cell('new-parent'),
    extent: of.extentWords.get(foldName(plain)),
    share: finer?.trim() || null,
    note: cell('note') || null,
    legalBasis: cell('legal-basis') || null,
  }
}
