/** Why a file cannot be read; stable, and the key of the sentence a person sees (`documents.unreadable.…`). */
export type UnreadableReason =
  | 'unsupported-type'
  | 'empty'
  | 'too-large'
  | 'binary'
  | 'encoding'
  | 'damaged-archive'
  | 'archive-too-large'
  | 'damaged-xml'
  | 'no-document-part'
  | 'too-complex'

/** The file is not a readable document. `params` holds sizes and types, never content. */
export class UnreadableDocument extends Error {
  readonly code: string
  readonly reason: UnreadableReason
  readonly params: Record<string, string | number>

  constructor(reason: UnreadableReason, params: Record<string, string | number> = {}, cause?: unknown) {
    super(`documents.unreadable.${reason}`, { cause })
    this.name = 'UnreadableDocument'
    this.code = `documents.unreadable.${reason}`
    this.reason = reason
    this.params = params
  }
}
