import type { Locator, Page } from 'playwright-core'
import { drawn, pick, typeInto } from './browser.ts'

/** What an officer enters of a document's head. Dates as typed: `14/4/2025`. */
export type Head = {
  /** The name of the body as it stands in the list, or to search for it when none is offered. */
  issuer: string
  search?: string
  kind?: string
  number: string
  place?: string
  issuedOn: string
  title?: string
  powers?: string
  post?: string
  signer?: string
}

/** Gives a file to read and waits for its review. @returns the id of the import */
export async function giveDocument(page: Page, file: string | { name: string; bytes: Uint8Array }): Promise<string> {
  await page.goto('/van-ban')
  const given =
    typeof file === 'string'
      ? file
      : { name: file.name, mimeType: 'application/octet-stream', buffer: Buffer.from(file.bytes) }
  await page.locator('#document-file').setInputFiles(given)
  await page.waitForURL(/\/van-ban\/[0-9a-f-]{36}$/)
  await page.locator('li[id^="item-"]').first().waitFor()
  return page.url().split('/').at(-1) ?? ''
}

/** The rows of tasks under review, groups left out. */
export function taskRows(page: Page): Locator {
  return page.locator('li[id^="item-"][data-kind="task"]')
}

/** The row of the task with this printed number; of several the first. */
export function taskRow(page: Page, path: string): Locator {
  return taskRows(page)
    .filter({ has: page.getByRole('checkbox', { name: `Đánh dấu ${path} để gộp`, exact: true }) })
    .first()
}

/** Fills in what the document does not say, and confirms the rest of its head. */
export async function fillHead(page: Page, head: Head): Promise<void> {
  const form = page.getByRole('region', { name: 'Phần đầu văn bản' })
  await typeInto(form.locator('#head-issuedOn'), head.issuedOn)
  if (head.search === undefined) await form.getByRole('radio', { name: new RegExp(`^${head.issuer}`) }).click()
  else await pick(page, form.getByLabel(/Tìm cơ quan|Cơ quan khác/), head.search, head.issuer)
  await form.getByRole('button', { name: 'Đổi' }).waitFor()
  if (head.kind !== undefined) await form.locator('#head-kind').selectOption(head.kind)
  for (const name of ['number', 'place', 'title', 'powers', 'post', 'signer'] as const) {
    const words = head[name]
    if (words !== undefined) await typeInto(form.locator(`#head-${name}`), words)
  }
  const confirm = form.getByRole('button', { name: /Xác nhận phần đầu văn bản/ })
  if ((await confirm.count()) > 0) await confirm.press('Enter')
  await confirm.waitFor({ state: 'detached' })
  const text = page.getByRole('button', { name: /Xác nhận phần lời văn/ })
  if ((await text.count()) > 0) await text.press('Enter')
}

/** Lays all tasks nobody leads on one body or class, from the row of the first of them. */
export async function layOnAll(page: Page, row: Locator, search: string, name: string | RegExp): Promise<void> {
  await row.focus()
  await row.getByRole('button', { name: 'chưa có cơ quan' }).press('Enter')
  const group = row.getByRole('group', { name: 'Chọn cơ quan' })
  const everywhere = group.getByRole('checkbox')
  if ((await everywhere.count()) > 0 && !(await everywhere.isChecked())) await everywhere.press('Space')
  await pick(page, group.getByLabel('Tìm cơ quan hoặc nhóm cơ quan'), search, name)
  await row.getByRole('button', { name: 'chưa có cơ quan' }).waitFor({ state: 'detached' })
}

/** Gives a task its due date in the editor, and accepts it there. */
export async function setDue(row: Locator, words: string, date: string): Promise<void> {
  await row.focus()
  await row.press('e')
  await row.getByLabel('Loại thời gian').selectOption({ label: 'Đến hạn' })
  await typeInto(row.locator('[id$="-time-text"]'), words)
  await typeInto(row.locator('[id$="-time-to"]'), date)
  await row.getByRole('button', { name: 'Xong, chấp nhận' }).press('Enter')
}

/** Decides on a task by its key: `a` accepts, `r` rejects. */
export async function decideByKey(page: Page, row: Locator, key: 'a' | 'r'): Promise<void> {
  // The row one decided on before hands the focus on when it is drawn; until then the wanted one may lose it again.
  for (;;) {
    await row.focus()
    await drawn(page)
    if ((await row.and(page.locator('[data-active]:focus')).count()) > 0) break
  }
  await page.keyboard.press(key)
  await row.and(page.locator('[data-state="proposed"]')).waitFor({ state: 'detached' })
}

/** Waits until all that was decided is kept. */
export async function untilKept(page: Page): Promise<void> {
  await page
    .getByText(/^Đã lưu/)
    .first()
    .waitFor()
}

/** Makes the plan, under the plans above named by number. @returns the id of the plan */
export async function makePlan(page: Page, parents: readonly string[] = []): Promise<string> {
  const finish = page.getByRole('region', { name: 'Lập kế hoạch từ văn bản' })
  for (const number of parents) await pick(page, finish.locator('input#parents'), number, number)
  await finish.getByRole('button', { name: 'Lập kế hoạch từ văn bản' }).press('Enter')
  await page.waitForURL(/\/ke-hoach\/[0-9a-f-]{36}$/)
  return page.url().split('/').at(-1) ?? ''
}

/** Begins a plan by hand, with nothing but its title. @returns the id of the plan */
export async function beginDraft(page: Page, title: string): Promise<string> {
  await page.goto('/ke-hoach')
  await page.getByRole('button', { name: 'Soạn kế hoạch' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await typeInto(dialog.getByLabel('Trích yếu'), title)
  await dialog.getByRole('button', { name: 'Bắt đầu soạn', disabled: false }).press('Enter')
  await page.waitForURL(/\/ke-hoach\/[0-9a-f-]{36}\/soan/)
  return /[0-9a-f-]{36}/.exec(page.url())?.[0] ?? ''
}
