import { fromHead, items, paragraphs } from './builder.ts'
import { fill } from './fill.ts'
import type { DocumentTemplates } from './layout.ts'
import { OfficialDocument } from './model.ts'
import type { DocumentBlock, MinutesInput } from './model.ts'

/**
 * Minutes of a meeting: when and where it began, who was there, who presided and wrote, what was said and concluded,
 * when it ended. Signed by who wrote them and by who presided; what is not known yet is a visible blank.
 *
 * @source Decree 30/2020/NĐ-CP, annex III, form 1.9
 */
export function minutesDocument(input: MinutesInput, template: DocumentTemplates): OfficialDocument {
  const { layout, minutes: words } = template
  const { blank } = layout.words
  const line = (phrase: string, value: string | null): DocumentBlock => ({
    type: 'paragraph',
    text: fill(phrase, { value: value ?? blank }),
  })
  const list = (heading: string, texts: string[], set: typeof items): DocumentBlock[] => [
    { type: 'paragraph', text: heading },
    ...set(texts, layout),
  ]
  const signedBy = (post: string, name: string | null) => ({ powers: [], posts: [post], name })
  return OfficialDocument.parse({
    ...fromHead(input.head, words.kindCode, layout),
    isDated: false,
    title: input.title,
    addressees: [],
    bases: [],
    preamble: null,
    body: [
      line(words.started, input.startedAt),
      line(words.place, input.place),
      ...list(words.attendees, input.attendees, items),
      line(words.chair, input.chair.post === null ? input.chair.name : [input.chair.name ?? blank, input.chair.post].join(', ')),
      line(words.secretary, input.secretary),
      ...list(words.contents, input.contents, paragraphs),
      ...(input.conclusions.length === 0 ? [] : list(words.conclusions, input.conclusions, items)),
    ],
    closing: fill(words.ended, { value: input.endedAt ?? blank }),
    signature: signedBy(words.chairPost, input.chair.name),
    secondSignature: signedBy(words.secretaryPost, input.secretary),
    annexes: [],
  } satisfies OfficialDocument) // prettier-ignore
}
