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
} as const
