import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { Occurrence } from '#plans/model'
import { readSheet } from '#platform'
import { keepPicture, openVisit, phone, seriousFaults, type Visit } from '../kit/browser.ts'
import { ask } from '../kit/work-steps.ts'

let visit: Visit
beforeAll(async () => {
  visit = await openVisit(inject('product'))
})
afterAll(() => visit.close())

const total = async (page: Page, query: string) => (await ask<{ total: number }>(page, `/tasks?size=1&${query}`)).total

/** Ticks a value of a group and says the count that stood beside it. */
async function tick(page: Page, group: string, value: string): Promise<number> {
  const panel = page.getByRole('region', { name: 'Lọc theo nhóm' })
  const section = panel.locator('details', { has: page.locator('summary', { hasText: new RegExp(`^${group}$`) }) })
  if ((await section.getAttribute('open')) === null) await section.locator('summary').press('Enter')
  const row = section.getByRole('listitem').filter({ hasText: value }).first()
  await row.getByText(/^[\d.]+$/).waitFor()
  const count = Number((await row.getByText(/^[\d.]+$/).innerText()).replaceAll('.', ''))
  await row.getByRole('checkbox').press('Space')
  await page.getByRole('button', { name: new RegExp(`^Bỏ điều kiện .*${value}`) }).waitFor()
  return count
}

test('a list is narrowed by groups and by what is missing, kept as a view, shared, and taken home as a workbook', async () => {
  const { page, complaints } = await visit.signIn('bo-y-te.tong-hop')
  await page.goto('/nhiem-vu')
  await page.getByRole('button', { name: 'Lọc theo nhóm' }).press('Enter')
  const overdue = await tick(page, 'Tình trạng', 'Quá hạn')
  expect(overdue).toBe(await total(page, 'standing=overdue'))
  const silent = await tick(page, 'Không có…', 'Chưa có cập nhật tiến độ')
  expect(silent).toBe(await total(page, 'standing=overdue&progressState=none'))
  expect(silent).toBeGreaterThan(0)
  await page
    .getByText(new RegExp(`trong ${silent.toLocaleString('vi')}$`))
    .first()
    .waitFor()
  await keepPicture(page, 'lists/facets')
  expect(await seriousFaults(page)).toEqual([])
  const address = page.url()

  await page.getByRole('button', { name: 'Cách xem' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Lưu cách xem này…' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Tên').fill('Quá hạn mà im lặng')
  await dialog.getByRole('radio', { name: 'Mọi người dùng hệ thống' }).press('Space')
  await dialog.getByRole('button', { name: 'Lưu', exact: true }).press('Enter')
  await page.getByText('Đã lưu cách xem “Quá hạn mà im lặng”.').waitFor()
  expect(new URL(page.url()).searchParams.getAll('tinh-trang')).toEqual(
    new URL(address).searchParams.getAll('tinh-trang'),
  )

  await page.getByRole('button', { name: 'Xuất tệp' }).press('Enter')
  const wait = page.waitForEvent('download', { timeout: 120_000 })
  await page.getByRole('dialog').getByRole('button', { name: 'Xuất', exact: true }).press('Enter')
  const download = await wait
  expect(download.suggestedFilename()).toMatch(/^Danh sách nhiệm vụ \d{4}-\d\d-\d\d\.xlsx$/)
  const rows = await readSheet(readFileSync(await download.path()), { rows: 20_000, columns: 40 })
  expect([rows[0]?.cells[0], rows[1]?.cells[0], rows.length - 2]).toEqual(['id', 'Mã bản ghi', silent])
  const { items } = await ask<{ items: Occurrence[] }>(page, '/tasks?size=1&standing=overdue&progressState=none')
  expect(rows[2]?.cells).toContain(items[0]?.id)

  const other = await visit.signIn('lam-dong.can-bo', { size: phone })
  await other.page.goto('/nhiem-vu')
  await other.page.getByRole('button', { name: 'Cách xem' }).press('Enter')
  await other.page.getByRole('menuitem', { name: /Quá hạn mà im lặng/ }).press('Enter')
  await other.page.getByRole('button', { name: /^Bỏ điều kiện Tình trạng: Quá hạn/ }).waitFor()
  const own = await total(other.page, 'standing=overdue&progressState=none')
  expect(own).toBeLessThan(silent)
  await keepPicture(other.page, 'lists/shared-view-360')
  expect([...complaints, ...other.complaints]).toEqual([])
})
