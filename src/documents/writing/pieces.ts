import type { BoxName } from './layout.ts'
import type { ColumnAlign, DocumentTable, HeadingLevel } from './model.ts'

/** A table cell set to one side. */
export type CellStyle = 'tableCell' | 'tableCell-center' | 'tableCell-right'

/** What a paragraph may be: a box, a level of heading, a cell. */
export type StyleName = BoxName | HeadingLevel | CellStyle

/** How a paragraph is set; lengths in twentieths of a point, `lines` in lines. What is left out is the style's. */
export interface Setting {
  alignment?: 'left' | 'center' | 'right' | 'both'
  indent?: { left?: number; hanging?: number; firstLine?: number }
  spacing?: { before?: number; after?: number; lines?: number }
  keepNext?: boolean
  keepLines?: boolean
}

/** Text of one weight; `\n` where the writer broke the line. */
export interface Run {
  text: string
  bold?: boolean
  /** Small, above the line: a mark that leads to a note. */
  raised?: boolean
  /** The place in the document it leads to, by the mark that names it. */
  leadsTo?: string
  /** A blank at which no line ends stands before it. */
  isApart?: boolean
  /** It is the place to which a mark of this name leads. */
  place?: string
}

/**
 * A piece of a page as it is set, whatever file it goes into. Everything that decides how a document looks is decided
 * where pieces are made; `docx-pieces.ts` and `pdf-pieces.ts` only carry it over.
 */
export type Piece =
  | { type: 'paragraph'; style: StyleName; runs: Run[]; setting: Setting }
  /** A line `lengthTwips` long in the middle of `roomTwips`. */
  | { type: 'rule'; lengthTwips: number; roomTwips: number; setting: Setting }
  /** A word in a red frame, in the middle of `roomTwips`. */
  | { type: 'stamp'; text: string; widthTwips: number; heightTwips: number; roomTwips: number }
  /** Things side by side. */
  | { type: 'columns'; widths: readonly number[]; rows: Piece[][][] }
  /** A table with rules; `keepsTogether`: a short one stays on one page with the line under it; `breaksRows`: in Word long rows go on over the page. */
  | { type: 'table'; table: DocumentTable; widthTwips: number; keepsTogether: boolean; breaksRows?: true }
  /** A small space between a table and the text after it. */
  | { type: 'gap' }

/** Pages of one kind, numbered from 1. */
export interface Section {
  landscape: boolean
  /** A line at the foot of the first page. */
  foot: string | null
  pieces: Piece[]
}

/** A document ready to be written: pages, and what the file says of itself. */
export interface Pages {
  title: string
  author: string
  /** Language of the text, as BCP 47 has it. */
  locale: string
  /** `2026-02-05`; null or less than a day = the file has no date. */
  date: string | null
  invented: boolean
  sections: Section[]
}

/** A paragraph in a style. */
export function paragraph(style: StyleName, text: string, setting: Setting = {}): Piece {
  return { type: 'paragraph', style, runs: [{ text }], setting }
}

/** A paragraph in a style with a raised mark after its words. */
export function marked(style: StyleName, text: string, mark: string | undefined, setting: Setting = {}): Piece {
  const runs: Run[] = [{ text }, ...(mark === undefined ? [] : [{ text: mark, raised: true, leadsTo: mark }])]
  return { type: 'paragraph', style, runs, setting }
}

/** A mark as the name of its place in a file: letters and digits, so that every program finds it. */
export function placeNamed(mark: string): string {
  return `mark_${[...mark].map((letter) => (/[a-z0-9]/i.test(letter) ? letter : letter.codePointAt(0)?.toString(16))).join('_')}`.slice(
    0,
    40,
  )
}

/** A paragraph that opens with a label in bold. */
export function labelled(style: StyleName, label: string, text: string, setting: Setting = {}): Piece {
  return { type: 'paragraph', style, runs: [{ text: `${label.trim()} `, bold: true }, { text }], setting }
}

/** A rule of `lengthTwips`, centred in a space of `roomTwips`. */
export function rule(lengthTwips: number, roomTwips: number, setting: Setting = {}): Piece {
  return { type: 'rule', lengthTwips, roomTwips, setting }
}

/** Space above and under a paragraph in points; what is left out is the style's. */
export function space(pt: { before?: number; after?: number }): Setting {
  return {
    spacing: {
      ...(pt.before !== undefined && { before: pt.before * 20 }),
      ...(pt.after !== undefined && { after: pt.after * 20 }),
    },
  }
}

/** The style of a table cell set to one side. */
export function cellStyle(align: ColumnAlign): CellStyle {
  return align === 'left' ? 'tableCell' : `tableCell-${align}`
}
