import { blocksOf, textOf } from './body.ts'
import { capitalsOf, fill } from './fill.ts'
import type { OfficialLayout } from './layout.ts'
import { attachedHead, letterhead, titleLines } from './letterhead.ts'
import { contentTwips } from './measure.ts'
import type { Annex, OfficialDocument } from './model.ts'
import { paragraph } from './pieces.ts'
import type { Pages, Piece } from './pieces.ts'
import { signatureBlock } from './signature.ts'
import { onOneLine, printable } from './text.ts'
import { roman } from '../roman.ts'
import { referenceTo } from './wording.ts'

/**
 * Sets an official document in a country's layout: the pages that a Word file and a PDF carry alike.
 *
 * @param document what `null` leaves open is printed as a visible blank
 * @param layout page, settings and fixed words of the country
 * @throws Error when the layout's data lack a word or slot
 * @source Decree 30/2020/NĐ-CP, annex I (the layout's data)
 */
export function setPages(document: OfficialDocument, layout: OfficialLayout): Pages {
  const main = [
    letterhead(document, layout),
    ...titleLines(document, layout),
    ...textOf(document, layout),
    signatureBlock(document, layout),
  ]
  const { attached } = document
  return {
    title: onOneLine(printable(document.title)),
    author: onOneLine(printable(document.letterhead.agency)),
    locale: layout.locale,
    date: document.date,
    invented: document.invented,
    sections: [
      { landscape: false, foot: document.addressLine, pieces: main },
      ...(attached === null
        ? []
        : [{ landscape: false, foot: null, pieces: attachedContent(attached, document, layout) }]),
      ...document.annexes.map((annex, index) => ({
        landscape: annex.landscape,
        foot: null,
        pieces: annexContent(annex, index, document, layout),
      })),
    ],
  }
}

function annexContent(annex: Annex, index: number, document: OfficialDocument, layout: OfficialLayout): Piece[] {
  const { words } = layout
  const label = document.annexes.length === 1 ? words.annex : fill(words.numberedAnnex, { n: roman(index + 1) })
  const { landscape, table } = annex
  return [
    paragraph('annexLabel', annex.label ?? label),
    paragraph('annexTitle', capitalsOf(onOneLine(annex.title), layout)),
    paragraph('annexReference', fill(words.annexReference, { document: referenceTo(document, layout) })),
    ...blocksOf(annex.blocks, { layout, landscape, keepsEnd: false }),
    ...(table === null
      ? []
      : [{ type: 'table' as const, table, widthTwips: contentTwips(layout, landscape), keepsTogether: false }]),
  ]
}

/** The document this one issues: the issuer's head without number and date, its type and title, its text. */
function attachedContent(
  attached: NonNullable<OfficialDocument['attached']>,
  document: OfficialDocument,
  layout: OfficialLayout,
): Piece[] {
  return [
    attachedHead(document, layout),
    ...titleLines({ kind: { code: attached.kind, name: attached.kind }, title: attached.title }, layout),
    paragraph('annexReference', attached.reference),
    ...blocksOf(attached.blocks, { layout, landscape: false, keepsEnd: false }),
  ]
}
