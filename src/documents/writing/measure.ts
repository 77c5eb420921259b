import type { OfficialLayout, TypeSetting } from './layout.ts'

/** Millimetres to twentieths of a point. */
export function twips(mm: number): number {
  return Math.round((mm * 1440) / 25.4)
}

/** Points to twentieths of a point. */
export function pointTwips(pt: number): number {
  return Math.round(pt * 20)
}

/** Room between the left and right margin in twips, on upright or turned paper. */
export function contentTwips(layout: OfficialLayout, landscape: boolean): number {
  const { page } = layout
  return twips((landscape ? page.heightMm : page.widthMm) - page.leftMm - page.rightMm)
}

/** Length of a line of bold text in twips. Letters with accents are as wide as without. */
export function boldLineTwips(text: string, setting: TypeSetting, layout: OfficialLayout): number {
  let thousandths = 0
  for (const letter of text.normalize('NFD').replace(/\p{M}/gu, '')) {
    thousandths += layout.font.boldAdvance.find(([, letters]) => letters.includes(letter))?.[0] ?? 500
  }
  return Math.round((thousandths / 1000) * pointTwips(setting.pt))
}
