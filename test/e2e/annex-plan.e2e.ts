import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { PlanDetail } from '#plans/model'
import { keepPicture, openVisit, seriousFaults, type Visit } from '../kit/browser.ts'
import { letIn, type Invited } from '../kit/people-steps.ts'
import { expectSameNumbers, issue, openToCheck, openWork } from '../kit/plan-steps.ts'
import { fixtureText, readFile } from '../kit/readings.ts'
import { decideByKey, giveDocument, makePlan, taskRow, taskRows, untilKept } from '../kit/review-steps.ts'
import { ask, listWork, report } from '../kit/work-steps.ts'
import { typeset } from '../kit/wrappings.ts'

const real = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'real-plans')
const dongThap = path.join(real, 'dongthap-552-kh-ubnd-2025-congnghe.txt')

type Case = {
  name: string
  text: () => string | undefined
  head: { number: string; kind: string; date: string; issuer: string }
  /** Who drafts, who signs, who reports: logins of the demonstration, or people an administrator lets in. */
  people: [string | Invited, string | Invited, string | Invited]
  /** Printed numbers of the annex' rows that go into the plan; all other proposals are rejected. */
  kept: readonly string[]
  reported: string
  department: string
}

const cases: Case[] = [
  {
    name: 'an invented plan with an annex table',
    text: () => fixtureText('ke-hoach-co-phu-luc.txt'),
    head: { number: '931/KH-UBND', kind: 'KH', date: '2025-11-19', issuer: 'ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG' },
    people: ['lam-dong.can-bo', 'lam-dong.lanh-dao', 'lam-dong.so-y-te'],
    kept: ['I.1', 'I.2', 'II.1', 'II.2'],
    reported: 'I.1',
    department: 'Sở Y tế tỉnh Lâm Đồng',
  },
  {
    name: 'the real plan 552 of Đồng Tháp',
    text: () => (existsSync(dongThap) ? readFileSync(dongThap, 'utf8') : undefined),
    head: { number: '552/KH-UBND', kind: 'KH', date: '2025-11-19', issuer: 'ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP' },
    people: [
      aPerson('Người Soạn Minh Họa', 'dong-thap.can-bo', 'Ủy ban nhân dân tỉnh Đồng Tháp', 'Chuyên viên'),
      aPerson('Người Ký Minh Họa', 'dong-thap.lanh-dao', 'Ủy ban nhân dân tỉnh Đồng Tháp', 'Người ký duyệt'),
      aPerson('Người Làm Minh Họa', 'dong-thap.so-khcn', 'Sở Khoa học và Công nghệ tỉnh Đồng Tháp', 'Chuyên viên'),
    ],
    kept: ['I.1', 'I.2', 'II.1', 'II.2', 'II.3', 'II.4', 'III.3', 'IV.1', 'IV.2'],
    reported: 'II.1',
    department: 'Sở Khoa học và Công nghệ tỉnh Đồng Tháp',
  },
]

describe.each(cases)('a Word file with an annex table: $name', (plan) => {
  const text = plan.text()
  if (text === undefined) return test.skip(`${plan.name} is not here: ../shared/real-plans is absent`, () => undefined)
  const pictures = `annex-plan/${plan.head.number.replace(/\W+/g, '-')}`
  const windows = new Map<string, Page>()
  const [drafter, signer, doer] = plan.people
  let visit: Visit
  let hasFailed = false
  let planId = ''

  beforeAll(async () => {
    visit = await openVisit(inject('product'))
  })
  afterAll(async () => {
    await visit.close()
  })
  beforeEach(({ onTestFailed, skip }) => {
    skip(hasFailed, 'an earlier step of the journey failed')
    onTestFailed(async () => {
      hasFailed = true
      for (const [login, page] of windows) await keepPicture(page, `${pictures}/failed-${login}`)
    })
  })

  async function administrators(): Promise<[Page, Page]> {
    return [await as('quan-tri'), await as('quan-tri-2')]
  }

  async function as(person: string | Invited): Promise<Page> {
    const login = typeof person === 'string' ? person : person.login
    const page =
      windows.get(login) ??
      (typeof person === 'string' ? (await visit.signIn(person)).page : await letIn(visit, administrators, person))
    windows.set(login, page)
    return page
  }

  test('its officer loads it; the head is read, and rows of the table stand as tasks with their bodies', async () => {
    const page = await as(drafter)
    await giveDocument(page, { name: 'ke-hoach.docx', bytes: await typeset(text) })
    const head = page.getByRole('region', { name: 'Phần đầu văn bản' })
    expect(await head.locator('#head-number').inputValue()).toBe(plan.head.number)
    await head.getByRole('button', { name: /Xác nhận phần đầu văn bản/ }).press('Enter')
    await head.getByText('Đã xác nhận toàn bộ phần đầu').waitFor()
    const prose = page.getByRole('button', { name: /Xác nhận phần lời văn/ })
    if ((await prose.count()) > 0) await prose.press('Enter')
    const rows = taskRows(page)
    const all = await rows.count()
    for (const printed of plan.kept) {
      expect(await taskRow(page, printed).count(), printed).toBe(1)
      await decideByKey(page, taskRow(page, printed), 'a')
    }
    await page.getByText(`Đã xem ${plan.kept.length} trong ${all}`).waitFor()
    for (let at = 0; at < all; at++)
      if ((await rows.nth(at).getAttribute('data-state')) === 'proposed') await decideByKey(page, rows.nth(at), 'r')
    await page.getByText(`Đã rà soát xong: ${plan.kept.length} nhiệm vụ vào kế hoạch.`).waitFor()
    await untilKept(page)
    await keepPicture(page, `${pictures}/1-review`)
    expect(await seriousFaults(page)).toEqual([])
    planId = await makePlan(page)
    await page.getByText('Dự thảo', { exact: true }).first().waitFor()
  })

  test('its approver issues it, and the work stands on the bodies of the table', async () => {
    const page = await as(signer)
    await page.goto(`/ke-hoach/${planId}`)
    await issue(page)
    await page.getByText(`Số ${plan.head.number}`).first().waitFor()
    await expectSameNumbers(page, planId)
    const holders = (await listWork(page, planId)).map((piece) => piece.agency.name)
    expect(holders).toContain(plan.department)
    expect(new Set(holders).size).toBeGreaterThan(1)
    await keepPicture(page, `${pictures}/2-plan`)
  })

  test('a department reports, its superior accepts, and the numbers follow', async () => {
    const page = await as(doer)
    await openWork(page, planId, plan.reported)
    await report(page, {
      status: 'Đã hoàn thành',
      narrative: 'Đã hoàn thành theo bảng phụ lục (minh họa).',
      note: 'Báo cáo số 7/BC (minh họa)',
      file: 'bao-cao-minh-hoa.pdf',
    })
    const checker = await as(signer)
    await openToCheck(checker, planId, plan.department)
    await checker.getByRole('button', { name: 'Chấp nhận', exact: true }).press('Enter')
    await checker.getByText(`Đã chấp nhận cập nhật của ${plan.department}.`).waitFor()
    await checker.goto(`/ke-hoach/${planId}`)
    await expectSameNumbers(checker, planId)
    const work = await listWork(checker, planId)
    expect(work.filter((piece) => piece.doneOn !== null).map((piece) => piece.agency.name)).toEqual([plan.department])
  })

  test('it leaves as a Word file that our own reader reads back as the same plan', async () => {
    const page = await as(signer)
    await page.goto(`/ke-hoach/${planId}`)
    await page.getByRole('button', { name: 'Việc khác' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Xuất kế hoạch', exact: true }).press('Enter')
    const started = page.waitForEvent('download')
    await page.getByRole('dialog').getByRole('button', { name: 'Tải xuống' }).press('Enter')
    const reading = readFile(await (await started).path(), 'ke-hoach.docx')
    expect(reading).toMatchObject(plan.head)
    const { nodes } = await ask<PlanDetail>(page, `/plans/${planId}`)
    const words = (text: string) => text.replace(/[\s.]+/g, ' ').trim()
    expect(reading.tasks.map((task) => words(task.text))).toEqual(
      nodes.filter((node) => node.kind === 'task').map((node) => words(node.text)),
    )
    expect(reading.tasks.every((task) => task.duties.some((duty) => duty.kind === 'lead'))).toBe(true)
  })
})

function aPerson(name: string, login: string, agency: string, role: string): Invited {
  return { name, login, agency, role, isWeighty: role === 'Người ký duyệt' }
}
