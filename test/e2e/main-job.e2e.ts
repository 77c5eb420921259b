import { existsSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { Coverage, PlanDetail } from '#plans/model'
import { keepPicture, openVisit, seriousFaults, typeInto, type Visit } from '../kit/browser.ts'
import { documents } from '../kit/journey-documents.ts'
import {
  decideByKey,
  fillHead,
  giveDocument,
  layOnAll,
  makePlan,
  setDue,
  taskRow,
  taskRows,
  untilKept,
} from '../kit/review-steps.ts'
import { expectSameNumbers, issue, openToCheck, openWork } from '../kit/plan-steps.ts'
import { ask, daysOn, listWork, readNumbers, report, textOfDocx, typed } from '../kit/work-steps.ts'

/** Every one of them leads the tasks of the national plan. */
const provinces = 34

describe.each(documents)('the main job on $name', ({ name, article, provincial }) => {
  const isThere = existsSync(article.file) && existsSync(provincial.file)
  if (!isThere) return test.skip(`${name} are not here: ../shared/source-documents is absent`, () => undefined)
  const product = inject('product')
  const pictures = `main-job/${name.replace(/\W+/g, '-')}`
  let visit: Visit
  let hasFailed = false
  let today = ''
  let nationalId = ''
  let localId = ''
  const overdueOn = () => daysOn(today, -20)
  const pendingOn = () => daysOn(today, 30)

  beforeAll(async () => {
    visit = await openVisit(product)
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

  /** One window for each person, kept open. */
  const windows = new Map<string, Page>()
  async function as(login: string): Promise<Page> {
    const page = windows.get(login) ?? (await visit.signIn(login)).page
    windows.set(login, page)
    return page
  }

  test('the lead ministry loads the article, is warned, and confirms its tasks and their bodies', async () => {
    const page = await as('bo-y-te.can-bo')
    today = (await ask<{ today: string }>(page, '/session')).today
    await giveDocument(page, article.file)
    await page.getByText('Đây không phải bản văn bản gốc').waitFor()
    await page.getByText(`${article.tasks} nhiệm vụ chưa có cơ quan thực hiện.`).waitFor()
    const rows = taskRows(page)
    expect(await rows.count()).toBe(article.tasks + 2)
    await keepPicture(page, `${pictures}/1-article`)
    await fillHead(page, article.head)
    await layOnAll(page, rows.first(), 'UBND các tỉnh, thành phố', 'UBND các tỉnh, thành phố')
    await setDue(rows.nth(0), `trước ngày ${typed(overdueOn())}`, typed(overdueOn()))
    await setDue(rows.nth(1), `trước ngày ${typed(pendingOn())}`, typed(pendingOn()))
    for (let at = 2; at < article.tasks; at++) await decideByKey(page, rows.nth(at), 'a')
    for (const at of [0, 1]) await decideByKey(page, rows.nth(article.tasks + at), 'r')
    await page.getByText(`Đã xem ${article.tasks + 2} trong ${article.tasks + 2}`).waitFor()
    await untilKept(page)
    expect(await seriousFaults(page)).toEqual([])
  })

  test('the same file again leads back to its review, and nothing was lost meanwhile', async () => {
    const page = await as('bo-y-te.can-bo')
    await page.goto('/van-ban')
    await page.locator('#document-file').setInputFiles(article.file)
    await page.getByText('Tệp này đã được nhập trước đây').waitFor()
    await page.getByRole('link', { name: 'Rà soát tiếp' }).press('Enter')
    await page.getByText(`Đã rà soát xong: ${article.tasks} nhiệm vụ vào kế hoạch.`).waitFor()
    nationalId = await makePlan(page)
    await page.getByText('Dự thảo', { exact: true }).first().waitFor()
    await page.getByText(`(${provinces} cơ quan kế thừa)`).first().waitFor()
    expect(await page.getByRole('button', { name: 'Ký ban hành' }).count()).toBe(0)
  })

  test('the approver issues it, and its work stands on every province', async () => {
    const page = await as('bo-y-te.lanh-dao')
    await page.goto('/viec-cua-toi')
    await page.getByRole('link', { name: `Ký ban hành: ${article.head.title?.slice(0, 40)}` }).press('Enter')
    await issue(page)
    const { number, issuedOn } = article.head
    await page.getByText(`Số ${number} ngày ${issuedOn}`).first().waitFor()
    const expected = {
      done: 0,
      late: 0,
      pending: provinces,
      overdue: provinces,
      undated: provinces * (article.tasks - 2),
    }
    expect(await readNumbers(page)).toEqual({ ...expected, requested: { done: 0, open: 0 } })
    await expectSameNumbers(page, nationalId)
    await keepPicture(page, `${pictures}/2-national-plan`)
  })

  test('an officer of Lâm Đồng finds out what became of Bình Thuận and its districts', async () => {
    const page = await as('lam-dong.can-bo')
    await page.goto('/dia-ban/nay-la-gi')
    await typeInto(page.locator('#ten'), 'tinh Binh Thuan')
    await page.keyboard.press('Enter')
    const answer = page.getByRole('main')
    await answer.getByRole('link', { name: 'Tỉnh Lâm Đồng' }).first().waitFor()
    expect(await answer.innerText()).toMatch(/1\/7\/2025/)
    await typeInto(page.locator('#ten'), 'huyện Bắc Bình')
    await page.keyboard.press('Enter')
    await answer.getByRole('link', { name: 'Xã Bắc Bình', exact: true }).first().waitFor()
    await keepPicture(page, `${pictures}/3-what-became`)
  })

  test('the officer loads the plan of Bình Thuận, which keeps its issuer; duties follow to the successors', async () => {
    const page = await as('lam-dong.can-bo')
    await giveDocument(page, provincial.file)
    await page.getByText('Số văn bản để trống').waitFor()
    const rows = taskRows(page)
    expect(await rows.count()).toBe(provincial.tasks)
    await fillHead(page, provincial.head)
    await taskRow(page, provincial.forDepartment).getByText('→ Sở Y tế tỉnh Bình Thuận').waitFor()
    await layOnAll(page, taskRow(page, provincial.unled), 'Sở Y tế', 'Sở Y tế tỉnh Bình Thuận')
    for (let at = 0; at < provincial.tasks; at++) await decideByKey(page, rows.nth(at), 'a')
    await page.getByText(`Đã rà soát xong: ${provincial.tasks} nhiệm vụ vào kế hoạch.`).waitFor()
    await keepPicture(page, `${pictures}/4-review`)
    localId = await makePlan(page, [article.head.number])
    const facts = page.getByRole('region', { name: 'Văn bản' })
    await facts.getByText('Ủy ban nhân dân tỉnh Bình Thuận').waitFor()
    await facts.getByText('Chấm dứt ngày 1/7/2025; nay do Ủy ban nhân dân tỉnh Lâm Đồng chịu trách nhiệm').waitFor()
    await page.getByText('nay do Sở Y tế tỉnh Lâm Đồng thực hiện').first().waitFor()
    await page
      .getByRole('button', { name: /các huyện, thị xã, thành phố \(\d+ cơ quan kế thừa\)/ })
      .first()
      .press('Enter')
    const bodies = page.getByRole('dialog')
    await bodies.getByText('giao cho Ủy ban nhân dân thành phố Phan Thiết khi ban hành').first().waitFor()
    for (const body of ['phường Phan Thiết', 'xã Bắc Bình'])
      await bodies.getByText(`Ủy ban nhân dân ${body}`).first().waitFor()
    await keepPicture(page, `${pictures}/5-successors`, { whole: false })
    await page.keyboard.press('Escape')
    await bodies.waitFor({ state: 'hidden' })
  })

  test('the officer derives it from the national plan, task by task', async () => {
    const page = await as('lam-dong.can-bo')
    await page.goto(`/ke-hoach/${localId}/trien-khai`)
    await page.getByText(`0/${article.tasks} nhiệm vụ cấp trên đã quyết định, còn ${article.tasks}`).waitFor()
    for (const { above, own, found } of provincial.counterparts) {
      const row = page.getByRole('article').filter({ has: page.getByRole('link', { name: above, exact: true }) })
      const choice = row.getByLabel('Nhiệm vụ tương ứng trong kế hoạch này')
      const option = choice.getByRole('option').filter({ hasText: new RegExp(`^${own.replace('.', '\\.')}[. ]`) })
      const value = await option.getAttribute('value')
      if (found) expect(await choice.inputValue()).toBe(value)
      else await choice.selectOption(value)
      await row.getByText(found ? 'Tiếp nhận' : 'Điều chỉnh', { exact: true }).click()
      await row.getByLabel('Nhiệm vụ của cơ quan mình').waitFor()
    }
    const left = article.tasks - provincial.counterparts.length
    for (let at = 0; at < left; at++) await decline(page, 'Tỉnh đã có kế hoạch riêng về nội dung này.')
    await page.getByText(`${article.tasks}/${article.tasks} nhiệm vụ cấp trên đã quyết định`).waitFor()
    await keepPicture(page, `${pictures}/6-derivation`)
    const plan = await ask<PlanDetail>(page, `/plans/${localId}?draft=true`)
    expect(plan.nodes.filter((node) => node.kind === 'task')).toHaveLength(provincial.tasks)
  })

  test('the approver of Lâm Đồng issues it under the name of Bình Thuận', async () => {
    const page = await as('lam-dong.lanh-dao')
    await page.goto(`/ke-hoach/${localId}`)
    await issue(page)
    await page.getByText(`Số ${provincial.head.number} ngày ${provincial.head.issuedOn}`).first().waitFor()
    await expectSameNumbers(page, localId)
    const work = await listWork(page, localId)
    const holders = new Set(work.map((piece) => piece.agency.name))
    expect(holders).toContain('Sở Y tế tỉnh Lâm Đồng')
    expect([...holders].filter((holder) => /tỉnh Bình Thuận|huyện|thị xã|thành phố/.test(holder))).toEqual([])
  })

  test('the department and two communes report with evidence', async () => {
    const { head } = provincial
    for (const [login, task, narrative] of [
      [
        'lam-dong.so-y-te',
        provincial.forDepartment,
        'Đã tham mưu, hướng dẫn 124 xã, phường; kết quả nêu trong báo cáo.',
      ],
      ['phan-thiet.can-bo', provincial.forDistricts, 'Đã lập danh sách.'],
      ['bac-binh.can-bo', provincial.forDistricts, 'Đã lập danh sách 17 điểm, cắm 32 biển cảnh báo.'],
    ] as const) {
      const page = await as(login)
      await openWork(page, localId, task)
      await page.getByText(`${head.number}`).first().waitFor()
      await report(page, {
        status: 'Đã hoàn thành',
        narrative,
        note: 'Báo cáo số 12/BC (minh họa)',
        file: 'bao-cao-minh-hoa.pdf',
      })
      await page.getByText('Chờ kiểm tra', { exact: true }).first().waitFor()
    }
  })

  test('the superior accepts two and returns one, which is corrected and accepted', async () => {
    const checker = await as('lam-dong.lanh-dao')
    for (const agency of ['Sở Y tế tỉnh Lâm Đồng', 'Ủy ban nhân dân xã Bắc Bình']) {
      await openToCheck(checker, localId, agency)
      await checker.getByRole('button', { name: 'bao-cao-minh-hoa.pdf' }).waitFor()
      await checker.getByRole('button', { name: 'Chấp nhận', exact: true }).press('Enter')
      await checker.getByText(`Đã chấp nhận cập nhật của ${agency}.`).waitFor()
    }
    const phanThiet = 'Ủy ban nhân dân phường Phan Thiết'
    const reason = 'Chưa nêu số điểm và vị trí; đề nghị bổ sung.'
    await openToCheck(checker, localId, phanThiet)
    await checker.getByRole('button', { name: 'Trả lại' }).press('Enter')
    const dialog = checker.getByRole('dialog')
    await typeInto(dialog.locator('#reason'), reason)
    await dialog.getByRole('button', { name: 'Trả lại' }).press('Enter')
    await checker.getByText(`Đã trả lại cập nhật của ${phanThiet}.`).waitFor()

    const officer = await as('phan-thiet.can-bo')
    await officer.goto('/viec-cua-toi')
    await officer
      .getByRole('link', { name: `Sửa và gửi lại: ${reason}` })
      .first()
      .press('Enter')
    await officer.locator('form#cap-nhat').getByText(reason).waitFor()
    await keepPicture(officer, `${pictures}/7-returned`)
    await report(officer, { status: 'Đã hoàn thành', narrative: 'Đã lập danh sách 9 điểm, có vị trí từng điểm.' })
    await openToCheck(checker, localId, phanThiet)
    await checker.getByText('có vị trí từng điểm').waitFor()
    await checker.getByRole('button', { name: 'Chấp nhận', exact: true }).press('Enter')
    await checker.getByText(`Đã chấp nhận cập nhật của ${phanThiet}.`).waitFor()
    await checker.goto(`/ke-hoach/${localId}`)
    const numbers = await readNumbers(checker)
    expect(numbers.done + numbers.late + numbers.undated).toBeGreaterThanOrEqual(3)
    await expectSameNumbers(checker, localId)
  })

  test('the ministry sees who has issued and urges those who are late', async () => {
    const page = await as('bo-y-te.tong-hop')
    await page.goto(`/ke-hoach/${nationalId}/do-phu`)
    const tiers = page.getByRole('region', { name: 'Độ phủ theo cấp' })
    await tiers.getByText(`1/${provinces}`).first().waitFor()
    const coverage = await ask<Coverage>(page, `/plans/${nationalId}/coverage`)
    expect(coverage.tiers.find((tier) => tier.level === 'province')).toMatchObject({
      owed: provinces,
      issued: 1,
      nothing: provinces - 1,
    })
    await keepPicture(page, `${pictures}/8-coverage`)
    await page.goto(`/ke-hoach/${nationalId}`)
    await page
      .getByRole('main')
      .getByRole('link', { name: /Quá hạn/ })
      .first()
      .press('Enter')
    await page.getByText(new RegExp(`^${provinces} việc`)).waitFor()
    await page.getByRole('checkbox', { name: 'Chọn mọi dòng của trang này' }).press('Space')
    await page.getByRole('button', { name: 'Đôn đốc' }).press('Enter')
    const dialog = page.getByRole('dialog')
    expect(await dialog.locator('#text').inputValue()).toContain('Bộ Y tế')
    await dialog.getByRole('button', { name: 'Gửi đôn đốc' }).press('Enter')
    await page.getByText('Đã gửi đôn đốc.').waitFor()
  })

  test('Lâm Đồng reads that it was urged, and answers', async () => {
    const page = await as('lam-dong.can-bo')
    await page.goto('/viec-cua-toi')
    await page
      .getByRole('link', { name: /Trả lời đôn đốc/ })
      .first()
      .press('Enter')
    const answer = page.getByLabel(/^Trả lời của Ủy ban nhân dân tỉnh Lâm Đồng/).first()
    await typeInto(answer, 'Tỉnh đã giao Sở Y tế hoàn thành trong tháng này.')
    await page.getByRole('button', { name: 'Gửi trả lời' }).first().press('Enter')
    await page.getByText('Đã gửi trả lời.').waitFor()
  })

  test('the status report leaves as a Word file with the same numbers', async () => {
    const page = await as('bo-y-te.tong-hop')
    await page.goto(`/ke-hoach/${nationalId}/do-phu`)
    const started = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Báo cáo tình hình thực hiện' }).press('Enter')
    await page.getByRole('button', { name: 'Tải xuống' }).press('Enter')
    const download = await started
    expect(download.suggestedFilename()).toMatch(/\.docx$/)
    const text = textOfDocx(await download.path())
    const { numbers } = await ask<PlanDetail>(page, `/plans/${nationalId}`)
    expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')
    expect(text).toContain('BỘ Y TẾ')
    expect(text).toContain(article.head.number)
    expect(text).toContain(`${numbers.overdue}`)
    expect(text).toMatch(new RegExp(`\\n0?1\\n|01/|\\b01\\b`))
    expect(text).toContain(`${provinces * (article.tasks - 2)}`)
  })
})

/** Declines the first task above that is still undecided. */
async function decline(page: Page, why: string): Promise<void> {
  const undecided = page.getByRole('article').filter({ hasText: 'Chưa quyết định. Không tính là đã triển khai.' })
  const before = await undecided.count()
  await undecided.first().getByText('Không áp dụng', { exact: true }).click()
  const dialog = page.getByRole('dialog')
  await typeInto(dialog.locator('#reason'), why)
  await dialog.getByRole('button', { name: 'Không áp dụng' }).press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  await undecided.nth(before - 1).waitFor({ state: 'detached' })
}
