import type { LinkageKnowledge } from '#linkage'
import { readTerritory } from '../territory-file.ts'
import { canonicalSyllable, foldMarks, isTemporaryName, temporaryWords } from './names.ts'
import { readPersonalNumber } from './personal-number.ts'
import { placesOf } from './places.ts'
import { headingWords, missingWords, sexWords } from './words.ts'

let places: ReturnType<typeof placesOf> | null = null

/** What Việt Nam knows of its children's names, numbers and communes. */
export const linkageKnowledge: LinkageKnowledge = {
  language: 'vi',
  headings: headingWords,
  familyFirst: true,
  syllable: canonicalSyllable,
  fold: foldMarks,
  temporaryWords,
  isTemporary: isTemporaryName,
  sexes: sexWords,
  missing: missingWords,
  readNumber: readPersonalNumber,
  openPlaces: () => Promise.resolve((places ??= placesOf(readTerritory()))),
}
