import type { Page } from 'playwright-core'

/** Gives a file of figures on the page of files and waits until it is looked through. @returns the import's id */
export async function giveFigures(
  page: Page,
  file: { name: string; bytes: Uint8Array },
  path = '/chi-tieu/tep',
): Promise<string> {
  await page.goto(path)
  const mimeType = file.name.endsWith('.csv') ? 'text/csv' : 'application/octet-stream'
  await page.locator('#file').setInputFiles({ name: file.name, mimeType, buffer: Buffer.from(file.bytes) })
  await page.getByRole('button', { name: 'Kiểm tra tệp', exact: true }).press('Enter')
  await page.waitForURL(new RegExp(`${path}/[0-9a-f-]{36}$`))
  await page
    .getByRole('main')
    .locator('header')
    .getByText(/Chờ quyết định|Không đọc được|Đã nhập xong/)
    .waitFor({ timeout: 60_000 })
  return page.url().split('/').at(-1) ?? ''
}
