import { z } from 'zod'
import { countWords, Id, Instant, Language, LocalizedText, text, Version } from '#platform/model'
import { Origin } from '../model/content.ts'

/** What a State sends a treaty body; each kind has its limit of words. @source A/RES/68/268 paras 15-16 */
export const TreatyKind = z.enum(['periodic', 'replies']).meta({ id: 'TreatyReportKind' })
export type TreatyKind = z.infer<typeof TreatyKind>

/** A paragraph in the languages it is written in so far; its key stays when its words or place change. */
export const TreatyParagraph = z
  .strictObject({
    key: z.string().regex(/^[A-Za-z0-9-]{1,60}$/),
    text: z.partialRecord(Language, text(10_000, 0)),
    /** Lines of signed national reports it was drawn from. */
    origins: z.array(Origin).max(200),
  })
  .meta({ id: 'TreatyParagraph' })
export type TreatyParagraph = z.infer<typeof TreatyParagraph>

export const BeginTreatyReport = z
  .strictObject({ kind: TreatyKind, cycle: text(60), languages: z.array(Language).min(1).max(3) })
  .meta({ id: 'BeginTreatyReport' })
export type BeginTreatyReport = z.infer<typeof BeginTreatyReport>

export const SaveTreatySection = z
  .strictObject({ version: Version, paragraphs: z.array(TreatyParagraph).max(500) })
  .meta({ id: 'SaveTreatySection' })
export type SaveTreatySection = z.infer<typeof SaveTreatySection>

const head = {
  id: Id,
  mechanism: z.string(),
  kind: TreatyKind,
  cycle: z.string(),
  wordLimit: z.int(),
  languages: z.array(Language),
  madeAt: Instant,
}

export const TreatyReportHead = z.object({ ...head, paragraphs: z.int() }).meta({ id: 'TreatyReportHead' })
export type TreatyReportHead = z.infer<typeof TreatyReportHead>

/** What is written under one cluster; `number`: that of its first paragraph, counted through the whole report. */
export const TreatySection = z
  .object({
    cluster: z.string(),
    title: LocalizedText,
    number: z.int(),
    paragraphs: z.array(TreatyParagraph),
    version: Version,
    savedAt: Instant,
    savedByName: z.string().nullable(),
  })
  .meta({ id: 'TreatySection' })
export type TreatySection = z.infer<typeof TreatySection>

const LanguageCount = z.object({
  language: Language,
  total: z.int(),
  /** Words left; less than 0: over the limit. */
  left: z.int(),
  sections: z.array(z.object({ cluster: z.string(), words: z.int() })),
  /** Paragraphs that say nothing in this language. */
  untranslated: z.int(),
})
export type LanguageCount = z.infer<typeof LanguageCount>

export const TreatyReport = z
  .object({ ...head, sections: z.array(TreatySection), counts: z.array(LanguageCount) })
  .meta({ id: 'TreatyReport' })
export type TreatyReport = z.infer<typeof TreatyReport>

/** A paragraph of a signed national report that may be drawn from. */
export const TreatySource = z
  .object({
    ...{ ...Origin.shape, regimeNames: LocalizedText, period: z.string(), heading: z.string(), text: z.string() },
    /** That of the country's reports. */
    language: Language,
  })
  .meta({ id: 'TreatySource' })
export type TreatySource = z.infer<typeof TreatySource>

type Counted = { cluster: string; title: LocalizedText; paragraphs: readonly Pick<TreatyParagraph, 'text'>[] }

/** How many words the report has in each of its languages, headings with their sections; an empty section is not printed. Numbers of paragraphs are not words. */
export function countTreaty(
  sections: readonly Counted[],
  of: { languages: readonly Language[]; wordLimit: number },
): LanguageCount[] {
  return of.languages.map((language) => {
    const counted = sections.map(({ cluster, title, paragraphs }) => ({
      cluster,
      words: countWords(
        paragraphs.length === 0 ? '' : (title[language] ?? ''),
        ...paragraphs.map(({ text: words }) => words[language] ?? ''),
      ),
    }))
    const total = counted.reduce((sum, { words }) => sum + words, 0)
    const untranslated = sections
      .flatMap(({ paragraphs }) => paragraphs)
      .filter(({ text: words }) => countWords(words[language] ?? '') === 0).length
    return { language, total, left: of.wordLimit - total, sections: counted, untranslated }
  })
}

/** Gives each section the number of its first paragraph: paragraphs are numbered through the whole report, from 1. */
export function numbered<T extends { paragraphs: readonly unknown[] }>(
  sections: readonly T[],
): (T & { number: number })[] {
  let next = 1
  return sections.map((section) => {
    const number = next
    next += section.paragraphs.length
    return { ...section, number }
  })
}
