import { bytesOf, newByteDictionary, numberOf, type ByteDictionary } from './byte-dictionary.ts'
import { newInts, pushInt, sharedInts, type Ints } from './ints.ts'

/** Texts of a column that are compared as a whole: each distinct one once, in a form that case and marks do not change. */
export type TextBook = {
  raw: ByteDictionary
  textOfRaw: Ints
  texts: string[]
  ids: Map<string, number>
  normalise: (text: string) => string
}

/** A book without texts. @param normalise the form compared; '' for what counts as missing */
export function newTextBook(normalise: (text: string) => string): TextBook {
  return { raw: newByteDictionary(), textOfRaw: newInts(), texts: [''], ids: new Map(), normalise }
}

const decoder = new TextDecoder()

/** The text written in these bytes; 0 for none. */
export function readText(book: TextBook, bytes: Uint8Array, start: number, end: number): number {
  const raw = numberOf(book.raw, bytes, start, end)
  if (raw <= book.textOfRaw.length) return book.textOfRaw.data[raw - 1] ?? 0
  const text = book.normalise(decoder.decode(bytesOf(book.raw, raw)))
  let id = text === '' ? 0 : book.ids.get(text)
  if (id === undefined) {
    id = book.texts.push(text) - 1
    book.ids.set(text, id)
  }
  pushInt(book.textOfRaw, id)
  return id
}

/** Letters of all texts as flat arrays in memory that threads share. */
export type Texts = { starts: Int32Array; letters: Int32Array }

/** Lays the texts of a book flat. */
export function layTexts(texts: readonly string[]): Texts {
  const starts = sharedInts(texts.length + 1)
  const letters = sharedInts(texts.reduce((sum, text) => sum + text.length, 0))
  let to = 0
  texts.forEach((text, id) => {
    starts[id] = to
    for (let at = 0; at < text.length; at++) letters[to++] = text.charCodeAt(at)
  })
  starts[texts.length] = to
  return { starts, letters }
}
