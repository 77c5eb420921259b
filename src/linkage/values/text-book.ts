import { bytesOf, type ByteList } from './byte-dictionary.ts'
import { roomy, sharedInts } from './ints.ts'

/** Texts of a column that are compared as a whole: each distinct one once, in a form that case and marks do not change. */
export type TextBook = { texts: string[]; ids: Map<string, number>; normalise: (text: string) => string }

/** A book without texts. @param normalise the form compared; '' for what counts as missing */
export function newTextBook(normalise: (text: string) => string): TextBook {
  return { texts: [''], ids: new Map(), normalise }
}

const decoder = new TextDecoder()

/** The texts of this book for each text as it was written, from 1; 0 for what counts as missing. */
export function settleTexts(book: TextBook, raw: ByteList): Int32Array {
  const textOf = new Int32Array(raw.count + 1)
  for (let number = 1; number <= raw.count; number++) {
    const text = book.normalise(decoder.decode(bytesOf(raw, number)))
    let id = text === '' ? 0 : book.ids.get(text)
    if (id === undefined) {
      id = book.texts.push(text) - 1
      book.ids.set(text, id)
    }
    textOf[number] = id
  }
  return textOf
}

/**
 * Letters of all texts as flat arrays in memory that threads share. `glances` are four integers a text, side by side in
 * memory: which letters it holds, how many, the first four of them, which letters it holds more than once.
 */
export type Texts = { starts: Int32Array; letters: Int32Array; glances: Int32Array }

/** Integers of a glance. */
export const glanceSize = 4

/** Notes of a run of letters what `mostAlike` asks of it; letters alike in their low bits share a bit, which only adds. */
export function layGlance(glances: Int32Array, text: number, letters: Int32Array, from: number, end: number): void {
  let mask = 0
  let twice = 0
  let head = 0
  for (let at = from; at < end; at++) {
    const letter = letters[at] ?? 0
    const bit = 1 << (letter & 31)
    twice |= mask & bit
    mask |= bit
    if (at - from < 4) head |= (letter & 255) << ((at - from) * 8)
  }
  glances[text * glanceSize] = mask
  glances[text * glanceSize + 1] = end - from
  glances[text * glanceSize + 2] = head
  glances[text * glanceSize + 3] = twice
}

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
  const glances = sharedInts(texts.length * glanceSize)
  for (let id = 0; id < texts.length; id++) layGlance(glances, id, letters, starts[id] ?? 0, starts[id + 1] ?? 0)
  return { starts, letters, glances }
}

/** Lays texts behind those that were laid before. @param from the first that is not */
export function extendTexts(laid: Texts, texts: readonly string[], from: number): Texts {
  const more = texts.slice(from).reduce((sum, text) => sum + text.length, 0)
  const starts = roomy(laid.starts, texts.length + 1)
  const letters = roomy(laid.letters, (laid.starts[from] ?? 0) + more)
  const glances = roomy(laid.glances, texts.length * glanceSize)
  let to = starts[from] ?? 0
  for (let id = from; id < texts.length; id++) {
    const text = texts[id] ?? ''
    for (let at = 0; at < text.length; at++) letters[to++] = text.charCodeAt(at)
    starts[id + 1] = to
    layGlance(glances, id, letters, starts[id] ?? 0, to)
  }
  return { starts, letters, glances }
}
