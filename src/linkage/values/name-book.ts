import type { LinkageKnowledge } from '../knowledge.ts'
import { bytesOf } from './byte-dictionary.ts'
import { pushInt, roomy, sharedInts, type Ints } from './ints.ts'
import { layNameWords, nameWords } from './name-words.ts'
import type { RawNames } from './raw-names.ts'
import type { Texts } from './text-book.ts'
import { newSequences, sequencesOf, type Runs, type Sequences } from './sequences.ts'

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
  /** Names without marks, and their syllables in any order. */
  bareNames: Sequences
  bags: Sequences
  temporaryWords: ReadonlySet<string>
  /** Per syllable: whether it is one of the words of temporary names. */
  suspects: boolean[]
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
    bareNames: newSequences(),
    bags: newSequences(),
    temporaryWords: new Set(knowledge.temporaryWords),
    suspects: [false],
    temporary: new Set(),
  }
}

const decoder = new TextDecoder()

/** The names of this book for each name as it was written, from 1; 0 for none and for temporary names. */
export function settleNames(book: NameBook, { syllables, names }: RawNames): Int32Array {
  const syllableOf = new Int32Array(syllables.count + 1)
  for (let raw = 1; raw <= syllables.count; raw++) {
    const text = book.knowledge.syllable(decoder.decode(bytesOf(syllables, raw)))
    syllableOf[raw] = text === '' ? 0 : (book.syllableIds.get(text) ?? addSyllable(book, text))
  }
  const nameOf = new Int32Array(names.count + 1)
  sequencesOf(book.names, settledRuns(book, names, syllableOf), nameOf)
  return nameOf
}

/** Each written name as the book keeps names: the place of the given name, then syllables; nothing for none and for temporary names. */
function settledRuns(book: NameBook, names: Sequences, syllableOf: Int32Array): Runs {
  const runs: Runs = {
    arena: new Int32Array(names.arena.length),
    starts: new Int32Array(names.count + 2),
    ...{ first: 1, end: names.count + 1 },
  }
  let end = 0
  for (let raw = 1; raw <= names.count; raw++) {
    const [from, to] = [names.starts[raw] ?? 0, names.starts[raw + 1] ?? 0]
    const mark = names.arena[from] ?? 0
    let count = 0
    let family = 0
    for (let at = from + 1; at < to; at++) {
      const syllable = syllableOf[names.arena[at] ?? 0] ?? 0
      if (syllable === 0) continue
      runs.arena[end + ++count] = syllable
      if (at - from <= mark - 2) family++
    }
    runs.arena[end] = givenPlace(book, count, mark === 1 ? -1 : family)
    if (count > 0 && isTemporary(book, runs, end + 1, end + count + 1))
      book.temporary.add(runs.arena.subarray(end + 1, end + count + 1).join(' '))
    else if (count > 0) end += count + 1
    runs.starts[raw + 1] = end
  }
  return runs
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
  book.suspects.push(book.temporaryWords.has(bare))
  return id
}

function isTemporary(book: NameBook, { arena }: Runs, from: number, to: number): boolean {
  let isSuspect = false
  for (let at = from; at < to && !isSuspect; at++) isSuspect = book.suspects[arena[at] ?? 0] === true
  if (!isSuspect) return false
  const bareOf = (syllable: number) => book.foldedSyllables[book.folded.data[syllable] ?? 0] ?? ''
  return book.knowledge.isTemporary(Array.from(arena.subarray(from, to), bareOf))
}

/** All names of a book as flat arrays, in memory that threads share; names and syllables by their numbers. */
export type Names = {
  /** Names, syllables with marks and syllables without that are laid so far; there may be room for more. */
  count: number
  markedCount: number
  bareCount: number
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
  /** Per name `nameWords` integers side by side in memory, see `layNameWords`. */
  words: Int32Array
  /** Per syllable with marks: 1 where it has any. */
  hasMarks: Int32Array
  /** Letters of bare syllable `s`: `letterStarts[s]` to `letterStarts[s + 1]`. */
  letterStarts: Int32Array
  letters: Int32Array
  /** How often each bare syllable is used over all records. */
  uses: Int32Array
  foldedCount: number
  /** Letters of whole bare names, once a comparison has asked for them (`lettersOfNames`). */
  letterRuns: Texts | null
}

/** Nothing laid yet: `extendNames` lays. */
export function newNames(): Names {
  const none = () => sharedInts(0)
  return {
    ...{ count: 0, markedCount: 0, bareCount: 0 },
    ...{ starts: none(), marked: none(), bare: none(), folded: none(), bag: none(), given: none(), family: none() },
    ...{ givenAt: none(), hasMarks: none(), letterStarts: none(), letters: none(), uses: none(), foldedCount: 0 },
    ...{ words: none(), letterRuns: null },
  }
}

/** Notes that so many records more bear a name. */
export function countUses({ starts, bare, uses }: Names, name: number, count: number): void {
  for (let at = starts[name] ?? 0; at < (starts[name + 1] ?? 0); at++)
    uses[bare[at] ?? 0] = (uses[bare[at] ?? 0] ?? 0) + count
}

/**
 * Lays the names and syllables that the book has more than were laid.
 * @param spare room for so many names more; a syllable or two each
 */
export function extendNames(book: NameBook, names: Names, spare = 0): void {
  const total = book.names.count
  makeRoom(book, names, spare)
  laySyllables(book, names)
  const added = { first: names.count + 1, end: total + 1 }
  for (let name = added.first; name < added.end; name++) layName(book, names, name)
  sequencesOf(book.bareNames, { ...added, arena: names.bare, starts: names.starts }, names.folded)
  sequencesOf(book.bags, inAnyOrder(names, added), names.bag.subarray(added.first, added.end))
  for (let name = added.first; name < added.end; name++) layNameWords(names, name)
  names.count = total
  names.foldedCount = book.bareNames.count
}

function makeRoom(book: NameBook, names: Names, spare: number): void {
  const total = book.names.count + spare
  const perName = ['folded', 'bag', 'given', 'family', 'givenAt'] as const
  for (const key of perName) names[key] = roomy(names[key], total + 1)
  names.words = roomy(names.words, (total + 1) * nameWords)
  names.starts = roomy(names.starts, total + 2)
  const syllables = (book.names.starts[book.names.count + 1] ?? 0) - book.names.count + spare * 5
  names.marked = roomy(names.marked, syllables)
  names.bare = roomy(names.bare, syllables)
  names.hasMarks = roomy(names.hasMarks, book.syllables.length + spare)
  names.uses = roomy(names.uses, book.foldedSyllables.length + spare)
  names.letterStarts = roomy(names.letterStarts, book.foldedSyllables.length + 1 + spare)
  const letters = book.foldedSyllables.slice(names.bareCount).reduce((sum, text) => sum + text.length, 0)
  names.letters = roomy(names.letters, (names.letterStarts[names.bareCount] ?? 0) + letters + spare * 8)
}

function laySyllables(book: NameBook, names: Names): void {
  let to = names.letterStarts[names.bareCount] ?? 0
  for (let id = names.bareCount; id < book.foldedSyllables.length; id++) {
    const text = book.foldedSyllables[id] ?? ''
    for (let at = 0; at < text.length; at++) names.letters[to++] = text.charCodeAt(at)
    names.letterStarts[id + 1] = to
  }
  names.bareCount = book.foldedSyllables.length
  for (let id = names.markedCount; id < book.syllables.length; id++)
    names.hasMarks[id] = book.syllables[id] === book.foldedSyllables[book.folded.data[id] ?? 0] ? 0 : 1
  names.markedCount = book.syllables.length
}

/** Lays one name behind those before. */
function layName(book: NameBook, names: Names, name: number): void {
  const { marked, bare } = names
  const from = book.names.starts[name] ?? 0
  const length = (book.names.starts[name + 1] ?? 0) - from - 1
  const place = book.names.arena[from] ?? 0
  const own = names.starts[name] ?? 0
  for (let at = 0; at < length; at++) {
    const syllable = book.names.arena[from + 1 + at] ?? 0
    marked[own + at] = syllable
    bare[own + at] = book.folded.data[syllable] ?? 0
  }
  names.starts[name + 1] = own + length
  names.givenAt[name] = place
  names.given[name] = place < 0 ? 0 : (bare[own + place] ?? 0)
  names.family[name] = place >= 0 && length < 2 ? 0 : (bare[place === 0 ? own + length - 1 : own] ?? 0)
}

/** The syllables of names that were added, of each in the order of their numbers; the first of them is run 0. */
function inAnyOrder({ bare, starts }: Names, added: { first: number; end: number }): Runs {
  const from = starts[added.first] ?? 0
  const arena = bare.slice(from, starts[added.end] ?? 0)
  const own = new Int32Array(added.end - added.first + 1)
  for (let run = 0; run < own.length; run++) own[run] = (starts[added.first + run] ?? 0) - from
  for (let run = 0; run + 1 < own.length; run++) putInOrder(arena, own[run] ?? 0, own[run + 1] ?? 0)
  return { arena, starts: own, first: 0, end: own.length - 1 }
}

/** Few integers, the smallest first: no sort of the language is as quick for four or five. */
function putInOrder(values: Int32Array, from: number, to: number): void {
  for (let at = from + 1; at < to; at++) {
    const value = values[at] ?? 0
    let place = at
    for (; place > from && (values[place - 1] ?? 0) > value; place--) values[place] = values[place - 1] ?? 0
    values[place] = value
  }
}

/** A name as words, for people to read. */
export function nameText(book: NameBook, name: number): string {
  const from = book.names.starts[name] ?? 0
  const to = book.names.starts[name + 1] ?? 0
  return Array.from(book.names.arena.subarray(from + 1, to), (syllable) => book.syllables[syllable] ?? '').join(' ')
}
