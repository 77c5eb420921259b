import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import type { AnswersOf } from '#plans/model'
import { readSheet } from '#platform'
import type { RecommendationDetail, RecommendationSummary } from '#recommendations/model'
import { giveExport, giveMatrix, type IndexRecord } from '../kit/bring-steps.ts'
import { keepPicture, openVisit, phone, seriousFaults, wide, type Visit } from '../kit/browser.ts'
import { ask } from '../kit/work-steps.ts'

let visit: Visit
beforeAll(async () => {
  visit = await openVisit(inject('product'))
})
afterAll(() => visit.close())

const pictures = 'recommendation-journey'
/** An early document of its own: the newest cycle, which other journeys read, stays what it is. */
const document = {
  key: '0a110000-0000-4000-8000-000000000001',
  ...{ body: '- CRC', state: 'Viet Nam', symbol: 'CRC/C/HTR/CO/2', published: '2003-03-18' },
}
const keyOf = (number: number) => `0a110000-0000-4000-8000-0000000001${String(number)}`
const before: IndexRecord[] = [
  {
    key: keyOf(30),
    text: '30. The Committee urges the State party: (a) To prohibit corporal punishment of children in all settings; (b) To review the network of services that protect children; (c) To train those who work with children in communes',
    themes: ['Children: protection against exploitation'],
    persons: ['Children'],
    sdgs: ['16.2 - Protect children from abuse'],
  },
  {
    key: keyOf(31),
    text: '31. The Committee recommends that the State party connect the data on children with the data on its population soon.',
    themes: ['Data collection & research'],
    persons: ['Children'],
  },
  { key: keyOf(32), text: '32. The Committee recommends that the State party register every birth soon.' },
]
const after = before.map((record) => ({ ...record, text: record.text.replace('soon', 'without any delay') }))

type Listed = { items: RecommendationSummary[]; total: number }
const list = (page: Page, query: string) => ask<Listed>(page, `/recommendations?size=50&reach=own&${query}`)

async function act(within: Page | Locator, name: string | RegExp): Promise<void> {
  const button = within.getByRole('button', { name, exact: typeof name === 'string' }).first()
  await expect.poll(() => button.isEnabled(), { timeout: 30_000 }).toBe(true)
  await button.press('Enter')
}

/** Looks at a page in both widths: pictures, and what axe finds. */
async function look(page: Page, name: string): Promise<void> {
  await keepPicture(page, `${pictures}/${name}`)
  expect([name, await seriousFaults(page)]).toEqual([name, []])
  await page.setViewportSize(phone)
  await keepPicture(page, `${pictures}/${name}-phone`)
  await page.setViewportSize(wide)
}

test('what the UN asks comes in, is split, classed and answered, leaves as a table, and is settled when the UN changes it', async () => {
  const { page, complaints } = await visit.signIn('bo-y-te.tong-hop')
  const dialog = page.getByRole('dialog')

  await giveExport(page, 'chi-muc.json', document, before)
  await page.getByText('3 thêm mới').waitFor()
  await giveMatrix(page, 'bang-upr.docx', { cycle: '1', published: '24/9/2009' }, [
    { theme: 'Rights of the child' },
    {
      ...{ text: '99.1 Raise the age of the child to eighteen years (Norway);', position: 'Supported' },
      ...{ source: 'A/HRC/12/HTR - Para. 99', lists: ['- Right to education', 'Affected persons:', '- Children'] },
    },
    {
      ...{ text: '99.2 Ratify the third optional protocol (Chile) (Peru);', position: 'Noted' },
      ...{ source: 'A/HRC/12/HTR - Para. 99', lists: ['- Right to health', 'SDGs:', '- 3 - GOOD HEALTH'] },
    },
  ])
  await page.getByText('2 thêm mới').waitFor()
  await look(page, '1-matrix-read')
  const { items: brought } = await list(page, 'mechanism=upr&cycle=1&order=printed')
  expect(
    brought.map(({ paragraph, position, recommendingStates }) => [paragraph, position, recommendingStates]),
  ).toEqual([
    ['99.1', 'supported', ['Norway']],
    ['99.2', 'noted', ['Chile', 'Peru']],
  ])

  await page.goto('/khuyen-nghi?pham-vi=moi-chu-ky&co-che=crc&chu-ky=2')
  await page.getByRole('link', { name: /urges the State party: \(a\)/ }).press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Khuyến nghị đoạn 30' }).waitFor()
  await act(page, 'Tách thành các phần')
  await act(dialog, 'Tách thành 3 phần')
  await page.getByText('Đoạn này được tách thành 3 phần; mỗi phần được giao, theo dõi riêng.').waitFor()
  await look(page, '2-split')

  await page.getByRole('link', { name: '(b)', exact: true }).press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Khuyến nghị đoạn 30 (b)' }).waitFor()
  const partId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  await act(page, 'Viết bản dịch')
  await dialog.getByLabel('Bản dịch').fill('Rà soát mạng lưới cơ sở cung cấp dịch vụ bảo vệ trẻ em')
  await act(dialog, 'Lưu')
  await page.getByText('Đã lưu.').waitFor()
  const classes = page.getByRole('region', { name: 'Phân loại' })
  await act(classes, 'Xác nhận mọi gợi ý')
  await classes.getByText('gợi ý của nguồn').first().waitFor({ state: 'detached' })
  await look(page, '3-part-with-suggestions')
  await act(classes, /^Xác nhận: Bạo lực đối với trẻ em/)
  await expect
    .poll(async () =>
      (await ask<RecommendationDetail>(page, `/recommendations/${partId}`)).tags.map((tag) => tag.origin),
    )
    .toContain('likeness')

  const answering = page.getByRole('region', { name: 'Nhiệm vụ, cơ quan đáp ứng' })
  await act(answering, /^Không chấp nhận gợi ý: 1. Rà soát mạng lưới/)
  await answering.getByText('Gợi ý không được chấp nhận (1)').waitFor()
  await act(answering, /^Liên kết: 3.1. Rà soát mạng lưới/)
  await act(dialog, 'Liên kết nhiệm vụ')
  await page.getByText('Đã lập 1 liên kết.').waitFor()
  const { answers } = await ask<AnswersOf>(page, `/recommendations/${partId}/answers`)
  expect(answers.map(({ kind, origin, path }) => [kind, origin, path])).toEqual([['implements', 'likeness', '3.1']])

  const work = await ask<{ items: { id: string }[] }>(page, `/tasks?nodeId=${answers[0]?.nodeId}&size=1`)
  await page.goto(`/nhiem-vu/${work.items[0]?.id}`)
  const answered = page.getByRole('region', { name: 'Đáp ứng khuyến nghị' })
  await answered.getByRole('link', { name: 'CRC/C/HTR/CO/2, đoạn 30 (b)' }).waitFor()
  await look(page, '4-task')

  await page.goto('/khuyen-nghi?pham-vi=moi-chu-ky&co-che=crc&chu-ky=2')
  for (const part of ['30 (a)', '30 (c)', '31'])
    await page
      .getByRole('checkbox', { name: new RegExp(`^Chọn .*đoạn ${part.replace(/[()]/g, '\\$&')}$`) })
      .press('Space')
  await act(page, 'Phân loại')
  await dialog
    .getByText(/lời văn gợi ý/)
    .first()
    .waitFor()
  await look(page, '5-many')
  await act(dialog, 'Xác nhận mọi gợi ý')
  const violence = dialog.getByRole('radiogroup', { name: 'Bạo lực đối với trẻ em', exact: true })
  await violence.getByText('Không chấp nhận', { exact: true }).click()
  await act(dialog, /^Xem trước \d+ quyết định/)
  await page.getByText('Chưa có gì thay đổi. Xem lại rồi thực hiện.').waitFor()
  await look(page, '6-previewed')
  const terms = async () => (await list(page, 'cycle=2&order=printed')).items.map((one) => one.terms)
  const untouched = await terms()
  await act(page, 'Thực hiện')
  await page.getByText(/^Đã sửa 3 chỗ/).waitFor()
  expect(await terms()).not.toEqual(untouched)
  await act(page.getByRole('main'), 'Hoàn tác')
  await page.getByText(/^Đã hoàn tác 3 thay đổi/).waitFor()
  expect(await terms()).toEqual(untouched)

  await page.goto('/khuyen-nghi/bao-phu?theo=cycle&pham-vi=own')
  const row = page.getByRole('row', { name: /^2 / })
  await look(page, '7-board')
  await row.getByRole('link').nth(1).press('Enter')
  await page.waitForURL(/thuc-hien=none/)
  const open = await list(page, 'cycle=2&implementation=none&order=printed')
  expect(open.items.map(({ paragraph, part }) => `${paragraph}${part ?? ''}`)).toEqual(['30a', '30c', '31', '32'])
  await page.getByText(new RegExp(`trong ${open.total}$`)).waitFor()

  await act(page, 'Việc khác')
  const item = page.getByRole('menuitem', { name: 'Tải bảng để nạp lại' })
  const [table] = await Promise.all([page.waitForEvent('download'), item.click()])
  const rows = await readSheet(readFileSync(await table.path()), { rows: 50, columns: 30 })
  const exported = new Set(rows.map(({ cells }) => cells[0]))
  expect(before.filter(({ key }) => exported.has(`uhri:${key}`)).length).toBe(3)

  await page.goto('/khuyen-nghi/bang-gui-lhq?pham-vi=moi-chu-ky&co-che=crc&chu-ky=2')
  const wait = page.waitForEvent('download')
  await act(page, 'Lập tệp Excel')
  const matrix = await readSheet(readFileSync(await (await wait).path()), { rows: 200, columns: 30 })
  const written = matrix.flatMap(({ cells }) => cells).join('\n')
  for (const said of ['To prohibit corporal punishment', 'register every birth soon', 'Rà soát mạng lưới cơ sở'])
    expect([said, written.includes(said)]).toEqual([said, true])

  const of31 = open.items.find(({ paragraph }) => paragraph === '31')
  await page.goto(`/khuyen-nghi/${of31?.id}`)
  await act(page, 'Viết bản dịch')
  await dialog.getByLabel('Bản dịch').fill('Sớm kết nối dữ liệu về trẻ em với dữ liệu dân cư.')
  await act(dialog, 'Lưu')
  await page.getByText('Đã lưu.').waitFor()
  await giveExport(page, 'chi-muc-moi.json', document, after)
  await page.getByText('2 khác bản đang có').waitFor()
  const differences = page.locator('li[id^="difference-"]')
  await expect.poll(() => differences.count()).toBe(2)
  const ofData = differences.filter({ hasText: 'the data on its population' })
  expect([await ofData.locator('del').innerText(), await ofData.locator('ins').innerText()]).toEqual([
    'soon',
    'without any delay',
  ])
  await look(page, '8-differences')
  await act(ofData, 'Nhận bản mới')
  await expect.poll(() => differences.count()).toBe(1)
  await act(differences.first(), 'Giữ như cũ')
  await page.getByText('Không còn khác biệt nào chờ quyết định').waitFor()
  const taken = await ask<RecommendationDetail>(page, `/recommendations/${of31?.id}`)
  expect([
    taken.text.includes('without any delay'),
    taken.earlierTexts.length,
    taken.wordings.map((one) => one.isOutdated),
  ]).toEqual([true, 1, [true]])
  await page.goto(`/khuyen-nghi/${of31?.id}`)
  await page.getByText('Nguyên văn đã đổi sau khi viết bản này').waitFor()
  await look(page, '9-outdated-translation')
  expect(complaints).toEqual([])
})
