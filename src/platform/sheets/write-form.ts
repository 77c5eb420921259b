import type { DataValidation } from '@cj-tech-master/excelts'

/** What may be filled into an open cell: the spreadsheet itself holds whoever fills it to that. */
export type FormRule =
  | { kind: 'words'; most: number }
  | { kind: 'number' }
  | { kind: 'whole' }
  /** One of a list of the workbook. */
  | { kind: 'choice'; list: string }

/** A cell of a form: closed unless it has a rule. `look`: how it is set. */
export type FormCell = {
  value: string | number | null
  rule?: FormRule
  look?: 'title' | 'head' | 'plain'
}

export type FormSheet = {
  name: string
  widths: readonly number[]
  /** Rows that stay in sight, and columns (from the left) nobody is to see. */
  frozen: number
  hiddenColumns: number
  rows: readonly (readonly FormCell[])[]
}

/** A sheet nobody sees: keys, lists. */
type BackSheet = { name: string; rows: readonly (readonly (string | number | null)[])[] }

export type FormBook = {
  sheets: readonly FormSheet[]
  back: BackSheet
  lists: readonly { name: string; words: readonly string[] }[]
  /** What a spreadsheet says of a value that does not keep to its rule. */
  refusal: { title: string; words: Record<FormRule['kind'], string> }
}

const listSheet = 'lists'
const open = 'FFFFF8E1'
const head = 'FFE8EEF4'
const edge = { style: 'thin', color: { argb: 'FFB8C2CC' } } as const
const box = { top: edge, left: edge, bottom: edge, right: edge } as const

/**
 * Writes a workbook to be filled in: every cell is closed but those with a rule, which are coloured and hold to it. Words stay words.
 * Closed without a password: it guards against slips, what comes back is looked at all the same.
 */
export async function writeForm(book: FormBook): Promise<Uint8Array> {
  const { Workbook } = await import('@cj-tech-master/excelts')
  const written = new Workbook()
  for (const form of book.sheets) {
    const sheet = written.addWorksheet(form.name, { views: [{ state: 'frozen', ySplit: form.frozen }] })
    sheet.columns = form.widths.map((width, at) => ({ width, hidden: at < form.hiddenColumns }))
    for (const cells of form.rows) {
      const row = sheet.addRow(cells.map(({ value }) => value ?? ''))
      for (const [at, one] of cells.entries()) {
        const cell = row.getCell(at + 1)
        cell.alignment = { wrapText: one.look !== 'title', vertical: 'top' }
        if (one.look === 'title') cell.font = { bold: true, size: 13 }
        if (one.look === 'head') {
          cell.font = { bold: true }
          cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: head } }
        }
        if (one.look !== 'title' && at >= form.hiddenColumns) cell.border = box
        if (typeof one.value !== 'number') cell.numFmt = one.rule === undefined || isOfWords(one.rule) ? '@' : 'General'
        if (one.rule === undefined) continue
        cell.protection = { locked: false }
        cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: open } }
        cell.dataValidation = validation(one.rule, book)
      }
    }
    await sheet.protect('', { formatColumns: true, formatRows: true, selectLockedCells: true })
  }
  const lists = written.addWorksheet(listSheet, { state: 'veryHidden' })
  const most = Math.max(0, ...book.lists.map(({ words }) => words.length))
  for (let at = 0; at < most; at++) lists.addRow(book.lists.map(({ words }) => words[at] ?? ''))
  const back = written.addWorksheet(book.back.name, { state: 'veryHidden' })
  for (const cells of book.back.rows) back.addRow(cells.map((cell) => cell ?? ''))
  return new Uint8Array(await written.xlsx.writeBuffer())
}

const isOfWords = (rule: FormRule) => rule.kind === 'words' || rule.kind === 'choice'

function validation(rule: FormRule, book: FormBook): DataValidation {
  const said = {
    ...{ allowBlank: true, showErrorMessage: true, errorStyle: 'stop' },
    ...{ errorTitle: book.refusal.title, error: book.refusal.words[rule.kind] },
  }
  switch (rule.kind) {
    case 'words':
      return { ...said, type: 'textLength', operator: 'lessThanOrEqual', formulae: [rule.most] }
    case 'number':
      return { ...said, type: 'decimal', operator: 'between', formulae: [-1e15, 1e15] }
    case 'whole':
      return { ...said, type: 'whole', operator: 'between', formulae: [0, 999_999_999_999_999] }
    case 'choice': {
      const at = book.lists.findIndex(({ name }) => name === rule.list)
      const column = String.fromCharCode(65 + at)
      const last = book.lists[at]?.words.length ?? 1
      return { ...said, type: 'list', formulae: [`${listSheet}!$${column}$1:$${column}$${last}`] }
    }
  }
}
