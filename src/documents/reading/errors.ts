/** Why a file cannot be read; stable, and the key of the sentence a person sees (`documents.unreadable.…`). */
const unreadableReasons = [
  'unsupported-type',
  'empty',
  'too-large',
  'binary',
  'encoding',
  'damaged-archive',
  'archive-too-large',
  'damaged-xml',
  'no-document-part',
  'too-complex',
  'encrypted',
  'damaged-pdf',
  'scan',
  'converter-missing',
  'converter-failed',
  'too-long',
  'too-heavy',
] as const
export type UnreadableReason = (typeof unreadableReasons)[number]

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

  /** The same error on this side of a thread. */
  static of({ code, params }: { code: string; params: Record<string, string | number> }): UnreadableDocument {
    const reason = unreadableReasons.find((one) => code === `documents.unreadable.${one}`)
    if (reason === undefined) throw new Error(`documents: no such refusal: ${code}`)
    return new UnreadableDocument(reason, params)
  }
}
