import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readMatrix, recordOfRow } from './matrix.ts'

const p = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`
const table = (...rows: string[][]) =>
  `<w:tbl>${rows.map((row) => `<w:tr>${row.map((cell) => `<w:tc>${p(cell)}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`

async function outcomes(...tables: string[]) {
  const space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
  const main = `<?xml version="1.0"?><w:document ${space}><w:body>${tables.join(p('Between'))}</w:body></w:document>`
  const rows = await readMatrix(zipSync({ 'word/document.xml': strToU8(main) }), 'list.docx')
  return rows.map((row) => {
    const own = { code: 'TLD', names: ['Testland'], keepers: { byMechanism: {}, otherwise: '' } }
    const of = { own, language: 'en', mechanism: null, symbol: 'A/HRC/1/1', cycle: '3', publishedOn: null }
    const { record, notes } = recordOfRow(row, of)
    return record?.paragraph ?? notes.map(({ code }) => code)
  })
}
const head = ['Recommendation', 'Position', 'Full list of themes']
const row = (number: string) => [`${number} Ratify the convention (France);`, 'Supported', '- Right to health']

describe('every row of a matrix is accounted for', () => {
  test('a table without heads goes on with those of the table before it', async () => {
    expect(await outcomes(table(head, row('1.1')), table(row('1.2'), row('1.3')))).toEqual(['1.1', '1.2', '1.3'])
  })

  test('rows before any head are refused and told', async () => {
    const refused = ['recommendations.record-without-head']
    expect(await outcomes(table(row('1.1')), table(head, row('1.2')))).toEqual([refused, '1.2'])
    expect(await outcomes(table(row('1.1'), head, row('1.2')))).toEqual([refused, '1.2'])
  })

  test('titles over the whole width and rows without words are none', async () => {
    expect(await outcomes(table(['A list'], head, ['', '', ''], row('1.2')))).toEqual(['1.2'])
  })
})
