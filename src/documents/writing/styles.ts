import { AlignmentType, HeightRule, LineRuleType } from 'docx'
import type { IParagraphStyleOptions, IStylesOptions } from 'docx'
import type { BoxName, OfficialLayout, TypeSetting } from './layout.ts'
import { pointTwips, twips } from './measure.ts'
import { HeadingLevel } from './model.ts'

type ParagraphSetting = NonNullable<IParagraphStyleOptions['paragraph']>

/** Half-points, font and slant of a setting as the library wants them. */
function run(setting: TypeSetting): IParagraphStyleOptions['run'] {
  return { size: setting.pt * 2, ...(setting.bold && { bold: true }), ...(setting.italic && { italics: true }) }
}

/** Line spacing in 240ths of a line. */
function lines(count: number): { line: number; lineRule: (typeof LineRuleType)['AUTO'] } {
  return { line: Math.round(count * 240), lineRule: LineRuleType.AUTO }
}

/** How the paragraphs of each box are set. Spacing that the decree leaves open is chosen to look like the models in its annex. */
function boxParagraphs(layout: OfficialLayout): Record<BoxName, ParagraphSetting> {
  const after = pointTwips(layout.paragraph.afterPt)
  const centred = { alignment: AlignmentType.CENTER }
  const running = {
    alignment: AlignmentType.BOTH,
    indent: { firstLine: twips(layout.paragraph.firstLineMm) },
    spacing: { after, ...lines(layout.paragraph.lines) },
  }
  const cell = { spacing: { before: 20, after: 20, ...lines(layout.table.lines) } }
  return {
    nationalName: centred,
    motto: centred,
    parentAgency: centred,
    agency: centred,
    number: { ...centred, spacing: { before: after } },
    draftMark: { ...centred, spacing: { before: after } },
    placeAndDate: { ...centred, spacing: { before: after } },
    kind: { ...centred, keepNext: true, spacing: { before: 240 } },
    title: { ...centred, keepNext: true, keepLines: true },
    letterTitle: { ...centred, spacing: { before: pointTwips(6) } },
    addressees: { spacing: { before: after } },
    bases: running,
    body: running,
    note: running,
    signature: { ...centred, keepNext: true },
    signatory: { ...centred, spacing: { before: pointTwips(layout.signature.spaceForNamePt) } },
    recipientsLabel: { keepNext: true },
    recipients: { alignment: AlignmentType.LEFT },
    annexLabel: { ...centred, keepNext: true },
    annexTitle: { ...centred, keepNext: true },
    annexReference: { ...centred, keepNext: true, spacing: { after: 240 } },
    authority: { ...centred, keepNext: true, spacing: { before: pointTwips(6), after: pointTwips(6) } },
    addressLine: centred,
    tableHeading: { ...cell, alignment: AlignmentType.CENTER, keepNext: true },
    tableGroup: { ...cell, keepNext: true },
    tableCell: cell,
    pageNumber: centred,
    inventedMark: { alignment: AlignmentType.RIGHT },
  }
}

export type CellStyle = 'tableCell' | 'tableCell-center' | 'tableCell-right'

/** The style of a table cell set to one side. */
export function cellStyle(align: 'left' | 'center' | 'right'): CellStyle {
  return align === 'left' ? 'tableCell' : `tableCell-${align}`
}

/** The style of a rule: an empty line with a border above. */
export const RULE_STYLE = 'rule'

/** All styles of the document. Text carries only the name of its style, so officers change a box in one place. */
export function stylesOf(layout: OfficialLayout): IStylesOptions {
  const paragraphs = boxParagraphs(layout)
  const boxes = (Object.keys(paragraphs) as BoxName[]).map((box) => ({
    id: box,
    name: box,
    basedOn: 'Normal',
    run: run(layout.boxes[box]),
    paragraph: paragraphs[box],
  }))
  const sided = (['center', 'right'] as const).map((side) => ({
    id: cellStyle(side),
    name: cellStyle(side),
    basedOn: 'tableCell',
    paragraph: { alignment: side === 'center' ? AlignmentType.CENTER : AlignmentType.RIGHT },
  }))
  return {
    default: {
      document: {
        run: {
          font: layout.font.name,
          size: layout.boxes.body.pt * 2,
          color: '000000',
          language: { value: layout.locale, eastAsia: layout.locale },
        },
      },
    },
    paragraphStyles: [...boxes, ...sided, ...headingStyles(layout), ruleStyle()],
  }
}

function headingStyles(layout: OfficialLayout): IParagraphStyleOptions[] {
  return HeadingLevel.options.map((level, depth): IParagraphStyleOptions => {
    const setting = layout.headings[level]
    return {
      id: level,
      name: level,
      basedOn: 'body',
      run: run(setting),
      paragraph: {
        ...(setting.bold && { keepNext: true, outlineLevel: depth }),
        ...(setting.centred && { alignment: AlignmentType.CENTER, indent: { firstLine: 0 } }),
      },
    }
  })
}

/** Two points high, so that the rule hangs close under its line. */
function ruleStyle(): IParagraphStyleOptions {
  return {
    id: RULE_STYLE,
    name: RULE_STYLE,
    basedOn: 'Normal',
    run: { size: 4 },
    paragraph: {
      alignment: AlignmentType.CENTER,
      spacing: { before: 60, after: 0, line: 80, lineRule: HeightRule.EXACT },
    },
  }
}
