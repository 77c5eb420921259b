import { zipSync } from 'fflate'
import { kindOf, sqref, type BackSheet, type FormBook, type FormCell, type FormSheet } from './form.ts'
import { templateOf, type SheetTemplate } from './form-template.ts'
import { cellAddress } from './read.ts'

/**
 * Writes a workbook to be filled in: every cell is closed but those with a rule, which are coloured and hold to it. Words stay words.
 * Closed without a password: it guards against slips, what comes back is looked at all the same. What is alike in all workbooks of a form
 * is written once by the spreadsheet library; only rows are written here.
 */
export async function writeForm(book: FormBook): Promise<Uint8Array> {
  const { parts, sheets } = await templateOf(book)
  const written: Record<string, Uint8Array> = { ...parts }
  const last = book.sheets.length
  for (const [at, form] of book.sheets.entries()) put(sheets[at], formRows(form, sheets[at]))
  put(sheets[last], plainRows(listRows(book)))
  put(sheets[last + 1], plainRows(book.back.rows))
  return zipSync(written, { level: 6 })

  function put(template: SheetTemplate | undefined, { rows, rules }: Rows): void {
    if (template === undefined) throw new Error('platform: a form has no template of its sheet')
    const { before, after, path } = template
    written[path] = Buffer.from(`${before}<sheetData>${rows}</sheetData>${after(rulesOf(rules))}`)
  }
}

/** Rows as written, and the cells each rule holds, as ranges. */
type Rows = { rows: string; rules: Map<string, string[]> }

function formRows({ rows, hiddenColumns }: FormSheet, template: SheetTemplate | undefined): Rows {
  const rules = new Map<string, string[]>()
  /** By column: the rule that holds there, and since which row. */
  const running: { rule: string; from: number }[] = []
  const end = (column: number, to: number) => {
    const run = running[column]
    if (run === undefined || run.rule === '') return
    const range = `${cellAddress(column, run.from)}:${cellAddress(column, to)}`
    rules.set(run.rule, [...(rules.get(run.rule) ?? []), range])
  }
  let said = ''
  let widest = 0
  for (const [at, cells] of rows.entries()) {
    const number = at + 1
    widest = Math.max(widest, cells.length)
    said += `<row r="${number}">`
    for (let column = 0; column < widest; column++) {
      const cell = cells[column]
      const kind = cell && template?.kinds.get(kindOf(cell, column < hiddenColumns))
      if (cell && kind) said += cellSaid(cell.value, cellAddress(column, number), ` s="${kind.style}"`)
      const rule = kind?.rule ?? ''
      if (running[column]?.rule === rule) continue
      end(column, at)
      running[column] = { rule, from: number }
    }
    said += '</row>'
  }
  for (let column = 0; column < widest; column++) end(column, rows.length)
  return { rows: said, rules }
}

function plainRows(rows: BackSheet['rows']): Rows {
  const said = rows.map((cells, at) => {
    const row = cells.map((value, column) => (value === '' ? '' : cellSaid(value, cellAddress(column, at + 1), '')))
    return `<row r="${at + 1}">${row.join('')}</row>`
  })
  return { rows: said.join(''), rules: new Map() }
}

function listRows({ lists }: FormBook): (string | null)[][] {
  const most = Math.max(0, ...lists.map(({ words }) => words.length))
  return Array.from({ length: most }, (_, at) => lists.map(({ words }) => words[at] ?? null))
}

function rulesOf(rules: Rows['rules']): string {
  if (rules.size === 0) return ''
  const said = [...rules].map(([rule, ranges]) => rule.replace(sqref, ` sqref="${ranges.join(' ')}"`))
  return `<dataValidations count="${rules.size}">${said.join('')}</dataValidations>`
}

/** Words lie in their cell as words, whatever they begin with. */
function cellSaid(value: FormCell['value'], address: string, style: string): string {
  if (value === null || value === '') return style === '' ? '' : `<c r="${address}"${style}/>`
  if (typeof value === 'number') return `<c r="${address}"${style}><v>${value}</v></c>`
  return `<c r="${address}"${style} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
}

/** Without the signs that XML cannot hold. */
function escaped(words: string): string {
  return words
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'))
    .replace(/\r/g, '&#13;')
}
