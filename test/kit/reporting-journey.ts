import { Workbook } from '@cj-tech-master/excelts'
import { expect } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { idOfKey } from '#platform'
import type { RegimeChoices, RegimeDefinition, ReportDetail, Trace, WorkbookReading } from '#reporting/model'
import { typeInto } from './browser.ts'
import { ask, tell } from './work-steps.ts'

/** The first half of 2025 on the reporting calendar; on 1 July 2025, after its end, units were rearranged. */
export const period = { id: 'vn-report:2025-S1', words: '6 tháng đầu năm 2025' }

const old = 'u:2024:'
/** Bodies as they were on the cut-off. The first two are one ward today: one obligation of two is merged into the other. */
const bodies = {
  xa: ['22930/ubnd', '22945/ubnd', '23005/ubnd', '23235/ubnd'],
  so: ['60/so-y-te', '60/tand'],
  tinh: ['60/ubnd'],
} as const

/** What the country proposes for half-years, owed by the bodies of the journey. */
export async function journeyRegime(page: Page): Promise<RegimeDefinition> {
  const { presets } = await ask<RegimeChoices>(page, '/reporting/regime-choices')
  const definition = presets.find(({ code }) => code === 'sau-thang')?.definition
  if (definition === undefined) throw new Error('the country proposes no half-yearly regime')
  const who = (keys: readonly string[]) => ({
    ...{ classes: [], functions: [], except: [] },
    agencies: keys.map((key) => idOfKey(`${old}${key}`)),
  })
  const [communes, provinces] = definition.tiers
  if (communes === undefined || provinces === undefined) throw new Error('the regime proposed has no two tiers')
  const offices = { vi: 'Cơ quan cấp tỉnh', en: 'Bodies of provinces', fr: 'Organes des provinces' }
  return {
    ...definition,
    // Whoever drives the journey opens its rounds, whatever the day it runs on.
    opensDaysBefore: null,
    tiers: [
      { ...communes, who: who(bodies.xa) },
      { ...communes, code: 'so', names: offices, who: who(bodies.so) },
      { ...provinces, who: who(bodies.tinh) },
    ],
  }
}

/** Presses a button once it may be pressed. */
export async function act(within: Page | Locator, name: string | RegExp): Promise<void> {
  const button = within.getByRole('button', { name, exact: typeof name === 'string' }).first()
  await expect.poll(() => button.isEnabled(), { timeout: 60_000 }).toBe(true)
  await button.press('Enter')
}

/** Presses a button, and the one of the same words in the dialog that asks again. */
export async function actTwice(page: Page, name: string | RegExp): Promise<void> {
  await act(page.getByRole('main'), name)
  const dialog = page.getByRole('dialog')
  await act(dialog, name)
  await dialog.waitFor({ state: 'hidden' })
}

/** Begins the report of the period that the person's body owes. @returns its id */
export async function begin(page: Page): Promise<string> {
  await page.goto('/bao-cao')
  const row = page.getByRole('row').filter({ hasText: period.words })
  await act(row.filter({ has: page.getByRole('button', { name: 'Lập báo cáo' }) }), 'Lập báo cáo')
  await page.waitForURL(/\/bao-cao\/[0-9a-f-]{36}/)
  return /[0-9a-f-]{36}/.exec(page.url())?.[0] ?? ''
}

const report = (page: Page, id: string) => ask<ReportDetail>(page, `/reporting/reports/${id}`)

export type Said = { words: string; counts: { special: number; helped: number } }

/** What a report says in words, for each section the form wants words in. */
const narratives = ['chi-dao', 'danh-gia', 'phuong-huong'] as const

/** Writes a report in the browser: its words and its figures, saved as one types. */
export async function write(page: Page, id: string, { words, counts }: Said): Promise<void> {
  for (const section of narratives) {
    await page.goto(`/bao-cao/${id}?phan=${section}`)
    await act(page.getByRole('main'), 'Thêm đoạn')
    await typeInto(page.getByLabel('Đoạn 1', { exact: true }), section === 'chi-dao' ? words : `${words} (${section})`)
    await untilSaved(page)
  }
  await page.goto(`/bao-cao/${id}?phan=so-lieu`)
  const { special, helped } = counts
  const typed: Record<string, number[]> = {
    'hoan-canh': [special],
    'duoc-ho-tro': [helped, special],
    'xam-hai': [2],
    'can-thiep': [2, 2],
    'duoi-nuoc': [0],
  }
  for (const [row, amounts] of Object.entries(typed))
    for (const [at, amount] of amounts.entries())
      await typeInto(cellOf(page, row, at === 0 ? 'numerator' : 'denominator'), String(amount))
  await untilSaved(page)
}

/** A cell of the table of figures. */
export const cellOf = (page: Page, row: string, column: 'numerator' | 'denominator'): Locator =>
  page.locator(`tr[data-line="so-lieu/${row}"] td[data-column="${column}"]`)

export async function untilSaved(page: Page): Promise<void> {
  await page
    .getByText(/^Đã lưu \d/)
    .first()
    .waitFor()
}

/** Fills a downloaded workbook in, as in a spreadsheet, and brings it back. @returns how many cells were taken */
export async function fillWorkbook(page: Page, id: string, { words, counts }: Said): Promise<number> {
  const at = `/api/v1/reporting/reports/${id}/workbook`
  const answer = await page.request.get(at)
  expect(answer.status()).toBe(200)
  const book = new Workbook()
  await book.xlsx.load(await answer.body())
  const sheetOf = (key: string) => {
    const found = book.worksheets.find((sheet) => String(sheet.getCell('A4').value ?? '').startsWith(`${key}/`))
    if (found === undefined) throw new Error(`no sheet of ${key}`)
    return found
  }
  for (const section of narratives)
    sheetOf(section).getCell('C4').value = section === 'chi-dao' ? words : `${words} (${section})`
  const figures = sheetOf('so-lieu')
  for (const [cell, amount] of Object.entries({
    ...{ F4: counts.special, F5: counts.helped, G5: counts.special },
    ...{ F6: 2, F7: 2, G7: 2, F8: 0 },
  }))
    figures.getCell(cell).value = amount
  const data = Buffer.from(await book.xlsx.writeBuffer())
  const bring = async (path: string) => {
    const headers = {
      ...{ 'x-mangnon': '1', 'idempotency-key': crypto.randomUUID() },
      'content-type': 'application/octet-stream',
    }
    const told = await page.request.post(`${at}${path}`, { data, headers })
    if (!told.ok()) throw new Error(`${path}: ${told.status()} ${await told.text()}`)
    return (await told.json()) as WorkbookReading
  }
  const seen = await bring('/reading')
  expect(seen.findings).toEqual([])
  return (await bring(`?digest=${seen.digest}`)).taken
}

/** Says why figures that look strange are so, wherever it is asked. */
export async function explain(page: Page, id: string): Promise<void> {
  await page.goto(`/bao-cao/${id}?phan=so-lieu`)
  await cellOf(page, 'hoan-canh', 'numerator').waitFor()
  const fields = page.getByLabel('Giải trình')
  for (const field of await fields.all()) {
    await typeInto(field, 'Đã đối chiếu với sổ theo dõi tại trạm y tế.')
    await untilSaved(page)
  }
}

/** Signs and sends in the browser. @returns the number of the submission */
export async function sign(page: Page, id: string, { isNil = false } = {}): Promise<number> {
  await page.goto(`/bao-cao/${id}`)
  await act(page.getByRole('main'), 'Ký và gửi')
  const dialog = page.getByRole('dialog')
  if (isNil) await dialog.getByLabel('Kỳ này không phát sinh nội dung phải báo cáo').press('Space')
  const button = dialog.getByRole('button', { name: 'Ký và gửi' })
  await expect.poll(() => button.isEnabled(), { timeout: 60_000 }).toBe(true)
  // A hand that presses twice sends once.
  await button.dblclick()
  await dialog.waitFor({ state: 'hidden' })
  return (await report(page, id)).owed.number
}

/** Accepts in the browser what was sent. */
export async function accept(page: Page, id: string): Promise<void> {
  await page.goto(`/bao-cao/${id}`)
  await actTwice(page, 'Chấp nhận báo cáo')
  await untilState(page, id, 'accepted')
}

/** Waits until a report stands so. */
export async function untilState(page: Page, id: string, state: ReportDetail['owed']['state']): Promise<void> {
  await expect.poll(async () => (await report(page, id)).owed.state, { timeout: 60_000 }).toBe(state)
}

export type Step = { body: string; words: string; reportId: string; number: number; line: string }

/** Follows a sentence down, step by step, to the line that was written by hand. */
export async function followWords(
  page: Page,
  from: { reportId: string; number: number; line: string },
): Promise<Step[]> {
  const steps: Step[] = []
  for (let at: typeof from | undefined = from; at !== undefined;) {
    const { of }: Trace = await traceOf(page, at)
    const { agencyName: body, words, reportId, number, line, origins } = of
    steps.push({ body, words, reportId, number, line })
    at = origins[0]
  }
  return steps
}

/** One step down from a line of a submission. */
export function traceOf(page: Page, of: { reportId: string; number: number; line: string }): Promise<Trace> {
  const { reportId, number, line } = of
  return ask<Trace>(page, `/reporting/reports/${reportId}/submissions/${number}/trace?line=${encodeURIComponent(line)}`)
}

/** Gives the signature to a colleague by an order, in the browser. */
export async function delegate(
  page: Page,
  of: { name: string; order: string; on: string; powers: string; post: string },
): Promise<void> {
  await page.goto('/bao-cao/giao-ky-thay')
  await act(page.getByRole('main'), 'Giao ký thay')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Người được giao').selectOption({ label: of.name })
  await typeInto(dialog.locator('#orderNumber'), of.order)
  await typeInto(dialog.locator('#orderOn'), of.on)
  await typeInto(dialog.locator('#powers'), of.powers)
  await typeInto(dialog.locator('#post'), of.post)
  await act(dialog, 'Giao ký thay')
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText(of.order).first().waitFor()
}

/** Draws everything that waits into the draft of a report above. */
export async function drawAll(page: Page, id: string): Promise<void> {
  await page.goto(`/bao-cao/${id}`)
  await page.getByRole('link', { name: 'Tổng hợp từ cấp dưới' }).press('Enter')
  await act(page, /^Đưa vào cả \d+ nội dung/)
  await page.getByText('Không còn nội dung chờ xem', { exact: false }).first().waitFor()
}

export { ask, report as readReport, tell }
