import type { Page } from 'playwright-core'
import { writeCsv } from '#platform'

const head = ['key', 'mechanism', 'symbol', 'published', 'cycle', 'paragraph', 'text', 'themes'] as const
/** A row of our own table, as far as a test names it. */
export type BroughtRow = Partial<Record<(typeof head)[number], string>>

/** Gives a table of recommendations on the page of imports and waits until it is read. @returns the import's id */
export async function giveRecommendations(page: Page, name: string, rows: readonly BroughtRow[]): Promise<string> {
  await page.goto('/khuyen-nghi/nhap')
  await page.getByLabel('Bảng .xlsx, .csv theo mẫu của hệ thống').press('Space')
  const bytes = writeCsv({
    columns: head.map((column) => ({ head: column, width: 10 })),
    rows: rows.map((row) => head.map((column) => row[column] ?? '')),
  })
  await page.locator('#file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(bytes) })
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
    .getByText(/Đã xong|Không xong/)
    .waitFor({ timeout: 60_000 })
}
