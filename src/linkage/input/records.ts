import type { LinkageKnowledge } from '../knowledge.ts'
import type { ColumnKind, Person } from '../model.ts'
import { bytesOf, newByteDictionary, numberOf, type ByteDictionary, type ByteList } from '../values/byte-dictionary.ts'
import { settleDates } from '../values/dates.ts'
import { isOtherIdentifier } from '../values/identifiers.ts'
import { sharedInts } from '../values/ints.ts'
import { layNames, newNameBook, settleNames, type NameBook, type Names } from '../values/name-book.ts'
import { layTexts, newTextBook, settleTexts, type TextBook, type Texts } from '../values/text-book.ts'
import { foldText } from './headings.ts'
import type { FieldPlan, FilePlan, RawField, RawTable } from './raw.ts'

/** One field of all records, one integer each (two for identifiers); 0 is missing. In memory that threads share. */
export type Field = {
  name: string
  kind: Exclude<ColumnKind, 'id' | 'ignored'>
  of: Person
  values: Int32Array
  /** Second halves of identifiers. */
  low: Int32Array | null
  texts: Texts | null
  /** Per text of a place: the number of its unit of today, 0 where not known. */
  today: Int32Array | null
  /** Of dates: whether the column writes the month before the day. */
  isMonthFirst: boolean
}

/** All records, ready to be compared. */
export type Records = {
  count: number
  /** Where the second file begins; equal to `count` when there is one file. */
  second: number
  fields: Field[]
  names: Names
}

/** What is kept beside the records to speak of them: ids and written forms. */
export type Books = {
  ids: ByteList[]
  firsts: number[]
  names: NameBook
  texts: Map<string, TextBook>
  others: ByteDictionary
}

/** Files as they were read: how, and in which parts. */
export type Reading = { knowledge: LinkageKnowledge; files: { plan: FilePlan; parts: RawTable[]; ids: ByteList }[] }

/** Lays what was read flat: what each part numbered for itself gets one number. */
export async function layRecords(reading: Reading): Promise<{ records: Records; books: Books }> {
  const { knowledge, files } = reading
  const counts = files.map(({ parts }) => parts.reduce((sum, part) => sum + part.count, 0))
  const firsts = counts.map((_count, file) => counts.slice(0, file).reduce((sum, one) => sum + one, 0))
  const count = counts.reduce((sum, one) => sum + one, 0)
  const [names, others] = [newNameBook(knowledge), newByteDictionary()]
  const laid = settleParts(reading, { names, fields: fieldsOf(files, count, knowledge), others })
  const hasPlaces = laid.some(({ field }) => field.kind === 'place')
  const placeOf = hasPlaces ? await knowledge.openPlaces() : null
  const fields = laid.map(({ field, book }) => finished(field, book, knowledge, placeOf))
  const uses = new Int32Array(names.names.count + 1)
  for (const field of fields)
    if (field.kind === 'name') for (const name of field.values) uses[name] = (uses[name] ?? 0) + 1
  const records = {
    count,
    second: firsts[1] ?? count,
    fields: fields.sort((a, b) => (a.name < b.name ? -1 : 1)),
    names: layNames(names, uses),
  }
  const texts = new Map(laid.flatMap(({ field, book }) => (book ? [[field.name, book]] : [])))
  return { records, books: { ids: files.map((file) => file.ids), firsts, names, texts, others } }
}

type Laid = { field: Field; book: TextBook | null }

/** The fields that the files have, of one or of both. */
function fieldsOf(files: Reading['files'], count: number, knowledge: LinkageKnowledge): Laid[] {
  const plans = new Map<string, FieldPlan>()
  for (const { plan } of files)
    for (const field of plan.fields) if (!plans.has(field.name)) plans.set(field.name, field)
  const normalise = textForm(knowledge)
  return [...plans.values()].map(({ name, kind, of }) => ({
    field: {
      name,
      kind,
      of,
      values: sharedInts(count),
      low: kind === 'identifier' ? sharedInts(count) : null,
      texts: null,
      today: null,
      isMonthFirst: false,
    },
    book: kind === 'sex' || kind === 'code' || kind === 'place' || kind === 'text' ? newTextBook(normalise) : null,
  }))
}

function textForm(knowledge: LinkageKnowledge): (text: string) => string {
  const missing = new Set(knowledge.missing)
  return (text) => {
    const folded = foldText(text, knowledge)
    return missing.has(folded) ? '' : folded
  }
}

type Settling = { names: NameBook; fields: Laid[]; others: ByteDictionary }

function settleParts({ files }: Reading, { names, fields, others }: Settling): Laid[] {
  let first = 0
  for (const { plan, parts } of files) {
    for (const part of parts) {
      const nameOf = settleNames(names, part)
      const otherOf = settleOthers(others, part.others)
      plan.fields.forEach((own, index) => {
        const raw = part.fields[index]
        const laid = fields.find(({ field }) => field.name === own.name)
        if (raw && laid) fillField(laid, raw, { first, nameOf, otherOf })
      })
      first += part.count
    }
    parts.length = 0
  }
  return fields
}

export function settleOthers(book: ByteDictionary, others: ByteList): Int32Array {
  const otherOf = new Int32Array(others.count + 1)
  for (let raw = 1; raw <= others.count; raw++) {
    const bytes = bytesOf(others, raw)
    otherOf[raw] = numberOf(book, bytes, 0, bytes.length)
  }
  return otherOf
}

type Numbers = { first: number; nameOf: Int32Array; otherOf: Int32Array }

function fillField({ field, book }: Laid, raw: RawField, { first, nameOf, otherOf }: Numbers): void {
  const { data, length } = raw.values
  if (field.kind === 'identifier') fillIdentifiers(field, raw, first, otherOf)
  else if (field.kind === 'date') field.values.set(data.subarray(0, length), first)
  else {
    const numbers =
      field.kind === 'name' ? nameOf : book && raw.texts ? settleTexts(book, raw.texts) : new Int32Array(1)
    for (let at = 0; at < length; at++) field.values[first + at] = numbers[data[at] ?? 0] ?? 0
  }
}

function fillIdentifiers({ values, low }: Field, raw: RawField, first: number, otherOf: Int32Array): void {
  const { data, length } = raw.values
  for (let at = 0; at < length; at++) {
    const high = data[at] ?? 0
    const rest = raw.low?.data[at] ?? 0
    values[first + at] = high
    if (low) low[first + at] = isOtherIdentifier(high) ? (otherOf[rest] ?? 0) : rest
  }
}

type PlaceOf = (folded: string) => string | null

function finished(field: Field, book: TextBook | null, knowledge: LinkageKnowledge, placeOf: PlaceOf | null): Field {
  const { kind, values } = field
  const isMonthFirst = kind === 'date' && settleDates(values).isMonthFirst
  const words = book?.texts ?? []
  if (kind === 'sex') toSexes(values, words, knowledge)
  const isText = kind === 'text' || kind === 'code' || kind === 'place'
  return {
    ...field,
    isMonthFirst,
    texts: isText ? layTexts(words) : null,
    today: kind === 'place' && placeOf ? unitsOf(words, placeOf, new Map()) : null,
  }
}

/** Words for the sexes become 1 and 2, all others missing. */
function toSexes(values: Int32Array, words: readonly string[], knowledge: LinkageKnowledge): void {
  const sexes = Int32Array.from(words, (word) => sexOf(word, knowledge))
  for (let at = 0; at < values.length; at++) values[at] = sexes[values[at] ?? 0] ?? 0
}

/** 1 for a word for male, 2 for female, 0 for any other. */
export function sexOf(word: string, { sexes }: LinkageKnowledge): number {
  return sexes.male.includes(word) ? 1 : sexes.female.includes(word) ? 2 : 0
}

/** Per written place the number of its unit of today, 0 where not known. @param numbers of units, added to */
export function unitsOf(words: readonly string[], placeOf: PlaceOf, numbers: Map<string, number>): Int32Array {
  const today = sharedInts(words.length)
  words.forEach((word, index) => {
    const unit = word === '' ? null : placeOf(word)
    if (unit === null) return
    const number = numbers.get(unit) ?? numbers.size + 1
    numbers.set(unit, number)
    today[index] = number
  })
  return today
}
