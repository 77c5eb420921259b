import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { FigureDrift, ObligationRow, RegimeDetail } from '#reporting/model'
import { keepPicture, openVisit, phone, seriousFaults, sticksOut, typeInto, wide, type Visit } from '../kit/browser.ts'
import { letIn, type Invited } from '../kit/people-steps.ts'
import {
  accept,
  act,
  actTwice,
  ask,
  begin,
  cellOf,
  delegate,
  drawAll,
  explain,
  fillWorkbook,
  followWords,
  journeyRegime,
  period,
  readReport,
  sign,
  tell,
  traceOf,
  untilSaved,
  untilState,
  write,
} from '../kit/reporting-journey.ts'
import { daysOn, textOfDocx, typed } from '../kit/work-steps.ts'

const aPerson = (login: string, name: string, agency: string, role: string): Invited => ({
  ...{ name, login, agency, role, isWeighty: role === 'Người ký duyệt' },
})
const bacBinhHead = aPerson('hanh-trinh.bb', 'Lãnh đạo xã Bắc Bình', 'Ủy ban nhân dân xã Bắc Bình', 'Người ký duyệt')
const laGi = aPerson('hanh-trinh.lg', 'Cán bộ phường La Gi', 'Ủy ban nhân dân phường La Gi', 'Chuyên viên')
const laGiHead = aPerson('hanh-trinh.lgl', 'Lãnh đạo phường La Gi', 'Ủy ban nhân dân phường La Gi', 'Người ký duyệt')
const healthHead = aPerson('hanh-trinh.syt', 'Lãnh đạo Sở Y tế', 'Sở Y tế tỉnh Lâm Đồng', 'Người ký duyệt')
const court = aPerson('hanh-trinh.ta', 'Cán bộ Tòa án', 'Tòa án nhân dân tỉnh Lâm Đồng', 'Chuyên viên')
const courtHead = aPerson('hanh-trinh.tal', 'Lãnh đạo Tòa án', 'Tòa án nhân dân tỉnh Lâm Đồng', 'Người ký duyệt')
const deputy = aPerson('hanh-trinh.pct', 'Phó Chủ tịch tỉnh', 'Ủy ban nhân dân tỉnh Lâm Đồng', 'Người tổng hợp')

/** A sentence that is followed from the commune to the country's report and back. */
const sentence = 'Phường đã dạy bơi an toàn cho 412 trẻ em trong dịp hè (hành trình minh họa).'
const wrongCount = 260
const rightCount = 206

describe('a half-year of reports, from three communes to the ministry', () => {
  const product = inject('product')
  const pictures = 'reporting-journey'
  const windows = new Map<string, Page>()
  const reports = new Map<string, string>()
  let visit: Visit
  let hasFailed = false
  let today = ''
  let [regimeId, roundId] = ['', '']

  beforeAll(async () => {
    visit = await openVisit(product)
  })
  afterAll(() => visit.close())
  beforeEach(({ onTestFailed, skip }) => {
    skip(hasFailed, 'an earlier step of the journey failed')
    onTestFailed(async () => {
      hasFailed = true
      for (const [login, page] of windows) await keepPicture(page, `${pictures}/failed-${login}`)
    })
  })

  /** One window for each person, kept open. */
  async function as(person: string | Invited): Promise<Page> {
    const login = typeof person === 'string' ? person : person.login
    const administrators = async (): Promise<[Page, Page]> => [await as('quan-tri'), await as('quan-tri-2')]
    const page =
      windows.get(login) ??
      (typeof person === 'string' ? (await visit.signIn(person)).page : await letIn(visit, administrators, person))
    windows.set(login, page)
    return page
  }

  /** Looks at a page in both widths: pictures, what axe finds, nothing sticks out. */
  async function look(page: Page, name: string): Promise<void> {
    await keepPicture(page, `${pictures}/${name}`)
    expect([name, await seriousFaults(page)]).toEqual([name, []])
    await page.setViewportSize(phone)
    expect([name, await sticksOut(page)]).toEqual([name, []])
    await keepPicture(page, `${pictures}/${name}-phone`)
    await page.setViewportSize(wide)
  }

  const idOf = (body: string): string => reports.get(body) ?? ''
  const owed = (page: Page) =>
    ask<{ items: ObligationRow[] }>(page, `/reporting/obligations?roundId=${roundId}&size=50`).then(
      ({ items }) => items,
    )

  test('the ministry writes a regime from what the country proposes, a second person issues it and opens the round', async () => {
    const page = await as('bo-y-te.can-bo')
    today = (await ask<{ today: string }>(page, '/session')).today
    await page.goto('/bao-cao/che-do/moi')
    await typeInto(page.locator('#code'), 'HANH-TRINH')
    await typeInto(page.locator('#effectiveFrom'), '1/1/2025')
    await act(page.getByRole('main'), 'Bắt đầu soạn')
    await page.waitForURL(/\/che-do\/[0-9a-f-]{36}\/soan/)
    regimeId = /[0-9a-f-]{36}/.exec(page.url())?.[0] ?? ''
    const { versions } = await ask<RegimeDetail>(page, `/reporting/regimes/${regimeId}`)
    // Bodies that have ended are named by the interface: the list of the page offers those of today.
    await tell(page, 'PUT', `/reporting/regimes/${regimeId}/draft`, {
      ...{ definition: await journeyRegime(page), effectiveFrom: '2025-01-01' },
      version: versions[0]?.version,
    })
    await page.reload()
    await page.getByText('Lịch thực hiện được: không có điểm nào cần sửa.').waitFor()
    await look(page, '1-designer')

    const signer = await as('bo-y-te.lanh-dao')
    await signer.goto(`/bao-cao/che-do/${regimeId}`)
    for (const [button, done] of [
      ['Ban hành chế độ', 'Đã ban hành chế độ báo cáo.'],
      ['Ban hành biểu mẫu', 'Đã ban hành biểu mẫu.'],
    ] as const) {
      await actTwice(signer, button)
      await signer.getByText(done).waitFor()
    }
    // The page offers periods of the last year; this one lies before the units of today.
    const round = await tell<{ id: string }>(signer, 'POST', `/reporting/regimes/${regimeId}/rounds`, {
      period: period.id,
    })
    roundId = round.id
    await signer.goto(`/bao-cao/ky/${roundId}`)
    await signer.getByText('Ủy ban nhân dân phường Phú Trinh').first().waitFor()
    await look(signer, '2-round')
    const all = await owed(signer)
    expect(all.filter(({ standing }) => standing === 'merged').map(({ agencyName }) => agencyName)).toEqual([
      'Ủy ban nhân dân phường Phan Thiết',
    ])
    expect(all.filter(({ isRequested }) => isRequested).map(({ agencyName }) => agencyName)).toEqual([
      'Tòa án nhân dân tỉnh Lâm Đồng',
    ])
    const dueDays = Object.fromEntries(all.map(({ tier, dueOn }) => [tier, dueOn]))
    expect(dueDays).toMatchObject({ xa: '2025-05-09', tinh: '2025-05-16', root: '2025-05-23' })
  })

  test('after the rearrangement of units all but one body are given more time, with the reason', async () => {
    const page = await as('bo-y-te.lanh-dao')
    const until = daysOn(today, 10)
    const reason = 'Gửi bổ sung sau sắp xếp đơn vị hành chính.'
    const all = await owed(page)
    const [first, ...others] = all.filter(
      ({ standing, agencyName, isRequested }) => standing === 'not-begun' && !isRequested && !/La Gi/.test(agencyName),
    )
    const row = page.getByRole('row').filter({ hasText: first?.addressedName ?? '' })
    await act(row, 'Gia hạn')
    const dialog = page.getByRole('dialog')
    await typeInto(dialog.locator('#dueOn'), typed(until))
    await typeInto(dialog.locator('#reason'), reason)
    await look(page, '3-more-time')
    await act(dialog, 'Gia hạn')
    await page.getByText(/^Đã gia hạn cho/).waitFor()
    for (const { id, version } of others)
      await tell(page, 'POST', `/reporting/obligations/${id}/extension`, { dueOn: until, reason, version })
    const late = (await owed(page)).filter(({ isOverdue }) => isOverdue).map(({ agencyName }) => agencyName)
    expect(late).toEqual(['Ủy ban nhân dân phường La Gi'])
  })

  test('Phan Thiết fills its report in as a workbook, for the two wards it was made of, and its head sends it once', async () => {
    const page = await as('phan-thiet.can-bo')
    const id = await begin(page)
    reports.set('phanThiet', id)
    const counts = { special: 312, helped: 290 }
    expect(await fillWorkbook(page, id, { words: sentence, counts })).toBeGreaterThan(8)
    await explain(page, id)
    expect(await cellOf(page, 'hoan-canh', 'numerator').innerText()).toBe('312')
    await look(page, '4-figures')
    const head = await as('phan-thiet.lanh-dao')
    // Who signs reads: a slip of the hand would cost the signature.
    await head.goto(`/bao-cao/${id}?phan=so-lieu`)
    await head.getByText('đang chờ ký').waitFor()
    expect(await cellOf(head, 'hoan-canh', 'numerator').getAttribute('aria-readonly')).toBe('true')
    await look(head, '4-read-to-sign')
    expect(await sign(head, id)).toBe(1)
    await look(head, '5-sent')
  })

  test('Bắc Bình is returned a count and its share, can change these alone, and is accepted', async () => {
    const page = await as('bac-binh.can-bo')
    const id = await begin(page)
    reports.set('bacBinh', id)
    const counts = { special: wrongCount, helped: 190 }
    await write(page, id, { words: 'Xã đã rà soát danh sách trẻ em ở các thôn.', counts })
    await explain(page, id)
    expect(await sign(await as(bacBinhHead), id)).toBe(1)

    const reviewer = await as('lam-dong.can-bo')
    await reviewer.goto(`/bao-cao/${id}`)
    for (const line of ['hoan-canh', 'duoc-ho-tro'])
      await tell(reviewer, 'PUT', `/reporting/reports/${id}/marks`, {
        ...{ number: 1, line: `so-lieu/${line}` },
        reason: 'Chưa khớp danh sách quản lý; đề nghị rà soát.',
      })
    await reviewer.reload()
    await look(reviewer, '6-review')
    const head = await as('lam-dong.lanh-dao')
    await head.goto(`/bao-cao/${id}`)
    await act(head.getByRole('main'), 'Trả lại 2 mục để sửa')
    const dialog = head.getByRole('dialog')
    await typeInto(dialog.locator('#dueOn'), typed(daysOn(today, 3)))
    await act(dialog, 'Trả lại 2 mục để sửa')
    await head.getByText('Đã trả lại báo cáo.').waitFor()

    // It opens where something is to be corrected.
    await page.goto(`/bao-cao/${id}`)
    await page.getByText('2 mục phải sửa').waitFor()
    await page
      .getByText(/^Bị trả lại:/)
      .first()
      .waitFor()
    expect(await cellOf(page, 'xam-hai', 'numerator').getAttribute('aria-readonly')).toBe('true')
    await typeInto(cellOf(page, 'hoan-canh', 'numerator'), String(rightCount))
    await typeInto(cellOf(page, 'duoc-ho-tro', 'denominator'), String(rightCount))
    await untilSaved(page)
    await look(page, '7-returned')
    await explain(page, id)
    expect(await sign(await as(bacBinhHead), id)).toBe(2)
    await accept(head, id)
    await accept(head, idOf('phanThiet'))
  })

  test('one commune is late, and called so', async () => {
    const page = await as(laGi)
    const late = await begin(page)
    reports.set('laGi', late)
    await write(page, late, {
      words: 'Phường gửi báo cáo sau hạn do thay đổi cán bộ.',
      counts: { special: 98, helped: 90 },
    })
    await explain(page, late)
    await sign(await as(laGiHead), late)
    const head = await as('lam-dong.lanh-dao')
    await head.goto('/bao-cao/tiep-nhan')
    await head.getByText('Gửi muộn').first().waitFor()
    await look(head, '8-received')
    await accept(head, late)
    expect((await readReport(head, late)).owed.isLate).toBe(true)
  })

  test('a department has nothing to report, and a court answers what it was asked', async () => {
    const department = await begin(await as('lam-dong.so-y-te'))
    await sign(await as(healthHead), department, { isNil: true })

    const asked = await as(court)
    const answer = await begin(asked)
    const { sections } = await readReport(asked, answer)
    for (const key of ['chi-dao', 'danh-gia', 'phuong-huong'])
      await tell(asked, 'PUT', `/reporting/reports/${answer}/sections/${key}`, {
        version: sections.find((one) => one.key === key)?.version,
        content: { kind: 'narrative', paragraphs: [{ key: 'p1', text: 'Tòa án cung cấp thông tin.', origins: [] }] },
      })
    await sign(await as(courtHead), answer)

    const head = await as('lam-dong.lanh-dao')
    for (const id of [department, answer]) await accept(head, id)
    expect((await readReport(head, answer)).owed.isLate).toBe(false)
  })

  test('the province draws from below, and its deputy signs by delegation', async () => {
    const page = await as('lam-dong.can-bo')
    const id = await begin(page)
    reports.set('province', id)
    await page.goto(`/bao-cao/${id}/tong-hop`)
    await page.getByText('Báo cáo không phát sinh').first().waitFor()
    await look(page, '9-below')
    await drawAll(page, id)
    const signer = await as(deputy)
    await delegate(await as('lam-dong.lanh-dao'), {
      ...{ name: deputy.name, order: '15/QĐ-UBND', on: typed(today) },
      ...{ powers: 'KT. CHỦ TỊCH', post: 'PHÓ CHỦ TỊCH' },
    })
    expect(await sign(signer, id)).toBe(1)
    await signer
      .getByText(/ký thay người đứng đầu theo 15\/QĐ-UBND/)
      .first()
      .waitFor()
    await look(signer, '10-province')
    await accept(await as('bo-y-te.lanh-dao'), id)
  })

  test('the ministry consolidates, approves, locks, and its report leaves as a Word file', async () => {
    const page = await as('bo-y-te.tong-hop')
    const id = await begin(page)
    reports.set('ministry', id)
    await drawAll(page, id)
    const approver = await as('bo-y-te.lanh-dao')
    const officer = await as('bo-y-te.can-bo')
    const { person } = await ask<{ person: { name: string } }>(officer, '/session')
    await delegate(approver, {
      ...{ name: person.name, order: '7/QĐ-BYT', on: typed(today) },
      ...{ powers: 'KT. BỘ TRƯỞNG', post: 'THỨ TRƯỞNG' },
    })
    expect(await sign(officer, id)).toBe(1)
    await approver.goto(`/bao-cao/${id}`)
    await actTwice(approver, 'Phê duyệt')
    await untilState(approver, id, 'approved')
    await actTwice(approver, 'Khóa kỳ báo cáo')
    await untilState(approver, id, 'locked')
    await look(approver, '11-national')
    const text = await paper(approver)
    expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')
    for (const words of ['KT. BỘ TRƯỞNG', 'THỨ TRƯỞNG']) expect(text).toContain(words)
    expect(text).toContain(sentence)
    expect(text).toContain(String(312 + rightCount + 98))
  })

  /** The national report as it leaves: its words. */
  async function paper(page: Page): Promise<string> {
    const started = page.waitForEvent('download')
    await act(page.getByRole('main'), 'Văn bản Word')
    return textOfDocx(await (await started).path())
  }

  test('one sentence and one figure of the Word file are followed down to the commune', async () => {
    const page = await as('bo-y-te.lanh-dao')
    const national = { reportId: idOf('ministry'), number: 1 }
    const answer = await ask<{
      content: { sections: { key: string; content: { paragraphs?: { key: string; text: string }[] } }[] }
    }>(page, `/reporting/reports/${national.reportId}/submissions/1`)
    const said = answer.content.sections.find(({ key }) => key === 'chi-dao')?.content.paragraphs
    const key = said?.find(({ text }) => text === sentence)?.key ?? ''
    const steps = await followWords(page, { ...national, line: `chi-dao/${key}` })
    expect(steps.map(({ body, words }) => [body, words])).toEqual([
      ['Bộ Y tế', sentence],
      ['Ủy ban nhân dân tỉnh Lâm Đồng', sentence],
      ['Ủy ban nhân dân phường Phan Thiết', sentence],
    ])
    const { figures } = await traceOf(page, { ...national, line: 'so-lieu/hoan-canh' })
    const fromBacBinh = figures.find(({ said: by }) => by?.reportId === idOf('bacBinh'))
    expect(fromBacBinh).toMatchObject({ numerator: rightCount, said: { number: 2, line: 'so-lieu/hoan-canh' } })
  })

  test('a report opened again by an order is corrected: a new vintage, and the paper that was issued stays as it was', async () => {
    const approver = await as('bo-y-te.lanh-dao')
    await approver.goto(`/bao-cao/${idOf('ministry')}`)
    const before = await paper(approver)
    await approver.goto(`/bao-cao/${idOf('bacBinh')}`)
    await act(approver.getByRole('main'), 'Mở lại theo văn bản')
    const dialog = approver.getByRole('dialog')
    await typeInto(dialog.locator('#orderNumber'), '21/BYT-BMTE')
    await dialog.locator('#scope').selectOption('so-lieu')
    await typeInto(dialog.locator('#until'), typed(daysOn(today, 5)))
    await typeInto(dialog.locator('#reason'), 'Địa phương phát hiện ghi thiếu.')
    await act(dialog, 'Mở lại theo văn bản')
    await dialog.waitFor({ state: 'hidden' })

    const id = idOf('bacBinh')
    const page = await as('bac-binh.can-bo')
    await page.goto(`/bao-cao/${id}?phan=so-lieu`)
    await typeInto(cellOf(page, 'hoan-canh', 'numerator'), '216')
    await typeInto(cellOf(page, 'duoc-ho-tro', 'denominator'), '216')
    await untilSaved(page)
    await explain(page, id)
    expect(await sign(await as(bacBinhHead), id)).toBe(3)
    await accept(await as('lam-dong.lanh-dao'), id)

    const corrected = await traceOf(page, { reportId: id, number: 3, line: 'so-lieu/hoan-canh' })
    const first = await traceOf(page, { reportId: id, number: 2, line: 'so-lieu/hoan-canh' })
    expect(corrected.figures[0]?.vintage).toBeGreaterThan(first.figures[0]?.vintage ?? Infinity)
    const { figures } = await ask<{ figures: FigureDrift[] }>(
      approver,
      `/reporting/reports/${idOf('ministry')}/submissions/1/drift`,
    )
    expect(figures.find(({ line }) => line === 'so-lieu/hoan-canh')).toMatchObject({ drift: 10 })
    await approver.goto(`/bao-cao/${idOf('ministry')}`)
    expect(await paper(approver)).toBe(before)
    await look(approver, '12-vintage')
  })
})
