/** A column of a written table: its head, and how wide it is in letters. */
export type SheetColumn = { head: string; width: number }

/** A sheet of a workbook: heads above, rows below; words stay words, also where they look like a formula or a date. */
export type SheetTable = {
  name: string
  columns: readonly SheetColumn[]
  rows: readonly (readonly (string | number | null)[])[]
}

/**
 * Writes tables as an .xlsx workbook: head in bold and frozen, every column of words marked as text, so that nothing
 * typed or written there is taken for a formula, and codes keep their zeros.
 * @source security.md D3
 */
export async function writeSheets(tables: readonly SheetTable[]): Promise<Uint8Array> {
  const { Workbook } = await import('@cj-tech-master/excelts')
  const book = new Workbook()
  for (const { name, columns, rows } of tables) {
    const sheet = book.addWorksheet(name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31), {
      views: [{ state: 'frozen', ySplit: 1 }],
    })
    sheet.columns = columns.map(({ width }) => ({ width, style: { numFmt: '@' } }))
    const head = sheet.addRow(columns.map((column) => column.head))
    head.font = { bold: true }
    for (const row of rows) sheet.addRow(row.map((cell) => cell ?? ''))
  }
  return new Uint8Array(await book.xlsx.writeBuffer())
}
