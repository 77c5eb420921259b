import type { Say } from '../../kit/catalogue.ts'

/** Where a cell is, in words: its sheet and its address. */
export function placeWords(place: string, t: Say): string {
  const at = place.lastIndexOf('!')
  return t('workbooks.place', { sheet: place.slice(0, at), cell: place.slice(at + 1) })
}
