import type { Language } from '#platform/model'
import type { ColumnKind, Person } from './model.ts'

/** A heading as people write it, folded to letters, digits and single blanks, and what the column below it holds. */
export type HeadingWords = { words: readonly string[]; kind: ColumnKind; of?: Person; part?: 'family' | 'given' }

/**
 * What a country knows of its people's names, numbers and places; handed in by `countries/<code>`. Without it the engine
 * compares letters.
 */
export type LinkageKnowledge = {
  language: Language
  /** Longest match first is not needed: all words of an entry must stand in the heading, the entry with most words wins. */
  headings: readonly HeadingWords[]
  /** Where the family name stands in a full name. */
  familyFirst: boolean
  /** One written syllable of a name in the form that all its spellings share: letter case, composed letters, place of the tone mark. */
  syllable: (text: string) => string
  /** The same without any mark: what is left when diacritics are lost. */
  fold: (text: string) => string
  /** Folded words without which no name is temporary; `isTemporary` is asked only where one of them stands. */
  temporaryWords: readonly string[]
  /** Whether folded words are no name but a placeholder until one is given. */
  isTemporary: (words: readonly string[]) => boolean
  /** Folded words for the two sexes as forms write them. */
  sexes: { male: readonly string[]; female: readonly string[] }
  /** Folded words that stand in a cell for "not known". */
  missing: readonly string[]
  /** What a personal number says of its holder; null where it is not built as one. A contradiction is a warning, never proof. */
  readNumber: (digits: string) => { sex: 'male' | 'female'; birthYear: number; isPlaceKnown: boolean } | null
  /** The unit of today for a written place or code, the same key for all forms of one unit; null where not certain. */
  openPlaces: () => Promise<(folded: string) => string | null>
}
