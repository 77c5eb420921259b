import { BorderStyle, Paragraph, TextRun } from 'docx'
import type { IParagraphOptions } from 'docx'
import type { BoxName, OfficialLayout } from './layout.ts'
import type { HeadingLevel } from './model.ts'
import { pointTwips } from './measure.ts'
import { RULE_STYLE } from './styles.ts'
import { linesOf, printable } from './text.ts'

/** Options of a single paragraph beyond its style. */
export type Extra = Pick<IParagraphOptions, 'keepNext' | 'keepLines' | 'tabStops' | 'indent' | 'spacing'>

/** The one place where text becomes part of the document: cleaned, its lines kept. */
export function runsOf(text: string): TextRun[] {
  const lines = linesOf(printable(text))
  return lines.map((line, index) => new TextRun(index === 0 ? { text: line } : { text: line, break: 1 }))
}

/** A paragraph in a style: a box, a level of heading, or a cell set to one side. */
export function paragraph(
  style: BoxName | HeadingLevel | `tableCell-${string}`,
  text: string,
  extra: Extra = {},
): Paragraph {
  return new Paragraph({ style, children: runsOf(text), ...extra })
}

/** A rule of `lengthTwips`, centred in a space of `roomTwips`. */
export function rule(lengthTwips: number, roomTwips: number, layout: OfficialLayout): Paragraph {
  const side = Math.max(0, Math.round((roomTwips - lengthTwips) / 2))
  return new Paragraph({
    style: RULE_STYLE,
    indent: { left: side, right: side },
    border: {
      top: { style: BorderStyle.SINGLE, size: Math.round(layout.letterhead.rulePt * 8), space: 1, color: '000000' },
    },
    children: [],
  })
}

/** Space above, in points. */
export function spaceBefore(pt: number): Extra {
  return { spacing: { before: pointTwips(pt) } }
}
