import type { Block } from './blocks.ts'
import { UnreadableDocument } from './errors.ts'
export function docxBlocks(_bytes: Uint8Array): Block[] {
  throw new UnreadableDocument('damaged-archive')
}
