import { isOneNibbleApart } from './dates.ts'

/** Levels of two identifiers; 0 stands for one that is missing. */
export const numberLevels = ['same', 'one-digit', 'different'] as const

const othersMark = 0x40000000

/**
 * How two packed identifiers relate, both there. Symmetric. One digit written wrongly or two neighbours exchanged is a slip.
 * That two personal numbers begin alike says nothing of its own: it follows from place, sex and year of birth.
 * @returns 1 to 3, an index into `numberLevels` from 1
 */
export function numberLevel(aHigh: number, aLow: number, bHigh: number, bLow: number): number {
  if (aHigh === bHigh && aLow === bLow) return 1
  if (((aHigh | bHigh) & othersMark) !== 0 || aHigh >>> 24 !== bHigh >>> 24) return 3
  const high = (aHigh ^ bHigh) & 0xffffff
  const low = aLow ^ bLow
  if (low === 0 && isOneNibbleApart(high, aHigh & 0xffffff, bHigh & 0xffffff)) return 2
  if (high === 0) return isOneNibbleApart(low, aLow, bLow) ? 2 : 3
  return isExchangedAcross(aHigh, aLow, bHigh, bLow) ? 2 : 3
}

/** Sixth and seventh digit exchanged, which stand in different words. */
function isExchangedAcross(aHigh: number, aLow: number, bHigh: number, bLow: number): boolean {
  if (((aHigh ^ bHigh) & 0xfffff0) !== 0 || ((aLow ^ bLow) & 0xfffff) !== 0) return false
  return (aHigh & 15) === aLow >>> 20 && (bHigh & 15) === bLow >>> 20
    ? false
    : (aHigh & 15) === bLow >>> 20 && (bHigh & 15) === aLow >>> 20
}
