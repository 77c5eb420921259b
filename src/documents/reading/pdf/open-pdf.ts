import { getDocumentProxy, getResolvedPDFJS } from 'unpdf'
import { UnreadableDocument } from '../errors.ts'
import { limits } from '../limits.ts'
import { contentOf, type OperationCodes, type PageContent } from './content.ts'
import type { Matrix } from './matrix.ts'

/**
 * Opens a PDF and gives the characters and drawn lines of each page. Pictures are not decoded, scripts and forms never
 * run, notes and stamps laid over a page are left out.
 *
 * @throws UnreadableDocument `too-large`, `encrypted`, `damaged-pdf`, `too-complex`
 */
export async function openPdf(bytes: Uint8Array): Promise<PageContent[]> {
  if (bytes.length > limits.archiveBytes)
    throw new UnreadableDocument('too-large', { bytes: bytes.length, limit: limits.archiveBytes })
  const { OPS } = await getResolvedPDFJS()
  // The engine takes the buffer over, so it gets its own copy.
  const pdf = await getDocumentProxy(new Uint8Array(bytes), engine).catch(unreadable)
  try {
    if (pdf.numPages > limits.pages) throw new UnreadableDocument('too-complex', { pages: pdf.numPages })
    const pages: PageContent[] = []
    let glyphs = 0
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const page = await pdf.getPage(number).catch(unreadable)
      const { transform, width, height } = page.getViewport({ scale: 1 })
      const operations = await page.getOperatorList({ annotationMode: 0 }).catch(unreadable)
      const place = { transform: matrixFrom(transform), width, height }
      const codes: OperationCodes = OPS
      const content = contentOf(operations, place, codes, (key) =>
        page.commonObjs.has(key) ? faceFrom(page.commonObjs.get(key)) : null,
      )
      page.cleanup()
      glyphs += content.glyphs.length
      if (glyphs > limits.glyphs || content.rules.length > limits.rulesOfPage)
        throw new UnreadableDocument('too-complex', { characters: glyphs, lines: content.rules.length })
      pages.push(content)
    }
    return pages
  } finally {
    await pdf.loadingTask.destroy()
  }
}

const engine = {
  verbosity: 0,
  maxImageSize: 1,
  enableXfa: false,
  isEvalSupported: false,
  disableFontFace: true,
  stopAtErrors: false,
}

function unreadable(cause: unknown): never {
  const isLocked = cause instanceof Error && cause.name === 'PasswordException'
  throw new UnreadableDocument(isLocked ? 'encrypted' : 'damaged-pdf', {}, cause)
}

function matrixFrom(values: readonly unknown[]): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = values.map(Number)
  return [a, b, c, d, e, f]
}

function faceFrom(font: unknown): { name: string; unit: number } | null {
  if (typeof font !== 'object' || font === null || !('name' in font)) return null
  const matrix = 'fontMatrix' in font && Array.isArray(font.fontMatrix) ? Number(font.fontMatrix[0]) : 0.001
  // Subsets carry six letters and a plus before the name.
  return { name: String(font.name).replace(/^[A-Z]{6}\+/, ''), unit: matrix || 0.001 }
}
