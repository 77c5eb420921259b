import type { DocumentGrammar } from '#documents'
import { agencyWords } from './agency-words.ts'
import { encodings } from './legacy-encodings.ts'
import { layout } from './layout-words.ts'
import { sentenceWords } from './sentence-words.ts'
import { targetWords } from './target-words.ts'
import { findTime, readTime } from './time-words.ts'

/** How Vietnamese officials write plans and decisions (Decree 30/2020/NĐ-CP; `domain.md` §7, §10). */
export const documentGrammar: DocumentGrammar = {
  language: 'vi',
  encodings,
  ...layout,
  ...sentenceWords,
  ...targetWords,
  agencies: agencyWords,
  readTime,
  findTime,
}
