import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PrintedRegime, RegimeDetail } from '#reporting/model'
import { aPlanWorld, type PlanWorld } from '../../../../test/kit/plan-world.ts'
import { aRegimeDefinition } from '../../../../test/kit/report-round.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

const invented = `ỦY BAN NHÂN DÂN TỈNH THỬ NGHIỆM

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Số: 12/KH-UBND

Thử Nghiệm, ngày 10 tháng 3 năm 2031

KẾ HOẠCH
Trồng cây trong trường học

I. NHIỆM VỤ
1. Rà soát các trường chưa có cây xanh.
II. CHẾ ĐỘ BÁO CÁO
Các sở, ngành báo cáo kết quả thực hiện về Sở Cây xanh định kỳ 6 tháng (trước ngày 25/5) và hằng năm (trước ngày 20/11).
`

async function takeIn(): Promise<string> {
  const at = `/documents/imports?fileName=ke-hoach.txt&again=true`
  const { import: made } = await world.done('ministry officer', 'POST', at, Buffer.from(invented))
  return (made as { id: string }).id
}
const printed = async (id: string) =>
  (await world.done('ministry officer', 'GET', `/reporting/regimes-in-documents/${id}`)) as unknown as PrintedRegime
const draft = (code: string, importId: string, duties: number[]) => ({
  ...{ code, definition: aRegimeDefinition(), effectiveFrom: '2031-12-01', from: { importId, duties } },
})

describe('a regime from a document', () => {
  test('is offered what its reporting section says, word for word, with its place', async () => {
    const { duties, number, issuedOn } = await printed(await takeIn())
    expect([number, issuedOn]).toEqual(['12/KH-UBND', '2031-03-10'])
    expect(duties.flatMap(({ read }) => read.days)).toEqual([
      { day: 25, month: 5, year: 0 },
      { day: 20, month: 11, year: 0 },
    ])
    for (const { raw, source } of duties) {
      expect(raw).toContain('báo cáo kết quả thực hiện')
      expect(source.line).toBe(15)
    }
  })

  test('keeps the chosen sentences as the server read them', async () => {
    const importId = await takeIn()
    const { duties } = await printed(importId)
    const { id } = await world.done('ministry officer', 'POST', '/reporting/regimes', draft('from-doc', importId, [1]))
    const regime = (await world.done('ministry officer', 'GET', `/reporting/regimes/${String(id)}`)) as unknown
    const { wordsRead } = regime as RegimeDetail
    expect(wordsRead).toMatchObject({ importId, number: '12/KH-UBND', issuedOn: '2031-03-10' })
    expect(wordsRead?.quotes.map(({ raw, due }) => [raw, due])).toEqual([[duties[1]?.raw, duties[1]?.due]])
  })

  test('is begun from no document of another body, and from no sentence that is not there', async () => {
    const importId = await takeIn()
    expect((await world.ask('north officer', 'GET', `/reporting/regimes-in-documents/${importId}`)).status).toBe(404)
    const foreign = await world.ask('north officer', 'POST', '/reporting/regimes', draft('foreign', importId, [0]))
    expect(foreign.status).toBe(404)
    const none = await world.ask('ministry officer', 'POST', '/reporting/regimes', draft('none', importId, [99]))
    expect([none.status, none.body.code]).toEqual([422, 'reporting.unknown-duty'])
  })
})
