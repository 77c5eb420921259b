import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { keepPicture, openVisit, phone, seriousFaults, type Visit } from '../kit/browser.ts'
import { giveFigures } from '../kit/figure-steps.ts'

let visit: Visit
beforeAll(async () => {
  visit = await openVisit(inject('product'))
})
afterAll(() => visit.close())

const pictures = 'figure-files'
/** A measure of which the demonstration has no figure yet. */
const code = 'qd23-4c'

test('a form is taken, filled in and given back: its rows are looked at first, the good ones taken in, the bad ones told', async () => {
  const { page, complaints } = await visit.signIn('phan-thiet.can-bo')
  await page.goto('/chi-tieu/tep')
  await page.getByLabel('Văn bản phân cách (.csv)').press('Space')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Tải biểu', exact: true }).click(),
  ])
  expect(download.suggestedFilename()).toContain('Phường Phan Thiết')
  const form = readFileSync(await download.path(), 'utf8')
  const lines = form.trim().split('\r\n')
  const heads = (lines[0] ?? '').split(',')
  const at = (key: string) => heads.findIndex((head) => head.includes(`[${key}]`))
  const filled = lines.map((line) => {
    const cells = line.slice(1, -1).split('","')
    if (cells[at('measure')] === code && cells[at('breakdown')] === '') {
      cells[at('numerator')] = '120'
      cells[at('denominator')] = '90'
    }
    if (cells[at('measure')] === 'qd23-1') cells[at('comment')] = 'Sửa ghi chú trong tệp'
    return `"${cells.join('","')}"`
  })
  const id = await giveFigures(page, { name: 'bieu.csv', bytes: new TextEncoder().encode(filled.join('\r\n')) })
  await page.getByText(/Chờ quyết định/).waitFor()
  await keepPicture(page, `${pictures}/1-looked-at`)
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: /thay đổi$/ }).press('Enter')
  await page.getByRole('cell', { name: 'Sửa ghi chú trong tệp' }).waitFor()
  await page.setViewportSize(phone)
  await keepPicture(page, `${pictures}/2-phone`)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: /Chỉ nhập 1 dòng đúng|Nhập 1 số liệu/ }).press('Enter')
  await page.getByText('Đã nhập 1 số liệu, chờ người khác duyệt.').waitFor()
  await page.goto('/chi-tieu/tep')
  await page
    .getByRole('row', { name: /bieu\.csv/ })
    .getByText('Đã nhập xong')
    .waitFor()
  expect(id).not.toBe('')
  expect(complaints).toEqual([])
})

test('a province sets a target beside the national one, sees how it stands, changes and ends it', async () => {
  const { page } = await visit.signIn('lam-dong.lanh-dao')
  await page.goto('/chi-tieu/muc-tieu')
  await page.getByRole('button', { name: 'Đặt mục tiêu…' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Đến năm').selectOption('2030')
  await dialog.getByText(/^Việt Nam: năm 2030/).waitFor()
  await dialog.getByLabel('Mức (%)').fill('82,5')
  await dialog.getByRole('button', { name: 'Lưu mục tiêu' }).press('Enter')
  const row = page.getByRole('row').filter({ hasText: 'Năm 2030: ≥ 82,5 %' })
  await row.getByText('Cao hơn yêu cầu của cấp trên').waitFor()
  await row
    .getByText(/Đúng hướng|Chệch hướng|Đã đạt|Chưa đủ số liệu/)
    .first()
    .waitFor()
  await keepPicture(page, `${pictures}/3-targets`)
  await row.getByRole('button', { name: 'Sửa' }).press('Enter')
  await dialog.getByLabel('Mức (%)').fill('60')
  await dialog.getByRole('button', { name: 'Lưu mục tiêu' }).press('Enter')
  const changed = page.getByRole('row').filter({ hasText: 'Năm 2030: ≥ 60 %' })
  await changed.getByText('Thấp hơn yêu cầu của cấp trên').waitFor()
  await changed.getByRole('button', { name: 'Bỏ' }).press('Enter')
  await dialog.getByRole('button', { name: 'Bỏ', exact: true }).press('Enter')
  await changed.waitFor({ state: 'detached' })
})

test('a commune locks its period and opens it again by order; who enters is told', async () => {
  const { page } = await visit.signIn('phan-thiet.lanh-dao')
  await page.goto('/chi-tieu/khoa-ky')
  await page.getByRole('button', { name: 'Khóa kỳ…' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Kỳ', { exact: true }).selectOption('2024')
  await dialog.getByLabel('Căn cứ khóa').fill('Công văn số 12 (minh họa)')
  await dialog.getByRole('button', { name: 'Khóa kỳ', exact: true }).press('Enter')
  const row = page.getByRole('row').filter({ hasText: 'Công văn số 12 (minh họa)' })
  await row.getByText('Đang khóa').waitFor()
  const officer = await visit.signIn('phan-thiet.can-bo')
  await officer.page.goto('/chi-tieu/nhap-so-lieu?ky=2024')
  await officer.page.getByText(/đã khóa kỳ này từ .*Công văn số 12/).waitFor()
  await row.getByRole('button', { name: 'Mở lại…' }).press('Enter')
  await dialog.getByLabel('Căn cứ mở lại').fill('Công văn số 13 (minh họa)')
  await dialog.getByRole('button', { name: 'Mở lại', exact: true }).press('Enter')
  await row.getByText('Đã mở lại').waitFor()
  await officer.page.reload()
  await officer.page.getByRole('grid').waitFor()
  expect(await officer.page.getByText(/đã khóa kỳ này/).count()).toBe(0)
})

test('figures are tried before they are told; then everybody sees them, with what is hidden', async () => {
  const { page } = await visit.signIn('bo-y-te.tong-hop')
  await page.goto('/chi-tieu/cong-bo')
  await page.getByRole('button', { name: 'Công bố…' }).press('Enter')
  const dialog = page.getByRole('dialog')
  const chosen = (await dialog.getByLabel('Số đo').locator('option').allInnerTexts())[0] ?? ''
  await dialog.getByRole('button', { name: 'Tính thử' }).press('Enter')
  await dialog.getByText(/Công bố rồi không rút lại được|chưa có số liệu nào được duyệt/).waitFor()
  await keepPicture(page, `${pictures}/4-trial`)
  expect(await seriousFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: /^Công bố \d/ }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('link', { name: chosen }).first().press('Enter')
  await page.getByText(/Bộ Y tế công bố/).waitFor()
  await keepPicture(page, `${pictures}/5-released`)
})
