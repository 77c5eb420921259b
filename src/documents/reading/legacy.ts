import { flatten, mapParagraphs, type Block } from './blocks.ts'
import type { EncodingGrammar, LegacyEncoding } from './grammar.ts'

/** Puts text of a legacy font in Unicode letters; text of any other font stays. */
export type FontDecoder = (text: string, font: string | null) => string

/** @returns text decoded by the name of its font */
export function fontDecoder(encodings: EncodingGrammar): FontDecoder {
  const known = new Map<string, (text: string) => string>()
  return (text, font) => {
    if (font === null || font === '') return text
    const decode = known.get(font) ?? decoderFor(font, encodings)
    known.set(font, decode)
    return decode(text)
  }
}

function decoderFor(font: string, { legacy }: EncodingGrammar): (text: string) => string {
  const encoding = legacy.find(({ fonts }) => fonts.test(font))
  if (!encoding) return (text) => text
  const decode = translator(encoding)
  const isCapital = encoding.capitalFonts?.test(font) === true
  return (text) => (isCapital ? decode(text).toUpperCase() : decode(text))
}

/** Longest first: two letters that stand for one are read before each by itself. */
function translator({ pairs }: LegacyEncoding): (text: string) => string {
  const meant = new Map(pairs)
  const pattern = new RegExp([...meant.keys()].sort((a, b) => b.length - a.length).join('|'), 'gu')
  return (text) => text.replace(pattern, (written) => meant.get(written) ?? written)
}

/** Decodes a text without fonts; where capitals need a font of their own, words in capitals get theirs back. */
function plainTranslator(encoding: LegacyEncoding): (text: string) => string {
  const decode = translator(encoding)
  if (encoding.capitalFonts === null) return decode
  return (text) =>
    text
      .split('\n')
      .map((line) => capitalWords(line.split(' '), decode).join(' '))
      .join('\n')
}

/** A word with two plain capitals and no plain small letter is in capitals, and so is a doubtful one beside it. */
function capitalWords(words: readonly string[], decode: (text: string) => string): string[] {
  const count = (word: string | undefined): number =>
    word === undefined || /[a-z]/u.test(word) ? 0 : (word.match(/[A-Z]/gu)?.length ?? 0)
  return words.map((word, index) => {
    const decoded = decode(word)
    if (/[a-z]/u.test(word) || decoded === decoded.toUpperCase()) return decoded
    const isBeside = count(words[index - 1]) > 1 || count(words[index + 1]) > 1
    const isCapital = count(word) > 1 || (isBeside && /^[*"(]*[\p{L}\p{M}\u0080-\u00ff]+[*",;)]*$/u.test(word))
    return isCapital ? decoded.toUpperCase() : decoded
  })
}

/** Below this share of frequent words no decoding is believed. */
const leastShare = 0.06

/**
 * A text that was written in a legacy encoding though nothing names it: the decoding in which by far most frequent
 * words appear. A text that reads well as it is stays.
 */
export function withoutLegacy(text: string, encodings: EncodingGrammar): string {
  const own = shareOf(text, encodings)
  if (own >= leastShare) return text
  return bestOf([text, ...decodings(text, encodings)], encodings) ?? text
}

/** The candidate that reads best, or `null` when none reads like a text of this language. */
export function bestOf(candidates: readonly string[], encodings: EncodingGrammar): string | null {
  const scored = candidates.map((text) => ({ text, share: shareOf(text, encodings) }))
  const best = scored.reduce<(typeof scored)[number] | null>(
    (first, one) => (first === null || one.share > first.share ? one : first),
    null,
  )
  return best !== null && best.share >= leastShare ? best.text : null
}

export function decodings(text: string, { legacy }: EncodingGrammar): string[] {
  return legacy.map((encoding) => plainTranslator(encoding)(text).normalize('NFC'))
}

/** Share of frequent words with a letter beyond ASCII among all words of a sample: such words appear only when decoded. */
function shareOf(text: string, { frequentWords }: EncodingGrammar): number {
  const words =
    text
      .slice(0, 60_000)
      .toLowerCase()
      .normalize('NFC')
      .match(/[\p{L}\p{M}]+/gu) ?? []
  const frequent = new Set(frequentWords.filter((word) => /[^a-z]/u.test(word)))
  return words.length === 0 ? 0 : words.filter((word) => frequent.has(word)).length / words.length
}

/** Blocks whose words nothing says to be in a legacy encoding though they are; see `withoutLegacy`. */
export function blocksWithoutLegacy(blocks: readonly Block[], encodings: EncodingGrammar): Block[] {
  const sample = flatten(blocks.slice(0, 400))
    .map((paragraph) => paragraph.text)
    .join('\n')
  const best = withoutLegacy(sample, encodings)
  const encoding =
    best === sample ? undefined : encodings.legacy.find((one) => plainTranslator(one)(sample).normalize('NFC') === best)
  if (!encoding) return [...blocks]
  const decode = plainTranslator(encoding)
  return blocks.map((block) => mapParagraphs(block, (paragraph) => ({ ...paragraph, text: decode(paragraph.text) })))
}
