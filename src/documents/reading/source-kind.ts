import { UnreadableDocument } from './errors.ts'

/** Kinds of file that can be read; `office` are those that an office program turns into .docx first. */
export type SourceKind = 'text' | 'docx' | 'html' | 'pdf' | 'office'

const extensions: ReadonlySet<string> = new Set(['txt', 'text', 'docx', 'pdf', 'html', 'htm', 'doc', 'rtf', 'odt'])

/**
 * The kind of a file: its name must be of a known kind, its first bytes decide which (a ".doc" is often a web page).
 *
 * @throws UnreadableDocument `unsupported-type`, `binary` (a name of text over something else), `damaged-archive`
 */
export function kindOf(bytes: Uint8Array, fileName: string): SourceKind {
  const extension = extensionOf(fileName)
  if (!extensions.has(extension))
    throw new UnreadableDocument('unsupported-type', { type: extension === '' ? '?' : extension })
  if (bytes.length === 0) throw new UnreadableDocument('empty')
  const isPlain = extension === 'txt' || extension === 'text'
  const found = byFirstBytes(bytes)
  if (isPlain && found !== null && found !== 'html') throw new UnreadableDocument('binary')
  if (isPlain) return 'text'
  if (found !== null) return found
  switch (extension) {
    case 'docx':
      return 'docx'
    case 'pdf':
      throw new UnreadableDocument('damaged-pdf')
    case 'html':
    case 'htm':
      return 'html'
    default:
      // Old programs wrote texts with the name of a document.
      return isText(bytes) ? 'text' : 'office'
  }
}

/** Whether a file must go through LibreOffice, which takes seconds. */
export function takesOffice(bytes: Uint8Array, fileName: string): boolean {
  const extension = extensionOf(fileName)
  return extensions.has(extension) && extension !== 'txt' && extension !== 'text' && byFirstBytes(bytes) === 'office'
}

function extensionOf(fileName: string): string {
  return /\.([^./\\]+)$/.exec(fileName.toLowerCase())?.[1] ?? ''
}

function byFirstBytes(bytes: Uint8Array): SourceKind | null {
  const start = new TextDecoder('windows-1252').decode(bytes.subarray(0, 1024))
  if (/%PDF-\d/.test(start)) return 'pdf'
  if (start.startsWith('PK\u0003\u0004'))
    return start.includes('application/vnd.oasis.opendocument') ? 'office' : 'docx'
  if (start.startsWith('\u00d0\u00cf\u0011\u00e0')) return 'office'
  if (start.startsWith('{\\rtf')) return 'office'
  const isMarkup = /^[\s\u00ef\u00bb\u00bf]*<(?:!doctype html|html|head|meta|body|\?xml[^>]*>\s*<(?:!doctype )?html)/i
  return isMarkup.test(start.replace(/^(?:ÿþ|þÿ)/, '').replace(/\0/g, '')) ? 'html' : null
}

function isText(bytes: Uint8Array): boolean {
  return !bytes.subarray(0, 4096).some((byte) => byte < 9)
}
