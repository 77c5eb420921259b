import { contentTwips, paragraph, space, type DocumentTemplates, type Pages } from '#documents'
import type { Catalogue } from '#platform'
import type { Language } from '#platform/model'
import { matrixColumns, type Matrix, type MatrixColumn, type WordCounts } from './content.ts'
import { limitWords } from './counts.ts'

type Layout = DocumentTemplates['layout']

/** How wide each column is, by weight. */
const widths: Record<MatrixColumn, number> = {
  place: 11,
  text: 34,
  position: 12,
  terms: 15,
  done: 32,
  implementation: 17,
  assessment: 18,
}

/** What a matrix is set with beside itself. */
export type MatrixFrame = {
  say: Catalogue
  language: Language
  agency: string
  date: string
  counts: WordCounts
  limit: number | null
  invented: boolean
}

/** A matrix on turned pages: one table whose heads come again on each of them, and the table of word counts at the end. */
export function matrixPages(matrix: Matrix, country: Layout, frame: MatrixFrame): { pages: Pages; layout: Layout } {
  const { say, language, counts } = frame
  const layout = matrixLayout(country, say(language, 'plans.matrix-invented'))
  const widthTwips = contentTwips(layout, true)
  const said = (key: string, params: Record<string, string | number> = {}) =>
    say(language, `plans.matrix-${key}`, params)
  const number = new Intl.NumberFormat(language)
  const countTable = {
    columns: [
      { heading: said('count-section'), width: 60, align: 'left' as const },
      { heading: said('count-recommendations'), width: 20, align: 'right' as const },
      { heading: said('count-words'), width: 20, align: 'right' as const },
    ],
    groups: [
      {
        label: null,
        title: null,
        rows: [
          [said('count-head'), '', number.format(counts.head)],
          ...counts.sections.map((one) => [
            one.name ?? '',
            number.format(one.recommendations),
            number.format(one.words),
          ]),
        ],
      },
    ],
    total: [
      said('count-total'),
      number.format(counts.sections.reduce((sum, one) => sum + one.recommendations, 0)),
      number.format(counts.total),
    ],
  }
  const pages: Pages = {
    title: matrix.title,
    author: frame.agency,
    locale: language,
    date: frame.date,
    invented: frame.invented,
    sections: [
      matrixSection(matrix, layout),
      {
        landscape: true,
        foot: null,
        pieces: [
          paragraph('title', said('count-title'), space({ after: 6 })),
          paragraph('note', limitWords(frame), { indent: { firstLine: 0 } }),
          paragraph('note', said('count-how'), { indent: { firstLine: 0 } }),
          { type: 'gap' },
          { type: 'table', table: countTable, widthTwips, keepsTogether: false },
        ],
      },
    ],
  }
  return { pages, layout }
}

/** A matrix on turned pages: one table whose heads come again on each of them. */
export function matrixSection(matrix: Matrix, layout: Layout): Pages['sections'][number] {
  const table = {
    columns: matrixColumns.map((key) => ({ heading: matrix.heads[key], width: widths[key], align: 'left' as const })),
    groups: matrix.sections.map(({ label, name, rows }) => ({
      label,
      title: name,
      rows: rows.map(({ cells }) => matrixColumns.map((key) => cells[key])),
    })),
    total: null,
  }
  return {
    landscape: true,
    foot: null,
    pieces: [
      paragraph('title', matrix.title, space({ after: 6 })),
      ...matrix.about.map((line) => paragraph('note', line, { indent: { firstLine: 0 }, alignment: 'left' })),
      { type: 'gap' },
      { type: 'table', table, widthTwips: contentTwips(layout, true), keepsTogether: false, breaksRows: true },
    ],
  }
}

/** The country's page with letters of the size of tables, as seven columns need. */
export function matrixLayout(country: Layout, inventedMark: string): Layout {
  const { tableHeading, tableGroup, tableCell, note } = country.boxes
  return {
    ...country,
    boxes: {
      ...country.boxes,
      tableHeading: { ...tableHeading, pt: 9 },
      tableGroup: { ...tableGroup, pt: 10 },
      tableCell: { ...tableCell, pt: 9 },
      note: { ...note, pt: 11 },
    },
    page: { ...country.page, leftMm: country.page.rightMm, topMm: country.page.bottomMm },
    words: { ...country.words, inventedMark },
  }
}
