import type { LinkageKnowledge } from '../knowledge.ts'
import type { ColumnConfig, ColumnKind, Person } from '../model.ts'
import { newByteDictionary, numberOf, type ByteDictionary } from '../values/byte-dictionary.ts'
import { readDate } from '../values/dates.ts'
import { identifier, newIdentifierBook, readIdentifier, type IdentifierBook } from '../values/identifiers.ts'
import { newInts, pushInt, type Ints } from '../values/ints.ts'
import { newNameBook, readName, readNameInParts, type NameBook } from '../values/name-book.ts'
import { newTextBook, readText, type TextBook } from '../values/text-book.ts'
import type { TakeRow } from './csv.ts'
import { foldText } from './headings.ts'

/** A field of all records while they are read: one integer a record, two for identifiers. */
export type ReadField = {
  /** `name`, `name of mother`, `text street`: how rules and comparisons call it. */
  name: string
  kind: Exclude<ColumnKind, 'id' | 'ignored'>
  of: Person
  headings: string[]
  values: Ints
  low: Ints
  texts: TextBook | null
}

/** Records as they are read: ids, fields, and the books in which distinct values are written once. */
export type Reading = {
  knowledge: LinkageKnowledge
  names: NameBook
  identifiers: IdentifierBook
  fields: ReadField[]
  /** Ids of each file by order of rows; the first record of file `f` is `firsts[f]`. */
  ids: ByteDictionary[]
  firsts: number[]
  count: number
  /** Rows whose id stood before in the same file. */
  repeatedIds: string[]
  repeated: number
}

/** A reading without records. */
export function newReading(knowledge: LinkageKnowledge): Reading {
  return {
    knowledge,
    names: newNameBook(knowledge),
    identifiers: newIdentifierBook(),
    fields: [],
    ids: [],
    firsts: [],
    count: 0,
    repeatedIds: [],
    repeated: 0,
  }
}

/** Begins a file: makes the fields its columns need and returns what takes its rows. */
export function beginFile(reading: Reading, columns: readonly ColumnConfig[]): TakeRow {
  const ids = newByteDictionary()
  reading.ids.push(ids)
  reading.firsts.push(reading.count)
  const idColumn = columns.findIndex((column) => column.kind === 'id')
  const readers = readersOf(reading, columns)
  const own = new Uint8Array(16)
  return (bytes, starts, ends) => {
    const before = ids.count
    if (idColumn < 0) takeId(ids, own, rowNumber(own, before + 1))
    else if (!takeId(ids, bytes.subarray(starts[idColumn], ends[idColumn]), -1)) {
      noteRepeated(reading, bytes.subarray(starts[idColumn], ends[idColumn]))
      return
    }
    for (const read of readers) read(bytes, starts, ends)
    reading.count++
  }
}

/** Whether the id is a new one. */
function takeId(ids: ByteDictionary, bytes: Uint8Array, length: number): boolean {
  const before = ids.count
  return numberOf(ids, bytes, 0, length < 0 ? bytes.length : length) > before
}

function rowNumber(own: Uint8Array, row: number): number {
  const text = String(row)
  for (let at = 0; at < text.length; at++) own[at] = text.charCodeAt(at)
  return text.length
}

function noteRepeated(reading: Reading, id: Uint8Array): void {
  reading.repeated++
  if (reading.repeatedIds.length < 5) reading.repeatedIds.push(new TextDecoder().decode(id))
}

type ReadCells = (bytes: Uint8Array, starts: Int32Array, ends: Int32Array) => void

function readersOf(reading: Reading, columns: readonly ColumnConfig[]): ReadCells[] {
  const readers: ReadCells[] = []
  const seen = new Set<string>()
  columns.forEach((column, index) => {
    if (column.kind === 'id' || column.kind === 'ignored') return
    const name = fieldName(column, reading.knowledge)
    if (seen.has(name)) return
    seen.add(name)
    const field = fieldOf(reading, column, name)
    const parts = column.kind === 'name' ? partsOf(columns, column.of) : null
    readers.push(parts ? nameInParts(reading, field, parts) : readerOf(reading, field, index))
  })
  for (const field of reading.fields)
    if (!seen.has(field.name)) readers.push(() => (pushInt(field.values, 0), pushInt(field.low, 0)))
  return readers
}

/** How rules and comparisons call a column: its kind and whose; codes, texts and further identifiers by their heading too. */
function fieldName(column: ColumnConfig, knowledge: LinkageKnowledge): string {
  const base = column.of === 'self' ? column.kind : `${column.kind} of ${column.of}`
  return column.kind === 'code' || column.kind === 'text' ? `${base} ${foldText(column.heading, knowledge)}` : base
}

function fieldOf(reading: Reading, column: ColumnConfig, name: string): ReadField {
  const known = reading.fields.find((field) => field.name === name)
  if (known) return known
  const { knowledge } = reading
  const kind = column.kind === 'id' || column.kind === 'ignored' ? 'text' : column.kind
  const field: ReadField = {
    name,
    kind,
    of: column.of,
    headings: [column.heading],
    values: newInts(),
    low: newInts(),
    texts:
      kind === 'code' || kind === 'text' || kind === 'place' || kind === 'sex'
        ? newTextBook(textForm(knowledge))
        : null,
  }
  for (let record = 0; record < reading.count; record++) {
    pushInt(field.values, 0)
    if (kind === 'identifier') pushInt(field.low, 0)
  }
  reading.fields.push(field)
  return field
}

function textForm(knowledge: LinkageKnowledge): (text: string) => string {
  const missing = new Set(knowledge.missing)
  return (text) => {
    const folded = foldText(text, knowledge)
    return missing.has(folded) ? '' : folded
  }
}

/** The columns of family and given name, where a person's name has no column of its own whole. */
function partsOf(columns: readonly ColumnConfig[], of: Person): { family: number; given: number } | null {
  const at = (part: ColumnConfig['part']) =>
    columns.findIndex((column) => column.kind === 'name' && column.of === of && column.part === part)
  const [family, given] = [at('family'), at('given')]
  return family >= 0 && given >= 0 ? { family, given } : null
}

function nameInParts(
  reading: Reading,
  field: ReadField,
  { family, given }: { family: number; given: number },
): ReadCells {
  let joined = new Uint8Array(512)
  const { values } = field
  return (bytes, starts, ends) => {
    const length = (ends[family] ?? 0) - (starts[family] ?? 0) + (ends[given] ?? 0) - (starts[given] ?? 0) + 1
    if (length === 1) return pushInt(values, 0)
    if (length > joined.length) joined = new Uint8Array(length * 2)
    let to = 0
    for (let at = starts[family] ?? 0; at < (ends[family] ?? 0); at++) joined[to++] = bytes[at] ?? 0
    joined[to++] = 10
    for (let at = starts[given] ?? 0; at < (ends[given] ?? 0); at++) joined[to++] = bytes[at] ?? 0
    pushInt(values, readNameInParts(reading.names, joined, to))
  }
}

function readerOf(reading: Reading, field: ReadField, index: number): ReadCells {
  const { values, low } = field
  const { names, identifiers } = reading
  switch (field.kind) {
    case 'name':
      return (bytes, starts, ends) => {
        const [start, end] = [starts[index] ?? 0, ends[index] ?? 0]
        pushInt(values, start === end ? 0 : readName(names, bytes, start, end))
      }
    case 'date':
      return (bytes, starts, ends) => pushInt(values, readDate(bytes, starts[index] ?? 0, ends[index] ?? 0))
    case 'identifier':
      return (bytes, starts, ends) => {
        readIdentifier(identifiers, bytes, starts[index] ?? 0, ends[index] ?? 0)
        pushInt(values, identifier.high)
        pushInt(low, identifier.low)
      }
    case 'sex':
    case 'code':
    case 'place':
    case 'text': {
      const { texts } = field
      return (bytes, starts, ends) => {
        const [start, end] = [starts[index] ?? 0, ends[index] ?? 0]
        pushInt(values, start === end || texts === null ? 0 : readText(texts, bytes, start, end))
      }
    }
  }
}
