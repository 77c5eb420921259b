/**
 * A number as a person or a spreadsheet writes it in a language: `1.234,5` where the comma is the decimal sign. A sign of groups that
 * cannot be one (`12.5`, `0.125`) is the decimal sign of another program.
 *
 * @returns null for nothing, undefined for what is no number
 */
export function readNumber(typed: string, locale: string): number | null | undefined {
  const text = typed.replace(/[\s\u00a0\u202f]/g, '').replace(/^[−–]/, '-')
  if (text === '') return null
  const decimal = decimalSignOf(locale)
  const group = decimal === ',' ? '.' : ','
  const shape = (sign: string, by: string) => new RegExp(`^-?[1-9]\\d{0,2}(\\${by}\\d{3})+(\\${sign}\\d+)?$`)
  if (shape(decimal, group).test(text)) return Number(text.replaceAll(group, '').replace(decimal, '.'))
  if (shape(group, decimal).test(text) && text.includes(group))
    return Number(text.replaceAll(decimal, '').replace(group, '.'))
  const plain = text.replace(decimal, '.')
  return /^-?\d+([.,]\d+)?$/.test(text) ? Number(plain.replace(',', '.')) : undefined
}

/** A number as it is amended: without signs of groups, which one more digit would turn into another number. */
export function plainly(typed: string, locale: string): string {
  const value = readNumber(typed, locale)
  if (value === null || value === undefined) return typed
  return new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 20 }).format(value)
}

function decimalSignOf(locale: string): string {
  return new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.'
}
