import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withConnection } from '../../src/platform/database/connect.ts'
import type { OccurrenceDetail } from '../../src/plans/model.ts'
import { aPlanWorld, aTask, by, type PlanWorld } from '../kit/plan-world.ts'

const migration = path.resolve(import.meta.dirname, '../../db/migrations/0016-plans-sent-updates-of-before.sql')
let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

/** Work of the south's health office with one update brought as far as `until` says. */
async function told(until: 'submitted' | 'returned' | 'draft' | 'accepted'): Promise<string> {
  const officer = 'southHealth officer'
  const plan = await world.issued('south', [aTask({ time: by('2031-03-31') })])
  const { items } = await world.done(officer, 'GET', `/tasks?planId=${plan}`)
  const task = (items as { id: string }[])[0]?.id ?? ''
  const said = { version: null as number | null, status: 'in-progress', narrative: until, evidenceNote: null }
  const { id } = await world.done(officer, 'PUT', `/tasks/${task}/progress`, said)
  const to = `/progress/${String(id)}`
  await world.done(officer, 'POST', `${to}/evidence?fileName=før.pdf`, Buffer.from('%PDF før'))
  await world.done(officer, 'POST', `${to}/submission`, { version: 1 })
  if (until === 'accepted') await world.done('south approver', 'POST', `${to}/acceptance`, { version: 2 })
  if (until === 'returned' || until === 'draft')
    await world.done('south approver', 'POST', `${to}/return`, { version: 2, reason: 'Meir' })
  if (until === 'draft')
    await world.done(officer, 'PUT', `/tasks/${task}/progress`, { ...said, version: 3, narrative: 'Retta' })
  return task
}

test('what was sent before sendings were kept is taken over; words corrected since are said to be lost', async () => {
  const tasks = {
    submitted: await told('submitted'),
    returned: await told('returned'),
    draft: await told('draft'),
    accepted: await told('accepted'),
  }
  await withConnection(world.land.ownerUrl, async (client) => {
    await client.query(
      'alter table plans.progress_check no force row level security; alter table plans.progress_version no force row level security',
    )
    await client.query('delete from plans.progress_check; delete from plans.progress_version')
    await client.query(readFileSync(migration, 'utf8'))
  })
  const sentOf = async (task: string) => {
    const { sent } = (await world.done('south approver', 'GET', `/tasks/${task}`)) as unknown as OccurrenceDetail
    return sent.map((one) => [
      one.said?.narrative ?? null,
      one.files.map((file) => file.name),
      one.check?.decision ?? null,
      one.check?.reason ?? null,
    ])
  }
  expect(await sentOf(tasks.submitted)).toEqual([['submitted', ['før.pdf'], null, null]])
  expect(await sentOf(tasks.returned)).toEqual([['returned', ['før.pdf'], 'returned', 'Meir']])
  expect(await sentOf(tasks.draft)).toEqual([[null, ['før.pdf'], 'returned', 'Meir']])
  expect(await sentOf(tasks.accepted)).toEqual([['accepted', ['før.pdf'], 'accepted', null]])
})
