import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openVisit, type Visit } from '../kit/browser.ts'

let visit: Visit
beforeAll(async () => {
  visit = await openVisit(inject('product'))
})
afterAll(() => visit.close())

async function refusalFor(login: string): Promise<string> {
  const { page } = await visit.stranger()
  await page.goto('/dang-nhap')
  await page.locator('#login').fill(login)
  await page.locator('input[type=password]').fill('this is not the password')
  await page.keyboard.press('Enter')
  const words = await page.getByRole('alert').first().innerText()
  await page.context().close()
  return words
}

test('a wrong password and a login that does not exist are refused in the same words', async () => {
  expect(await refusalFor('lam-dong.so-y-te')).toBe(await refusalFor('nobody-of-this-name'))
})

test('signing out ends the session on the server: its cookie opens nothing any more', async () => {
  const { page } = await visit.signIn('nguoi-xem')
  const cookies = await page.context().cookies()
  expect((await page.request.get('/api/v1/plans')).status()).toBe(200)
  await page.request.delete('/api/v1/session', {
    headers: { 'X-Mangnon': '1', 'Idempotency-Key': 'sign-out-of-the-reader' },
  })
  await page.context().addCookies(cookies)
  expect((await page.request.get('/api/v1/plans')).status()).toBe(401)
  await page.context().close()
})

test('every page forbids scripts and frames from elsewhere', async () => {
  const { page } = await visit.stranger()
  const answer = await page.goto('/dang-nhap')
  const policy = answer?.headers()['content-security-policy'] ?? ''
  expect(policy).toContain("script-src 'self'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('object-src')
  expect(policy).not.toContain('unsafe-inline')
  await page.context().close()
})
