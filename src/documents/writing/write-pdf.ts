import pdfmake from 'pdfmake'
import type { Content, DynamicContent, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { OfficialLayout } from './layout.ts'
import { contentTwips, twips } from './measure.ts'
import { pdfFont, pdfFonts } from './pdf-fonts.ts'
import { pdfOf } from './pdf-pieces.ts'
import type { Pages, Section } from './pieces.ts'
import { onOneLine, printable } from './text.ts'

const faces = new Set(Object.values(pdfFonts).flatMap((font) => Object.values(font)))
pdfmake.setFonts(pdfFonts)
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => faces.has(path))

/**
 * Pages as a PDF: the same as in the Word file, with the letters embedded.
 *
 * @returns the .pdf; the same pages with a date give the same bytes, those without say when they were written
 * @source Decree 30/2020/NĐ-CP, annex I (page numbers from page 2, centred at the top; PDF from 1.4 on)
 */
export async function pdfFile(pages: Pages, layout: OfficialLayout): Promise<Uint8Array> {
  const { page } = layout
  const day = pages.date?.length === 10 ? pages.date : null
  const definition: TDocumentDefinitions = {
    version: '1.7',
    language: pages.locale,
    displayTitle: true,
    info: {
      title: pages.title,
      author: pages.author,
      ...(day !== null && { creationDate: new Date(`${day}T00:00:00Z`) }),
    },
    pageSize: 'A4',
    pageMargins: [points(page.leftMm), points(page.topMm), points(page.rightMm), points(page.bottomMm)],
    defaultStyle: { font: pdfFont, fontSize: layout.boxes.body.pt },
    content: pages.sections.map((section) => ({
      section: pdfOf(section.pieces, layout),
      pageSize: { width: points(page.widthMm), height: points(page.heightMm) },
      pageOrientation: section.landscape ? ('landscape' as const) : ('portrait' as const),
      pageMargins: 'inherit' as const,
      header: pageHead(section, pages.invented, layout),
      footer: pageFoot(section, layout),
    })),
  }
  return new Uint8Array(await pdfmake.createPdf(definition).getBuffer())
}

function points(mm: number): number {
  return twips(mm) / 20
}

/** The top margin: the number in the middle of every page but the section's first, the mark of invented content on the right. */
function pageHead({ landscape }: Section, invented: boolean, layout: OfficialLayout): DynamicContent {
  const { pageNumber, inventedMark } = layout.boxes
  const third = contentTwips(layout, landscape) / 60
  let first: number | undefined
  return (current): Content => {
    first ??= current
    const number = current === first ? '' : String(current - first + 1)
    const mark = invented ? printable(layout.words.inventedMark) : ''
    return {
      margin: [points(layout.page.leftMm), points(layout.page.headerMm), 0, 0],
      columns: [
        { width: third, text: '' },
        { width: third, text: number, alignment: 'center', fontSize: pageNumber.pt },
        { width: third, text: mark, alignment: 'right', fontSize: inventedMark.pt, italics: inventedMark.italic ?? false },
      ],
    } // prettier-ignore
  }
}

/** The agency's address under a rule, on the section's first page. */
function pageFoot({ foot, landscape }: Section, layout: OfficialLayout): DynamicContent {
  const room = contentTwips(layout, landscape) / 20
  let first: number | undefined
  return (current): Content => {
    first ??= current
    if (foot === null || current !== first) return ''
    return {
      margin: [points(layout.page.leftMm), 4, points(layout.page.rightMm), 0],
      stack: [
        { canvas: [{ type: 'line', x1: 0, x2: room, y1: 0, y2: 0, lineWidth: 0.75 }] },
        { text: onOneLine(printable(foot)), alignment: 'center', fontSize: layout.boxes.addressLine.pt, margin: [0, 2, 0, 0] },
      ],
    } // prettier-ignore
  }
}
