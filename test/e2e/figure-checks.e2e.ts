import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { keepPicture, openVisit, phone, seriousFaults, type Visit } from '../kit/browser.ts'

let visit: Visit
beforeAll(async () => {
  visit = await openVisit(inject('product'))
})
afterAll(() => visit.close())

const pictures = 'figure-checks'

test('a figure that does not agree is seen while it is entered, explained by its body, and read where it is accepted', async () => {
  const { page, complaints } = await visit.signIn('phan-thiet.can-bo')
  await page.goto('/chi-tieu/nhap-so-lieu?ky=2026')
  const row = page.getByRole('row').filter({
    has: page.getByRole('rowheader', { name: 'Tỷ lệ trẻ em có hoàn cảnh đặc biệt được chăm sóc, trợ giúp' }),
  })
  const other = page.getByRole('row').filter({
    has: page.getByRole('rowheader', { name: 'Tỷ lệ trẻ em có hoàn cảnh đặc biệt trên tổng số trẻ em' }),
  })
  const write = async (line: typeof row, numerator: string, denominator: string) => {
    await line.locator('td[data-column="numerator"]').click()
    await page.keyboard.type(numerator)
    await page.keyboard.press('Tab')
    await page.keyboard.type(denominator)
    await page.keyboard.press('Enter')
  }
  await write(other, '320', '7030')
  await write(row, '300', '310')
  await page.getByRole('button', { name: /^Gửi duyệt/ }).press('Enter')
  await row.getByText(/giống nhau ở hai số đo/).waitFor()
  await keepPicture(page, `${pictures}/1-entry`)
  expect(await seriousFaults(page)).toEqual([])
  await row.getByRole('link', { name: 'Xem' }).press('Enter')
  await page.waitForURL(/\/chi-tieu\/kiem-tra/)
  const found = page.getByRole('row').filter({ hasText: 'giống nhau ở hai số đo' })
  await found.getByText('Chờ trả lời').waitFor()
  await found.getByRole('button', { name: 'Giải trình…' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Vì sao số liệu vẫn đúng').fill('Hai số đo lấy ở hai thời điểm (minh họa)')
  await dialog.getByRole('button', { name: 'Gửi giải trình' }).press('Enter')
  await found.getByText('Đã giải trình').waitFor()
  await keepPicture(page, `${pictures}/2-list`)
  await page.setViewportSize(phone)
  await keepPicture(page, `${pictures}/3-phone`)
  expect(await seriousFaults(page)).toEqual([])
  const approver = await visit.signIn('phan-thiet.lanh-dao')
  await approver.page.goto('/chi-tieu/duyet')
  await approver.page
    .getByText(/Giải trình: Hai số đo lấy ở hai thời điểm/)
    .first()
    .waitFor()
  await keepPicture(approver.page, `${pictures}/4-waiting`)
  expect(complaints).toEqual([])
})

test('the ministry checks a whole period again and groups what was found', async () => {
  const { page } = await visit.signIn('bo-y-te.tong-hop')
  await page.goto('/chi-tieu/kiem-tra')
  await page.getByRole('button', { name: 'Kiểm tra lại…' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Kiểm tra', exact: true }).press('Enter')
  await dialog.getByText('Đã kiểm tra xong; danh sách đã cập nhật.').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Lọc theo nhóm' }).press('Enter')
  await page.getByText('Thay đổi lớn so với kỳ trước').first().waitFor()
  await keepPicture(page, `${pictures}/5-groups`)
  expect(await seriousFaults(page)).toEqual([])
})
