import type { Books } from './input/records.ts'
import { stir } from './values/ints.ts'

/** A number per record that its id makes, the same in whatever order rows stand. */
export function ranksOf({ ids, firsts }: Books, count: number): Int32Array {
  const ranks = new Int32Array(count)
  ids.forEach((dictionary, file) => {
    const first = firsts[file] ?? 0
    for (let row = 0; row < dictionary.count; row++)
      ranks[first + row] = stir((dictionary.hashes[row + 1] ?? 0) ^ 0x51ed270b) & 0x7fffffff
  })
  return ranks
}
