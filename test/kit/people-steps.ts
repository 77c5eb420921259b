import type { Page } from 'playwright-core'
import { pick, typeInto, type Visit } from './browser.ts'

/** A person to be, as an administrator invites them: body and role by their names. */
export type Invited = { name: string; login: string; agency: string; role: string }

/** Invites a person by a slip, and lets them in with it. @returns the window they are signed in in */
export async function letIn(visit: Visit, administrator: Page, person: Invited): Promise<Page> {
  const code = await invite(administrator, person)
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
