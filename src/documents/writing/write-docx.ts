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
import { docxOf } from './docx-pieces.ts'
import type { OfficialLayout } from './layout.ts'
import { contentTwips, twips } from './measure.ts'
import type { OfficialDocument } from './model.ts'
import { repack } from './package.ts'
import type { Pages } from './pieces.ts'
import { setPages } from './set-pages.ts'
import { stylesOf } from './styles.ts'
import { onOneLine, printable } from './text.ts'

/**
 * Writes an official document as a Word file.
 *
 * @returns the .docx; the same document and layout give the same bytes
 * @source ECMA-376 part 1
 */
export function writeDocx(document: OfficialDocument, layout: OfficialLayout): Promise<Uint8Array> {
  return docxFile(setPages(document, layout), layout)
}

/** Pages as a Word file. */
export async function docxFile(pages: Pages, layout: OfficialLayout): Promise<Uint8Array> {
  const file = new Document({
    title: pages.title,
    creator: pages.author,
    lastModifiedBy: pages.author,
    styles: stylesOf(layout, pages.locale),
    sections: pages.sections.map(({ pieces, landscape, foot }) =>
      section(docxOf(pieces, layout), { invented: pages.invented, layout, landscape, foot }),
    ),
  })
  return repack(new Uint8Array(await Packer.toArrayBuffer(file)), pages.date)
}

interface SectionSetting {
  invented: boolean
  layout: OfficialLayout
  landscape: boolean
  /** A line at the foot of the first page. */
  foot: string | null
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
function pageHead({ invented, layout, landscape }: SectionSetting, numbered: boolean): Paragraph {
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
      ...(invented ? [new TextRun({ children: [new Tab()] }), mark] : []),
    ],
  })
}
