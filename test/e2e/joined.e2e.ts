import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { emptyProse, type PlanDetail } from '#plans/model'
import { keepPicture, openVisit, phone, seriousFaults, typeInto, type Visit } from '../kit/browser.ts'
import { ask, daysOn, listWork, report, tell, typed } from '../kit/work-steps.ts'

let visit: Visit
beforeAll(async () => {
  visit = await openVisit(inject('product'))
})
afterAll(() => visit.close())

const department = 'Sở Y tế tỉnh Lâm Đồng'
const text = 'Khám sức khỏe định kỳ cho trẻ em mẫu giáo tại trạm y tế xã, phường'

/** A plan of the province with one task of its department of health, issued by its approver. */
async function aPlan(of: { number: string; text: string; dueOn: string; issuedOn: string }): Promise<string> {
  const { page } = await visit.signIn('lam-dong.can-bo')
  const [issuer] = await ask<{ id: string }[]>(page, '/plans/issuers')
  const bodies = await ask<{ items: { id: string; name: string }[] }>(
    page,
    `/agencies?search=${encodeURIComponent(department)}&inBeing=true`,
  )
  const lead = bodies.items.find((body) => body.name === department)
  const header = {
    kind: 'KH',
    number: of.number,
    place: 'Lâm Đồng',
    issuedOn: of.issuedOn,
    title: `Kế hoạch minh họa ${of.number}`,
    preamble: null,
    signature: { powers: [], post: 'CHỦ TỊCH', name: 'Người ký minh họa' },
    bases: [],
    recipients: [],
    prose: emptyProse,
    periodFrom: of.issuedOn,
    periodTo: null,
  }
  const task = {
    key: crypto.randomUUID(),
    parentKey: null,
    kind: 'task',
    path: '1',
    text: of.text,
    output: 'Báo cáo kết quả khám',
    funding: null,
    time: { kind: 'by', text: `trước ngày ${typed(of.dueOn)}`, from: null, to: of.dueOn, frequency: null },
    duties: [{ kind: 'lead', raw: department, addressedId: lead?.id, classCode: null }],
    source: null,
    programmes: ['23-2021'],
    bases: [],
  }
  const { planId } = await tell<{ planId: string }>(page, 'POST', '/plans', {
    issuerId: issuer?.id,
    header,
    nodes: [task],
    parentPlanIds: [],
  })
  const { version } = await ask<PlanDetail>(page, `/plans/${planId}?draft=true`)
  const signer = await visit.signIn('lam-dong.lanh-dao')
  await tell(signer.page, 'POST', `/plans/${planId}/issue`, { version })
  return planId
}

const overdueOf = async (page: Page): Promise<number> =>
  (await ask<{ numbers: { overdue: number } }>(page, '/work')).numbers.overdue

test('two tasks that look alike are joined, reported once, shown in both plans, counted once, and parted again', async () => {
  const { page, complaints } = await visit.signIn('lam-dong.so-y-te')
  const today = (await ask<{ numbers: { asOf: string } }>(page, '/work')).numbers.asOf
  const issuedOn = daysOn(today, -60)
  const first = await aPlan({ number: '9101/KH-UBND', text, dueOn: daysOn(today, -5), issuedOn })
  const second = await aPlan({ number: '9102/KH-UBND', text: `${text} (đợt 2)`, dueOn: daysOn(today, -3), issuedOn })
  const overdue = await overdueOf(page)

  await page.goto('/viec-cua-toi')
  await page.getByRole('link', { name: 'Có thể lồng ghép' }).press('Enter')
  const pair = page.getByRole('article').filter({ hasText: '9101/KH-UBND' }).filter({ hasText: '9102/KH-UBND' })
  await pair.getByText('Cùng sản phẩm').waitFor()
  expect(await pair.getByText(`Cùng có “${text}”`).count()).toBe(1)
  await keepPicture(page, 'joined/1-duplicates')
  expect(await seriousFaults(page)).toEqual([])
  await pair.getByRole('button', { name: 'Lồng ghép' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Nhiệm vụ trong 9101/KH-UBND' }).check()
  await keepPicture(page, 'joined/2-join')
  expect(await seriousFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Lồng ghép' }).press('Enter')
  await page.getByText('Đã lồng ghép hai nhiệm vụ.').waitFor()
  expect(await overdueOf(page)).toBe(overdue - 1)

  const [home, served] = [(await listWork(page, first))[0], (await listWork(page, second))[0]]
  await page.goto(`/nhiem-vu/${served?.id}`)
  await page.getByText('Việc này được lồng ghép; tiến độ và minh chứng ghi một lần tại:').waitFor()
  expect(await page.locator('form#cap-nhat').count()).toBe(0)
  await page.getByText(`theo hạn sớm nhất: ${typed(daysOn(today, -5))}`).waitFor()
  await keepPicture(page, 'joined/3-served')
  expect(await seriousFaults(page)).toEqual([])
  await page
    .getByRole('main')
    .getByRole('link', { name: new RegExp(`${text}.*9101`) })
    .first()
    .press('Enter')
  await page.waitForURL(`**/nhiem-vu/${home?.id}`)
  await report(page, { status: 'Đang thực hiện', narrative: 'Đã khám tại 12 xã, phường (minh họa).' })

  const checker = await visit.signIn('lam-dong.lanh-dao')
  await checker.page.goto(`/nhiem-vu/${served?.id}`)
  await checker.page.getByText('Đã khám tại 12 xã, phường (minh họa).').first().waitFor()
  await checker.page.goto(`/ke-hoach/${first}`)
  await checker.page.getByRole('link', { name: '9102/KH-UBND' }).waitFor()
  await keepPicture(checker.page, 'joined/4-plan')

  await page.goto(`/nhiem-vu/${home?.id}`)
  await page.getByRole('button', { name: 'Tách ra' }).press('Enter')
  await typeInto(dialog.locator('#reason'), 'Hai đợt khám khác nhau')
  await dialog.getByRole('button', { name: 'Tách ra' }).press('Enter')
  await page.getByText('Đã tách hai nhiệm vụ.').waitFor()
  expect(await overdueOf(page)).toBe(overdue)
  await page.getByRole('button', { name: 'Hoàn tác' }).press('Enter')
  await page.getByText('Nơi ghi tiến độ').waitFor()
  expect(await overdueOf(page)).toBe(overdue - 1)

  await page.goto('/chuong-trinh')
  await page.getByRole('link', { name: 'Chương trình hành động quốc gia vì trẻ em giai đoạn 2021–2030' }).waitFor()
  await keepPicture(page, 'joined/5-programmes')
  expect(complaints).toEqual([])
})

test('the demonstration holds work that serves two plans, and a pair for its reader to judge', async () => {
  const { page } = await visit.signIn('bo-y-te.can-bo')
  await page.goto('/nhiem-vu/long-ghep')
  const pair = page.getByRole('article').filter({ hasText: '01/KH-BYT' }).filter({ hasText: '02/KH-BYT' })
  await pair.getByText('Xây dựng hướng dẫn phối hợp liên ngành').first().waitFor()
  const beside = await ask<{ items: { id: string }[] }>(page, `/plans?search=${encodeURIComponent('02/KH-BYT')}`)
  const { items } = await ask<{ items: { alsoServes: { planNumber: string }[] }[] }>(
    page,
    `/tasks?planId=${beside.items[0]?.id}`,
  )
  expect(items.flatMap((work) => work.alsoServes.map((other) => other.planNumber))).toContain('01/KH-BYT')
  const province = await visit.signIn('lam-dong.can-bo')
  const own = (await ask<{ posts: { agencyId: string }[] }>(province.page, '/session')).posts[0]?.agencyId
  await province.page.goto(`/nhiem-vu?co-quan=${own}`)
  await province.page.getByText('Cùng phục vụ').first().waitFor()
  await keepPicture(province.page, 'joined/7-demonstration')
})

test('on a phone a pair stands one below the other', async () => {
  const { page } = await visit.signIn('lam-dong.so-y-te', { size: phone })
  await page.goto('/chuong-trinh')
  await page.getByRole('heading', { name: 'Tất cả chương trình' }).waitFor()
  await keepPicture(page, 'joined/6-phone')
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
})
