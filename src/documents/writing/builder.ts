import type { DocumentTemplates, OfficialLayout } from './layout.ts'
import type { DocumentBlock, DocumentHead, HeadingLevel, OfficialDocument } from './model.ts'
import { fill } from './fill.ts'
import { dateInWords } from './wording.ts'
import type { FigureSource } from './model.ts'

/** The parts of a document that come from its head. `kindCode` null = a letter. */
export function fromHead(head: DocumentHead, kindCode: string | null, layout: OfficialLayout) {
  const name = kindCode === null ? null : Object.hasOwn(layout.kinds, kindCode) ? layout.kinds[kindCode] : undefined
  if (name === undefined) throw new Error(`documents: the layout has no document type ${kindCode}`)
  return {
    letterhead: { parentAgency: head.parentAgency, agency: head.agency, lines: head.agencyLines },
    number: head.number,
    codeSuffix: kindCode === null ? head.agencySign : `${kindCode}-${head.agencySign}`,
    place: head.place,
    date: head.date,
    isDated: true,
    urgency: head.urgency,
    kind: kindCode === null || name === null ? null : { code: kindCode, name },
    recipients: head.recipients,
    signature: head.signature,
    secondSignature: null,
    draft: head.draft,
    invented: head.invented,
    decision: null,
    attached: null,
    addressLine: kindCode !== null ? null : (head.addressLine ?? (head.draft ? layout.words.addressBlank : null)),
  } satisfies Partial<OfficialDocument>
}

/** Recipients of a document with addressees begin with "as above". */
export function afterAddressees(recipients: string[], layout: OfficialLayout): string[] {
  const { sameAddressees } = layout.words
  return recipients.some((line) => line.startsWith(sameAddressees)) ? recipients : [sameAddressees, ...recipients]
}

/** A heading numbered by the layout. */
export function heading(level: HeadingLevel, title: string): DocumentBlock {
  return { type: 'heading', level, title, label: null }
}

/** Paragraphs; nothing written yet is a visible blank line. */
export function paragraphs(texts: string[], layout: OfficialLayout): DocumentBlock[] {
  const written = texts.length === 0 ? [layout.words.blankLine] : texts
  return written.map((text) => ({ type: 'paragraph', text }))
}

/** Items with a dash, unless they have a number or dash of their own; nothing written yet is a visible blank line. */
export function items(texts: string[], layout: OfficialLayout): DocumentBlock[] {
  const isNumbered = texts.some((text) => /^(?:[-–—+•]|\d+(?:\.\d+)*[.)]|\p{L}[.)])\s*\S/u.test(text))
  if (texts.length === 0 || isNumbered) return paragraphs(texts, layout)
  return texts.map((text) => ({ type: 'item', text }))
}

/** The line under figures: their period, day and source. */
export function sourceNote(source: FigureSource, template: DocumentTemplates): DocumentBlock {
  const date = dateInWords(source.asOf, template.layout)
  return {
    type: 'note',
    text: fill(template.statusReport.source, { period: source.period, date, source: source.source }),
  }
}
