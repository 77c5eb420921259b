import { BorderStyle, Paragraph, TextRun } from 'docx'
import type { IParagraphOptions } from 'docx'
import type { BoxName, OfficialLayout } from './layout.ts'
import type { HeadingLevel } from './model.ts'
import { pointTwips } from './measure.ts'
import { RULE_STYLE } from './styles.ts'
import type { CellStyle } from './styles.ts'
import { linesOf, printable } from './text.ts'

/** Options of a single paragraph beyond its style. */
export type Extra = Pick<IParagraphOptions, 'alignment' | 'keepNext' | 'keepLines' | 'tabStops' | 'indent' | 'spacing'>

/** The one place where text becomes part of the document: cleaned, its lines kept. */
function runsOf(text: string): TextRun[] {
  const lines = linesOf(printable(text))
  return lines.map((line, index) => new TextRun(index === 0 ? { text: line } : { text: line, break: 1 }))
}

/** A paragraph in a style: a box, a level of heading, or a cell set to one side. */
export function paragraph(style: BoxName | HeadingLevel | CellStyle, text: string, extra: Extra = {}): Paragraph {
  return new Paragraph({ style, children: runsOf(text), ...extra })
}

/** A paragraph that opens with a label in bold. */
export function labelled(style: BoxName, label: string, text: string, extra: Extra = {}): Paragraph {
  const opening = new TextRun({ text: `${printable(label)} `, bold: true })
  return new Paragraph({ style, children: [opening, ...runsOf(text)], ...extra })
}

/** A rule of `lengthTwips`, centred in a space of `roomTwips`. */
export function rule(lengthTwips: number, roomTwips: number, layout: OfficialLayout, extra: Extra = {}): Paragraph {
  const side = Math.max(0, Math.round((roomTwips - lengthTwips) / 2))
  return new Paragraph({
    style: RULE_STYLE,
    indent: { left: side, right: side },
    border: {
      top: { style: BorderStyle.SINGLE, size: Math.round(layout.letterhead.rulePt * 8), space: 1, color: '000000' },
    },
    children: [],
    ...extra,
  })
}

/** Space above and under a paragraph in points; what is left out is the style's. */
export function space(pt: { before?: number; after?: number }): Extra {
  return {
    spacing: {
      ...(pt.before !== undefined && { before: pointTwips(pt.before) }),
      ...(pt.after !== undefined && { after: pointTwips(pt.after) }),
    },
  }
}
