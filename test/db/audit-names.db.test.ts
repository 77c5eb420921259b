import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aPlanWorld, aTask, by, type PlanWorld } from '../kit/plan-world.ts'

type Entry = { action: string; recordId: string; recordName: string | null; agencyName: string | null }

let world: PlanWorld
let plan: string
let draft: string
beforeAll(async () => {
  world = await aPlanWorld()
  plan = await world.issued('south', [aTask({ text: 'Mở lớp học bơi', time: by('2031-03-31') })], {
    header: { title: 'Kế hoạch phòng, chống đuối nước', number: '12/KH-UBND' },
  })
  draft = await world.draft('south', [aTask({})], { header: { title: 'Dự thảo chưa ai đọc' } })
  const [task] = (await world.done('south officer', 'GET', `/tasks?planId=${plan}&size=1`)).items as { id: string }[]
  await world.done('southHealth officer', 'PUT', `/tasks/${task?.id}/progress`, {
    version: null,
    status: 'in-progress',
    narrative: 'Đã mở hai lớp',
    evidenceNote: null,
  })
})
afterAll(() => world.close())

const audit = async (who: Parameters<PlanWorld['done']>[0], query = ''): Promise<Entry[]> =>
  (await world.done(who, 'GET', `/audit?size=100${query}`)).items as Entry[]

describe('an entry of the audit names the record it speaks of', () => {
  test('a plan by number and title, an update by its task, each with the body it belongs to', async () => {
    const entries = await audit('south auditor')
    const issued = entries.find((entry) => entry.action === 'plans.issued')
    expect(issued).toMatchObject({ recordId: plan, recordName: '12/KH-UBND · Kế hoạch phòng, chống đuối nước' })
    expect(issued?.agencyName).toMatch(/\S/)
    expect(entries.find((entry) => entry.action === 'plans.progress-begun')?.recordName).toBe('Mở lớp học bơi')
  })

  test('found by record', async () => {
    const entries = await audit('south auditor', `&recordId=${plan}`)
    expect(entries.length).toBeGreaterThan(1)
    expect(new Set(entries.map((entry) => entry.recordId))).toEqual(new Set([plan]))
  })

  test('but not a draft that the reader does not see, though the act on it is in reach', async () => {
    const above = (await audit('crown auditor')).filter((entry) => entry.recordId === draft)
    expect(above).toMatchObject([{ action: 'plans.draft-begun', recordName: null }])
    const own = (await audit('south auditor')).filter((entry) => entry.recordId === draft)
    expect(own.map((entry) => entry.recordName)).toEqual(['12/KH-R · Dự thảo chưa ai đọc'])
  })

  test('and nobody of another body learns of either', async () => {
    const others = await audit('north auditor')
    expect(others.filter((entry) => [plan, draft].includes(entry.recordId))).toEqual([])
    expect(JSON.stringify(others)).not.toMatch(/đuối nước|Dự thảo chưa/)
  })
})
