import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { keepPicture, openVisit, pasteInto, phone, seriousFaults, type Visit } from '../kit/browser.ts'

const product = inject('product')
let visit: Visit
beforeAll(async () => {
  visit = await openVisit(product)
})
afterAll(() => visit.close())

const tell = async (what: 'kill' | 'start') => {
  const response = await fetch(`${product.control}/${what}`, { method: 'POST' })
  expect(await response.text()).toBe('done')
}

const saved = (page: Page) =>
  page
    .getByText(/^Đã lưu \d/)
    .first()
    .waitFor()
const wordsOf = (page: Page) => page.locator('main textarea:enabled').first()
const section = (page: Page, name: RegExp) => page.getByRole('button', { name }).press('Enter')
const [assessment, figures] = [/5\. Đánh giá chung/, /\d\. .*[Ss]ố liệu/]
/** The first row of figures that is typed. */
const rowOf = (page: Page) => page.locator('tr[data-line]:has(td[aria-readonly="false"])').first()
const cellOf = (page: Page, column: string) => rowOf(page).locator(`td[data-column="${column}"]`)

async function openReport(page: Page): Promise<void> {
  await page.goto('/bao-cao')
  await page
    .getByRole('link', { name: /Soạn tiếp/ })
    .first()
    .press('Enter')
  await section(page, assessment)
}

// Where the product runs apart from these tests, it cannot be killed by them.
test.skipIf(product.control === '')(
  'what was typed while the server was killed is there after the page was closed, and reaches it by itself',
  async () => {
    const { page } = await visit.signIn('bac-binh.can-bo')
    await openReport(page)
    const before = await wordsOf(page).inputValue()
    await wordsOf(page).press('Control+End')
    await wordsOf(page).pressSequentially(' Chữ gõ khi còn máy chủ.')
    await saved(page)
    await tell('kill')
    await wordsOf(page).pressSequentially(' Chữ gõ khi mất máy chủ.')
    const lost = page.getByText('Chưa lưu được; nội dung vẫn giữ trên máy này').first()
    await lost.waitFor()
    await keepPicture(page, 'typing/1-server-gone')
    const typed = `${before} Chữ gõ khi còn máy chủ. Chữ gõ khi mất máy chủ.`
    expect(await wordsOf(page).inputValue()).toBe(typed)
    await section(page, figures)
    await cellOf(page, 'numerator').press('9')
    await page.keyboard.type('7')
    await page.keyboard.press('Enter')
    await lost.waitFor()
    const address = page.url()
    const browser = page.context()
    await page.close()

    await tell('start')
    const again = await browser.newPage()
    await again.goto(address)
    await saved(again)
    expect(await cellOf(again, 'numerator').innerText()).toBe('97')
    await again.getByText('Máy này còn giữ nội dung bạn đã gõ', { exact: false }).waitFor()
    await keepPicture(again, 'typing/2-there-again')
    await again.getByRole('status').getByRole('button', { name: assessment }).press('Enter')
    await saved(again)
    expect(await wordsOf(again).inputValue()).toBe(typed)
    const elsewhere = await visit.signIn('bac-binh.can-bo')
    await openReport(elsewhere.page)
    expect(await wordsOf(elsewhere.page).inputValue()).toBe(typed)
    await section(elsewhere.page, figures)
    expect(await cellOf(elsewhere.page, 'numerator').innerText()).toBe('97')

    expect(
      await again.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('mangnon.draft.'))),
    ).toEqual([])
  },
)

test('who typed without a line finds the words of a colleague beside his own, and neither is lost', async () => {
  const [mine, theirs] = [await visit.signIn('bac-binh.can-bo'), await visit.signIn('bac-binh.can-bo')]
  const { page } = mine
  await openReport(page)
  const [address, browser] = [page.url(), page.context()]
  await browser.setOffline(true)
  await wordsOf(page).press('Control+End')
  await wordsOf(page).pressSequentially(' Câu của người mất mạng.')
  await page.getByText('Chưa lưu được; nội dung vẫn giữ trên máy này').first().waitFor()
  await page.close()

  await openReport(theirs.page)
  await wordsOf(theirs.page).press('Control+End')
  await wordsOf(theirs.page).pressSequentially(' Câu của đồng nghiệp.')
  await saved(theirs.page)

  await browser.setOffline(false)
  const again = await browser.newPage()
  await again.goto(address)
  const guard = again.getByRole('alert').filter({ hasText: 'Câu của đồng nghiệp.' })
  await guard.getByText('Câu của người mất mạng.', { exact: false }).first().waitFor()
  await keepPicture(again, 'typing/3-both')
  expect(await seriousFaults(again)).toEqual([])
  await guard.getByRole('radio').last().press('Space')
  await guard.getByRole('button', { name: 'Lưu' }).press('Enter')
  await guard.waitFor({ state: 'hidden' })
  const both = await wordsOf(again).inputValue()
  for (const words of ['Câu của đồng nghiệp.', 'Câu của người mất mạng.']) expect(both).toContain(words)
  await theirs.page.reload()
  expect(await wordsOf(theirs.page).inputValue()).toBe(both)
})

test('figures of a report are pasted from Excel, judged at once, undone, and each saved number is the pasted one', async () => {
  const { page, complaints } = await visit.signIn('bac-binh.can-bo')
  await openReport(page)
  await section(page, figures)
  const first = cellOf(page, 'numerator')
  const before = await rowOf(page).locator('td[data-at]').allInnerTexts()
  await first.focus()
  await pasteInto(page, '1.234,5\t\tE\tThử dán')
  await page.getByText('Cần nhập số nguyên.').first().waitFor()
  await page.keyboard.press('Control+z')
  expect(await rowOf(page).locator('td[data-at]').allInnerTexts()).toEqual(before)
  await pasteInto(page, '1.234\t\tE\tSổ của xã')
  await saved(page)
  await keepPicture(page, 'typing/4-pasted')
  await page.reload()
  expect(await first.innerText()).toBe('1.234')
  expect(await cellOf(page, 'comment').innerText()).toBe('Sổ của xã')
  expect(await seriousFaults(page)).toEqual([])
  await page.setViewportSize(phone)
  await keepPicture(page, 'typing/5-phone')
  expect(await seriousFaults(page)).toEqual([])
  expect(complaints).toEqual([])
})
