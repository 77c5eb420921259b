import type { LegacyEncoding } from '#documents'

/** Text as a program of the nineties would have kept it: each letter as the encoding writes it, one byte each. */
export function written(text: string, encoding: LegacyEncoding): string {
  const codes = new Map<string, string>()
  for (const [from, to] of encoding.pairs) if (!codes.has(to)) codes.set(to, from)
  return [...text.normalize('NFC')]
    .map((letter) => codes.get(letter) ?? codes.get(letter.toLowerCase()) ?? letter)
    .join('')
    .replace(/[–—]/gu, '-')
    .replace(/[“”]/gu, '"')
    .replace(/…/gu, '...')
}

/** Bytes of a text whose letters all lie below 256. */
export function latin1(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'))
}

/** Windows code page 1258: letters with the shapes it has, tones as marks after them. */
export function windows1258(text: string): Uint8Array {
  const marks: Readonly<Record<string, number>> = {
    '\u0300': 0xcc,
    '\u0301': 0xec,
    '\u0303': 0xde,
    '\u0309': 0xd2,
    '\u0323': 0xf2,
  }
  const shapes: Readonly<Record<string, number>> = {
    ă: 0xe3,
    Ă: 0xc3,
    â: 0xe2,
    Â: 0xc2,
    ê: 0xea,
    Ê: 0xca,
    ô: 0xf4,
    Ô: 0xd4,
    ơ: 0xf5,
    Ơ: 0xd5,
    ư: 0xfd,
    Ư: 0xdd,
    đ: 0xf0,
    Đ: 0xd0,
  }
  const bytes = [...text.normalize('NFC')].flatMap((letter) => {
    const apart = letter.normalize('NFD')
    const tone = [...apart].find((mark) => mark in marks)
    const base = tone === undefined ? letter : apart.replace(tone, '').normalize('NFC')
    const code = shapes[base] ?? (base.charCodeAt(0) < 128 ? base.charCodeAt(0) : 0x3f)
    return tone === undefined ? [code] : [code, marks[tone] ?? 0x3f]
  })
  return new Uint8Array(bytes)
}
