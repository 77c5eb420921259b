import { deflateRawSync } from 'node:zlib'
import { zipSync, strToU8 } from 'fflate'
import { describe, expect, test } from 'vitest'
import { cellText } from './blocks.ts'
import { docxBlocks } from './docx.ts'
import { UnreadableDocument } from './errors.ts'

const noEncodings = { legacy: [], frequentWords: [] }

const namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

function file(body: string, parts: Record<string, string> = {}): Uint8Array {
  const main = `<?xml version="1.0"?><w:document ${namespace}><w:body>${body}</w:body></w:document>`
  const all = { 'word/document.xml': main, ...parts }
  return zipSync(Object.fromEntries(Object.entries(all).map(([name, text]) => [name, strToU8(text)])))
}

const p = (text: string, properties = ''): string =>
  `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`
const listed = (list: number, level: number): string =>
  `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`
const texts = (bytes: Uint8Array): string[] =>
  docxBlocks(bytes, noEncodings).flatMap((block) => (block.kind === 'paragraph' ? [block.text] : []))

const level = (at: number, format: string, text: string): string =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`
const numbering = `<w:numbering ${namespace}><w:abstractNum w:abstractNumId="7">${level(0, 'upperRoman', '%1.')}${level(1, 'decimal', '%1.%2.')}${level(2, 'lowerLetter', '%3)')}${level(3, 'bullet', '')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num></w:numbering>`

function reasonOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof UnreadableDocument) return error.reason
    throw error
  }
  return 'read'
}

describe('paragraphs of a Word file', () => {
  test('carry the automatic numbers a person sees', () => {
    const body = [
      p('A', listed(1, 0)),
      p('B', listed(1, 1)),
      p('C', listed(1, 1)),
      p('D', listed(1, 2)),
      p('E', listed(1, 3)),
      p('F', listed(1, 0)),
      p('G', listed(1, 1)),
    ]
    expect(texts(file(body.join(''), { 'word/numbering.xml': numbering }))).toEqual([
      'I. A',
      'I.1. B',
      'I.2. C',
      'a) D',
      '- E',
      'II. F',
      'II.1. G',
    ])
  })

  test('take numbering from their style, start where a list says, and none where it is switched off', () => {
    const styles = `<w:styles ${namespace}><w:style w:styleId="Base">${listed(2, 0)}</w:style><w:style w:styleId="Head"><w:basedOn w:val="Base"/></w:style></w:styles>`
    const body = [
      p('A', '<w:pStyle w:val="Head"/>'),
      p('B', '<w:pStyle w:val="Head"/>'),
      p('C', `<w:pStyle w:val="Head"/>${listed(0, 0)}`),
    ]
    expect(texts(file(body.join(''), { 'word/numbering.xml': numbering, 'word/styles.xml': styles }))).toEqual([
      'IV. A',
      'V. B',
      'C',
    ])
  })

  test('count on over lists of one kind, and anew where a list overrides the start', () => {
    const body = [p('A', listed(2, 0)), p('B', listed(1, 0)), p('C', listed(2, 0)), p('D', listed(1, 1))]
    expect(texts(file(body.join(''), { 'word/numbering.xml': numbering }))).toEqual([
      'IV. A',
      'V. B',
      'VI. C',
      'VI.1. D',
    ])
  })

  test('leave out deleted text, field codes and fallback copies, and keep inserted text', () => {
    const run = (text: string): string => `<w:r><w:t>${text}</w:t></w:r>`
    const body = `<w:p><w:ins>${run('kept ')}</w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r>${run('here')}<mc:AlternateContent><mc:Fallback>${run('twice')}</mc:Fallback></mc:AlternateContent></w:p>`
    expect(texts(file(body))).toEqual(['kept here'])
  })

  test('know their ordinal, and their page where the file was laid out', () => {
    const body = `${p('one')}<w:p/><w:p><w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p>`
    expect(docxBlocks(file(body), noEncodings)).toMatchObject([
      { text: 'one', line: 1, page: 1 },
      { text: 'two', line: 3, page: 2 },
    ])
  })
})

describe('tables of a Word file', () => {
  test('keep spans and mark the lower cells of a vertical merge', () => {
    const cell = (text: string, properties = ''): string => `<w:tc><w:tcPr>${properties}</w:tcPr>${p(text)}</w:tc>`
    const body = `<w:tbl><w:tr>${cell('Group', '<w:gridSpan w:val="2"/>')}${cell('Lead')}</w:tr><w:tr>${cell('1')}${cell('Task')}${cell('A', '<w:vMerge w:val="restart"/>')}</w:tr><w:tr>${cell('2')}${cell('Other')}${cell('', '<w:vMerge/>')}</w:tr></w:tbl>`
    const table = docxBlocks(file(body), noEncodings)[0]
    const rows = table?.kind === 'table' ? table.rows : []
    expect(rows.map((row) => row.cells.map((one) => [cellText(one), one.column, one.span, one.isContinued]))).toEqual([
      [
        ['Group', 0, 2, false],
        ['Lead', 2, 1, false],
      ],
      [
        ['1', 0, 1, false],
        ['Task', 1, 1, false],
        ['A', 2, 1, false],
      ],
      [
        ['2', 0, 1, false],
        ['Other', 1, 1, false],
        ['', 2, 1, true],
      ],
    ])
  })
})

describe('a hostile or damaged file', () => {
  const good = file(p('words'))

  test.each([
    ['cut short', good.slice(0, good.length - 30), 'damaged-archive'],
    ['no archive', strToU8('PK but no archive, only words'), 'damaged-archive'],
    ['another kind of archive', zipSync({ mimetype: strToU8('application/epub+zip') }), 'no-document-part'],
    ['a spreadsheet part', zipSync({ 'word/document.xml': strToU8('<x/>') }), 'no-document-part'],
    [
      'XML that declares entities',
      zipSync({ 'word/document.xml': strToU8(`<!DOCTYPE a><w:document ${namespace}/>`) }),
      'damaged-xml',
    ],
    [
      'XML that ends early',
      zipSync({ 'word/document.xml': strToU8(`<w:document ${namespace}><w:body>`) }),
      'damaged-xml',
    ],
    ['nesting without end', file('<w:sdt>'.repeat(500) + '</w:sdt>'.repeat(500)), 'too-complex'],
    ['one endless paragraph', file(p('a'.repeat(100_000))), 'too-complex'],
  ])('%s is refused with its reason', (_, bytes, reason) => {
    expect(reasonOf(() => docxBlocks(bytes, noEncodings))).toBe(reason)
  })

  test('a part that unpacks without end is stopped, whatever size it declares', () => {
    expect(reasonOf(() => docxBlocks(bomb(), noEncodings))).toBe('archive-too-large')
  })
})

/** An archive of 60 KB whose main part declares 100 bytes and unpacks to 64 MB. */
function bomb(): Uint8Array {
  const packed = deflateRawSync(Buffer.alloc(64_000_000, 97))
  const archive = zipSync({ 'word/document.xml': new Uint8Array(packed) }, { level: 0 })
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  for (let at = 0; at < archive.length - 4; at += 1) {
    const signature = view.getUint32(at, true)
    if (signature === 0x04034b50) declare(view, at + 8, at + 22)
    if (signature === 0x02014b50) declare(view, at + 10, at + 24)
  }
  return archive
}

function declare(view: DataView, method: number, size: number): void {
  view.setUint16(method, 8, true)
  view.setUint32(size, 100, true)
}
