import type { BoxName, OfficialLayout, TypeSetting } from './layout.ts'
import { pointTwips, twips } from './measure.ts'
import { HeadingLevel } from './model.ts'
import type { CellStyle, Setting, StyleName } from './pieces.ts'

/** A style in full: its letters and its paragraph. */
export interface StyleSetting {
  type: TypeSetting
  paragraph: Setting
}

/** How the paragraphs of each box are set. Spacing that the decree leaves open is chosen to look like the models in its annex. */
export function boxSettings(layout: OfficialLayout): Record<BoxName, Setting> {
  const after = pointTwips(layout.paragraph.afterPt)
  const centred = { alignment: 'center' } as const
  const running = {
    alignment: 'both',
    indent: { firstLine: twips(layout.paragraph.firstLineMm) },
    spacing: { after, lines: layout.paragraph.lines },
  } as const
  const cell = { spacing: { before: 20, after: 20, lines: layout.table.lines } }
  return {
    nationalName: centred,
    motto: centred,
    parentAgency: centred,
    agency: centred,
    number: { ...centred, spacing: { before: after } },
    draftMark: { ...centred, spacing: { before: after } },
    stamp: centred,
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
    recipients: { alignment: 'left' },
    annexLabel: { ...centred, keepNext: true },
    annexTitle: { ...centred, keepNext: true },
    annexReference: { ...centred, keepNext: true, spacing: { after: 240 } },
    authority: { ...centred, keepNext: true, spacing: { before: pointTwips(6), after: pointTwips(6) } },
    addressLine: centred,
    tableHeading: { ...cell, alignment: 'center', keepNext: true },
    tableGroup: { ...cell, keepNext: true },
    tableCell: cell,
    pageNumber: centred,
    inventedMark: { alignment: 'right' },
  }
}

/** What a level of heading changes in the body's paragraph. */
export function headingSetting(level: HeadingLevel, layout: OfficialLayout): Setting {
  const setting = layout.headings[level]
  return {
    ...(setting.bold && { keepNext: true }),
    ...(setting.centred && { alignment: 'center', indent: { firstLine: 0 } }),
  }
}

/** A style in full, with what it is based on. */
export function styleSetting(style: StyleName, layout: OfficialLayout): StyleSetting {
  const boxes = boxSettings(layout)
  if (isHeading(style)) {
    const paragraph = { ...boxes.body, ...headingSetting(style, layout) }
    return { type: layout.headings[style], paragraph }
  }
  if (isSidedCell(style)) {
    const alignment = style === 'tableCell-center' ? 'center' : 'right'
    return { type: layout.boxes.tableCell, paragraph: { ...boxes.tableCell, alignment } }
  }
  return { type: layout.boxes[style], paragraph: boxes[style] }
}

function isHeading(style: StyleName): style is HeadingLevel {
  return HeadingLevel.safeParse(style).success
}

function isSidedCell(style: StyleName): style is Exclude<CellStyle, 'tableCell'> {
  return style === 'tableCell-center' || style === 'tableCell-right'
}
