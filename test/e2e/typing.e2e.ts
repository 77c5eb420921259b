import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { keepPicture, openVisit, type Visit } from '../kit/browser.ts'

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

// Where the product runs apart from these tests, it cannot be killed by them.
test.skipIf(product.control === '')(
  'what was typed while the server was killed is there after the page was closed, and reaches it by itself',
  async () => {
    const { page } = await visit.signIn('bac-binh.can-bo')
    await page.goto('/bao-cao')
    await page
      .getByRole('link', { name: /Soạn tiếp/ })
      .first()
      .press('Enter')
    await page.getByRole('button', { name: /5\. Đánh giá chung/ }).press('Enter')
    const words = page.locator('main textarea:enabled').first()
    const before = await words.inputValue()
    await words.press('Control+End')
    await words.pressSequentially(' Chữ gõ khi còn máy chủ.')
    await page
      .getByText(/^Đã lưu \d/)
      .first()
      .waitFor()
    await tell('kill')
    await words.pressSequentially(' Chữ gõ khi mất máy chủ.')
    await page.getByText('Chưa lưu được; nội dung vẫn giữ trên máy này').first().waitFor()
    await keepPicture(page, 'typing/1-server-gone')
    const typed = `${before} Chữ gõ khi còn máy chủ. Chữ gõ khi mất máy chủ.`
    expect(await words.inputValue()).toBe(typed)
    const address = page.url()
    const browser = page.context()
    await page.close()

    await tell('start')
    const again = await browser.newPage()
    await again.goto(address)
    await again
      .getByText(/^Đã lưu \d/)
      .first()
      .waitFor()
    expect(await again.locator('main textarea:enabled').first().inputValue()).toBe(typed)
    await keepPicture(again, 'typing/2-there-again')
    const elsewhere = await visit.signIn('bac-binh.can-bo')
    await elsewhere.page.goto(address)
    expect(await elsewhere.page.locator('main textarea:enabled').first().inputValue()).toBe(typed)

    expect(
      await again.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('mangnon.draft.'))),
    ).toEqual([])
  },
)
