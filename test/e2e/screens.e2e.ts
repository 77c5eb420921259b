import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Page } from 'playwright-core'
import {
  enlargeRoot,
  enlargeText,
  keepPicture,
  openVisit,
  phone,
  press,
  seriousFaults,
  sticksOut,
  tabTo,
  usualText,
  wide,
  type Signed,
  type Visit,
} from '../kit/browser.ts'
import { administrator, officer, pages, reporter, signer, stranger } from '../kit/pages.ts'
import { giveRecommendations } from '../kit/bring-steps.ts'
import { giveFigures } from '../kit/figure-steps.ts'
import { beginDraft, giveDocument, taskRows, untilKept } from '../kit/review-steps.ts'
import { lookAtLabels } from '../kit/change-steps.ts'
import { beginReporting } from '../kit/round-steps.ts'
import { beginReform } from '../kit/reform-steps.ts'
import { ask } from '../kit/work-steps.ts'

/** What the `$`s of the paths stand for, by path where a page wants one of its own. */
const ids: Record<string, string> = { $: 'khong-co-trang-nay' }
const windows = new Map<string, Signed>()
let visit: Visit

beforeAll(async () => {
  visit = await openVisit(inject('product'))
  const { page } = await at(officer)
  const first = async (path: string) => (await ask<{ items: { id: string }[] }>(page, path)).items[0]?.id ?? ''
  ids.$planId = await first('/plans?level=central&state=issued&size=1')
  ids.$workId = await first(`/tasks?planId=${ids.$planId}&size=1`)
  ids.$recommendationId = await first('/recommendations?mechanism=crc&implementation=under-way&size=1')
  const { indicators } = await ask<{ indicators: { id: string; measures: { id: string }[] }[] }>(page, '/indicators')
  ids.$indicatorId = indicators[0]?.id ?? ''
  ids.$measureId = indicators[0]?.measures[0]?.id ?? ''
  ids['/chi-tieu/tep/$importId'] = await giveFigures((await at(reporter)).page, {
    name: 'so-lieu-minh-hoa.csv',
    bytes: new TextEncoder().encode('measure,unit,period,numerator,denominator\nkhong-co,00001,2025,1,2\n'),
  })
  const terms =
    'indicator,indicatorName_vi,document,measure,name_vi,unitOfMeasure_vi,direction,aggregation,level,function,periods'
  const term =
    'minh-hoa,Trẻ em minh họa,Văn bản minh họa,minh-hoa,Số trẻ em minh họa,trẻ em,Tăng,Cộng,Cấp xã,children,year'
  ids['/chi-tieu/danh-muc/$importId'] = await giveFigures(
    page,
    { name: 'danh-muc-minh-hoa.csv', bytes: new TextEncoder().encode(`${terms}\n${term}\n`) },
    '/chi-tieu/danh-muc',
  )
  ids.$agencyId = await first('/agencies?size=1')
  ids.$unitId = await first('/territory/units?size=1')
  const people = await ask<{ items: { id: string }[] }>((await at(administrator)).page, '/people?size=1')
  ids.$personId = people.items[0]?.id ?? ''
  ids.$reformId = await beginReform((await at(administrator)).page, 'Đợt sắp xếp thử (dữ liệu minh họa)')
  ids['/van-ban/$importId'] = await giveDocument(page, { name: 'van-ban-minh-hoa.txt', bytes: smallDocument() })
  ids['/bao-cao/che-do/tu-van-ban/$importId'] = ids['/van-ban/$importId'] ?? ''
  ids['/khuyen-nghi/nhap/$importId'] = await giveRecommendations(page, 'khuyen-nghi-minh-hoa.csv', [
    { key: 'minh-hoa-1', mechanism: 'crc', symbol: 'CRC/C/INV/CO/1', paragraph: '1', text: 'Register all children.' },
  ])
  Object.assign(ids, await beginReporting((await at(officer)).page, (await at(signer)).page))
  const draft = await beginDraft(page, 'Kế hoạch thử của trang soạn (dữ liệu minh họa)')
  for (const path of ['soan', 'sua-nhieu', 'bang']) ids[`/ke-hoach/$planId/${path}`] = draft
  ids.$setId = await lookAtLabels(page, ids.$planId, 'Trọng tâm')
})
afterAll(() => visit.close())

describe('every page, wide, on a phone, with large letters and on paper', () => {
  test.each(pages)('%s: %s', async (login, title, path) => {
    const { page, complaints } = await at(login)
    await open(page, path)
    const faults: string[] = []
    const keep = async (shape: string, found: Promise<string[]>) =>
      faults.push(...(await found).map((fault) => `${shape}: ${fault}`))
    await keepPicture(page, `screens/vi-1440/${title}`)
    await keep('1440', unsaid(page))
    await keep('1440', sticksOut(page))
    await keep('1440', seriousFaults(page))
    await enlargeRoot(page)
    await keepPicture(page, `screens/vi-1440-twice/${title}`, { whole: false })
    await keep('1440, style sheet of large letters', sticksOut(page))
    await enlargeText(page)
    await keep('1440, letters set to twice their size', sticksOut(page))
    await page.setViewportSize(phone)
    await keep('360, letters set to twice their size', sticksOut(page))
    await usualText(page)
    await keepPicture(page, `screens/vi-360/${title}`)
    await keep('360', sticksOut(page))
    await keep('360', seriousFaults(page))
    await page.setViewportSize(wide)
    await page.emulateMedia({ media: 'print' })
    await keepPicture(page, `screens/vi-print/${title}`, { whole: false })
    await page.emulateMedia({ media: 'screen' })
    expect(faults).toEqual([])
    expect(complaints.filter((complaint) => !/status of 40[134]/.test(complaint))).toEqual([])
  })
})

describe('every page in the longest language, and in the dark', () => {
  test.each(pages.filter(([login]) => login !== stranger))('%s: %s', async (login, title, path) => {
    const { page } = await at(login, 'fr')
    await page.emulateMedia({ colorScheme: 'dark' })
    await open(page, path)
    await keepPicture(page, `screens/fr-1440-dark/${title}`, { whole: false })
    expect(await unsaid(page)).toEqual([])
    expect(await sticksOut(page)).toEqual([])
    expect((await seriousFaults(page, ['color-contrast'])).map((fault) => `dark: ${fault}`)).toEqual([])
  })
})

describe('by keyboard alone', () => {
  test('the list of plans is reached and a plan opened', async () => {
    const { page } = await at(officer)
    await page.goto('/ke-hoach')
    const first = page.getByRole('table').getByRole('link').first()
    await first.waitFor()
    await tabTo(page, first)
    await press(page, 'Enter')
    await page.waitForURL(/\/ke-hoach\/[0-9a-f-]{36}/)
  })

  test('a task under review is accepted and taken back, and the decision is kept', async () => {
    const { page } = await at(officer)
    await open(page, '/van-ban/$importId')
    await tabTo(page, page.locator('li[id^="item-"]'), 300)
    await press(page, 'j')
    await taskRows(page).and(page.locator(':focus')).waitFor()
    await press(page, 'a')
    await page.getByText(/^Đã xem 1 trong/).waitFor()
    await press(page, 'u')
    await page.getByText(/^Đã xem 0 trong/).waitFor()
    await taskRows(page).and(page.locator(':focus')).waitFor()
    await press(page, 'a')
    await page.getByText(/^Đã xem 1 trong/).waitFor()
    await untilKept(page)
    await page.reload()
    await page.getByText(/^Đã xem 1 trong/).waitFor()
  })
})

/** The window of a person in a language, opened once. */
async function at(login: string, language = 'vi'): Promise<Signed> {
  const key = `${login} ${language}`
  const opened =
    windows.get(key) ?? (login === stranger ? await visit.stranger() : await visit.signIn(login, { language }))
  windows.set(key, opened)
  opened.complaints.length = 0
  return opened
}

async function open(page: Page, path: string): Promise<void> {
  const own = ids[path]
  const parts = path.split('/').map((part) => (part.startsWith('$') ? (own ?? ids[part]) : part))
  await page.goto(parts.join('/'))
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForLoadState('networkidle')
  // Not the outline of a table whose rows are still on their way.
  await expect.poll(() => page.locator('table[aria-busy="true"]').count(), { timeout: 60_000 }).toBe(0)
}

/** Message keys a page shows instead of words. */
async function unsaid(page: Page): Promise<string[]> {
  const words = await page.locator('body').innerText()
  return (
    words.match(
      /\b(plans|access|documents|agencies|territory|platform|app|kit|recommendations|bring|answered|indicators)\.[a-z]+(-[a-z]+)*\b/g,
    ) ?? []
  )
}

/** A plan of three tasks, in no way another file of the demonstration. */
function smallDocument(): Uint8Array {
  return new TextEncoder().encode(
    [
      'ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG\n\nSố: /KH-UBND\n\nLâm Đồng, ngày tháng 8 năm 2026\n\nKẾ HOẠCH',
      'Thử trang rà soát (dữ liệu minh họa)',
      'I. TỔ CHỨC THỰC HIỆN',
      '1. Sở Y tế: Chủ trì, phối hợp với Sở Nội vụ tập huấn cho cán bộ cấp xã (minh họa).',
      '2. Sở Giáo dục và Đào tạo: Rà soát nhà vệ sinh trường học, hoàn thành trước ngày 30/11/2026 (minh họa).',
      '3. Ủy ban nhân dân các xã, phường: Lập danh sách điểm vui chơi của trẻ em (minh họa).',
      'Nơi nhận:\n- Lưu: VT.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nNgười Ký Minh Họa',
    ].join('\n\n'),
  )
}
