import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { AnswersOf } from '#plans/model'
import type { RecommendationSummary } from '#recommendations/model'
import { keepPicture, openVisit, seriousFaults, type Visit } from '../kit/browser.ts'
import { ask } from '../kit/work-steps.ts'

let visit: Visit
beforeAll(async () => {
  visit = await openVisit(inject('product'))
})
afterAll(() => visit.close())

type Listed = { items: RecommendationSummary[]; total: number }
const list = (page: Page, query: string) => ask<Listed>(page, `/recommendations?size=50&${query}`)

async function act(page: Page, name: string | RegExp, within = page.locator('body')): Promise<void> {
  await within
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .press('Enter')
}

test('an uncovered recommendation is found, linked with a task, and taken back with a reason', async () => {
  const { page, complaints } = await visit.signIn('bo-y-te.tong-hop')
  const uncovered = await list(page, 'mechanism=crc&implementation=none')
  await page.goto('/khuyen-nghi?co-che=crc')
  await page.getByRole('button', { name: /Chưa có nhiệm vụ thực hiện/ }).press('Enter')
  await page.getByText(new RegExp(`trong ${uncovered.total}$`)).waitFor()
  await keepPicture(page, 'recommendations/uncovered')
  expect(await seriousFaults(page)).toEqual([])

  await page
    .getByRole('searchbox', { name: 'Tìm trong lời khuyến nghị' })
    .or(page.getByLabel('Tìm trong lời khuyến nghị'))
    .first()
    .fill('truong hoc khuyet tat')
  await page.getByRole('link', { name: /trường học tiếp cận được với trẻ em khuyết tật/ }).press('Enter')
  await page.getByRole('heading', { level: 1, name: /^Khuyến nghị đoạn/ }).waitFor()
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  await page.getByText('Chưa nhiệm vụ nào thực hiện hay góp phần.').waitFor()

  await act(page, 'Liên kết nhiệm vụ')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Nhiệm vụ' }).fill('ra soat van ban phap luat')
  await page.getByRole('option').first().click()
  await dialog.getByRole('radio', { name: /^Góp phần/ }).press('Space')
  await act(page, 'Liên kết nhiệm vụ', dialog)
  await page.getByText('Đã lập 1 liên kết.').waitFor()
  const { answers, implementation } = await ask<AnswersOf>(page, `/recommendations/${id}/answers`)
  expect([answers.map(({ kind }) => kind), implementation?.basis]).toEqual([['contributes'], 'contributes'])

  const work = await ask<{ items: { id: string }[] }>(page, `/tasks?recommendationId=${id}&size=1`)
  await page.goto(`/nhiem-vu/${work.items[0]?.id}`)
  const section = page.getByRole('region', { name: 'Đáp ứng khuyến nghị' })
  await section.getByRole('link', { name: /đoạn MH-7/ }).press('Enter')
  await act(page, 'Bỏ liên kết')
  await page.getByRole('dialog').getByLabel('Lý do bỏ liên kết').fill('Nhiệm vụ này chỉ rà soát văn bản')
  await act(page, 'Bỏ liên kết', page.getByRole('dialog'))
  await page.getByText('Chưa nhiệm vụ nào thực hiện hay góp phần.').waitFor()
  expect((await ask<AnswersOf>(page, `/recommendations/${id}/answers`)).answers).toEqual([])
  expect(complaints).toEqual([])
})

test('suggestions are confirmed for several at once, a paragraph stands as its parts, and an assessment beside what follows from tasks', async () => {
  const { page, complaints } = await visit.signIn('bo-y-te.tong-hop')
  const wanted = '/khuyen-nghi?co-che=crc&tim=ngan+sach+nguon+luc'
  await page.goto(wanted)
  await page
    .getByRole('checkbox', { name: /^Chọn .*đoạn/ })
    .first()
    .press('Space')
  await act(page, 'Phân loại')
  const dialog = page.getByRole('dialog')
  await dialog
    .getByText(/nguồn gợi ý/)
    .first()
    .waitFor()
  await act(page, 'Xác nhận mọi gợi ý', dialog)
  await act(page, /^Xem trước \d+ quyết định/, dialog)
  await page.getByText('Chưa có gì thay đổi. Xem lại rồi thực hiện.').waitFor()
  await act(page, 'Thực hiện')
  await page.getByText(/^Đã sửa 1 chỗ/).waitFor()
  const [decided] = (await list(page, 'mechanism=crc&search=ngan+sach+nguon+luc')).items
  expect([decided?.undecided, (decided?.terms.length ?? 0) > 0]).toEqual([[], true])

  const [whole] = (await list(page, 'mechanism=crc&urgent=with&search=vung+sau')).items
  await page.goto(`/khuyen-nghi/${whole?.id}`)
  await act(page, 'Nhập đánh giá độc lập')
  await dialog.getByLabel('Cơ quan, tổ chức đánh giá').fill('Nhóm đánh giá (minh họa)')
  await dialog.getByLabel('Mức độ').selectOption({ label: 'Mới bắt đầu' })
  await dialog.getByLabel('Nhận định').fill('Chưa có số liệu theo dân tộc.')
  await dialog.getByLabel('Minh chứng').fill('Khảo sát, trang 4.')
  await act(page, 'Lưu', dialog)
  await page.getByText('Minh chứng: Khảo sát, trang 4.').waitFor()
  await keepPicture(page, 'recommendations/one')
  expect(await seriousFaults(page)).toEqual([])

  await act(page, 'Tách thành các phần')
  await act(page, 'Tách thành 3 phần', dialog)
  await page.getByText('Đoạn này được tách thành 3 phần; mỗi phần được giao, theo dõi riêng.').waitFor()
  const after = await list(page, 'mechanism=crc&urgent=with&order=printed')
  expect(after.items.filter((one) => one.paragraph === whole?.paragraph).map(({ part }) => part)).toEqual([
    'a',
    'b',
    'c',
  ])
  expect(complaints).toEqual([])

  const reader = await visit.signIn('nguoi-xem')
  await reader.page.goto(`/khuyen-nghi/${decided?.id}`)
  await reader.page.getByRole('heading', { level: 1, name: /^Khuyến nghị đoạn/ }).waitFor()
  expect(
    await reader.page.getByRole('button', { name: /Liên kết nhiệm vụ|Nhập đánh giá|Thêm phân loại|^Sửa/ }).count(),
  ).toBe(0)
})
