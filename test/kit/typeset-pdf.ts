import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import pdfmake from 'pdfmake'
import type { Column, Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Sheet } from './sheets.ts'
import { columnWidths, tableSize } from './typeset-docx.ts'

const fonts = path.join(import.meta.dirname, '..', '..', 'node_modules', '@expo-google-fonts', 'tinos')
const face = (name: string): string => path.join(fonts, name, `Tinos_${name}.ttf`)

/** A PDF with text, set by pdfmake in Tinos. */
export async function pdfOf(sheets: readonly Sheet[]): Promise<Uint8Array> {
  pdfmake.setFonts({
    Tinos: {
      normal: face('400Regular'),
      bold: face('700Bold'),
      italics: face('400Regular_Italic'),
      bolditalics: face('700Bold_Italic'),
    },
  })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((file) => path.resolve(file).startsWith(fonts))
  const definition: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: [85, 57, 42, 57],
    defaultStyle: { font: 'Tinos', fontSize: 14, lineHeight: 1.1 },
    header: (page: number) => (page === 1 ? '' : { text: String(page), alignment: 'center', margin: [0, 28, 0, 0] }),
    content: sheets.map(contentOf),
  }
  return new Uint8Array(await pdfmake.createPdf(definition).getBuffer())
}

function contentOf(sheet: Sheet): Content {
  switch (sheet.kind) {
    case 'beside': {
      const isClosing = sheet.left.some((text) => /^Nơi nhận/u.test(text))
      const stack = (lines: readonly string[], isLeft: boolean): Column => ({
        stack: lines.map((text, index) => ({
          text,
          fontSize: isClosing && isLeft ? 11 : 13,
          bold: text === text.toUpperCase(),
          margin: [0, isClosing && !isLeft && index === lines.length - 1 ? 70 : 0, 0, 0] as [
            number,
            number,
            number,
            number,
          ],
        })),
        alignment: isClosing && isLeft ? 'left' : 'center',
        width: isLeft ? '42%' : '58%',
      })
      return { columns: [stack(sheet.left, true), stack(sheet.right, false)], margin: [0, 0, 0, 12] }
    }
    case 'heading':
      return { text: sheet.text, bold: true, alignment: 'center', margin: [0, 6, 0, 6] }
    case 'paragraph':
      return { text: sheet.text, alignment: 'justify', leadingIndent: 36, margin: [0, 3, 0, 3] }
    case 'table':
      return gridOf(sheet)
  }
}

function gridOf({ rows, width, heads }: Extract<Sheet, { kind: 'table' }>): Content {
  // The padding and lines of each cell are not part of its width.
  const size = tableSize(width)
  const widths = columnWidths(rows, { width, total: 468 - width * 9, size })
  const body = rows.map((row, index) =>
    row.map((cell): TableCell => {
      if (cell === null) return {}
      return {
        stack: cell.lines.map((text) => ({ text, alignment: index < heads ? 'center' : 'left' })),
        fontSize: size,
        bold: index < heads,
        ...(cell.columns > 1 ? { colSpan: cell.columns } : {}),
        ...(cell.rows > 1 ? { rowSpan: cell.rows } : {}),
      }
    }),
  )
  return { table: { headerRows: heads, widths, body }, margin: [0, 6, 0, 6] }
}

/** Whether the office program is here to set PDF files of its own. */
export const hasOffice = ['/usr/bin/soffice', '/usr/local/bin/soffice'].some((file) => existsSync(file)) && hasTimes()

/** A letter as wide as Times New Roman: with a wider one lines and pages break elsewhere. */
function hasTimes(): boolean {
  const { stdout } = spawnSync('fc-match', ['Times New Roman'], { encoding: 'utf8' })
  return /Times|Liberation Serif|Tinos|Termes/.test(String(stdout))
}

/** Word files turned into another kind by LibreOffice, all at once. */
export async function byOffice(
  files: Readonly<Record<string, Uint8Array>>,
  kind: string,
): Promise<Record<string, Uint8Array>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mangnon-typeset-'))
  try {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(folder, `${name}.docx`), bytes)
    const names = Object.keys(files).map((name) => path.join(folder, `${name}.docx`))
    const profile = `-env:UserInstallation=file://${path.join(folder, 'profile')}`
    await promisify(execFile)('soffice', [profile, '--headless', '--convert-to', kind, '--outdir', folder, ...names])
    return Object.fromEntries(
      Object.keys(files).map((name) => [name, new Uint8Array(readFileSync(path.join(folder, `${name}.${kind}`)))]),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
