import type { LinkageKnowledge } from '../knowledge.ts'
import { bytesOf } from './byte-dictionary.ts'
import { pushInt, sharedInts, type Ints } from './ints.ts'
import { mostSyllables, type RawNames } from './raw-names.ts'
import { newSequences, sequenceOf, type Sequences } from './sequences.ts'

/**
 * Names as sequences of syllables. A name is written down once however often it occurs, and a syllable once however many
 * names hold it: some thousand syllables make all names of a nation, so that spelling is settled a few thousand times,
 * not millions.
 */
export type NameBook = {
  knowledge: LinkageKnowledge
  /** Syllables with marks, from 1, and each without. */
  syllables: string[]
  syllableIds: Map<string, number>
  folded: Ints
  foldedSyllables: string[]
  foldedIds: Map<string, number>
  /** Place of the given name, then syllables with marks. */
  names: Sequences
  temporaryWords: ReadonlySet<string>
  /** Temporary names, as their syllables were written. */
  temporary: Set<string>
}

/** A book without names. */
export function newNameBook(knowledge: LinkageKnowledge): NameBook {
  return {
    knowledge,
    syllables: [''],
    syllableIds: new Map(),
    folded: { data: new Int32Array(1024), length: 1 },
    foldedSyllables: [''],
    foldedIds: new Map(),
    names: newSequences(),
    temporaryWords: new Set(knowledge.temporaryWords),
    temporary: new Set(),
  }
}

const sequence = new Int32Array(mostSyllables + 1)
const decoder = new TextDecoder()

/** The names of this book for each name as it was written, from 1; 0 for none and for temporary names. */
export function settleNames(book: NameBook, { syllables, names }: RawNames): Int32Array {
  const syllableOf = new Int32Array(syllables.count + 1)
  for (let raw = 1; raw <= syllables.count; raw++) {
    const text = book.knowledge.syllable(decoder.decode(bytesOf(syllables, raw)))
    syllableOf[raw] = text === '' ? 0 : (book.syllableIds.get(text) ?? addSyllable(book, text))
  }
  const nameOf = new Int32Array(names.count + 1)
  for (let raw = 1; raw <= names.count; raw++) {
    const [from, to] = [names.starts[raw] ?? 0, names.starts[raw + 1] ?? 0]
    const mark = names.arena[from] ?? 0
    let count = 0
    let family = 0
    for (let at = from + 1; at < to; at++) {
      const syllable = syllableOf[names.arena[at] ?? 0] ?? 0
      if (syllable === 0) continue
      sequence[++count] = syllable
      if (at - from <= mark - 2) family++
    }
    sequence[0] = givenPlace(book, count, mark === 1 ? -1 : family)
    if (count > 0 && isTemporary(book, count)) book.temporary.add(sequence.subarray(1, count + 1).join(' '))
    else if (count > 0) nameOf[raw] = sequenceOf(book.names, sequence, count + 1)
  }
  return nameOf
}

/** Where the given name stands. @param family how many syllables are of the family name; -1 where that is not written */
function givenPlace({ knowledge }: NameBook, count: number, family: number): number {
  if (family === count) return -1
  if (knowledge.familyFirst || (family < 0 && count < 2)) return count - 1
  return Math.max(0, family)
}

function addSyllable(book: NameBook, text: string): number {
  const id = book.syllables.push(text) - 1
  book.syllableIds.set(text, id)
  const bare = book.knowledge.fold(text)
  let folded = book.foldedIds.get(bare)
  if (folded === undefined) {
    folded = book.foldedSyllables.push(bare) - 1
    book.foldedIds.set(bare, folded)
  }
  pushInt(book.folded, folded)
  return id
}

function isTemporary(book: NameBook, count: number): boolean {
  let isSuspect = false
  const words: string[] = []
  for (let at = 1; at <= count; at++) {
    const word = book.foldedSyllables[book.folded.data[sequence[at] ?? 0] ?? 0] ?? ''
    words.push(word)
    if (book.temporaryWords.has(word)) isSuspect = true
  }
  return isSuspect && book.knowledge.isTemporary(words)
}

/** All names of a book as flat arrays, in memory that threads share; names and syllables by their numbers. */
export type Names = {
  /** Syllables of name `n`: `starts[n]` to `starts[n + 1]` of `marked` (with marks) and `bare` (without). */
  starts: Int32Array
  marked: Int32Array
  bare: Int32Array
  /** Per name: number of its bare sequence, of its bare syllables in any order, its given and family syllable, place of the given. */
  folded: Int32Array
  bag: Int32Array
  given: Int32Array
  family: Int32Array
  givenAt: Int32Array
  /** Per syllable with marks: 1 where it has any. */
  hasMarks: Int32Array
  /** Letters of bare syllable `s`: `letterStarts[s]` to `letterStarts[s + 1]`. */
  letterStarts: Int32Array
  letters: Int32Array
  /** How often each bare syllable is used over all records. */
  uses: Int32Array
  foldedCount: number
}

/** Lays the names of a book flat. @param counts how many records bear each name, over all columns */
export function layNames(book: NameBook, counts: Int32Array): Names {
  const { names, folded } = book
  const total = names.count
  const starts = sharedInts(total + 2)
  const marked = sharedInts((names.starts[total + 1] ?? 0) - total)
  const bare = sharedInts(marked.length)
  const per = { folded: sharedInts(total + 1), bag: sharedInts(total + 1) }
  const [given, family, givenAt] = [sharedInts(total + 1), sharedInts(total + 1), sharedInts(total + 1)]
  const uses = sharedInts(book.foldedSyllables.length)
  const [foldedNames, bags, buffer] = [newSequences(), newSequences(), new Int32Array(mostSyllables)]
  let to = 0
  for (let name = 1; name <= total; name++) {
    const from = names.starts[name] ?? 0
    const length = (names.starts[name + 1] ?? 0) - from - 1
    starts[name] = to
    const place = names.arena[from] ?? 0
    for (let at = 0; at < length; at++, to++) {
      const syllable = names.arena[from + 1 + at] ?? 0
      marked[to] = syllable
      const bareSyllable = folded.data[syllable] ?? 0
      bare[to] = bareSyllable
      buffer[at] = bareSyllable
      uses[bareSyllable] = (uses[bareSyllable] ?? 0) + (counts[name] ?? 0)
    }
    givenAt[name] = place
    given[name] = place < 0 ? 0 : (buffer[place] ?? 0)
    family[name] =
      place < 0 ? (buffer[0] ?? 0) : length < 2 ? 0 : place === 0 ? (buffer[length - 1] ?? 0) : (buffer[0] ?? 0)
    per.folded[name] = sequenceOf(foldedNames, buffer, length)
    buffer.subarray(0, length).sort()
    per.bag[name] = sequenceOf(bags, buffer, length)
  }
  starts[total + 1] = to
  const letters = layLetters(book.foldedSyllables)
  const hasMarks = sharedInts(book.syllables.length)
  book.syllables.forEach((text, id) => {
    hasMarks[id] = text === book.foldedSyllables[folded.data[id] ?? 0] ? 0 : 1
  })
  return {
    starts,
    marked,
    bare,
    ...per,
    given,
    family,
    givenAt,
    hasMarks,
    ...letters,
    uses,
    foldedCount: foldedNames.count,
  }
}

function layLetters(texts: readonly string[]): { letterStarts: Int32Array; letters: Int32Array } {
  const letterStarts = sharedInts(texts.length + 1)
  const letters = sharedInts(texts.reduce((sum, text) => sum + text.length, 0))
  let to = 0
  texts.forEach((text, id) => {
    letterStarts[id] = to
    for (let at = 0; at < text.length; at++) letters[to++] = text.charCodeAt(at)
  })
  letterStarts[texts.length] = to
  return { letterStarts, letters }
}

/** A name as words, for people to read. */
export function nameText(book: NameBook, name: number): string {
  const from = book.names.starts[name] ?? 0
  const to = book.names.starts[name + 1] ?? 0
  return Array.from(book.names.arena.subarray(from + 1, to), (syllable) => book.syllables[syllable] ?? '').join(' ')
}
