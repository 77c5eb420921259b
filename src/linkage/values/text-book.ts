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

/** Letters of all texts as flat arrays in memory that threads share; `masks` says which letters each holds. */
export type Texts = { starts: Int32Array; letters: Int32Array; masks: Int32Array }

/** Which letters a run holds, a bit each; letters that are alike in their low bits share one. */
export function letterMask(letters: Int32Array, from: number, end: number): number {
  let mask = 0
  for (let at = from; at < end; at++) mask |= 1 << ((letters[at] ?? 0) & 31)
  return mask
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
  const masks = sharedInts(texts.length)
  for (let id = 0; id < texts.length; id++) masks[id] = letterMask(letters, starts[id] ?? 0, starts[id + 1] ?? 0)
  return { starts, letters, masks }
}

/** Lays texts behind those that were laid before. @param from the first that is not */
export function extendTexts(laid: Texts, texts: readonly string[], from: number): Texts {
  const more = texts.slice(from).reduce((sum, text) => sum + text.length, 0)
  const starts = roomy(laid.starts, texts.length + 1)
  const letters = roomy(laid.letters, (laid.starts[from] ?? 0) + more)
  const masks = roomy(laid.masks, texts.length)
  let to = starts[from] ?? 0
  for (let id = from; id < texts.length; id++) {
    const text = texts[id] ?? ''
    for (let at = 0; at < text.length; at++) letters[to++] = text.charCodeAt(at)
    starts[id + 1] = to
    masks[id] = letterMask(letters, starts[id] ?? 0, to)
  }
  return { starts, letters, masks }
}
