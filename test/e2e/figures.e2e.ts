import { readFile } from 'node:fs/promises'
import type { Download } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { keepPicture, openVisit, pasteInto, phone, seriousFaults, type Visit } from '../kit/browser.ts'
import { ask } from '../kit/work-steps.ts'

let visit: Visit
beforeAll(async () => {
  visit = await openVisit(inject('product'))
})
afterAll(() => visit.close())

const pictures = 'figures'
/** A measure of which the demonstration has no figure yet. */
const code = 'qd23-2'

type Dictionary = { indicators: { id: string; measures: { id: string; code: string; name: string }[] }[] }

test('a commune enters and pastes, the province accepts, and the national figure shows it and opens to it', async () => {
  const officer = await visit.signIn('phan-thiet.can-bo')
  const { page } = officer
  const { indicators } = await ask<Dictionary>(page, '/indicators')
  const indicator = indicators.find(({ measures }) => measures.some((one) => one.code === code))
  const measure = indicator?.measures.find((one) => one.code === code)
  const name = measure?.name ?? ''
  await page.goto('/chi-tieu/nhap-so-lieu?ky=2025')
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
  const first = row.locator('td[data-column="numerator"]')
  await first.click()
  await page.keyboard.type('x1')
  await page.keyboard.press('Tab')
  await row.getByText('Không đọc được số “x1”', { exact: false }).waitFor()
  await page.keyboard.press('Control+z')
  await first.click()
  await pasteInto(page, '1.200\t1.000\r\n')
  await row.getByText('Tử số lớn hơn mẫu số.').waitFor()
  await pasteInto(page, '1.200\t1.250\tE\tThử từ Excel\r\n')
  await row.getByText('≈ 96', { exact: true }).waitFor()
  expect(await row.locator('td[data-column="standing"]').innerText()).toBe('Ước tính')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('F2')
  await page.keyboard.press('End')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('5')
  await page.keyboard.press('Escape')
  expect(await row.locator('td[data-column="denominator"]').innerText()).toBe('1.250')
  await page.keyboard.type('1.600')
  await page.keyboard.press('Enter')
  await row.getByText('≈ 75', { exact: true }).waitFor()
  await keepPicture(page, `${pictures}/1-entry`)
  expect(await seriousFaults(page)).toEqual([])

  await page.context().setOffline(true)
  await page.getByRole('button', { name: /^Gửi duyệt 1 số liệu/ }).click()
  await page.getByText('Những gì đã điền vẫn giữ trên máy này', { exact: false }).waitFor()
  await page.context().setOffline(false)
  page.on('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await row.getByText('≈ 75', { exact: true }).waitFor()
  await page.getByRole('button', { name: /^Gửi duyệt 1 số liệu/ }).click()
  await page.getByText('Đã gửi 1 số liệu để duyệt.').waitFor()
  await row.getByText(/^Chờ duyệt, gửi/).waitFor()

  const nation = await visit.signIn('bo-y-te.tong-hop')
  await nation.page.goto(`/chi-tieu/${indicator?.id}?so-do=${code}&ky=2025`)
  await nation.page.getByText('Đã có số của 0/3.321', { exact: false }).waitFor()

  const leader = await visit.signIn('lam-dong.lanh-dao')
  await leader.page.goto(`/chi-tieu/duyet?so-do=${measure?.id}`)
  const waiting = leader.page.getByRole('row').filter({ hasText: name }).filter({ hasText: 'Phường Phan Thiết' })
  await waiting.getByRole('checkbox').check()
  await keepPicture(leader.page, `${pictures}/2-waiting`)
  expect(await seriousFaults(leader.page)).toEqual([])
  await leader.page.getByRole('button', { name: 'Duyệt 1 số liệu' }).click()
  await leader.page.getByText('Đã duyệt 1 số liệu.').waitFor()

  await nation.page.reload()
  await nation.page.getByText('Đã có số của 1/3.321', { exact: false }).waitFor()
  expect(await nation.page.getByTestId('total').innerText()).toMatch(/~?75\s*%/)
  await nation.page.getByRole('button', { name: '1 đơn vị đã có số' }).click()
  const part = nation.page.getByRole('row').filter({ hasText: 'Phường Phan Thiết' })
  await part.getByText('Ước tính').waitFor()
  expect(await part.innerText()).toContain('1.200')
  await keepPicture(nation.page, `${pictures}/3-national`)
  expect(await seriousFaults(nation.page)).toEqual([])

  const small = await visit.signIn('phan-thiet.can-bo', { size: phone })
  await small.page.goto('/chi-tieu/nhap-so-lieu?ky=2025')
  await small.page.getByRole('grid').waitFor()
  await keepPicture(small.page, `${pictures}/4-phone`)
  const failed = /ERR_INTERNET_DISCONNECTED|Failed to load resource/
  for (const { complaints } of [officer, nation, leader, small])
    expect(complaints.filter((complaint) => !failed.test(complaint))).toEqual([])
})

/** The size of a PNG, from its head. */
function sizeOf(png: Buffer): { width: number; height: number } {
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) }
}

test('every picture is saved as an image, a drawing that needs nothing else, and a table', async () => {
  const { page } = await visit.signIn('bo-y-te.can-bo')
  const { indicators } = await ask<Dictionary>(page, '/indicators')
  const first = indicators.find(({ measures }) => measures.some((one) => one.code === 'qd23-1'))
  await page.goto(`/chi-tieu/${first?.id ?? ''}/hinh-anh?ky=2025`)
  const menus = page.getByRole('button', { name: 'Tải về' })
  await menus.nth(2).waitFor()
  const save = async (at: number, kind: string) => {
    await menus.nth(at).click()
    const [file]: [Download, void] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: kind }).click(),
    ])
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
  }
  const names = new Set<string>()
  for (let at = 0; at < 3; at++) {
    const svg = await save(at, 'SVG')
    const text = svg.bytes.toString('utf8')
    expect(text).toContain(first?.measures[0]?.name ?? '')
    expect(text).toContain('Nguồn: số liệu các cơ quan nhập, đã được duyệt.')
    // No style sheet, letters or picture of elsewhere.
    expect(text).not.toMatch(/ class=|<style|<image|@import|var\(--|href="http/)
    const [, width = '', height = ''] = /width="([\d.]+)" height="([\d.]+)"/.exec(text) ?? []
    const png = await save(at, 'PNG')
    expect(sizeOf(png.bytes)).toEqual({ width: Math.ceil(Number(width) * 2), height: Math.ceil(Number(height) * 2) })
    const csv = await save(at, 'CSV')
    expect(csv.bytes.toString('utf8').trim().split('\n').length).toBeGreaterThan(3)
    for (const { name } of [svg, png, csv]) names.add(name)
  }
  expect(names.size).toBe(9)
  expect([...names].filter((name) => name.includes('nam-2025')).length).toBe(6)
  await page.context().close()
})
