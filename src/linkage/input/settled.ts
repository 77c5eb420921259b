import type { LinkageKnowledge } from '../knowledge.ts'
import { bytesOf, newByteDictionary, numberOf, type ByteDictionary, type ByteList } from '../values/byte-dictionary.ts'
import { isOtherIdentifier } from '../values/identifiers.ts'
import { extendNames, newNameBook, newNames, settleNames, type NameBook, type Names } from '../values/name-book.ts'
import { newTextBook, settleTexts, type TextBook } from '../values/text-book.ts'
import { foldText } from './headings.ts'
import type { FieldPlan, FilePlan, RawField, RawTable } from './raw.ts'

/** A part of a file in which what its thread numbered for itself has the numbers of the whole: an integer a row and field. */
export type SettledPart = {
  count: number
  ids: ByteList | null
  fields: { values: Int32Array; low: Int32Array | null }[]
}

/** Files as they were read: how, in which parts, and what they hold in words. */
export type Reading = {
  knowledge: LinkageKnowledge
  names: NameBook
  laid: Names
  /** Per field of words. */
  texts: Map<string, TextBook>
  others: ByteDictionary
  files: { plan: FilePlan; parts: SettledPart[]; ids: ByteList }[]
}

/** Nothing read yet. */
export function newReading(knowledge: LinkageKnowledge): Reading {
  return {
    knowledge,
    names: newNameBook(knowledge),
    laid: newNames(),
    texts: new Map(),
    others: newByteDictionary(),
    files: [],
  }
}

/** Takes over a part, in its place of memory; done for one part while others are read. */
export function settlePart(reading: Reading, plan: FilePlan, table: RawTable): SettledPart {
  const nameOf = settleNames(reading.names, table)
  extendNames(reading.names, reading.laid)
  const otherOf = settleOthers(reading.others, table.others)
  const fields = plan.fields.map((own, index) => {
    const raw = table.fields[index]
    if (!raw) throw new Error('a field that was not read')
    return settleField(reading, own, raw, { nameOf, otherOf })
  })
  return { count: table.count, ids: table.ids, fields }
}

type Numbers = { nameOf: Int32Array; otherOf: Int32Array }

function settleField(
  reading: Reading,
  { kind, name }: FieldPlan,
  raw: RawField,
  { nameOf, otherOf }: Numbers,
): SettledPart['fields'][number] {
  const values = raw.values.data.subarray(0, raw.values.length)
  const low = raw.low?.data.subarray(0, raw.low.length) ?? null
  if (kind === 'identifier' && low !== null) renumberOthers(values, low, otherOf)
  if (kind === 'name') renumber(values, nameOf)
  if (raw.texts !== null) renumber(values, settleTexts(bookOf(reading, name), raw.texts))
  return { values, low }
}

function renumber(values: Int32Array, numberOf: Int32Array): void {
  for (let at = 0; at < values.length; at++) values[at] = numberOf[values[at] ?? 0] ?? 0
}

function renumberOthers(values: Int32Array, low: Int32Array, otherOf: Int32Array): void {
  for (let at = 0; at < values.length; at++)
    if (isOtherIdentifier(values[at] ?? 0)) low[at] = otherOf[low[at] ?? 0] ?? 0
}

function bookOf({ texts, knowledge }: Reading, field: string): TextBook {
  const book = texts.get(field) ?? newTextBook(textForm(knowledge))
  texts.set(field, book)
  return book
}

function textForm(knowledge: LinkageKnowledge): (text: string) => string {
  const missing = new Set(knowledge.missing)
  return (text) => {
    const folded = foldText(text, knowledge)
    return missing.has(folded) ? '' : folded
  }
}

/** The numbers of the whole for identifiers that are no numbers. */
export function settleOthers(book: ByteDictionary, others: ByteList): Int32Array {
  const otherOf = new Int32Array(others.count + 1)
  for (let raw = 1; raw <= others.count; raw++) {
    const bytes = bytesOf(others, raw)
    otherOf[raw] = numberOf(book, bytes, 0, bytes.length)
  }
  return otherOf
}
