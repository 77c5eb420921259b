import { HeightRule, LineRuleType } from 'docx'
import type { IParagraphStyleOptions, IStylesOptions } from 'docx'
import type { BoxName, OfficialLayout, TypeSetting } from './layout.ts'
import { HeadingLevel } from './model.ts'
import { cellStyle } from './pieces.ts'
import type { Setting } from './pieces.ts'
import { boxSettings, headingSetting } from './settings.ts'

type ParagraphSetting = NonNullable<IParagraphStyleOptions['paragraph']>

/** Half-points, font and slant of a setting as the library wants them. */
function run(setting: TypeSetting): IParagraphStyleOptions['run'] {
  return { size: setting.pt * 2, ...(setting.bold && { bold: true }), ...(setting.italic && { italics: true }) }
}

/** A setting as the library wants it; line spacing in 240ths of a line. */
export function docxSetting({ spacing, ...setting }: Setting): ParagraphSetting {
  if (spacing === undefined) return setting
  const { lines, ...around } = spacing
  return {
    ...setting,
    spacing: {
      ...around,
      ...(lines !== undefined && { line: Math.round(lines * 240), lineRule: LineRuleType.AUTO }),
    },
  }
}

/** The style of a rule: an empty line with a border above. */
export const RULE_STYLE = 'rule'

/** All styles of the document. Text carries only the name of its style, so officers change a box in one place. */
export function stylesOf(layout: OfficialLayout, locale: string): IStylesOptions {
  const settings = boxSettings(layout)
  const boxes = (Object.keys(settings) as BoxName[]).map((box) => ({
    id: box,
    name: box,
    basedOn: 'Normal',
    run: { ...run(layout.boxes[box]), ...(box === 'stamp' && { color: stampColour }) },
    paragraph: docxSetting(settings[box]),
  }))
  const sided = (['center', 'right'] as const).map((side) => ({
    id: cellStyle(side),
    name: cellStyle(side),
    basedOn: 'tableCell',
    paragraph: { alignment: side },
  }))
  return {
    default: {
      document: {
        run: {
          font: layout.font.name,
          size: layout.boxes.body.pt * 2,
          color: '000000',
          language: { value: locale, eastAsia: locale },
        },
      },
    },
    paragraphStyles: [...boxes, ...sided, ...headingStyles(layout), ruleStyle()],
  }
}

/** The red of stamps, in Word and PDF alike. */
export const stampColour = 'C00000'

function headingStyles(layout: OfficialLayout): IParagraphStyleOptions[] {
  return HeadingLevel.options.map((level, depth): IParagraphStyleOptions => {
    const { bold } = layout.headings[level]
    return {
      id: level,
      name: level,
      basedOn: 'body',
      run: run(layout.headings[level]),
      paragraph: { ...docxSetting(headingSetting(level, layout)), ...(bold && { outlineLevel: depth }) },
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
      alignment: 'center',
      spacing: { before: 60, after: 0, line: 80, lineRule: HeightRule.EXACT },
    },
  }
}
