/**
 * What XML 1.0 cannot carry (control characters, U+FFFE, U+FFFF), and what would let a reader see another text than the
 * one signed: characters that turn the direction of writing, or that have no width.
 */
const UNPRINTABLE = /[\p{Cc}\uFFFE\uFFFF\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu

/**
 * Puts text in the form in which it is printed: NFC, line breaks as `\n`, nothing that cannot be seen.
 * Whitespace at both ends goes; a tab becomes a space.
 */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/u)
    .map((line) => line.replaceAll('\t', ' ').replace(UNPRINTABLE, '').trim())
    .join('\n')
    .trim()
}

/** The lines a person typed, without the empty ones. */
export function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}

/** The same text on one line. */
export function onOneLine(text: string): string {
  return linesOf(text).join(' ')
}
