import type { IndicatorRow } from '#indicators/model'

/** Letters without their marks, so that a name is found with and without. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase()
}

/** Whether every word typed stands in the names of an indicator, its measures or its number. */
export function isFoundIn(one: IndicatorRow, typed: string): boolean {
  const words = plain([one.name, one.code, ...one.measures.map(({ name }) => name)].join(' '))
  return plain(typed)
    .split(/\s+/)
    .every((word) => words.includes(word))
}
