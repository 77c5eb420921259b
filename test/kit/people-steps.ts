import type { Page } from 'playwright-core'
import { pick, typeInto, type Visit } from './browser.ts'

/** A person to be, as an administrator invites them: body and role by their names. */
export type Invited = { name: string; login: string; agency: string; role: string; isWeighty: boolean }

/**
 * Invites a person by a slip, has a second administrator confirm a weighty post, and lets the person in with the slip.
 * @returns the window they are signed in in
 */
export async function letIn(visit: Visit, administrators: () => Promise<[Page, Page]>, person: Invited): Promise<Page> {
  const [first, second] = await administrators()
  const code = await invite(first, person)
  if (person.isWeighty) await confirmPost(second, person)
  const { page } = await visit.stranger()
  await page.goto('/loi-moi')
  await typeInto(page.locator('#code'), code)
  for (const field of ['#password', '#again'])
    await typeInto(page.locator(field), 'một câu thật dài, chỉ mình tôi biết')
  await page.getByRole('button', { name: 'Nhận và đăng nhập' }).press('Enter')
  await page.getByRole('navigation').first().waitFor()
  return page
}

async function invite(page: Page, { name, login, agency, role }: Invited): Promise<string> {
  await page.goto('/quan-tri/nguoi-dung/moi')
  await typeInto(page.locator('#name'), name)
  await typeInto(page.locator('#login'), login)
  await pick(page, page.getByLabel(/^Cơ quan/).first(), agency, agency)
  await page.getByLabel(/^Vai trò/).selectOption({ label: role })
  await page.getByRole('button', { name: 'Mời và in phiếu' }).press('Enter')
  const slip = page.getByRole('article', { name: 'Phiếu mời sử dụng' })
  return slip.locator('dt', { hasText: 'Mã dùng một lần' }).locator('+ dd').innerText()
}

/** Gives the second person's word to the post of somebody just invited. */
async function confirmPost(page: Page, { name, login }: Invited): Promise<void> {
  await page.goto('/quan-tri/nguoi-dung')
  await typeInto(page.getByRole('searchbox').last(), login)
  await page.getByRole('link', { name }).first().press('Enter')
  await page.getByRole('button', { name: 'Xác nhận', exact: true }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Xác nhận' }).last().press('Enter')
  await page.getByText(`Đã xác nhận vị trí của ${name}.`).waitFor()
}
