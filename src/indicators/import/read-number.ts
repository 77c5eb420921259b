/** The sign before decimals: `1.234,5` has the comma. */
export type DecimalSign = '.' | ','

export type ReadNumber = { value: number } | { code: 'number-unreadable' | 'number-ambiguous' }

const unreadable: ReadNumber = { code: 'number-unreadable' }

/** Groups of three parted by a space; spaces of every kind were made one when the sheet was read. */
const spaced = /^-?\d{1,3}( \d{3})+(?=[.,]|$)/

/**
 * Reads a number as people write it in any of the languages: `1.234,5`, `1,234.5`, `1 234,5`, `1234.5`, `1.5E+05`.
 *
 * @param sign what whoever brings the file in said of its decimals; null = only what can be read in one way is read, so that
 * `1.234`, which may be a thousand or one and a bit, is refused and never guessed
 */
export function readNumber(words: string, sign: DecimalSign | null): ReadNumber {
  const text = (spaced.test(words) ? words.replace(spaced, (head) => head.replaceAll(' ', '')) : words).replace(
    '−',
    '-',
  )
  if (!/^-?\d[\d.,]*(E[+-]?\d{1,3})?$/i.test(text)) return unreadable
  const [amount = '', exponent] = text.split(/E/i)
  const signs = [...amount].filter((letter) => letter === '.' || letter === ',')
  const decimal =
    signs.length === 0 ? (sign ?? '.') : decimalOf(amount, signs, { sign, isPower: exponent !== undefined })
  if (decimal === undefined) return unreadable
  if (decimal === 'ambiguous') return { code: 'number-ambiguous' }
  const group = decimal === '.' ? ',' : '.'
  const [whole = '', ...parts] = amount.split(decimal)
  if (parts.length > 1 || parts[0]?.includes(group) === true || parts[0] === '') return unreadable
  if (whole.includes(group) && !isGrouped(whole, group)) return unreadable
  const plain = `${whole.replaceAll(group, '')}${parts[0] === undefined ? '' : `.${parts[0]}`}`
  const value = Number(exponent === undefined ? plain : `${plain}E${exponent}`)
  return Number.isFinite(value) ? { value } : unreadable
}

/** Which sign parts the decimals; undefined where none can. */
function decimalOf(
  amount: string,
  signs: readonly string[],
  of: { sign: DecimalSign | null; isPower: boolean },
): DecimalSign | 'ambiguous' | undefined {
  if (of.sign !== null) return of.sign
  const [first, last] = [signs[0], signs.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const other = (sign: string): DecimalSign => (sign === '.' ? ',' : '.')
  if (first !== last) return last === '.' ? '.' : ','
  if (signs.length > 1) return other(first)
  const couldBeGroup = /^-?[1-9]\d{0,2}[.,]\d{3}$/.test(amount) && !of.isPower
  if (couldBeGroup) return 'ambiguous'
  return first === '.' ? '.' : ','
}

function isGrouped(whole: string, group: DecimalSign): boolean {
  const [head = '', ...rest] = whole.replace('-', '').split(group)
  return /^[1-9]\d{0,2}$/.test(head) && rest.every((part) => /^\d{3}$/.test(part))
}
