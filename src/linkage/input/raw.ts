import type { LinkageKnowledge } from '../knowledge.ts'
import type { ColumnConfig, ColumnKind, Person } from '../model.ts'
import {
  appendBytes,
  newByteDictionary,
  newByteList,
  numberOf,
  trimmedBytes,
  type ByteDictionary,
  type ByteList,
} from '../values/byte-dictionary.ts'
import { readDate } from '../values/dates.ts'
import { identifier, readIdentifier } from '../values/identifiers.ts'
import { newInts, powerOfTwo, pushInt, trimmedInts, type Ints } from '../values/ints.ts'
import { awaitName, awaitNameInParts, noNamesWait, numberNames, type WaitingNames } from '../values/raw-names.ts'
import { newSequences, trimmedSequences, type Sequences } from '../values/sequences.ts'
import type { TakeRow } from './csv.ts'
import { foldText } from './headings.ts'

/** A field that a file holds, and the columns it is read from; plain data, for threads. */
export type FieldPlan = {
  /** `name`, `name of mother`, `text street`: how rules and comparisons call it. */
  name: string
  kind: Exclude<ColumnKind, 'id' | 'ignored'>
  of: Person
  column: number
  /** Columns of family and given name, where the name has no column of its own whole. */
  parts: { family: number; given: number } | null
}

/** How the columns of one file become fields; `id` is -1 where rows are numbered. */
export type FilePlan = { id: number; fields: FieldPlan[] }

/** One field of a part of a file: an integer per row, of texts and names the number they have within the part. */
export type RawField = { values: Ints; low: Ints | null; texts: ByteDictionary | null; waiting: WaitingNames | null }

/** A part of a file as a thread reads it, knowing nothing of names or words: distinct bytes have numbers. */
export type RawTable = {
  count: number
  ids: ByteList | null
  fields: RawField[]
  syllables: ByteDictionary
  /** For each name: 1 where it is written whole, else two more than its family name has syllables; then its syllables. */
  names: Sequences
  others: ByteDictionary
}

/** Plans how rows of these columns are read. */
export function planFile(columns: readonly ColumnConfig[], knowledge: LinkageKnowledge): FilePlan {
  const fields: FieldPlan[] = []
  columns.forEach((column, index) => {
    const { kind, of } = column
    if (kind === 'id' || kind === 'ignored') return
    const name = fieldName(column, knowledge)
    if (fields.some((field) => field.name === name)) return
    fields.push({ name, kind, of, column: index, parts: kind === 'name' ? partsOf(columns, of) : null })
  })
  return { id: columns.findIndex((column) => column.kind === 'id'), fields }
}

/** How rules and comparisons call a column: its kind and whose; codes, texts and further identifiers by their heading too. */
function fieldName(column: ColumnConfig, knowledge: LinkageKnowledge): string {
  const base = column.of === 'self' ? column.kind : `${column.kind} of ${column.of}`
  return column.kind === 'code' || column.kind === 'text' ? `${base} ${foldText(column.heading, knowledge)}` : base
}

function partsOf(columns: readonly ColumnConfig[], of: Person): FieldPlan['parts'] {
  const at = (part: ColumnConfig['part']) =>
    columns.findIndex((column) => column.kind === 'name' && column.of === of && column.part === part)
  const [family, given] = [at('family'), at('given')]
  return family >= 0 && given >= 0 ? { family, given } : null
}

/** A part without rows. @param room for so many distinct values at first, a power of two. @param rows as many as are expected */
export function newRawTable({ id, fields }: FilePlan, room = 1024, rows = room): RawTable {
  return {
    count: 0,
    ids: id < 0 ? null : newByteList(rows),
    fields: fields.map(({ kind }) => ({
      values: newInts(rows),
      low: kind === 'identifier' ? newInts(rows) : null,
      texts: kind === 'sex' || kind === 'code' || kind === 'place' || kind === 'text' ? newByteDictionary(room) : null,
      waiting: kind === 'name' ? noNamesWait(room) : null,
    })),
    syllables: newByteDictionary(room),
    names: newSequences(powerOfTwo(Math.max(room, rows))),
    others: newByteDictionary(room),
  }
}

/** Names that still wait for their numbers get them: to be called when all rows were taken. */
export function finishTable(table: RawTable): void {
  for (const { values, waiting } of table.fields) if (waiting !== null) numberNames(table, waiting, values)
}

/** Without the tables and the spare room by which it grew: what another thread needs of it. */
export function trimmedTable(table: RawTable): RawTable {
  finishTable(table)
  return {
    count: table.count,
    ids: table.ids && trimmedBytes(table.ids),
    fields: table.fields.map(({ values, low, texts }) => ({
      values: trimmedInts(values),
      low: low && trimmedInts(low),
      texts: texts && { ...trimmedBytes(texts), table: new Int32Array(0) },
      waiting: null,
    })),
    syllables: { ...trimmedBytes(table.syllables), table: new Int32Array(0) },
    names: trimmedSequences(table.names),
    others: { ...trimmedBytes(table.others), table: new Int32Array(0) },
  }
}

type ReadCells = (bytes: Uint8Array, starts: Int32Array, ends: Int32Array) => void

/** What takes the rows of a part. */
export function rowTaker(table: RawTable, { id, fields }: FilePlan): TakeRow {
  const readers = fields.map((plan, index) => readerOf(table, plan, index))
  const { ids } = table
  return (bytes, starts, ends) => {
    if (ids !== null) appendBytes(ids, bytes, starts[id] ?? 0, ends[id] ?? 0)
    for (const read of readers) read(bytes, starts, ends)
    table.count++
  }
}

function readerOf(table: RawTable, { kind, column, parts }: FieldPlan, index: number): ReadCells {
  const field = table.fields[index]
  if (!field) throw new Error('a field without room')
  const { values, low, texts } = field
  const waiting = field.waiting ?? noNamesWait(0)
  const { syllables } = table
  switch (kind) {
    case 'name':
      return (bytes, starts, ends) => {
        if (parts === null) awaitName(syllables, waiting, bytes, starts[column] ?? 0, ends[column] ?? 0)
        else awaitNameInParts(syllables, waiting, bytes, starts, ends, parts)
        if (waiting.end + 1 === waiting.starts.length) numberNames(table, waiting, values)
      }
    case 'date':
      return (bytes, starts, ends) => pushInt(values, readDate(bytes, starts[column] ?? 0, ends[column] ?? 0))
    case 'identifier':
      return (bytes, starts, ends) => {
        readIdentifier(table.others, bytes, starts[column] ?? 0, ends[column] ?? 0)
        pushInt(values, identifier.high)
        if (low !== null) pushInt(low, identifier.low)
      }
    case 'sex':
    case 'code':
    case 'place':
    case 'text':
      return (bytes, starts, ends) => {
        const [start, end] = [starts[column] ?? 0, ends[column] ?? 0]
        pushInt(values, start === end || texts === null ? 0 : numberOf(texts, bytes, start, end))
      }
  }
}
