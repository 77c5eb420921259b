import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { giveRecommendations, untilRead, type BroughtRow } from '../kit/bring-steps.ts'
import { ask } from '../kit/work-steps.ts'
import { keepPicture, openVisit, phone, seriousFaults, wide, type Visit } from '../kit/browser.ts'

let visit: Visit
beforeAll(async () => {
  visit = await openVisit(inject('product'))
})
afterAll(() => visit.close())

const pictures = 'recommendation-files'
const document = { mechanism: 'crc', symbol: 'CRC/C/INV/CO/9', published: '2001-10-21', cycle: '1' }
const first: BroughtRow = { ...document, key: 'inv-1', paragraph: '30', text: 'Register all children soon.' }
const second: BroughtRow = { ...document, key: 'inv-2', paragraph: '31', text: 'Prohibit violence soon.' }
const third: BroughtRow = { ...document, key: 'inv-3', paragraph: '32', text: 'Train teachers soon.' }
const later = (row: BroughtRow): BroughtRow => ({ ...row, text: row.text?.replace('soon', 'without delay') ?? '' })

test('a table with faults comes in as far as it is good; what the UN changed later is settled beside what is here', async () => {
  const { page, complaints } = await visit.signIn('bo-y-te.tong-hop')
  await giveRecommendations(page, 'bang-dau.csv', [
    first,
    second,
    third,
    { ...third, key: 'x', mechanism: 'Hội đồng', symbol: 'INV/1' },
  ])
  await page.getByText('Chưa nhận dòng nào của tệp này.').waitFor()
  await page.getByRole('cell', { name: /không nhận ra cơ chế “Hội đồng”/ }).waitFor()
  await keepPicture(page, `${pictures}/1-refused`)
  expect(await seriousFaults(page)).toEqual([])
  const [list] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Tải danh sách (.csv)' }).press('Enter'),
  ])
  expect(readFileSync(await list.path(), 'utf8')).toContain('Hội đồng')

  await page.getByRole('button', { name: 'Nhận các dòng đúng' }).press('Enter')
  await page.getByText('3 thêm mới').waitFor()
  await untilRead(page)
  await giveRecommendations(page, 'bang-lai.csv', [first, second, third])
  await page.getByText('Tệp này không có gì mới: cả 3 bản ghi đã có').waitFor()

  await giveRecommendations(page, 'bang-sau.csv', [first, second, third].map(later))
  await page.getByText('3 khác bản đang có').waitFor()
  const rows = page.locator('li[id^="difference-"]')
  await expect.poll(() => rows.count()).toBe(3)
  expect(await rows.first().locator('del').innerText()).toMatch(/soon/)
  expect(await rows.first().locator('ins').innerText()).toMatch(/without delay/)
  await keepPicture(page, `${pictures}/2-differences`)
  expect(await seriousFaults(page)).toEqual([])
  await page.setViewportSize(phone)
  await keepPicture(page, `${pictures}/3-differences-phone`)
  await page.setViewportSize(wide)

  await rows.first().focus()
  await page.keyboard.press('a')
  await expect.poll(() => rows.count()).toBe(2)
  await rows.first().focus()
  await page.keyboard.press('r')
  await expect.poll(() => rows.count()).toBe(1)
  await page.getByRole('button', { name: 'Nhận cả 1' }).press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Nhận bản mới' }).click()
  await page.getByText('Không còn khác biệt nào chờ quyết định').waitFor()

  await giveRecommendations(page, 'bang-sau-nua.csv', [first, second, third].map(later))
  await page.getByText('Tệp này không có gì mới: cả 3 bản ghi đã có').waitFor()
  expect(complaints).toEqual([])
})

test('the board counts what no task answers, each number opening its list', async () => {
  const { page } = await visit.signIn('bo-y-te.can-bo')
  await page.goto('/khuyen-nghi/bao-phu?theo=mechanism')
  const row = page.getByRole('row', { name: /^Ủy ban về Quyền trẻ em/ })
  const number = row.getByRole('link').first()
  const counted = await number.innerText()
  await keepPicture(page, `${pictures}/4-board`)
  expect(await seriousFaults(page)).toEqual([])
  await number.press('Enter')
  await page.waitForURL(/\/khuyen-nghi\?co-che=crc/)
  const { total } = await ask<{ total: number }>(page, '/recommendations?mechanism=crc&size=1')
  expect(counted).toBe(String(total))
})
