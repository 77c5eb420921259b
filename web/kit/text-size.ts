import { useState } from 'react'

/** Sizes of text one may choose, in percent of the browser's own. */
export const textSizes = [100, 125, 150, 200] as const
export type TextSize = (typeof textSizes)[number]

const kept = 'mangnon.text-size'

/** The size chosen in this browser. */
function keptTextSize(): TextSize {
  const asked = Number(localStorage.getItem(kept))
  return textSizes.find((size) => size === asked) ?? 100
}

/** A condition of a style sheet with its limits in `em` as wide as the text is large: `48em` at 200 % is `96em`. */
export function scaledCondition(condition: string, size: TextSize): string {
  return condition.replace(
    /(\d*\.?\d+)(r?em)\b/g,
    (_limit, ems: string, unit: string) => `${(Number(ems) * size) / 100}${unit}`,
  )
}

const conditions = new WeakMap<CSSMediaRule, string>()

function scaleRules(rules: CSSRuleList, size: TextSize): void {
  for (const rule of rules) {
    if (rule instanceof CSSMediaRule) {
      const own = conditions.get(rule) ?? rule.media.mediaText
      conditions.set(rule, own)
      const wanted = scaledCondition(own, size)
      if (rule.media.mediaText !== wanted) rule.media.mediaText = wanted
    }
    if (rule instanceof CSSImportRule && rule.styleSheet) scaleRules(rule.styleSheet.cssRules, size)
    if (rule instanceof CSSGroupingRule) scaleRules(rule.cssRules, size)
  }
}

/** The layout gives way to large text as it does to a narrow window: limits of the browser itself do not know our size. */
function scaleLimits(): void {
  for (const sheet of document.styleSheets) scaleRules(sheet.cssRules, keptTextSize())
}

function show(size: TextSize): void {
  document.documentElement.dataset.textSize = String(size)
  scaleLimits()
}

/** Shows all in the size chosen in this browser; once, before the first render. Style sheets of later pages follow. */
export function adoptTextSize(): void {
  show(keptTextSize())
  document.addEventListener('load', ({ target }) => target instanceof HTMLLinkElement && scaleLimits(), true)
}

/** The size of text, and how it is chosen. */
export function useTextSize(): { size: TextSize; choose: (size: TextSize) => void } {
  const [size, setSize] = useState(keptTextSize)
  return {
    size,
    choose: (wanted) => {
      localStorage.setItem(kept, String(wanted))
      show(wanted)
      setSize(wanted)
    },
  }
}
