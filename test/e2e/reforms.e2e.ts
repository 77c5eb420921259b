import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { keepPicture, openVisit, type Visit } from '../kit/browser.ts'
import { beginReform, mergeWards, takeStep } from '../kit/reform-steps.ts'

let visit: Visit
beforeAll(async () => {
  visit = await openVisit(inject('product'))
})
afterAll(() => visit.close())

test('two wards are merged: drafted, looked at before and after, approved by a second person, applied', async () => {
  const { page, complaints } = await visit.signIn('quan-tri')
  const id = await beginReform(page, 'Sáp nhập phường Mũi Né và phường Hàm Thắng (minh họa)')
  await mergeWards(page, { names: ['Phường Mũi Né', 'Phường Hàm Thắng'], code: '22918' })
  await page.getByText('Không có lỗi').waitFor({ timeout: 60_000 })
  await page.getByRole('link', { name: /2\s*Cơ quan chấm dứt/ }).waitFor({ timeout: 60_000 })
  await page.getByRole('link', { name: /Cơ quan chấm dứt/ }).press('Enter')
  const table = page.getByRole('table', { name: 'Cơ quan chấm dứt' })
  await table.getByText('Ủy ban nhân dân phường Hàm Thắng').first().waitFor({ timeout: 60_000 })
  await keepPicture(page, 'reform-before-after')
  await takeStep(page, 'Trình phê duyệt')
  await page.getByText('Chờ người quản trị thứ hai phê duyệt.').waitFor({ timeout: 60_000 })
  expect(await page.getByRole('button', { name: 'Phê duyệt', exact: true }).count()).toBe(0)

  const second = await visit.signIn('quan-tri-2')
  await second.page.goto(`/sap-xep/${id}`)
  await takeStep(second.page, 'Phê duyệt')
  await second.page.getByText('Đã áp dụng. Muốn điều chỉnh').waitFor({ timeout: 120_000 })
  await second.page.goto('/dia-ban/nay-la-gi')
  await second.page.getByLabel('Tên hoặc mã').fill('Phường Hàm Thắng')
  await second.page.keyboard.press('Enter')
  await second.page.getByRole('main').getByText('Phường Mũi Né').first().waitFor()
  expect([...complaints, ...second.complaints]).toEqual([])
})
