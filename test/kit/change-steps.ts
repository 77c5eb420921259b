import type { Page } from 'playwright-core'

/** Chooses a piece of work in the list of tasks, gives it a label, and stops at the preview. Returns the id of the set. */
export async function lookAtLabels(page: Page, planId: string, label: string): Promise<string> {
  await page.goto(`/nhiem-vu?ke-hoach=${planId}`)
  const box = page.getByRole('checkbox', { name: /^Chọn \d/ }).first()
  await box.waitFor()
  await box.press('Space')
  await page.getByRole('button', { name: 'Gắn nhãn' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Nhãn mới').fill(label)
  await dialog.getByRole('button', { name: 'Thêm', exact: true }).press('Enter')
  await dialog.getByRole('button', { name: 'Xem trước' }).press('Enter')
  await page.waitForURL(/\/sua-hang-loat\/[0-9a-f-]{36}/)
  return /[0-9a-f-]{36}/.exec(page.url())?.[0] ?? ''
}
