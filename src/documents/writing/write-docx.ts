import {
  Document,
  Footer,
  Header,
  PageNumber,
  PageOrientation,
  Packer,
  Paragraph,
  Tab,
  TabStopType,
  TextRun,
} from 'docx'
import type { ISectionOptions, Table } from 'docx'
import { blocksOf, textOf } from './body.ts'
import { capitalsOf, fill } from './fill.ts'
import type { OfficialLayout } from './layout.ts'
import { attachedHead, letterhead, titleLines } from './letterhead.ts'
import { contentTwips, twips } from './measure.ts'
import type { Annex, OfficialDocument } from './model.ts'
import { repack } from './package.ts'
import { paragraph } from './pieces.ts'
import { signatureBlock } from './signature.ts'
import { stylesOf } from './styles.ts'
import { ruledTable } from './tables.ts'
import { onOneLine, printable } from './text.ts'
import { referenceTo, roman } from './wording.ts'

/**
 * Sets an official document in a country's layout as a Word file.
 *
 * @param document what `null` leaves open is printed as a visible blank
 * @param layout page, settings and fixed words of the country
 * @returns the .docx; the same document and layout give the same bytes
 * @throws Error when the layout's data lack a word or slot
 * @source Decree 30/2020/NĐ-CP, annex I (the layout's data); ECMA-376 part 1 (the file)
 */
export async function writeDocx(document: OfficialDocument, layout: OfficialLayout): Promise<Uint8Array> {
  const main = [
    letterhead(document, layout),
    ...titleLines(document, layout),
    ...textOf(document, layout),
    signatureBlock(document, layout),
  ]
  const sections = [
    section(main, { document, layout, landscape: false, foot: document.addressLine }),
    ...(document.attached === null
      ? []
      : [section(attachedContent(document.attached, document, layout), { document, layout, landscape: false })]),
    ...document.annexes.map((annex, index) =>
      section(annexContent(annex, index, document, layout), { document, layout, landscape: annex.landscape }),
    ),
  ]
  const file = new Document({
    title: onOneLine(printable(document.title)),
    creator: onOneLine(printable(document.letterhead.agency)),
    lastModifiedBy: onOneLine(printable(document.letterhead.agency)),
    styles: stylesOf(layout),
    sections,
  })
  return repack(new Uint8Array(await Packer.toArrayBuffer(file)), document.date)
}

function annexContent(
  annex: Annex,
  index: number,
  document: OfficialDocument,
  layout: OfficialLayout,
): (Paragraph | Table)[] {
  const { words } = layout
  const label = document.annexes.length === 1 ? words.annex : fill(words.numberedAnnex, { n: roman(index + 1) })
  const table =
    annex.table === null
      ? []
      : [ruledTable(annex.table, { widthTwips: contentTwips(layout, annex.landscape), layout, keepsTogether: false })]
  return [
    paragraph('annexLabel', annex.label ?? label),
    paragraph('annexTitle', capitalsOf(onOneLine(annex.title), layout)),
    paragraph('annexReference', fill(words.annexReference, { document: referenceTo(document, layout) })),
    ...blocksOf(annex.blocks, { layout, landscape: annex.landscape, keepsEnd: false }),
    ...table,
  ]
}

/** The document this one issues: the issuer's head without number and date, its type and title, its text. */
function attachedContent(
  attached: NonNullable<OfficialDocument['attached']>,
  document: OfficialDocument,
  layout: OfficialLayout,
): (Paragraph | Table)[] {
  return [
    attachedHead(document, layout),
    ...titleLines({ kind: { code: attached.kind, name: attached.kind }, title: attached.title }, layout),
    paragraph('annexReference', attached.reference),
    ...blocksOf(attached.blocks, { layout, landscape: false, keepsEnd: false }),
  ]
}

interface SectionSetting {
  document: OfficialDocument
  layout: OfficialLayout
  landscape: boolean
  /** A line at the foot of the first page. */
  foot?: string | null
}

/** A part with its own pages: numbered from 1, the number on every page but the first. */
function section(children: (Paragraph | Table)[], setting: SectionSetting): ISectionOptions {
  const { page } = setting.layout
  return {
    properties: {
      titlePage: true,
      page: {
        size: {
          width: twips(page.widthMm),
          height: twips(page.heightMm),
          orientation: setting.landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: {
          top: twips(page.topMm),
          bottom: twips(page.bottomMm),
          left: twips(page.leftMm),
          right: twips(page.rightMm),
          header: twips(page.headerMm),
          footer: twips(page.headerMm),
          gutter: 0,
        },
        pageNumbers: { start: 1 },
      },
    },
    headers: {
      first: new Header({ children: [pageHead(setting, false)] }),
      default: new Header({ children: [pageHead(setting, true)] }),
    },
    ...(setting.foot && { footers: { first: new Footer({ children: [footLine(setting.foot)] }) } }),
    children,
  }
}

/** The agency's address under a rule. */
function footLine(text: string): Paragraph {
  return new Paragraph({
    style: 'addressLine',
    border: { top: { style: 'single', size: 6, space: 1, color: '000000' } },
    children: [new TextRun({ text: onOneLine(printable(text)) })],
  })
}

/** The line in the top margin: page number in the middle, the mark of invented content on the right. */
function pageHead({ document, layout, landscape }: SectionSetting, numbered: boolean): Paragraph {
  const room = contentTwips(layout, landscape)
  const { pt, italic } = layout.boxes.inventedMark
  const mark = new TextRun({
    text: printable(layout.words.inventedMark),
    size: pt * 2,
    ...(italic && { italics: true }),
  })
  return new Paragraph({
    style: 'pageNumber',
    alignment: 'left',
    tabStops: [
      { type: TabStopType.CENTER, position: Math.round(room / 2) },
      { type: TabStopType.RIGHT, position: room },
    ],
    children: [
      new TextRun({ children: [new Tab(), ...(numbered ? [PageNumber.CURRENT] : [])] }),
      ...(document.invented ? [new TextRun({ children: [new Tab()] }), mark] : []),
    ],
  })
}
