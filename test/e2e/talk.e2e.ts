import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { keepPicture, openVisit, phone, seriousFaults, type Signed, type Visit } from '../kit/browser.ts'

let visit: Visit
beforeAll(async () => {
  visit = await openVisit(inject('product'))
})
afterAll(() => visit.close())

const pictures = 'talk'
const words = 'Đề nghị rà soát lại số liệu trước khi gửi.'

/** What the server answers the person of a page. */
async function ask<T>(page: Page, path: string): Promise<T> {
  return page.evaluate(`fetch('/api/v1${path}').then((answer) => answer.json())`) as Promise<T>
}

test('an officer calls the leader by name, who hears of it, answers, and the record tells its history', async () => {
  const officer: Signed = await visit.signIn('lam-dong.can-bo')
  const { items } = await ask<{ items: { id: string; progressState: string | null }[] }>(
    officer.page,
    '/tasks?progressState=submitted&size=1',
  )
  const [work] = items
  if (!work) throw new Error('no update was sent in the demonstration')
  await officer.page.goto(`/nhiem-vu/${work.id}`)
  const field = officer.page.getByLabel('Nêu ý kiến')
  await field.focus()
  await officer.page.keyboard.insertText(`${words} Nhờ `)
  await officer.page.keyboard.type('@lanh dao ubnd')
  await officer.page.getByRole('option', { name: /Lãnh đạo UBND tỉnh Lâm Đồng/ }).waitFor()
  await officer.page.keyboard.press('ArrowDown')
  await officer.page.keyboard.press('Enter')
  expect(await field.inputValue()).toMatch(/Nhờ @Lãnh đạo UBND tỉnh Lâm Đồng.* $/)
  await officer.page.getByRole('button', { name: 'Gửi', exact: true }).last().press('Enter')
  await officer.page.getByText('Đã gửi ý kiến.').waitFor()
  await officer.page.getByRole('article').filter({ hasText: words }).waitFor()
  await keepPicture(officer.page, `${pictures}/1-said`)
  expect(await seriousFaults(officer.page)).toEqual([])

  const leader = await visit.signIn('lam-dong.lanh-dao')
  await leader.page.goto('/')
  await leader.page.getByRole('link', { name: /Thông báo: \d+ thông báo chưa đọc/ }).press('Enter')
  await keepPicture(leader.page, `${pictures}/2-notices`)
  expect(await seriousFaults(leader.page)).toEqual([])
  await leader.page
    .getByRole('link', { name: /nhắc đến bạn khi trao đổi/ })
    .first()
    .press('Enter')
  const thread = leader.page.getByRole('listitem').filter({ hasText: words }).first()
  await thread.getByRole('button', { name: 'Trả lời' }).press('Enter')
  await leader.page.getByLabel(/^Trả lời Cán bộ/).fill('Đồng ý, gửi trong tuần này.')
  await thread.getByRole('button', { name: 'Gửi', exact: true }).press('Enter')
  await leader.page.getByRole('article').filter({ hasText: 'Đồng ý, gửi trong tuần này.' }).waitFor()
  await thread.getByRole('button', { name: 'Khép lại' }).press('Enter')
  await leader.page.getByText(/^Đã khép lại · Lãnh đạo/).waitFor()
  await leader.page.getByRole('button', { name: 'Xem lịch sử' }).press('Enter')
  await leader.page.getByText(/^Ngày \d+\/\d+\/\d{4} lúc \d\d:\d\d, .+ gửi cập nhật tiến độ\.$/).waitFor()

  const small = await visit.signIn('lam-dong.can-bo', { size: phone })
  await small.page.goto('/thong-bao')
  const notice = small.page.getByRole('article').filter({ hasText: 'nêu ý kiến về' }).first()
  await notice.getByRole('button', { name: 'Để sau' }).press('Enter')
  await small.page.getByRole('menuitem', { name: 'Sáng mai' }).press('Enter')
  await small.page.getByText(/^Đã để sang /).waitFor()
  await small.page.getByText('Để sau', { exact: true }).first().click()
  await small.page.getByText(/Hiện lại lúc 07:00/).waitFor()
  await keepPicture(small.page, `${pictures}/3-put-off`)
  for (const { complaints } of [officer, leader, small]) expect(complaints).toEqual([])
})
