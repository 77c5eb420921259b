import { readFileSync } from 'node:fs'
import { unzipSync } from 'fflate'
import type { Locator, Page } from 'playwright-core'
import type { Occurrence } from '#plans/model'
import { typeInto } from './browser.ts'

/** The four numbers, the fifth, and those of bodies that were asked, as a person reads or counts them. */
export type Counted = {
  done: number
  late: number
  pending: number
  overdue: number
  undated: number
  requested: { done: number; open: number }
}

type Numbers = {
  doneOnTime: number
  doneLate: number
  pendingInTime: number
  overdue: number
  noDueDate: number
  requested: { done: number; open: number }
}

const words = [
  ['Xong đúng hạn', 'done'],
  ['Xong muộn', 'late'],
  ['Đang làm, còn hạn', 'pending'],
  ['Quá hạn', 'overdue'],
  ['Không có hạn', 'undated'],
] as const

/** Asks the interface as the person of this page. */
export async function ask<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(`/api/v1${path}`)
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
  return (await answer.json()) as T
}

/** Tells the interface as the person of this page. */
export async function tell<T>(page: Page, method: 'POST' | 'PUT', path: string, data: unknown): Promise<T> {
  const headers = { 'x-mangnon': '1', 'idempotency-key': crypto.randomUUID() }
  const answer = await page.request.fetch(`/api/v1${path}`, { method, data, headers })
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
  return (answer.status() === 204 ? undefined : await answer.json()) as T
}

/** Reads the first bar of numbers of a page. */
export async function readNumbers(page: Page): Promise<Counted> {
  const main = page.getByRole('main')
  const bar = main.getByRole('group', { name: /^Tình trạng của/ }).first()
  await bar.waitFor()
  const counted: Counted = { ...noWork(), requested: await readRequested(main) }
  for (const line of await bar.getByRole('listitem').allInnerTexts()) {
    const text = line.replace(/\s+/g, ' ').trim()
    const [, name] = words.find(([word]) => text.endsWith(word)) ?? []
    if (name === undefined) throw new Error(`no number is called so: ${text}`)
    counted[name] = Number(text.replace(/\D/g, ''))
  }
  return counted
}

async function readRequested(main: Locator): Promise<Counted['requested']> {
  const said = main.getByText(/^Cơ quan được đề nghị, tính riêng:/)
  if ((await said.count()) === 0) return { done: 0, open: 0 }
  const text = await said.first().innerText()
  const numberBefore = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(text)?.[1])
  return { done: numberBefore('đã thực hiện'), open: numberBefore('chưa thực hiện') }
}

function noWork(): Counted {
  return { done: 0, late: 0, pending: 0, overdue: 0, undated: 0, requested: { done: 0, open: 0 } }
}

/** The numbers as the interface gives them. */
export function toCounted(numbers: Numbers): Counted {
  const { doneOnTime: done, doneLate: late, pendingInTime: pending, overdue, noDueDate: undated, requested } = numbers
  return { done, late, pending, overdue, undated, requested }
}

/** All work of a plan, page by page. */
export async function listWork(page: Page, planId: string): Promise<Occurrence[]> {
  const all: Occurrence[] = []
  for (let number = 1; ; number++) {
    const { items, total } = await ask<{ items: Occurrence[]; total: number }>(
      page,
      `/tasks?planId=${planId}&size=200&page=${number}`,
    )
    all.push(...items)
    if (all.length >= total) return all
  }
}

/** The numbers by counting: each piece of work once, by its due date, the day it was done, and today. */
export function countByHand(work: readonly Occurrence[], today: string): Counted {
  const counted = noWork()
  for (const { dueOn, doneOn, standing } of work) {
    if (standing.startsWith('requested')) counted.requested[doneOn === null ? 'open' : 'done']++
    else if (dueOn === null) counted.undated++
    else if (doneOn !== null) counted[doneOn <= dueOn ? 'done' : 'late']++
    else counted[dueOn < today ? 'overdue' : 'pending']++
  }
  return counted
}

/** Reports on the piece of work that is open, with a file, and sends it. */
export async function report(
  page: Page,
  said: { status: string; narrative: string; note?: string; file?: string },
): Promise<void> {
  const form = page.locator('form#cap-nhat')
  await form.getByRole('radio', { name: said.status }).press('Space')
  await typeInto(form.locator('#narrative'), said.narrative)
  if (said.note !== undefined) await typeInto(form.locator('#evidenceNote'), said.note)
  if (said.file !== undefined) {
    await form.locator('#evidence').setInputFiles({ name: said.file, mimeType: 'application/pdf', buffer: smallPdf })
    await form.getByRole('button', { name: said.file, exact: true }).waitFor()
  }
  await form.getByRole('button', { name: 'Gửi kiểm tra' }).press('Enter')
  await page.getByText('Đã gửi cập nhật để kiểm tra.').waitFor()
}

const smallPdf = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
)

/** What a .docx says: the text of its body, its paragraphs on lines of their own. */
export function textOfDocx(file: string): string {
  const parts = unzipSync(readFileSync(file))
  const body = parts['word/document.xml']
  if (body === undefined) throw new Error(`${file} is no Word file`)
  return new TextDecoder()
    .decode(body)
    .replace(/<\/w:p>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&amp;/g, '&')
}

/** `2030-05-02` as people type it: `2/5/2030`. */
export function typed(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${day}/${month}/${year}`
}

/** `date` so many days on. */
export function daysOn(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
