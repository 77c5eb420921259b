import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Page } from 'playwright-core'
import { keepPicture, openVisit, phone, press, seriousFaults, tabTo, wide, type Visit } from '../kit/browser.ts'

/** The main pages, by who opens them: what an officer of the ministry sees, and what an administrator does. */
const pages = [
  ['bo-y-te.tong-hop', 'my-work', '/viec-cua-toi'],
  ['bo-y-te.tong-hop', 'plans', '/ke-hoach'],
  ['bo-y-te.tong-hop', 'plan', '/ke-hoach/:plan'],
  ['bo-y-te.tong-hop', 'coverage', '/ke-hoach/:plan/do-phu'],
  ['bo-y-te.tong-hop', 'tasks', '/nhiem-vu'],
  ['bo-y-te.tong-hop', 'urgings', '/don-doc'],
  ['bo-y-te.tong-hop', 'imports', '/van-ban'],
  ['bo-y-te.tong-hop', 'bodies', '/co-quan'],
  ['bo-y-te.tong-hop', 'territory', '/dia-ban'],
  ['quan-tri', 'people', '/quan-tri/nguoi-dung'],
  ['quan-tri', 'audit', '/quan-tri/nhat-ky'],
  ['quan-tri', 'jobs', '/quan-tri/tac-vu'],
] as const

const shapes = [
  { name: 'vi-1440', size: wide, language: 'vi' },
  { name: 'vi-360', size: phone, language: 'vi' },
  { name: 'fr-1440', size: wide, language: 'fr' },
] as const

let visit: Visit
let planId = ''
beforeAll(async () => {
  visit = await openVisit(inject('product'))
  const { page } = await visit.signIn('bo-y-te.tong-hop')
  const answer = await page.request.get('/api/v1/plans?level=central&size=1')
  planId = (await answer.json()).items[0].id
  await page.context().close()
})
afterAll(() => visit.close())

describe.each(shapes)('the main pages, $name', ({ name, size, language }) => {
  test.each(pages)('%s: %s', async (login, title, path) => {
    const { page, complaints } = await visit.signIn(login, { size, language })
    await page.goto(path.replace(':plan', planId))
    await page.locator('h1').first().waitFor()
    await page.waitForLoadState('networkidle')
    await keepPicture(page, `screens/${name}/${title}`)
    expect(await unsaid(page)).toEqual([])
    expect(await sticksOut(page)).toBeLessThanOrEqual(0)
    // On a phone the bottom bar lies over the last link of a long page until one scrolls (docs/STATUS.md).
    const faults = (await seriousFaults(page)).filter((fault) => size !== phone || !fault.startsWith('target-size'))
    expect(faults).toEqual([])
    expect(complaints.filter((complaint) => !/status of 401/.test(complaint))).toEqual([])
    await page.context().close()
  })
})

/** Message keys a page shows instead of words. */
async function unsaid(page: Page): Promise<string[]> {
  const words = await page.locator('body').innerText()
  return words.match(/\b(plans|access|documents|agencies|territory|platform|app|kit)\.[a-z]+(-[a-z]+)*\b/g) ?? []
}

/** How many pixels the page is wider than its window. */
function sticksOut(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}

test('at twice the text size nothing is cut off at the side', async () => {
  const { page } = await visit.signIn('bo-y-te.tong-hop')
  await page.goto('/ke-hoach')
  await page.locator('h1').first().waitFor()
  await page
    .addStyleTag({ content: 'html { font-size: 200% !important }' })
    .catch(() => page.evaluate("document.documentElement.style.fontSize = '200%'"))
  expect(await sticksOut(page)).toBeLessThanOrEqual(0)
  await page.context().close()
})

test('the list of plans is reached and opened by keyboard alone', async () => {
  const { page } = await visit.signIn('bo-y-te.tong-hop')
  await page.goto('/ke-hoach')
  const first = page.locator('table a').first()
  await first.waitFor()
  await tabTo(page, first)
  await press(page, 'Enter')
  await page.waitForURL(/\/ke-hoach\/[0-9a-f-]{36}/)
  await page.context().close()
})
