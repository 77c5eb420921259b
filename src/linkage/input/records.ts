import type { LinkageKnowledge } from '../knowledge.ts'
import type { ColumnKind, Person } from '../model.ts'
import type { ByteDictionary, ByteList } from '../values/byte-dictionary.ts'
import { settleDates } from '../values/dates.ts'
import { sharedInts } from '../values/ints.ts'
import { countUses, type NameBook, type Names } from '../values/name-book.ts'
import { layTexts, type TextBook, type Texts } from '../values/text-book.ts'
import type { FieldPlan } from './raw.ts'
import type { Rows } from './rows.ts'
import type { Reading } from './settled.ts'

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
  /** Fields laid side by side, where all records are compared. */
  rows: Rows | null
}

/** What is kept beside the records to speak of them: ids and written forms. */
export type Books = {
  ids: ByteList[]
  firsts: number[]
  names: NameBook
  texts: Map<string, TextBook>
  others: ByteDictionary
}

/** Lays what was read flat: all parts of all files behind each other. */
export async function layRecords(reading: Reading): Promise<{ records: Records; books: Books }> {
  const { knowledge, files, names, laid, texts, others } = reading
  const counts = files.map(({ parts }) => parts.reduce((sum, part) => sum + part.count, 0))
  const firsts = counts.map((_count, file) => counts.slice(0, file).reduce((sum, one) => sum + one, 0))
  const count = counts.reduce((sum, one) => sum + one, 0)
  const joined = joinParts(files, fieldsOf(files, count))
  const hasPlaces = joined.some(({ kind }) => kind === 'place')
  const placeOf = hasPlaces ? await knowledge.openPlaces() : null
  const fields = joined.map((field) => finished(field, texts.get(field.name) ?? null, knowledge, placeOf))
  const uses = new Int32Array(laid.count + 1)
  for (const field of fields)
    if (field.kind === 'name') for (const name of field.values) uses[name] = (uses[name] ?? 0) + 1
  for (let name = 1; name <= laid.count; name++) countUses(laid, name, uses[name] ?? 0)
  const records = {
    count,
    second: firsts[1] ?? count,
    fields: fields.sort((a, b) => (a.name < b.name ? -1 : 1)),
    names: laid,
    rows: null,
  }
  return { records, books: { ids: files.map((file) => file.ids), firsts, names, texts, others } }
}

/** The fields that the files have, of one or of both. */
function fieldsOf(files: Reading['files'], count: number): Field[] {
  const plans = new Map<string, FieldPlan>()
  for (const { plan } of files)
    for (const field of plan.fields) if (!plans.has(field.name)) plans.set(field.name, field)
  return [...plans.values()].map(({ name, kind, of }) => ({
    name,
    kind,
    of,
    values: sharedInts(count),
    low: kind === 'identifier' ? sharedInts(count) : null,
    texts: null,
    today: null,
    isMonthFirst: false,
  }))
}

/** Puts the parts behind each other, and lets go of them. */
function joinParts(files: Reading['files'], fields: Field[]): Field[] {
  let first = 0
  for (const { plan, parts } of files) {
    for (const part of parts) {
      plan.fields.forEach(({ name }, index) => {
        const own = part.fields[index]
        const field = fields.find((one) => one.name === name)
        if (own) field?.values.set(own.values, first)
        if (own?.low) field?.low?.set(own.low, first)
      })
      first += part.count
    }
    parts.length = 0
  }
  return fields
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
