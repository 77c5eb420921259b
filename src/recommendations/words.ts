import { foldName } from '#territory/model'

/** Words so common that nobody is found by them; they are neither kept nor asked for. */
const common = new Set(
  (
    'a an and are as at be by for from in is it its of on or that the their this to which with ' +
    'au aux ce ces dans de des du en et la le les leur leurs par pour que qui sur un une ' +
    'ca cac cho co cua da de duoc la nhung trong va ve voi'
  ).split(' '),
)
/** Longer than any word: addresses and the like. */
const longestWord = 40
const folded = new Map<string, string[]>()
const mostRemembered = 100_000

/** The folded words of texts, once each: without marks, capitals and the most common ones. */
export function foldedWords(...texts: readonly string[]): string[] {
  const words = new Set<string>()
  for (const text of texts)
    for (const [raw] of text.matchAll(/[\p{L}\p{M}\p{N}'’]+/gu)) for (const word of foldWord(raw)) words.add(word)
  return [...words]
}

/** The folded words of one written word; none where it is too common to say anything. */
export function foldWord(raw: string): string[] {
  const before = folded.get(raw)
  if (before !== undefined) return before
  const words = foldName(raw)
    .split(' ')
    .filter((word) => word !== '' && word.length <= longestWord && !common.has(word))
  if (folded.size >= mostRemembered) folded.clear()
  folded.set(raw, words)
  return words
}

/**
 * What a person typed, as a query of the folded words: all must be there, the last may be unfinished. Undefined where
 * nothing is left to ask for.
 */
export function queryOf(typed: string): string | undefined {
  const words = foldedWords(typed).slice(0, 20)
  if (words.length === 0) return undefined
  const last = words.at(-1) ?? ''
  const isOpen = last.length >= 4 && !/\s$/u.test(typed)
  return words.map((word, at) => (isOpen && at === words.length - 1 ? `${word}:*` : word)).join(' & ')
}
