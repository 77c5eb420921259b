import { UnreadableDocument } from './errors.ts'
import type { EncodingGrammar } from './grammar.ts'
import { bestOf, decodings, withoutLegacy } from './legacy.ts'
import { limits } from './limits.ts'

/**
 * Text of a plain-text file: UTF-8 or UTF-16 with or without a mark, else the older encoding in which it reads as a
 * text of the country's language. Put in NFC, line ends made one kind.
 *
 * @throws UnreadableDocument `empty`, `too-large`, `binary`, `encoding`
 */
export function decodeText(bytes: Uint8Array, encodings: EncodingGrammar): string {
  return checked(bytes, () => {
    const text = unicodeOf(bytes)
    if (text !== null) return withoutLegacy(text, encodings)
    const western = decodedAs('windows-1252', bytes, false) ?? ''
    const best = bestOf([...codePages(bytes), ...decodings(western, encodings)], encodings)
    if (best === null) throw new UnreadableDocument('encoding')
    return best
  })
}

/**
 * Text of a marked-up file, in which fonts may still stand for encodings: only its bytes are decoded.
 *
 * @param declared the encoding the file itself names; believed where its bytes are no Unicode and read no better otherwise
 * @throws UnreadableDocument `empty`, `too-large`, `binary`
 */
export function decodeMarkup(bytes: Uint8Array, encodings: EncodingGrammar, declared: string | null): string {
  return checked(bytes, () => {
    const named = declared === null || /^utf-?8$/i.test(declared) ? null : decodedAs(declared, bytes, false)
    const western = decodedAs('windows-1252', bytes, false) ?? ''
    return (
      unicodeOf(bytes) ??
      bestOf([...(named === null ? [] : [named]), ...codePages(bytes)], encodings) ??
      named ??
      western
    )
  })
}

function checked(bytes: Uint8Array, decode: () => string): string {
  if (bytes.length === 0) throw new UnreadableDocument('empty')
  if (bytes.length > limits.textBytes) {
    throw new UnreadableDocument('too-large', { bytes: bytes.length, limit: limits.textBytes })
  }
  const text = decode().replace(/\r\n?|\u2028|\u2029|\u0085/g, '\n')
  if (isBinary(text)) throw new UnreadableDocument('binary')
  if (text.trim() === '') throw new UnreadableDocument('empty')
  return text
}

/** The text where the bytes are sound Unicode, `null` where each byte may be a letter. */
function unicodeOf(bytes: Uint8Array): string | null {
  const encoding = encodingOf(bytes)
  const text = decodedAs(encoding, bytes, true)
  if (text !== null) return text
  if (bytes.subarray(0, 4096).some((byte) => byte < 9)) throw new UnreadableDocument('binary')
  if (encoding !== 'utf-8') throw new UnreadableDocument('encoding')
  return null
}

/** The text in the encodings of one byte a letter in which Windows kept Vietnamese and Western texts. */
function codePages(bytes: Uint8Array): string[] {
  return ['windows-1258', 'windows-1252'].flatMap((page) => decodedAs(page, bytes, false) ?? [])
}

/** The text, or `null` when the bytes do not fit or no such encoding is known. */
function decodedAs(encoding: string, bytes: Uint8Array, fatal: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal }).decode(bytes).normalize('NFC')
  } catch (cause) {
    if (cause instanceof TypeError || cause instanceof RangeError) return null
    throw cause
  }
}

/** The mark decides; without one, text of which every second byte is mostly zero is UTF-16. */
function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const sample = bytes.subarray(0, 2048)
  const zeros = { even: 0, odd: 0 }
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2 === 0 ? 'even' : 'odd'] += 1
  })
  // Vietnamese letters with marks have a high byte of 1 or 0x1e, so about half of the high bytes are zero.
  const many = sample.length / 6
  if (zeros.odd > many && zeros.even === 0) return 'utf-16le'
  if (zeros.even > many && zeros.odd === 0) return 'utf-16be'
  return 'utf-8'
}

function isBinary(text: string): boolean {
  let controls = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === 0) return true
    if (code < 32 && code !== 9 && code !== 10 && code !== 12) controls += 1
  }
  return controls > text.length / 200
}
