import type { Block } from './blocks.ts'
import { decodeText } from './bytes.ts'
import { docxBlocks } from './docx.ts'
import { UnreadableDocument } from './errors.ts'
import { textBlocks } from './text-blocks.ts'

/** Blocks of a file by its type. A zip is never read as text, whatever its name. */
export function sourceBlocks(bytes: Uint8Array, fileName: string): Block[] {
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
