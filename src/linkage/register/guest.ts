import { finishTable, newRawTable, rowTaker, type FilePlan } from '../input/raw.ts'
import { sexOf, type Books, type Field, type Records } from '../input/records.ts'
import { settleOthers } from '../input/settled.ts'
import type { LinkageKnowledge } from '../knowledge.ts'
import type { ByteList } from '../values/byte-dictionary.ts'
import { settledDate } from '../values/dates.ts'
import { isOtherIdentifier } from '../values/identifiers.ts'
import { roomy, sharedInts } from '../values/ints.ts'
import { extendNames, settleNames } from '../values/name-book.ts'
import { extendTexts, glanceSize, settleTexts } from '../values/text-book.ts'

/** Where a new record's values are put: behind all others, as if it were one of them. */
export type Host = {
  records: Records
  books: Books
  plan: FilePlan
  knowledge: LinkageKnowledge
  placeOf: ((folded: string) => string | null) | null
  unitNumbers: Map<string, number>
}

/** New names and texts there is room for before anything must be moved. */
const spare = 65_536

/** Room for one record more in every field, and for names and texts that were not there before. */
export function withRoom(records: Records, books: Books): Records {
  extendNames(books.names, records.names, spare)
  const more = (values: Int32Array, by: number) => {
    const grown = sharedInts(values.length + by)
    grown.set(values)
    return grown
  }
  return {
    ...records,
    rows: null,
    fields: records.fields.map((field) => ({
      ...field,
      values: more(field.values, 1),
      low: field.low && more(field.low, 1),
      texts: field.texts && {
        starts: more(field.texts.starts, spare),
        letters: more(field.texts.letters, spare * 16),
        glances: more(field.texts.glances, spare * glanceSize),
      },
      today: field.today && more(field.today, spare),
    })),
  }
}

/**
 * Reads a new record into the last place. @param cells what stands in the columns of the register's file, in their order
 * @returns whether what comparisons look at had to be moved to where there is more room
 */
export function seat(host: Host, cells: readonly string[]): boolean {
  const { records, books, plan } = host
  const own = { ...plan, id: -1 }
  const table = newRawTable(own, 16)
  const { bytes, starts, ends } = bytesOfCells(cells)
  rowTaker(table, own)(bytes, starts, ends, cells.length)
  finishTable(table)
  const nameOf = settleNames(books.names, table)
  const otherOf = settleOthers(books.others, table.others)
  const { folded, foldedCount, letterRuns } = records.names
  if (books.names.names.count > records.names.count) extendNames(books.names, records.names)
  let isMoved = records.names.folded !== folded || (letterRuns !== null && records.names.foldedCount !== foldedCount)
  for (const field of records.fields) {
    const raw = table.fields[plan.fields.findIndex((own) => own.name === field.name)]
    const number = raw?.values.data[0] ?? 0
    field.values[records.count] = number
    if (field.kind === 'name') field.values[records.count] = nameOf[number] ?? 0
    else if (field.kind === 'date') field.values[records.count] = settledDate(number, field.isMonthFirst)
    else if (field.kind === 'identifier') {
      const low = raw?.low?.data[0] ?? 0
      if (field.low) field.low[records.count] = isOtherIdentifier(number) ? (otherOf[low] ?? 0) : low
    } else if (raw?.texts) isMoved = seatText(host, field, raw.texts, number) || isMoved
  }
  return isMoved
}

/** A text that was never there gets a number, its letters and, of a place, its unit of today. */
function seatText(
  { records, books, knowledge, placeOf, unitNumbers: numbers }: Host,
  field: Field,
  raw: ByteList,
  number: number,
): boolean {
  const book = books.texts.get(field.name)
  if (!book) return false
  const before = book.texts.length
  const text = number === 0 ? 0 : (settleTexts(book, raw)[number] ?? 0)
  if (field.kind === 'sex') field.values[records.count] = sexOf(book.texts[text] ?? '', knowledge)
  else field.values[records.count] = text
  if (book.texts.length === before || field.texts === null) return false
  const { texts, today } = field
  field.texts = extendTexts(texts, book.texts, before)
  if (today && placeOf) {
    const roomyToday = roomy(today, book.texts.length)
    field.today = roomyToday
    const unit = placeOf(book.texts[before] ?? '')
    if (unit !== null) {
      const known = numbers.get(unit) ?? numbers.size + 1
      numbers.set(unit, known)
      roomyToday[before] = known
    }
  }
  return field.texts.starts !== texts.starts || field.texts.letters !== texts.letters || field.today !== today
}

function bytesOfCells(cells: readonly string[]): { bytes: Uint8Array; starts: Int32Array; ends: Int32Array } {
  const encoder = new TextEncoder()
  const parts = cells.map((cell) => encoder.encode(cell.trim()))
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  const [starts, ends] = [new Int32Array(cells.length), new Int32Array(cells.length)]
  let at = 0
  parts.forEach((part, index) => {
    bytes.set(part, at)
    starts[index] = at
    at += part.length
    ends[index] = at
  })
  return { bytes, starts, ends }
}
