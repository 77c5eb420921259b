import { mapParagraphs, type Block, type Paragraph } from './blocks.ts'
import { decodeText } from './bytes.ts'
import { docxBlocks } from './docx.ts'
import { UnreadableDocument } from './errors.ts'
import type { EncodingGrammar } from './grammar.ts'
import type { Finding } from './header.ts'
import { htmlBlocks } from './html.ts'
import { blocksWithoutLegacy } from './legacy.ts'
import { kindOf } from './source-kind.ts'
import { textBlocks } from './text-blocks.ts'

/** A file as the reader takes it: its pieces, and what a person must be told about them. */
export interface Source {
  blocks: Block[]
  findings: Finding[]
}

/**
 * Opens a file that needs nothing but this code: text, .docx, .html. Other kinds open by `openSource`.
 *
 * @throws UnreadableDocument
 */
export function sourceOf(bytes: Uint8Array, fileName: string, encodings: EncodingGrammar): Source {
  const kind = kindOf(bytes, fileName)
  switch (kind) {
    case 'text':
      return { blocks: withoutFootnotes(textBlocks(decodeText(bytes, encodings))), findings: [] }
    case 'docx':
      return finished(docxBlocks(bytes, encodings), encodings)
    case 'html':
      return finished(htmlBlocks(bytes, encodings), encodings)
    case 'pdf':
    case 'office':
      throw new UnreadableDocument('unsupported-type', { type: kind })
  }
}

/** Blocks of a formatted source: words in a legacy encoding and footnotes made right. */
export function finished(blocks: readonly Block[], encodings: EncodingGrammar, findings: Finding[] = []): Source {
  if (blocks.length === 0) throw new UnreadableDocument('empty')
  return { blocks: withoutFootnotes(blocksWithoutLegacy(blocks, encodings)), findings }
}

const footnote = /^\[\d{1,3}\]\s/u
const reference = /\s?\[\d{1,3}\](?=[\s.,;:)]|$)/gu

/** Footnotes and the marks that refer to them are no part of a sentence, and would break numbers and names. */
function withoutFootnotes(blocks: readonly Block[]): Block[] {
  const clean = (paragraph: Paragraph): Paragraph =>
    paragraph.text.includes('[') ? { ...paragraph, text: paragraph.text.replace(reference, '') } : paragraph
  return blocks.flatMap((block): Block[] =>
    block.kind === 'paragraph' && footnote.test(block.text) ? [] : [mapParagraphs(block, clean)],
  )
}
