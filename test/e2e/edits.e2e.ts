import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { readSheet, writeSheets } from '#platform'
import type { PlanDetail } from '#plans/model'
import { keepPicture, openVisit, phone, pick, seriousFaults, typeInto, wide, type Visit } from '../kit/browser.ts'
import { lookAtLabels } from '../kit/change-steps.ts'
import { beginDraft } from '../kit/review-steps.ts'
import { ask } from '../kit/work-steps.ts'

let visit: Visit
beforeAll(async () => {
  visit = await openVisit(inject('product'))
})
afterAll(() => visit.close())

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Downloads the spreadsheet of the page, lets it be changed, and gives it back. */
async function throughSheet(page: Page, change: (rows: string[][]) => string[][]): Promise<void> {
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Tải tệp Excel' }).press('Enter')
  const rows = await readSheet(readFileSync(await (await coming).path()), { rows: 6000, columns: 40, keepsLines: true })
  const [head = [], ...body] = change(rows.map((row) => row.cells))
  const bytes = await writeSheets([{ name: 'x', columns: head.map((cell) => ({ head: cell, width: 12 })), rows: body }])
  await page.setInputFiles('#file', { name: 'bang.xlsx', mimeType: xlsx, buffer: Buffer.from(bytes) })
  await page.getByRole('button', { name: 'Kiểm tra và xem trước' }).press('Enter')
  await page.waitForURL(/\/sua-hang-loat\/[0-9a-f-]{36}/)
}

test('a draft is written in a spreadsheet, changed in bulk by keyboard, and taken back', async () => {
  const { page, complaints } = await visit.signIn('bo-y-te.can-bo')
  const id = await beginDraft(page, 'Kế hoạch thử sửa nhiều mục (dữ liệu minh họa)')
  const draft = async () => (await ask<PlanDetail>(page, `/plans/${id}?draft=true`)).nodes
  await page.goto(`/ke-hoach/${id}/bang`)
  await throughSheet(page, ([head = []]) => {
    const row = (cells: Record<string, string>) => head.map((name) => cells[name] ?? '')
    return [
      head,
      row({ Mã: '+1', Loại: 'Nhóm', 'Số thứ tự': 'I', 'Nội dung': 'Bảo vệ trẻ em' }),
      row({ 'Thuộc mã': '+1', 'Số thứ tự': '1', 'Nội dung': 'Việc thứ nhất', 'Chủ trì': 'Bộ Y tế' }),
      row({
        'Thuộc mã': '+1',
        'Số thứ tự': '2',
        'Nội dung': 'Việc thứ hai',
        'Chủ trì': 'Bộ Công an',
        'Đến ngày': 'mai',
      }),
      row({ 'Thuộc mã': '+1', 'Số thứ tự': '3', 'Nội dung': 'Việc thứ ba', 'Chủ trì': 'Bộ Công an' }),
    ]
  })
  await page.getByText('“mai” không phải là ngày').waitFor()
  await keepPicture(page, 'edits/sheet-preview')
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Chỉ thực hiện các mục hợp lệ' }).press('Enter')
  await page.getByText('Đã sửa 3 chỗ').waitFor()
  expect((await draft()).map((node) => node.text)).toEqual(['Bảo vệ trẻ em', 'Việc thứ nhất', 'Việc thứ ba'])

  await page.getByRole('link', { name: 'Mở dự thảo' }).press('Enter')
  await page.getByRole('button', { name: 'Sửa nhiều mục' }).press('Enter')
  for (const task of ['Việc thứ nhất', 'Việc thứ ba'])
    await page.getByRole('checkbox', { name: new RegExp(task) }).press('Space')
  await page.getByRole('button', { name: 'Sửa các mục đã chọn' }).press('Enter')
  const dialog = page.getByRole('dialog')
  const mixed = dialog.getByRole('checkbox', { name: 'Bộ Công an' })
  expect(await mixed.evaluate((box: HTMLInputElement) => box.indeterminate)).toBe(true)
  await pick(page, dialog.getByLabel('Thêm cơ quan'), 'Bộ Nội vụ', /^Bộ Nội vụ/)
  await dialog.getByRole('checkbox', { name: 'Đổi sản phẩm' }).press('Space')
  await typeInto(dialog.locator('#output'), 'Báo cáo')
  await keepPicture(page, 'edits/bulk')
  expect(await seriousFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Xem trước' }).press('Enter')
  await page.getByText('2 mục thay đổi').waitFor()
  const before = await draft()
  await page.setViewportSize(phone)
  await keepPicture(page, 'edits/preview-360')
  await page.setViewportSize(wide)
  await page.getByRole('button', { name: 'Thực hiện', exact: true }).press('Enter')
  await page.getByText('Đã sửa 4 chỗ').waitFor()
  const tasks = (await draft()).filter((node) => node.kind === 'task')
  expect(tasks.map((task) => [task.output, task.duties.map((duty) => [duty.kind, duty.raw])])).toEqual([
    ['Báo cáo', [['lead', 'Bộ Y tế'], ['support', 'Bộ Nội vụ']]], // prettier-ignore
    ['Báo cáo', [['lead', 'Bộ Công an'], ['support', 'Bộ Nội vụ']]], // prettier-ignore
  ])
  await page.goto('/sua-hang-loat')
  await page.getByRole('button', { name: 'Hoàn tác' }).first().press('Enter')
  await page.getByText('Đã hoàn tác 4 thay đổi').waitFor()
  const same = (nodes: PlanDetail['nodes']) => nodes.map(({ duties, ...node }) => ({ ...node, duties: duties.map((duty) => duty.raw) })) // prettier-ignore
  expect(same(await draft())).toEqual(same(before))
  expect(complaints).toEqual([])
})

test('labels are laid on work, found by them, and progress comes in by spreadsheet', async () => {
  const { page, complaints } = await visit.signIn('bo-y-te.can-bo')
  const plan =
    (await ask<{ items: { id: string }[] }>(page, '/plans?level=central&state=issued&size=1')).items[0]?.id ?? ''
  await lookAtLabels(page, plan, 'Trọng tâm')
  await page.getByRole('button', { name: 'Thực hiện', exact: true }).press('Enter')
  await page.getByText('Đã sửa 1 chỗ').waitFor()
  await page.goto(`/nhiem-vu?nhan=${encodeURIComponent('Trọng tâm')}`)
  await page.getByRole('listitem').filter({ hasText: 'Trọng tâm' }).first().waitFor()

  await page.goto('/nhiem-vu/bang')
  await throughSheet(page, (rows) => {
    const [head = [], first = []] = rows
    const at = (name: string) => head.indexOf(name)
    const filled = head.map((_name, column) => first[column] ?? '')
    filled[at('Tình hình')] = 'Đang thực hiện'
    filled[at('Kết quả thực hiện')] = 'Đã họp ban soạn thảo'
    return [head, filled]
  })
  await page.getByText('Đã họp ban soạn thảo').waitFor()
  await page.getByRole('button', { name: 'Chỉ lưu, chưa gửi' }).press('Enter')
  await page.getByText('Đã sửa 1 chỗ').waitFor()
  await page.getByRole('button', { name: 'Hoàn tác' }).first().press('Enter')
  await page.getByText('Đã hoàn tác 1 thay đổi').waitFor()
  expect(complaints).toEqual([])
})
