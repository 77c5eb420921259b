import { UnreadableDocument } from './errors.ts'
import { limits } from './limits.ts'

/**
 * Text of a plain-text file: UTF-8 or UTF-16 with or without a mark, put in NFC, line ends made one kind.
 *
 * @throws UnreadableDocument `empty`, `too-large`, `binary`, `encoding`
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.length === 0) throw new UnreadableDocument('empty')
  if (bytes.length > limits.textBytes) {
    throw new UnreadableDocument('too-large', { bytes: bytes.length, limit: limits.textBytes })
  }
  const text = decode(bytes)
    .normalize('NFC')
    .replace(/\r\n?|\u2028|\u2029|\u0085/g, '\n')
  if (isBinary(text)) throw new UnreadableDocument('binary')
  if (text.trim() === '') throw new UnreadableDocument('empty')
  return text
}

function decode(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes)
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    const hasControls = bytes.subarray(0, 4096).some((byte) => byte < 9)
    throw new UnreadableDocument(hasControls ? 'binary' : 'encoding', {}, cause)
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
