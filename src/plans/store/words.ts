import { foldName } from '#territory/model'

/** Words of a search as a prefix query over folded text, or undefined when nothing is left of them. */
export function prefixQuery(search: string | undefined): string | undefined {
  const words = foldName(search ?? '')
    .split(' ')
    .filter((word) => word !== '')
  return words.length === 0 ? undefined : words.map((word) => `${word}:*`).join(' & ')
}
