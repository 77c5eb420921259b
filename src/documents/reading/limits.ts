/** Bounds that keep a hostile file from taking the machine. A plan with annexes is well under a tenth of each. */
export const limits = {
  textBytes: 8_000_000,
  archiveBytes: 32_000_000,
  /** Of one part after inflation, and of all parts we read together. */
  partBytes: 48_000_000,
  paragraphs: 60_000,
  paragraphChars: 60_000,
  tableCells: 120_000,
  xmlDepth: 200,
  htmlDepth: 1_000,
  /** Of a PDF. */
  pages: 1_000,
  glyphs: 2_000_000,
  rulesOfPage: 40_000,
  /** Of the program that turns old files into new ones. */
  converterMs: 60_000,
} as const
