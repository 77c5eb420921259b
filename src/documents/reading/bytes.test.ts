import { describe, expect, test } from 'vitest'
import { decodeText } from './bytes.ts'
import { UnreadableDocument } from './errors.ts'
import { limits } from './limits.ts'

const noEncodings = { legacy: [], frequentWords: [] }

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const words = 'Kế hoạch bảo vệ trẻ em năm học mới'

function reasonOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof UnreadableDocument) return error.reason
    throw error
  }
  return 'read'
}

describe('a plain text', () => {
  test.each([
    ['UTF-8', bytes(words)],
    ['UTF-8 with a mark', bytes(`\uFEFF${words}`)],
    ['UTF-16, low byte first, with a mark', Buffer.from(`\uFEFF${words}`, 'utf16le')],
    ['UTF-16, high byte first, with a mark', Buffer.from(`\uFEFF${words}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(words, 'utf16le')],
    ['decomposed letters', bytes(words.normalize('NFD'))],
  ])('in %s gives the same words', (_, file) => {
    expect(decodeText(new Uint8Array(file), noEncodings)).toBe(words)
  })

  test('has one kind of line end', () => {
    expect(decodeText(bytes('a\r\nb\rc\u2028d'), noEncodings)).toBe('a\nb\nc\nd')
  })

  test.each([
    ['nothing in it', new Uint8Array(), 'empty'],
    ['only blanks', bytes(' \n\n\t'), 'empty'],
    ['an old eight-bit encoding', new Uint8Array([75, 0xea, 32, 104, 0xf3, 97]), 'encoding'],
    ['a picture', new Uint8Array([0x89, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13]), 'binary'],
    ['random bytes', new Uint8Array(4096).map((_, index) => (index * 7919) % 256), 'binary'],
    ['control characters', bytes('\u0001\u0002\u0003abc'), 'binary'],
    ['too many bytes', new Uint8Array(limits.textBytes + 1).fill(97), 'too-large'],
  ])('with %s is refused', (_, file, reason) => {
    expect(reasonOf(() => decodeText(file, noEncodings))).toBe(reason)
  })
})
