import type { Block, Paragraph } from './blocks.ts'
import { decodeText } from './bytes.ts'
import { docxBlocks } from './docx.ts'
import { UnreadableDocument } from './errors.ts'
import { textBlocks } from './text-blocks.ts'

/** Blocks of a file by its type. A zip is never read as text, whatever its name. */
export function sourceBlocks(bytes: Uint8Array, fileName: string): Block[] {
  return withoutFootnotes(blocksOf(bytes, fileName))
}

function blocksOf(bytes: Uint8Array, fileName: string): Block[] {
  const extension = /\.([^./\\]+)$/.exec(fileName.toLowerCase())?.[1] ?? ''
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  switch (extension) {
    case 'txt':
    case 'text':
      if (isZip) throw new UnreadableDocument('binary')
      return textBlocks(decodeText(bytes))
    case 'docx':
      return docxBlocks(bytes)
    default:
      throw new UnreadableDocument('unsupported-type', { type: extension === '' ? '?' : extension })
  }
}

const footnote = /^\[\d{1,3}\]\s/u
const reference = /\s?\[\d{1,3}\](?=[\s.,;:)]|$)/gu

/** Footnotes and the marks that refer to them are no part of a sentence, and would break numbers and names. */
function withoutFootnotes(blocks: readonly Block[]): Block[] {
  const clean = (paragraph: Paragraph): Paragraph =>
    paragraph.text.includes('[') ? { ...paragraph, text: paragraph.text.replace(reference, '') } : paragraph
  return blocks.flatMap((block): Block[] => {
    if (block.kind === 'paragraph') return footnote.test(block.text) ? [] : [clean(block)]
    const rows = block.rows.map((row) => ({
      ...row,
      cells: row.cells.map((cell) => ({ ...cell, paragraphs: cell.paragraphs.map(clean) })),
    }))
    return [{ ...block, rows }]
  })
}
