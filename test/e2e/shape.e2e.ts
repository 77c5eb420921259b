import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { Occurrence, OccurrenceDetail, PlanDetail } from '#plans/model'
import {
  drawn,
  keepPicture,
  openVisit,
  phone,
  press,
  seriousFaults,
  sticksOut,
  tabTo,
  typeInto,
  type Visit,
} from '../kit/browser.ts'
import { beginDraft } from '../kit/review-steps.ts'
import { ask, daysOn, readNumbers, typed } from '../kit/work-steps.ts'

let visit: Visit
beforeAll(async () => {
  visit = await openVisit(inject('product'))
})
afterAll(() => visit.close())

const saved = (page: Page) =>
  page
    .getByText(/^Đã lưu \d/)
    .first()
    .waitFor()

async function openHead(page: Page, id: string): Promise<void> {
  await page.goto(`/ke-hoach/${id}/soan`)
  await page.getByRole('tab', { name: 'Văn bản' }).click()
  await page.locator('[id="header.title"]').waitFor()
}

test('two people write one draft: what one of them changed is joined, what both changed is asked field by field', async () => {
  const first = await visit.signIn('bo-y-te.tong-hop')
  const second = await visit.signIn('bo-y-te.can-bo')
  const id = await beginDraft(first.page, 'Kế hoạch hai người cùng soạn (dữ liệu minh họa)')
  await openHead(first.page, id)
  await openHead(second.page, id)
  const field = (page: Page, name: string) => page.locator(`[id="header.${name}"]`)

  await typeInto(field(first.page, 'place'), 'Hà Nội')
  await saved(first.page)
  await typeInto(field(second.page, 'signature.name'), 'Người Ký Minh Họa')
  await second.page.getByText('Đã đưa vào 1 chỗ đồng nghiệp vừa sửa: Địa danh').waitFor()
  await saved(second.page)
  expect(await field(second.page, 'place').inputValue()).toBe('Hà Nội')
  const read = () => ask<PlanDetail>(first.page, `/plans/${id}?draft=true`)
  expect((await read()).header).toMatchObject({ place: 'Hà Nội', signature: { name: 'Người Ký Minh Họa' } })

  await typeInto(field(second.page, 'title'), 'Trích yếu của người thứ hai (dữ liệu minh họa)')
  await saved(second.page)
  await typeInto(field(second.page, 'signature.post'), 'Thứ trưởng')
  await typeInto(field(first.page, 'title'), 'Trích yếu của người thứ nhất (dữ liệu minh họa)')
  const conflict = first.page.getByRole('alert')
  await conflict.getByText('Đồng nghiệp đã lưu khi bạn đang soạn').waitFor()
  const asked = conflict.getByRole('group', { name: 'Trích yếu' })
  for (const words of ['của người thứ nhất', 'của người thứ hai', 'Kế hoạch hai người cùng soạn'])
    await asked.getByText(words).waitFor()
  expect(await field(first.page, 'title').inputValue()).toContain('người thứ nhất')
  expect(await seriousFaults(first.page)).toEqual([])
  await keepPicture(first.page, 'shape/conflict')
  // One way on, below the choices: no second button above them that would only fail again.
  await first.page.getByText('Chưa lưu: chờ bạn chọn').waitFor()
  expect(await first.page.getByRole('button', { name: 'Lưu lại' }).count()).toBe(0)
  const settle = conflict.getByRole('button', { name: 'Lưu bản đã chọn' })
  expect(await settle.isDisabled()).toBe(true)
  await asked.getByRole('radio', { name: 'Giữ cả hai, nối tiếp nhau' }).press('Space')
  await settle.press('Enter')
  await conflict.waitFor({ state: 'detached' })
  await first.page.getByRole('log').getByText('Đã lưu bản bạn chọn').waitFor()
  await saved(first.page)
  const { title, signature } = (await read()).header
  expect(title).toMatch(/người thứ hai[^]*người thứ nhất/)
  expect(signature.name).toBe('Người Ký Minh Họa')
  expect([...first.complaints, ...second.complaints].filter((words) => !/status of 409/.test(words))).toEqual([])
})

test('an update two people write is joined too, and what was typed over a reload is not written over', async () => {
  const first = await visit.signIn('lam-dong.can-bo')
  const agencyId = (await ask<{ posts: { agencyId: string }[] }>(first.page, '/session')).posts[0]?.agencyId
  const { items } = await ask<{ items: Occurrence[] }>(
    first.page,
    `/tasks?agencyId=${agencyId}&progressState=none&size=1`,
  )
  const path = `/nhiem-vu/${items[0]?.id}`
  const other = await first.page.context().newPage()
  await first.page.goto(path)
  await other.goto(path)
  await typeInto(first.page.locator('#narrative'), 'Đã tập huấn 120 cán bộ (minh họa).')
  await saved(first.page)
  await other.locator('#evidenceNote').waitFor()
  await typeInto(other.locator('#evidenceNote'), 'Danh sách ký nhận (minh họa)')
  await other.getByText(/chỗ đồng nghiệp vừa sửa/).waitFor()
  await saved(other)
  expect(await other.locator('#narrative').inputValue()).toContain('120 cán bộ')
  const detail = await ask<OccurrenceDetail>(first.page, `/tasks/${items[0]?.id}`)
  expect(detail.progress[0]).toMatchObject({
    narrative: 'Đã tập huấn 120 cán bộ (minh họa).',
    evidenceNote: 'Danh sách ký nhận (minh họa)',
  })
  await other.close()
})

test('a milestone is set and passed by keyboard; the four numbers stay; it stands in my work and on the timeline', async () => {
  const { page, complaints } = await visit.signIn('lam-dong.can-bo')
  const { today, posts } = await ask<{ today: string; posts: { agencyId: string }[] }>(page, '/session')
  const agencyId = posts[0]?.agencyId ?? ''
  const { items } = await ask<{ items: Occurrence[] }>(
    page,
    `/tasks?agencyId=${agencyId}&standing=pending-in-time&size=1`,
  )
  const [work] = items
  await page.goto(`/nhiem-vu?co-quan=${agencyId}`)
  const before = await readNumbers(page)
  await page.goto(`/nhiem-vu/${work?.id}`)
  await page.getByRole('button', { name: 'Thêm mốc' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await typeInto(dialog.getByLabel('Tên mốc'), 'Xong danh sách (minh họa)')
  await typeInto(dialog.getByLabel('Ngày của mốc'), typed(daysOn(today, 5)))
  await dialog.getByRole('button', { name: 'Thêm mốc' }).press('Enter')
  await page.getByText('không làm thay đổi bốn con số').waitFor()
  await page.getByText('Xong danh sách (minh họa)').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await keepPicture(page, 'shape/milestone')
  await page.goto('/viec-cua-toi')
  await page.getByRole('heading', { name: /Mốc cần để ý/ }).waitFor()
  await keepPicture(page, 'shape/my-work')
  await page.getByRole('link', { name: /Xong danh sách \(minh họa\)/ }).press('Enter')
  await page.getByRole('button', { name: 'Ghi nhận đạt' }).press('Enter')
  await typeInto(page.getByRole('dialog').getByLabel('Minh chứng'), 'Công văn 5 (minh họa)')
  await page.getByRole('dialog').getByRole('button', { name: 'Ghi nhận đạt mốc' }).press('Enter')
  await page.getByText('Minh chứng: Công văn 5 (minh họa)').waitFor()
  await page.goto(`/nhiem-vu?co-quan=${agencyId}`)
  expect(await readNumbers(page)).toEqual(before)
  await page.getByRole('tab', { name: 'Dòng thời gian' }).press('Enter')
  await page
    .getByRole('link', { name: /Xong danh sách \(minh họa\) · mốc đã đạt/ })
    .first()
    .waitFor()
  expect(complaints).toEqual([])
})

test('the timeline is reached by keyboard, has a table, months on a phone and pages of paper', async () => {
  const { page, complaints } = await visit.signIn('bo-y-te.tong-hop')
  const plan =
    (await ask<{ items: { id: string }[] }>(page, '/plans?level=central&state=issued&size=1')).items[0]?.id ?? ''
  await page.goto(`/ke-hoach/${plan}`)
  const document = page.getByRole('tab', { name: 'Văn bản' })
  await document.focus()
  await press(page, 'ArrowRight')
  const chart = page.getByRole('region', { name: 'Dòng thời gian', exact: true })
  await chart.waitFor()
  expect(page.url()).toContain('xem=dong-thoi-gian')
  const mark = chart.getByRole('link', { name: / · hạn \d/ }).first()
  await tabTo(page, mark)
  expect(await seriousFaults(page)).toEqual([])
  await keepPicture(page, 'shape/timeline', { whole: false })
  const shown = await chart.getByRole('link', { name: / · hạn \d/ }).count()
  await page.getByText('Dòng thời gian dưới dạng bảng').press('Enter')
  const table = page.getByRole('region', { name: 'Dòng thời gian dưới dạng bảng' })
  expect(await table.getByRole('link').count()).toBeGreaterThanOrEqual(shown)
  await page.setViewportSize(phone)
  await page
    .getByRole('heading', { level: 3, name: /^Tháng \d+\/\d{4}$/ })
    .first()
    .waitFor()
  expect([await chart.isVisible(), await sticksOut(page)]).toEqual([false, []])
  await keepPicture(page, 'shape/timeline-360', { whole: false })
  await mark.waitFor({ state: 'hidden' })
  expect(complaints).toEqual([])
})

test('the board counts as the list does, and a card opens the act that moves it', async () => {
  const { page, complaints } = await visit.signIn('bo-y-te.tong-hop')
  const { total } = await ask<{ total: number }>(page, '/tasks?progressState=submitted&size=1')
  await page.goto('/nhiem-vu?xem=bang')
  const column = page.getByRole('region', { name: /Chờ kiểm tra/ })
  await column.getByRole('link').first().waitFor()
  expect(Number((await column.getByRole('heading').innerText()).replace(/\D/g, ''))).toBe(total)
  expect(await column.getByRole('article').count()).toBe(Math.min(10, total))
  expect(await seriousFaults(page)).toEqual([])
  if (total > 10) {
    await column.getByRole('button', { name: /^Xem thêm/ }).press('Enter')
    await expect.poll(() => column.getByRole('article').count()).toBe(Math.min(20, total))
  }
  await column
    .getByRole('link', { name: /^Xác nhận hoặc trả lại/ })
    .first()
    .press('Enter')
  await page.waitForURL(/#kiem-tra$/)
  await page.getByRole('button', { name: 'Trả lại' }).waitFor()
  expect(complaints).toEqual([])
})

test('letters of twice the size are kept, icons grow with them, and no page scrolls sideways', async () => {
  const { page, complaints } = await visit.signIn('bo-y-te.tong-hop', { size: { width: 1280, height: 900 } })
  await page.goto('/nhiem-vu')
  await page.getByRole('table').getByRole('link').first().waitFor()
  const icon = page
    .getByRole('button', { name: /Bùi|Người|Tài khoản|minh họa/ })
    .last()
    .locator('svg')
  const size = async () => (await icon.boundingBox())?.width ?? 0
  const usual = await size()
  await icon.click()
  await page.getByRole('menuitemradio', { name: /200/ }).click()
  await drawn(page)
  expect(await size()).toBeCloseTo(usual * 2, 0)
  for (const path of [
    '/nhiem-vu',
    '/nhiem-vu?xem=dong-thoi-gian',
    '/nhiem-vu?xem=bang',
    '/viec-cua-toi',
    '/ke-hoach',
    '/don-doc',
  ])
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await page.waitForLoadState('networkidle')
      expect([path, width, await sticksOut(page)]).toEqual([path, width, []])
      await keepPicture(page, `shape/twice-${width}${path.replaceAll(/[/?=]/g, '-')}`, { whole: false })
    }
  expect(await page.evaluate('document.documentElement.dataset.textSize')).toBe('200')
  expect(complaints).toEqual([])
})
