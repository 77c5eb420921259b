import type { PlaceWords } from './model.ts'
import { foldLoose, foldName, markedKey, splitPrefix } from './names.ts'

/** Under which keys a name is found; see `territory.unit_name`. */
export type NameKeys = {
  markedKey: string
  markedBareKey: string
  foldedKey: string
  bareKey: string
  looseKey: string
}

/** All keys of a name. The word for the kind of unit is cut from the bare ones: `Ösel Łunda` → `lunda`. */
export function keysOf(name: string, words: PlaceWords): NameKeys & { prefix: string | null } {
  const marked = markedKey(name)
  const { prefix, rest } = splitPrefix(name, Object.keys(words.prefixes))
  const cut = prefix === null ? 0 : prefix.split(' ').length
  return {
    prefix,
    markedKey: marked,
    markedBareKey: marked.split(' ').slice(cut).join(' '),
    foldedKey: foldName(name),
    bareKey: rest,
    looseKey: foldLoose(rest, words.spelling),
  }
}

/** Folded words as a text-search query: every word must be there, the last letters of each may be missing. */
export function wordsQuery(folded: string): string {
  return folded
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => `${word}:*`)
    .join(' & ')
}
