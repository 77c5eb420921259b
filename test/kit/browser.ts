import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core'
import type { Product } from './global-product.ts'

const results = path.join(import.meta.dirname, '..', '..', 'test-results')
const launchArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

export type Size = { width: number; height: number }
export const wide: Size = { width: 1440, height: 900 }
export const phone: Size = { width: 360, height: 740 }

/** What a page said that it should not: errors of its console, faults of its scripts, breaches of its policy. */
export type Complaints = string[]

export type Signed = { page: Page; complaints: Complaints }

/** A browser at the product's door. People sign in once; later windows of theirs take the session over. */
export type Visit = {
  product: Product
  signIn: (login: string, of?: { size?: Size; language?: string }) => Promise<Signed>
  /** A window in which nobody is signed in. */
  stranger: (of?: { size?: Size }) => Promise<Signed>
  close: () => Promise<void>
}

export async function openVisit(product: Product): Promise<Visit> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: launchArguments })
  const sessions = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>()
  async function open(state: string | undefined, size: Size, language: string): Promise<Signed> {
    const kept = state === undefined ? undefined : sessions.get(state)
    return openPage(browser, { address: product.address, size, language, ...(kept ? { kept } : {}) })
  }
  return {
    product,
    async signIn(login, { size = wide, language = 'vi' } = {}) {
      const opened = await open(login, size, language)
      if (!sessions.has(login)) {
        await enter(opened.page, login, product.password)
        sessions.set(login, await opened.page.context().storageState())
      }
      return opened
    },
    stranger: ({ size = wide } = {}) => open(undefined, size, 'vi'),
    close: () => browser.close(),
  }
}

type Kept = Awaited<ReturnType<BrowserContext['storageState']>>

async function openPage(
  browser: Browser,
  of: { address: string; size: Size; language: string; kept?: Kept },
): Promise<Signed> {
  const context = await browser.newContext({
    baseURL: of.address,
    viewport: of.size,
    locale: of.language,
    timezoneId: 'Asia/Ho_Chi_Minh',
    reducedMotion: 'reduce',
    acceptDownloads: true,
    ...(of.kept ? { storageState: of.kept } : {}),
  })
  // Every wait is for what a person would see; on a machine that does much else they wait as well.
  context.setDefaultTimeout(60_000)
  context.setDefaultNavigationTimeout(60_000)
  await context.addInitScript((language) => localStorage.setItem('mangnon.language', language), of.language)
  const page = await context.newPage()
  pressPatiently(page)
  return { page, complaints: listen(page) }
}

const longestWait = 60_000
const patient = new WeakSet<object>()

/**
 * Keys are pressed on what can be used: unlike a click, a press does not wait for a button that cannot be pressed yet, and does
 * nothing. A dialog that was closed gives the focus back a hundredth of a second later, which must not come between either.
 */
function pressPatiently(page: Page): void {
  const every = Object.getPrototypeOf(page.locator('body')) as Locator
  if (patient.has(every)) return
  patient.add(every)
  const { press } = every
  every.press = async function (this: Locator, key, options) {
    const latest = Date.now() + longestWait
    for (let seen = 0; seen < 2; await sleep(25)) {
      seen = (await this.isEnabled()) ? seen + 1 : 0
      if (Date.now() > latest) throw new Error(`${this.toString()} cannot be used, so ${key} was not pressed`)
    }
    return press.call(this, key, options)
  }
}

/** Everything a page complains of, kept from its first moment. */
function listen(page: Page): Complaints {
  const complaints: Complaints = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (fault) => complaints.push(`fault: ${fault.message}`))
  return complaints
}

/** Signs in by keyboard alone, and waits for the first page. */
async function enter(page: Page, login: string, password: string): Promise<void> {
  await page.goto('/dang-nhap')
  await page.locator('#login').focus()
  await page.keyboard.type(login)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').first().waitFor()
}

function findChromium(): string {
  const named = process.env.CHROMIUM ?? ''
  if (named !== '') return named
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const files = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) =>
    folders.map((folder) => path.join(folder, name)),
  )
  const found = files.find((file) => existsSync(file))
  if (found === undefined) throw new Error('no Chromium: put it on PATH or name it in CHROMIUM')
  return found
}

/** Keeps a picture of the page under `test-results/`; `name` may hold folders. */
export async function keepPicture(page: Page, name: string, of: { whole?: boolean } = {}): Promise<void> {
  const file = path.join(results, `${name}.png`)
  mkdirSync(path.dirname(file), { recursive: true })
  await page.screenshot({ path: file, fullPage: of.whole ?? true })
}

/**
 * Scrolls a page from its top to its end and back, as one who reads it: a row far below is drawn only when it is near
 * (content-visibility), and what the head of the page half covers is not too small, only scrolled away.
 */
async function walkThrough(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
      scrollTo(0, y)
      await drawn()
    }
    scrollTo(0, 0)
    await drawn()
  })()`)
}

/**
 * Makes all letters twice as large and keeps the layout of a wide window, as a reader's own style sheet does. Set on the
 * element by script: a style element would be refused by the page's policy.
 */
export async function enlargeRoot(page: Page): Promise<void> {
  await page.evaluate("document.documentElement.style.setProperty('font-size', '200%', 'important')")
  await drawn(page)
}

/** Makes all letters twice as large as the browser's own setting does: limits of the layout given in `em` follow. */
export async function enlargeText(page: Page): Promise<void> {
  await setText(page, 32)
}

/** Gives the letters their usual size back, however they were enlarged. */
export async function usualText(page: Page): Promise<void> {
  await setText(page, 16)
}

async function setText(page: Page, standard: number): Promise<void> {
  await page.evaluate("document.documentElement.style.removeProperty('font-size')")
  const tools = await page.context().newCDPSession(page)
  await tools.send('Page.setFontSizes', { fontSizes: { standard, fixed: Math.round(standard * 0.8125) } })
  await tools.detach()
  await drawn(page)
}

/** Until what was changed is laid out and drawn. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
}

/**
 * By how much the page is wider than its window, if it is. A page lays itself out anew after its window has changed
 * (tables become cards), so that a page that is too wide is looked at again for three seconds before it is called so.
 */
export async function sticksOut(page: Page): Promise<string[]> {
  const until = Date.now() + 3_000
  for (;;) {
    await drawn(page)
    const pixels = await wider(page)
    if (pixels <= 0) return []
    if (Date.now() > until) return [`sticks out by ${pixels} pixels: ${await widest(page)}`]
    await page.waitForTimeout(100)
  }
}

async function wider(page: Page): Promise<number> {
  return Number(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'))
}

/** The elements that reach furthest, so that one knows where to begin. */
async function widest(page: Page): Promise<string> {
  return String(
    await page.evaluate(`(() => {
      const right = (element) => element.getBoundingClientRect().right
      const wide = [...document.body.querySelectorAll('*')].filter((element) => right(element) > innerWidth + 1)
      return wide.sort((one, other) => right(other) - right(one)).slice(0, 3)
        .map((element) => '<' + element.tagName.toLowerCase() + ' class="' + element.className + '"> ' + (element.textContent ?? '').slice(0, 60))
        .join(' | ')
    })()`),
  )
}

/** What axe finds serious or critical, each with the first element that shows it; by all its rules or some. */
export async function seriousFaults(page: Page, rules: readonly string[] = []): Promise<string[]> {
  await walkThrough(page)
  const axe = new AxeBuilder({ page })
  if (rules.length > 0) axe.withRules([...rules])
  else axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
  const { violations } = await axe.analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]?.html.slice(0, 200) ?? ''}`)
}

/** Presses a key some times. */
export async function press(page: Page, key: string, times = 1): Promise<void> {
  for (let time = 0; time < times; time++) await page.keyboard.press(key)
}

/** Goes on by Tab until the wanted element has the focus. @throws when it is not reached */
export async function tabTo(page: Page, wanted: Locator, most = 60): Promise<void> {
  for (let step = 0; step < most; step++) {
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`not reached by the keyboard: ${String(wanted)}`)
}

/** Empties a field and types into it, as a person does; long words come at once, as they are pasted. */
export async function typeInto(field: Locator, words: string): Promise<void> {
  await field.focus()
  await field.press('ControlOrMeta+a')
  await field.press('Delete')
  if (words.length <= 24) await field.pressSequentially(words)
  else await field.page().keyboard.insertText(words)
}

/** Pastes a block into the cell of a sheet that has the focus, as from a spreadsheet. */
export async function pasteInto(page: Page, block: string): Promise<void> {
  await page.locator('td[role="gridcell"]:focus').evaluate((cell, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, block)
}

/** Picks from a field that finds by typing: the first found. */
export async function pick(page: Page, field: Locator, words: string, name: string | RegExp): Promise<void> {
  await field.focus()
  await field.pressSequentially(words)
  const found = page.getByRole('option', { name }).first()
  await found.waitFor()
  await found.click()
}
