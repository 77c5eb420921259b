import type { LinkageKnowledge } from '../knowledge.ts'
import type { ColumnKind, Person } from '../model.ts'
import type { ByteDictionary } from '../values/byte-dictionary.ts'
import { settleDates } from '../values/dates.ts'
import { shareInts, sharedInts } from '../values/ints.ts'
import { layNames, type NameBook, type Names } from '../values/name-book.ts'
import { layTexts, type Texts } from '../values/text-book.ts'
import type { ReadField, Reading } from './table.ts'

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
export type Books = { ids: ByteDictionary[]; firsts: number[]; names: NameBook; texts: Map<string, string[]> }

/** Lays what was read flat. The reading is used up. */
export async function layRecords(reading: Reading): Promise<{ records: Records; books: Books }> {
  const { knowledge, count } = reading
  const placeOf = reading.fields.some((field) => field.kind === 'place') ? await knowledge.openPlaces() : null
  const texts = new Map(reading.fields.flatMap((field) => (field.texts ? [[field.name, field.texts.texts]] : [])))
  const fields = reading.fields.map((field) => layField(field, knowledge, placeOf))
  const counts = new Int32Array(reading.names.names.count + 1)
  for (const field of fields)
    if (field.kind === 'name') for (const name of field.values) counts[name] = (counts[name] ?? 0) + 1
  const records = {
    count,
    second: reading.firsts[1] ?? count,
    fields: fields.sort((a, b) => (a.name < b.name ? -1 : 1)),
    names: layNames(reading.names, counts),
  }
  return { records, books: { ids: reading.ids, firsts: reading.firsts, names: reading.names, texts } }
}

function layField(
  field: ReadField,
  knowledge: LinkageKnowledge,
  placeOf: ((folded: string) => string | null) | null,
): Field {
  const { name, kind, of } = field
  const values = shareInts(field.values)
  if (kind === 'date') settleDates(values)
  const words = field.texts?.texts ?? []
  if (kind === 'sex') toSexes(values, words, knowledge)
  const isText = kind === 'text' || kind === 'code' || kind === 'place'
  return {
    name,
    kind,
    of,
    values,
    low: kind === 'identifier' ? shareInts(field.low) : null,
    texts: isText ? layTexts(words) : null,
    today: kind === 'place' && placeOf ? unitsOf(words, placeOf) : null,
  }
}

/** Words for the sexes become 1 and 2, all others missing. */
function toSexes(values: Int32Array, words: readonly string[], { sexes }: LinkageKnowledge): void {
  const sexOf = Int32Array.from(words, (word) => (sexes.male.includes(word) ? 1 : sexes.female.includes(word) ? 2 : 0))
  for (let at = 0; at < values.length; at++) values[at] = sexOf[values[at] ?? 0] ?? 0
}

function unitsOf(words: readonly string[], placeOf: (folded: string) => string | null): Int32Array {
  const numbers = new Map<string, number>()
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
