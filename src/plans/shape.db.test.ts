import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BoardCounts, FourNumbers, Occurrence, TimelineRow } from './model.ts'
import type { TimelineSpan } from './queries/timeline.ts'
import { aDuty, aGroup, aPlanWorld, aTask, by, type PlanWorld } from '../../test/kit/plan-world.ts'

let world: PlanWorld
let plan = ''
const group = aGroup({ key: 'group', path: 'I', text: 'Gruppe en' })
const yearly = { kind: 'recurring', text: 'hvert år', from: '2031-01-01', to: null, frequency: 'year' } as const
const quarterly = {
  kind: 'recurring',
  text: 'hvert kvartal',
  from: '2030-07-01',
  to: null,
  frequency: 'quarter',
} as const
const always = { kind: 'continuous', text: 'alltid', from: null, to: null, frequency: null } as const
const ranged = { kind: 'range', text: '2031', from: '2031-02-01', to: '2031-09-30', frequency: null } as const

beforeAll(async () => {
  world = await aPlanWorld()
  const both = [aDuty('lead', 'southHealth'), aDuty('lead', 'southSchools')]
  plan = await world.issued('south', [
    group,
    aTask({ key: 'a', parentKey: 'group', path: 'I.1', text: 'Spenn', time: ranged, duties: both }),
    aTask({ key: 'b', parentKey: 'group', path: 'I.2', text: 'Kvartal', time: quarterly }),
    aTask({ key: 'c', path: '3', text: 'Alltid', time: always }),
    aTask({ key: 'd', path: '4', text: 'Uten tid', lead: 'southSchools' }),
    aTask({ key: 'e', path: '5', text: 'Innen', time: by('2031-02-15'), lead: 'southSchools' }),
    aTask({ key: 'f', path: '6', text: 'Årlig', time: yearly }),
  ])
  await world.issued('north', [aTask({ time: by('2029-01-01'), lead: 'northHealth' })])
})
afterAll(() => world.close())

type Timeline = { items: TimelineRow[]; total: number; span: TimelineSpan }
const timeline = async (query = '', who = 'south officer') =>
  (await world.done(who, 'GET', `/tasks/timeline?planId=${plan}${query}`)) as unknown as Timeline
const list = async (query = '', who = 'south officer') =>
  (await world.done(who, 'GET', `/tasks?planId=${plan}&size=200${query}`)) as unknown as {
    items: Occurrence[]
    total: number
    numbers: FourNumbers
  }

describe('the timeline of work', () => {
  test('has one row for each task and body, with every piece of work the list has, none twice', async () => {
    const { items, total, span } = await timeline('&size=200')
    expect([total, items.length]).toEqual([7, 7])
    const pieces = items.flatMap((row) => row.pieces.map((piece) => piece.id))
    const all = await list()
    expect(pieces.toSorted()).toEqual(all.items.map((work) => work.id).sort())
    expect(span).toEqual({ from: '2030-09-30', to: '2031-12-31' })
    const quarters = items.find((row) => row.text === 'Kvartal')
    expect(quarters?.pieces.map((piece) => [piece.period, piece.dueOn, piece.standing])).toEqual([
      ['2030-Q3', '2030-09-30', 'overdue'],
      ['2030-Q4', '2030-12-31', 'overdue'],
      ['2031-Q1', '2031-03-31', 'pending-in-time'],
    ])
    expect(items.find((row) => row.text === 'Spenn')?.time).toMatchObject({ kind: 'range', from: '2031-02-01' })
  })

  test('lies by body, the one with the earliest due date first, what has no date last; or by group in the order of the plan', async () => {
    const ofBody = (await timeline('&size=200')).items.map((row) => row.agency.name)
    expect(new Set(ofBody).size).toBe(2)
    expect(ofBody.filter((name, at) => at > 0 && name !== ofBody[at - 1])).toHaveLength(1)
    const texts = (await timeline('&size=200')).items.map((row) => row.text)
    expect(texts).toEqual(['Kvartal', 'Spenn', 'Årlig', 'Alltid', 'Innen', 'Spenn', 'Uten tid'])
    const byGroup = (await timeline('&size=200&by=group')).items
    expect(byGroup.map((row) => row.text)).toEqual([
      'Spenn',
      'Spenn',
      'Kvartal',
      'Alltid',
      'Uten tid',
      'Innen',
      'Årlig',
    ])
    expect(byGroup.map((row) => row.group?.text ?? null).slice(0, 4)).toEqual([
      group.text,
      group.text,
      group.text,
      null,
    ])
  })

  test('turns its pages without losing or doubling a row, and the axis stays', async () => {
    const whole = await timeline('&size=200')
    const pages = await Promise.all([1, 2, 3].map((page) => timeline(`&size=3&page=${page}`)))
    const key = (row: TimelineRow) => `${row.nodeId} ${row.agency.id}`
    expect(pages.flatMap((page) => page.items.map(key))).toEqual(whole.items.map(key))
    for (const page of pages) expect([page.total, page.span]).toEqual([7, whole.span])
  })

  test('follows the filters of the list, and ends where one’s reach ends', async () => {
    const late = await timeline('&standing=overdue')
    expect(late.items.map((row) => [row.text, row.pieces.length])).toEqual([
      ['Kvartal', 2],
      ['Innen', 1],
    ])
    expect((await timeline('&dueBy=2031-02-28&search=innen')).items.map((row) => row.text)).toEqual(['Innen'])
    expect((await timeline('', 'north officer')).total).toBe(0)
    const own = (await world.done('north officer', 'GET', '/tasks/timeline')) as unknown as Timeline
    expect(own.items.map((row) => row.pieces.length)).toEqual([1])
  })

  test('shows milestones where they stand, and no others', async () => {
    const { items } = await timeline('&search=innen')
    const [row] = items
    const work = row?.pieces[0]?.id ?? ''
    const body = { name: 'Halvt', dueOn: '2031-02-10' }
    await world.done('southSchools officer', 'POST', `/tasks/${work}/milestones`, body)
    const after = (await timeline('&size=200')).items
    expect(after.flatMap((one) => one.milestones)).toEqual([{ ...body, doneOn: null, occurrenceId: work }])
    expect(after.find((one) => one.milestones.length > 0)?.text).toBe('Innen')
  })
})

describe('the board of work', () => {
  const boardOf = async (query: string, who: string) =>
    (await world.done(who, 'GET', `/tasks/columns?planId=${plan}${query}`)) as BoardCounts
  const counts = async (query = '', who = 'south officer') => {
    const { columns } = await boardOf(query, who)
    return Object.fromEntries(columns.map(({ column, count }) => [column, count]))
  }
  const said = { version: null, status: 'in-progress', narrative: 'Godt', evidenceNote: null }

  test('counts each column as the list behind it does, for whoever looks, and an act moves a card', async () => {
    const [first, second] = (await list('&search=kvartal')).items
    const officer = 'southHealth officer'
    const update = await world.done(officer, 'PUT', `/tasks/${first?.id}/progress`, said)
    await world.done(officer, 'PUT', `/tasks/${second?.id}/progress`, said)
    expect(await counts('', officer)).toMatchObject({ draft: 2, submitted: 0 })
    // A draft of another is not yet said.
    expect(await counts()).toMatchObject({ draft: 0, submitted: 0 })
    await world.done(officer, 'POST', `/progress/${String(update.id)}/submission`, { version: 1 })
    expect(await counts()).toMatchObject({ draft: 0, submitted: 1, returned: 0, accepted: 0 })
    await world.done('south approver', 'POST', `/progress/${String(update.id)}/return`, { version: 2, reason: 'x' })
    expect(await counts()).toMatchObject({ submitted: 0, returned: 1 })
    for (const who of [officer, 'south officer'])
      for (const [column, count] of Object.entries(await counts('', who)))
        expect([who, column, (await list(`&progressState=${column}`, who)).total]).toEqual([who, column, count])
  })

  test('every piece of work stands in exactly one column, by progress as by standing', async () => {
    const { total, numbers } = await list()
    expect(Object.values(await counts()).reduce((sum, count) => sum + count, 0)).toBe(total)
    const { doneOnTime, doneLate, pendingInTime, overdue, noDueDate, requested } = numbers
    expect(doneOnTime + doneLate + pendingInTime + overdue + noDueDate + requested.done + requested.open).toBe(total)
    const { standings } = await boardOf('', 'south officer')
    for (const { standing, count } of standings)
      expect([standing, count]).toEqual([standing, (await list(`&standing=${standing}`)).total])
    expect(standings.reduce((sum, { count }) => sum + count, 0)).toBe(total)
    expect(await counts('&standing=overdue')).toMatchObject({ none: 2, returned: 1 })
  })
})
