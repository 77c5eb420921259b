import type { Page } from 'playwright-core'
import { writeCsv } from '#platform'
import type { Sheet, SheetCell } from './sheets.ts'
import { docxOf } from './typeset-docx.ts'

const head = ['key', 'mechanism', 'symbol', 'published', 'cycle', 'paragraph', 'text', 'themes'] as const
/** A row of our own table, as far as a test names it. */
export type BroughtRow = Partial<Record<(typeof head)[number], string>>

/** Gives a table of recommendations on the page of imports and waits until it is read. @returns the import's id */
export async function giveRecommendations(page: Page, name: string, rows: readonly BroughtRow[]): Promise<string> {
  const bytes = writeCsv({
    columns: head.map((column) => ({ head: column, width: 10 })),
    rows: rows.map((row) => head.map((column) => row[column] ?? '')),
  })
  await chooseKind(page, 'Bảng .xlsx, .csv theo mẫu của hệ thống')
  return give(page, { name, mimeType: 'text/csv', buffer: Buffer.from(bytes) })
}

/** A record as the UN's index exports it, as far as a test names it. */
export type IndexRecord = { key: string; text: string; themes?: string[]; persons?: string[]; sdgs?: string[] }
export type IndexDocument = { key: string; body: string; state: string; symbol: string; published: string }

/** Gives a file shaped like the index's export: one document of a body, its records. @returns the import's id */
export async function giveExport(
  page: Page,
  name: string,
  document: IndexDocument,
  records: readonly IndexRecord[],
): Promise<string> {
  const shaped = records.map(({ key, text, themes = [], persons = [], sdgs = [] }) => ({
    ...{ AnnotationId: key, AnnotationType: '- Recommendations', Body: document.body, Countries: [document.state] },
    ...{ DocumentId: document.key, Symbol: document.symbol, Text: text, Themes: themes, AffectedPersons: persons },
    ...{ PublicationDate: `${document.published}T00:00:00`, PublicationDateOnUhri: `${document.published}T00:00:00` },
    ...{ Sdgs: sdgs, UprCycle: null, UprSession: [], UprPositions: [], UprRecommendingCountry: [] },
  }))
  await chooseKind(page, 'Tệp xuất .json từ Chỉ mục Nhân quyền Liên hợp quốc (UHRI)')
  return give(page, { name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(shaped, null, 1)) })
}

/** A row of the office's matrix: a theme that stands above the next, or a recommendation with its position and lists. */
export type MatrixLine = { theme: string } | { text: string; position: string; source: string; lists: string[] }

/** Gives the matrix of a review as the office sends it (.docx). @returns the import's id */
export async function giveMatrix(
  page: Page,
  name: string,
  of: { cycle: string; published: string },
  lines: readonly MatrixLine[],
): Promise<string> {
  const cell = (words: string[], columns = 1): SheetCell => ({ lines: words, columns, rows: 1 })
  const table: Sheet = {
    ...{ kind: 'table', width: 3, heads: 1 },
    rows: [
      [cell(['Recommendation']), cell(['Position']), cell(['Full list of themes'])],
      ...lines.map((line) =>
        'theme' in line
          ? [cell([`Theme: ${line.theme}`], 3), null, null]
          : [cell([line.text, `Source of position: ${line.source}`]), cell([line.position]), cell(line.lists)],
      ),
    ],
  }
  await chooseKind(page, 'Bảng khuyến nghị .docx của Văn phòng Cao ủy Nhân quyền (OHCHR)')
  await page.getByLabel('Chu kỳ').fill(of.cycle)
  await page.getByLabel('Ngày công bố').fill(of.published)
  const mimeType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  return give(page, { name, mimeType, buffer: Buffer.from(await docxOf([table])) })
}

async function chooseKind(page: Page, kind: string): Promise<void> {
  await page.goto('/khuyen-nghi/nhap')
  await page.getByLabel(kind).press('Space')
}

async function give(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<string> {
  await page.locator('#file').setInputFiles(file)
  await page.getByRole('button', { name: 'Nạp tệp', exact: true }).press('Enter')
  await page.waitForURL(/\/khuyen-nghi\/nhap\/[0-9a-f-]{36}$/)
  await untilRead(page)
  return page.url().split('/').at(-1) ?? ''
}

/** Waits until the import of this page is at its end, and its words stand. */
export async function untilRead(page: Page): Promise<void> {
  await page
    .getByRole('main')
    .locator('header')
    .getByText(/Đã xong|Không thành công/)
    .waitFor({ timeout: 60_000 })
}
