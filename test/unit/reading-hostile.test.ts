import { deflateSync } from 'node:zlib'
import pdfmake from 'pdfmake'
import { describe, expect, test } from 'vitest'
import { documentGrammar } from '../../countries/vn/documents/index.ts'
import { openSource, UnreadableDocument } from '#documents'
import { pageWith, rawPdf } from '../kit/raw-pdf.ts'
import { sheetsOf } from '../kit/sheets.ts'
import { pdfOf } from '../kit/typeset-pdf.ts'
import { fixtureText } from '../kit/readings.ts'

const { encodings } = documentGrammar
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The reason for which a file is refused, or what its blocks say. */
async function outcome(bytes: Uint8Array, name: string): Promise<string> {
  try {
    const { blocks } = await openSource(bytes, name, encodings)
    return `read: ${blocks.map((block) => (block.kind === 'paragraph' ? block.text : 'table')).join(' | ')}`
  } catch (fault) {
    if (fault instanceof UnreadableDocument) return fault.reason
    throw fault
  }
}

const shown = (words: string): Buffer => Buffer.from(`BT /F1 12 Tf 72 700 Td (${words}) Tj ET`)

describe('hostile and damaged files are refused with a reason, in bounded time and memory', () => {
  test('a PDF whose pages contain themselves', async () => {
    const endless = rawPdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 900000000 /Parent 2 0 R >>',
    ])
    expect(['damaged-pdf', 'too-complex']).toContain(await outcome(endless, 'a.pdf'))
  })

  test('a PDF that claims a million pages', async () => {
    const many = rawPdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
    ])
    expect(['damaged-pdf', 'too-complex', 'scan']).toContain(await outcome(many, 'a.pdf'))
  })

  test('a page whose content unpacks to gigabytes', async () => {
    const twice = deflateSync(deflateSync(Buffer.alloc(900_000_000, ' ')))
    const bomb = pageWith(twice, { filter: '/Filter [/FlateDecode /FlateDecode]' })
    expect(bomb.length).toBeLessThan(200_000)
    expect(['too-heavy', 'too-long']).toContain(await outcome(bomb, 'a.pdf'))
  }, 90_000)

  test('a page with millions of letters', async () => {
    const letters = Buffer.from(`BT /F1 1 Tf 1 0 0 1 0 700 Tm ${`(${'a'.repeat(1000)}) Tj `.repeat(6000)} ET`)
    expect(['too-complex', 'too-heavy', 'too-long']).toContain(await outcome(pageWith(letters), 'a.pdf'))
  }, 90_000)

  test('a page drawn in a form that draws itself', async () => {
    const form = rawPdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>',
      { dictionary: '', stream: Buffer.from('/X Do') },
      {
        dictionary: '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>',
        stream: Buffer.from('/X Do /X Do'),
      },
    ])
    expect(['damaged-pdf', 'too-complex', 'too-heavy', 'too-long', 'scan']).toContain(await outcome(form, 'a.pdf'))
  }, 90_000)

  test('scripts in a PDF do not run, and its words are read', async () => {
    const catalogue = '/OpenAction << /S /JavaScript /JS (while\\(true\\){}) >>'
    expect(await outcome(pageWith(shown('Plan of work'), { catalogue }), 'a.pdf')).toBe('read: Plan of work')
  })

  test('a PDF cut in the middle, one without words, one under a password', async () => {
    const whole = await pdfOf(sheetsOf(fixtureText('ke-hoach-mau.txt')))
    expect(await outcome(whole, 'a.pdf')).toMatch(/^read: /)
    expect(['damaged-pdf', 'scan']).toContain(await outcome(whole.subarray(0, 2000), 'a.pdf'))
    expect(await outcome(pageWith(Buffer.from('0 0 100 100 re f')), 'a.pdf')).toBe('scan')
    const locked = await pdfmake
      .createPdf({ content: 'Kín', userPassword: 'kin', defaultStyle: { font: 'Tinos' } })
      .getBuffer()
    expect(await outcome(new Uint8Array(locked), 'a.pdf')).toBe('encrypted')
    expect(await outcome(bytesOf('no document at all'), 'a.pdf')).toBe('damaged-pdf')
  }, 60_000)

  test('a web page nested a hundred thousand deep, closed or not', async () => {
    const deep = '<div>'.repeat(100_000)
    expect(await outcome(bytesOf(`<html><body>${deep}chữ${'</div>'.repeat(100_000)}`), 'a.html')).toBe('too-complex')
    expect(await outcome(bytesOf(`<html><body>${deep}chữ`), 'a.html')).toBe('too-complex')
  })

  test('a web page whose cells claim to reach over millions of fields', async () => {
    const row = `<tr>${'<td colspan="1000000" rowspan="1000000">a</td>'.repeat(500)}</tr>`
    const read = await outcome(bytesOf(`<html><table>${row.repeat(250)}</table></html>`), 'a.html')
    expect(read).toBe('too-complex')
  }, 60_000)

  test('an office file under a password, and bytes that only bear the name', async () => {
    const container = new Uint8Array(4096)
    container.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
    container.set(Buffer.from('EncryptedPackage', 'utf16le'), 1024)
    expect(await outcome(container, 'a.docx')).toBe('encrypted')
    expect(await outcome(bytesOf('PK\u0003\u0004 broken'), 'a.odt')).toBe('damaged-archive')
    expect(await outcome(new Uint8Array([0x50, 0x4b, 3, 4, 0]), 'a.txt')).toBe('binary')
    expect(await outcome(bytesOf('x'), 'a.exe')).toBe('unsupported-type')
  })
})
