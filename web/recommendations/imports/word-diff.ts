/** A run of words, and whether both texts have it. */
export type Run = { words: string; isOwn: boolean }

/** Above so many pairs of words the middle of the texts is marked whole. */
const mostPairs = 4_000_000

/** What two texts have of their own: runs of the one and of the other; joined again each is its text. */
export function diffWords(here: string, there: string): { here: Run[]; there: Run[] } {
  const [a, b] = [wordsOf(here), wordsOf(there)]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  const [own, other] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  const [fromOwn, fromOther] = commonOf(own, other)
  const mark = (all: readonly string[], middle: readonly string[], common: ReadonlySet<number>): Run[] => {
    const isOwn = (at: number) => at >= start && at < start + middle.length && !common.has(at - start)
    return runsOf(all.map((words, at) => ({ words, isOwn: isOwn(at) })))
  }
  return { here: mark(a, own, fromOwn), there: mark(b, other, fromOther) }
}

/** Words, and the signs between them, each with the space after it: a comma more does not make another word. */
function wordsOf(text: string): string[] {
  return text.match(/\s*(?:[,;:.]+|[^\s,;:.]+)\s*/gu) ?? (text === '' ? [] : [text])
}

/** Places of the longest common run of words, in each. */
function commonOf(a: readonly string[], b: readonly string[]): [Set<number>, Set<number>] {
  const places: [Set<number>, Set<number>] = [new Set(), new Set()]
  if (a.length * b.length > mostPairs) return places
  const wide = b.length + 1
  const longest = new Uint16Array((a.length + 1) * wide)
  const at = (i: number, j: number) => longest[i * wide + j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      longest[i * wide + j] = isSame(a[i], b[j]) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  for (let [i, j] = [0, 0]; i < a.length && j < b.length;) {
    if (isSame(a[i], b[j])) {
      places[0].add(i)
      places[1].add(j)
      i += 1
      j += 1
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return places
}

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one?.trim() === other?.trim()
}

function runsOf(words: readonly Run[]): Run[] {
  const runs: Run[] = []
  for (const one of words) {
    const last = runs.at(-1)
    if (last?.isOwn === one.isOwn) last.words += one.words
    else runs.push({ ...one })
  }
  return runs
}
