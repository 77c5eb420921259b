import { sharedInts } from './ints.ts'
import type { Names } from './name-book.ts'
import { glanceSize, layGlance, type Texts } from './text-book.ts'

/**
 * Letters of each bare name, its syllables with one blank between; laid once, in memory that threads share, and again
 * when names were added.
 */
export function lettersOfNames(names: Names): Texts {
  if (names.letterRuns === null || names.letterRuns.starts.length !== names.foldedCount + 2)
    names.letterRuns = layRuns(names)
  return names.letterRuns
}

function layRuns(names: Names): Texts {
  const nameOf = new Int32Array(names.foldedCount + 1)
  for (let name = names.count; name > 0; name--) nameOf[names.folded[name] ?? 0] = name
  const starts = sharedInts(names.foldedCount + 2)
  for (let folded = 1; folded <= names.foldedCount; folded++)
    starts[folded + 1] = (starts[folded] ?? 0) + layLetters(names, nameOf[folded] ?? 0, null, 0)
  const letters = sharedInts(starts[names.foldedCount + 1] ?? 0)
  const glances = sharedInts((names.foldedCount + 1) * glanceSize)
  for (let folded = 1; folded <= names.foldedCount; folded++) {
    const from = starts[folded] ?? 0
    layLetters(names, nameOf[folded] ?? 0, letters, from)
    layGlance(glances, folded, letters, from, starts[folded + 1] ?? 0)
  }
  return { starts, letters, glances }
}

/** Writes the letters of a name, where there is room for them. @returns how many they are */
function layLetters(names: Names, name: number, target: Int32Array | null, from: number): number {
  let to = from
  for (let at = names.starts[name] ?? 0; at < (names.starts[name + 1] ?? 0); at++) {
    if (to > from) to += put(target, to, 32)
    const syllable = names.bare[at] ?? 0
    for (let letter = names.letterStarts[syllable] ?? 0; letter < (names.letterStarts[syllable + 1] ?? 0); letter++)
      to += put(target, to, names.letters[letter] ?? 0)
  }
  return to - from
}

function put(target: Int32Array | null, at: number, letter: number): 1 {
  if (target !== null) target[at] = letter
  return 1
}
