import type { Locator, Page } from 'playwright-core'

/** Begins a reform that is in force from today, by the screen; opens it. @returns its id */
export async function beginReform(page: Page, title: string): Promise<string> {
  await page.goto('/sap-xep')
  await page.getByRole('button', { name: 'Lập đợt sắp xếp' }).press('Enter')
  await page.locator('#title').fill(title)
  await page.locator('#legalBasis').fill('15/NQ-UBTVQH16')
  await page.locator('#date').fill(await today(page))
  await page.locator('#date').press('Enter')
  await page.waitForURL(/\/sap-xep\/[0-9a-f-]{36}/)
  return /[0-9a-f-]{36}/.exec(page.url())?.[0] ?? ''
}

/** Today in the country, as it is typed. */
async function today(page: Page): Promise<string> {
  const answer = await page.request.get('/api/v1/session')
  const { today: day } = (await answer.json()) as { today: string }
  return day.split('-').reverse().join('/')
}

/** Adds the merger of two wards of one province into one that bears the name and code of the first. */
export async function mergeWards(page: Page, of: { names: [string, string]; code: string }): Promise<void> {
  await page.getByRole('button', { name: 'Thêm thay đổi' }).first().press('Enter')
  for (const name of of.names) await pickFirst(page, page.locator('#whole'), name)
  await page.locator('[id="made.0.code"]').fill(of.code)
  await page.locator('[id="made.0.name"]').fill(of.names[0])
  await page.locator('[id="made.0.type"]').selectOption('ward')
  await page.getByRole('button', { name: 'Thêm vào dự thảo' }).press('Enter')
}

async function pickFirst(page: Page, box: Locator, name: string): Promise<void> {
  await box.fill(name)
  const found = page.getByRole('listbox').getByRole('option').filter({ hasText: name })
  await found.first().waitFor()
  await found.first().click()
}

/** Takes a step of a reform by its button, and says yes. */
export async function takeStep(page: Page, act: string): Promise<void> {
  await page.getByRole('button', { name: act, exact: true }).press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: act, exact: true }).press('Enter')
}
