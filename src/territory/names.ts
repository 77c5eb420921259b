/**
 * Search keys of names. Everything that searches or matches a name goes through these functions, in the browser and
 * on the server, so that a name typed without marks, with marks placed the other way or with another apostrophe is found.
 */

/** Letters that carry a stroke or a bar instead of a mark, and so do not come apart in NFD. */
const strokedLetters: Record<string, string> = {
  đ: 'd',
  ð: 'd',
  ø: 'o',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
}
const strokedPattern = /[đðøłħıæœß]/g
/** Straight, curly, modifier and prime apostrophes, the grave and acute used in their place, zero-width marks. */
const apostrophes = /['’‘‛ʼʻ`´′\u200b-\u200d\u2060\ufeff]/g
const combiningMarks = /\p{M}/gu
/** The marks that tell a tone: grave, acute, tilde, hook above, dot below. Other marks belong to the letter. */
const toneMarks = /[\u0300\u0301\u0303\u0309\u0323]/g

/** Everything that is neither a letter nor a digit parts words, and several such count as one space. */
function separateWords(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim()
}

/**
 * The search key of a name: lower case, without tone marks and diacritics, apostrophes dropped, hyphens, dots and
 * repeated spaces made one space. `Hoà`, `Hòa` and `hoa` give the same key; so do `Ea H’Leo` and `Ea H'leo`.
 *
 * @param text any name, composed or decomposed
 * @returns words of letters and digits parted by single spaces; empty when the text holds neither
 */
export function foldName(text: string): string {
  const bare = text.normalize('NFC').toLowerCase().replace(apostrophes, '')
  const plain = bare.normalize('NFD').replace(combiningMarks, '')
  return separateWords(plain.replace(strokedPattern, (letter) => strokedLetters[letter] ?? letter))
}

/**
 * A stricter key that keeps every mark but not the place of the tone within its word: `Hoà` = `Hòa` ≠ `Hoa`.
 * Used to put exact answers first when a person took the trouble to type the marks.
 */
export function markedKey(text: string): string {
  const bare = text.normalize('NFC').toLowerCase().replace(apostrophes, '')
  return separateWords(bare)
    .split(' ')
    .map((word) => {
      const parts = word.normalize('NFD')
      const tones = parts.match(toneMarks) ?? []
      return parts.replace(toneMarks, '').normalize('NFC') + tones.sort().join('')
    })
    .join(' ')
}

/** Letters of a country's spelling that people exchange, applied in order to a folded name. */
export type SpellingRule = readonly [from: string, to: string]

/**
 * A key that forgives the spellings a country is known to confuse (given by the country) and word division.
 * It joins names that differ in truth too: use it to propose, never to decide.
 *
 * @param text a name, folded or not
 * @param rules replacements on the folded text, in order; the text is framed by spaces so that a rule can name a word
 */
export function foldLoose(text: string, rules: readonly SpellingRule[]): string {
  let key = ` ${foldName(text)} `
  for (const [from, to] of rules) key = key.replaceAll(from, to)
  return key.replaceAll(' ', '').replace(/(.)\1+/gu, '$1')
}

/**
 * Parts the word for the kind of unit from the name proper: `Thị trấn Chợ Lầu` → `thi tran`, `cho lau`.
 *
 * @param text a name, folded or not
 * @param prefixes folded words and abbreviations for kinds of unit, any order; the longest that fits is taken
 * @returns `prefix` null and the whole folded name when no prefix fits or nothing would be left
 */
export function splitPrefix(text: string, prefixes: readonly string[]): { prefix: string | null; rest: string } {
  const folded = foldName(text)
  let best: string | null = null
  for (const prefix of prefixes) {
    if (folded.startsWith(`${prefix} `) && prefix.length > (best?.length ?? 0)) best = prefix
  }
  return best === null ? { prefix: null, rest: folded } : { prefix: best, rest: folded.slice(best.length + 1) }
}

/**
 * How alike two keys are: 1 the same, 0 nothing in common. Edits (insert, drop, change, swap of neighbours) over the
 * longer length; symmetric.
 */
export function similarity(left: string, right: string): number {
  if (left === right) return 1
  const longest = Math.max(left.length, right.length)
  return longest === 0 ? 1 : 1 - editDistance(left, right) / longest
}

function editDistance(left: string, right: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const changed = left[row - 1] === right[column - 1] ? 0 : 1
      let cost = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + changed)
      const isSwap = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      if (isSwap) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1)
      current.push(cost)
    }
    beforeLast = last
    last = current
  }
  return last[right.length] ?? 0
}
