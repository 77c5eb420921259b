import type { Cell, DataValidation } from '@cj-tech-master/excelts'
import { strFromU8, unzipSync } from 'fflate'
import { kindOf, listSheet, sqref, type FormBook, type FormCell, type FormRule } from './form.ts'

/** How cells of one kind are written: the number of their style, and their rule as the sheet states it; '' = closed. */
type CellKind = { style: string; rule: string }

/** A sheet without its rows: what stands before them, and what after, with the rules of its cells. */
export type SheetTemplate = {
  path: string
  before: string
  after: (rules: string) => string
  kinds: ReadonlyMap<string, CellKind>
}

/** What is alike in all workbooks of a form: every part but the sheets, and the sheets without rows. */
type FormTemplate = { parts: Record<string, Uint8Array>; sheets: SheetTemplate[] }

const mostKept = 16
const kept = new Map<string, Promise<FormTemplate>>()

/** The template of a form, as the spreadsheet library writes it; those last used are kept. */
export async function templateOf(book: FormBook): Promise<FormTemplate> {
  const kinds = book.sheets.map(({ rows, hiddenColumns }) => {
    const samples = new Map<string, Sample>()
    for (const cells of rows)
      for (const [at, cell] of cells.entries()) {
        const isHidden = at < hiddenColumns
        samples.set(kindOf(cell, isHidden), { cell, isHidden })
      }
    return samples
  })
  const { lists, refusal, back } = book
  const sheets = book.sheets.map(({ rows: _, ...sheet }, at) => [sheet, [...(kinds[at]?.keys() ?? [])].sort()])
  const key = JSON.stringify([sheets, lists, refusal, back.name])
  const made = kept.get(key) ?? writeSample(book, kinds)
  kept.delete(key)
  kept.set(key, made)
  const [oldest] = kept.keys()
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
  try {
    return await made
  } catch (fault) {
    kept.delete(key)
    throw fault
  }
}

type Sample = { cell: FormCell; isHidden: boolean }

const open = 'FFFFF8E1'
const head = 'FFE8EEF4'
const edge = { style: 'thin', color: { argb: 'FFB8C2CC' } } as const
const box = { top: edge, left: edge, bottom: edge, right: edge } as const

/** One cell of each kind stands in every other row of its sheet, so that no two rules become one. */
async function writeSample(book: FormBook, kinds: readonly Map<string, Sample>[]): Promise<FormTemplate> {
  const { Workbook } = await import('@cj-tech-master/excelts')
  const written = new Workbook()
  for (const [at, form] of book.sheets.entries()) {
    const sheet = written.addWorksheet(form.name, { views: [{ state: 'frozen', ySplit: form.frozen }] })
    sheet.columns = form.widths.map((width, column) => ({ width, hidden: column < form.hiddenColumns }))
    for (const [nth, sample] of [...(kinds[at]?.values() ?? [])].entries())
      dress(sheet.getCell(rowOf(nth), 1), sample, book)
    sheet.pageSetup.orientation = 'landscape'
    sheet.pageSetup.fitToPage = true
    sheet.pageSetup.fitToHeight = 0
    await sheet.protect('', { formatColumns: true, formatRows: true, selectLockedCells: true })
  }
  for (const name of [listSheet, book.back.name]) written.addWorksheet(name, { state: 'veryHidden' }).addRow([''])
  return cutOpen(unzipSync(new Uint8Array(await written.xlsx.writeBuffer())), kinds)
}

const rowOf = (nth: number) => 2 * nth + 1

function dress(cell: Cell, { cell: { value, rule, look }, isHidden }: Sample, book: FormBook): void {
  cell.value = typeof value === 'number' ? 0 : ''
  cell.alignment = { wrapText: look !== 'title', vertical: 'top' }
  if (look === 'title') cell.font = { bold: true, size: 13 }
  if (look === 'head') {
    cell.font = { bold: true }
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: head } }
  }
  if (look !== 'title' && !isHidden) cell.border = box
  if (typeof value !== 'number') cell.numFmt = rule === undefined || isOfWords(rule) ? '@' : 'General'
  if (rule === undefined) return
  cell.protection = { locked: false }
  cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: open } }
  cell.dataValidation = validation(rule, book)
}

/** @param parts of the sample: its sheets are `sheet1.xml` and so on, in their order */
function cutOpen(all: Record<string, Uint8Array>, kinds: readonly Map<string, Sample>[]): FormTemplate {
  const { 'xl/sharedStrings.xml': words, ...parts } = all
  // No cell refers to a shared word any more.
  if (words) parts['xl/sharedStrings.xml'] = Buffer.from(strFromU8(words).replace(/<sst[^>]*>.*<\/sst>/s, noWords))
  const count = kinds.length + 2
  const sheets = Array.from({ length: count }, (_, at): SheetTemplate => {
    const path = `xl/worksheets/sheet${at + 1}.xml`
    const xml = strFromU8(parts[path] ?? new Uint8Array())
    const [, before, after] = /^(.*)<sheetData>.*<\/sheetData>(.*)$/s.exec(xml) ?? []
    if (before === undefined || after === undefined) throw new Error(`platform: ${path} of a form has no rows`)
    const [, ahead = after, behind = ''] = /^(.*?)<dataValidations.*<\/dataValidations>(.*)$/s.exec(after) ?? []
    const [first = '', rest = ''] = behind === '' ? cutBeforeMargins(after) : [ahead, behind]
    const of = new Map([...(kinds[at]?.keys() ?? [])].map((kind, nth) => [kind, kindIn(xml, `A${rowOf(nth)}`)]))
    return {
      path,
      before: before.replace(/<dimension[^>]*\/>/, ''),
      after: (rules) => `${first}${rules}${rest}`,
      kinds: of,
    }
  })
  return { parts, sheets }
}

const noWords =
  '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="0" uniqueCount="0"></sst>'

function cutBeforeMargins(after: string): [string, string] {
  const at = after.indexOf('<pageMargins')
  return at < 0 ? [after, ''] : [after.slice(0, at), after.slice(at)]
}

function kindIn(xml: string, address: string): CellKind {
  const style = new RegExp(`<c r="${address}" s="(\\d+)"`).exec(xml)?.[1]
  if (style === undefined) throw new Error(`platform: ${address} of a form's template has no style`)
  const rules = xml.match(/<dataValidation .*?<\/dataValidation>/gs) ?? []
  return { style, rule: rules.find((rule) => sqref.exec(rule)?.[1]?.split(' ').includes(address)) ?? '' }
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
