import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDuty, aPlanWorld, aTask, bodyId, by, type PlanWorld } from '../../test/kit/plan-world.ts'
import type { FacetCounts } from '#platform/model'
import { every, jointSteps, lead } from '../../test/kit/joint-steps.ts'
import { totalOf, type Joinable, type LikelyDuplicate, type ProgrammeNumbers, type Standing } from './model.ts'
import { loadProgrammes } from './store/programmes.ts'

let world: PlanWorld
const [first, second] = ['mat', 'skole'] as const
beforeAll(async () => {
  world = await aPlanWorld()
  const named = { number: null, issuedOn: null }
  await loadProgrammes(world.land.owner, [
    { code: first, name: { vi: 'Bữa ăn' }, ...named },
    { code: second, name: { vi: 'Trường học' }, ...named },
  ])
})
afterAll(() => world.close())
const { tasks, task, aPlan, join, report, accept } = jointSteps(() => world)

describe('who sees what', () => {
  test('the owner of one plan sees the work and its proof through its own plan, and not the other plan', async () => {
    // The ministry owns one plan, the crown the other: the ministry reaches neither the body nor the crown.
    const served = await world.issued('ministry', [aTask({ time: by('2031-06-30'), duties: [aDuty('lead', 'south')] })])
    const home = await world.issued('crown', [aTask({ text: 'Hemmelig', time: by('2031-03-31'), duties: [aDuty('lead', 'south')] })]) // prettier-ignore
    const own = async (plan: string) => (await tasks('south officer', `&planId=${plan}`)).items[0]
    const [h, s] = [await own(home), await own(served)]
    const body = { nodeId: s?.nodeId, enterAt: 'here', reason: 'Ett' }
    await world.done('south officer', 'POST', `/tasks/${h?.id}/joints`, body)
    const { id } = await report(h?.id ?? '', 'completed', 'south officer')
    await world.done('south officer', 'POST', `/progress/${id}/submission`, { version: 1 })
    const seen = await task('ministry approver', s?.id ?? '')
    expect(seen.progress.map((one) => [one.id, one.may.check])).toEqual([[id, false]])
    expect(seen.serving).toMatchObject({ isHomeHidden: true, joints: [], strictestDueOn: '2031-06-30' })
    expect(JSON.stringify(seen)).not.toContain(home)
    expect(JSON.stringify(seen)).not.toContain('Hemmelig')
    expect((await world.ask('ministry approver', 'POST', `/progress/${id}/acceptance`, { version: 2 })).status).toBe(
      404,
    )
    await world.done('crown approver', 'POST', `/progress/${id}/acceptance`, { version: 2 })
    expect((await task('ministry approver', s?.id ?? '')).standing).toBe('done-on-time')
    expect((await tasks('ministry officer', `&planId=${served}`)).numbers.doneOnTime).toBe(1)
    expect(JSON.stringify(await world.plan('ministry officer', served))).not.toContain(home)
  })

  test('the second wall: nobody joins the tasks of another, nor sees its joints or its pairs set apart', async () => {
    const [a, b] = [await aPlan(), await aPlan()]
    await join(a, b)
    await world.done(lead, 'PUT', '/duplicates/apart', { nodeIds: [a.node, b.node], isApart: true })
    const asOther = (statement: ReturnType<typeof sql>) =>
      world
        .as('solheim officer', ({ db }) => statement.execute(db))
        .then(
          ({ rows }) => rows.length,
          (fault: Error) => fault.message,
        )
    expect(await asOther(sql`select 1 from plans.joint`)).toBe(0)
    expect(await asOther(sql`select 1 from plans.set_apart`)).toBe(0)
    expect(await asOther(sql`update plans.joint set cause = 'parted', ended_at = now(), ended_by = agency_id, end_reason = 'x' returning 1`)).toBe(0) // prettier-ignore
    expect(await asOther(sql`delete from plans.set_apart returning 1`)).toBe(0)
    for (const [home, served] of [
      [a, b],
      [{ node: bodyId('south'), plan: bodyId('north') }, b],
    ])
      for (const agency of [bodyId('solheim'), bodyId('southHealth')]) {
        expect(
          await asOther(sql`insert into plans.joint (id, agency_id, home_node_id, home_plan_id, node_id, plan_id, reason, joined_by, joined_at)
            values (${bodyId('money')}, ${agency}, ${home?.node}, ${home?.plan}, ${served?.node}, ${served?.plan}, 'x', ${agency}, now())`),
        ).toContain('row-level security')
      }
  })
})

describe('tasks that look alike', () => {
  const pairs = async (query = '', who = lead) =>
    (await world.done(who, 'GET', `/duplicates?size=200${query}`)) as unknown as {
      items: LikelyDuplicate[]
      total: number
    }
  const text = 'Undersøk syn og hørsel hos alle bårn i første klasse på skolene i fylket'

  test('are shown to the body that leads on both, with the reasons; setting them apart is remembered and taken back', async () => {
    const a = await aPlan({ text, time: by('2031-09-30'), output: 'Rapport' })
    const b = await aPlan({ text: `${text} og barnehagene`, time: by('2031-09-30'), output: 'Rapport' })
    const ours = (of: { items: LikelyDuplicate[] }) =>
      of.items.filter((pair) => [pair.one.nodeId, pair.other.nodeId].sort().join() === [a.node, b.node].sort().join())
    expect(ours(await pairs())).toMatchObject([{ hasSameTime: true, hasSameOutput: true, kinship: null, isSetApart: false, sharedWords: [text] }]) // prettier-ignore
    expect(ours(await pairs(`&agencyId=${bodyId('southHealth')}`, 'south officer'))).toHaveLength(1)
    expect((await world.ask('solheim officer', 'GET', `/duplicates?agencyId=${bodyId('southHealth')}`)).status).toBe(404) // prettier-ignore
    expect(ours(await pairs('', 'south officer'))).toEqual([])
    await world.done(lead, 'PUT', '/duplicates/apart', { nodeIds: [b.node, a.node], isApart: true })
    expect(ours(await pairs())).toEqual([])
    expect(ours(await pairs('&setApart=true'))).toHaveLength(1)
    await world.done(lead, 'PUT', '/duplicates/apart', { nodeIds: [a.node, b.node], isApart: false })
    expect(ours(await pairs())).toHaveLength(1)
    await join(a, b)
    expect(ours(await pairs())).toEqual([])
    expect((await world.ask('north officer', 'PUT', '/duplicates/apart', { nodeIds: [a.node, b.node], isApart: true })).status).toBe(404) // prettier-ignore
  })

  test('what can be joined is found by its words, with what stands against it', async () => {
    const a = await aPlan({ text: 'Vaksiner mot meslinger', time: by('2031-09-30') })
    const b = await aPlan({ text: 'Vaksiner mot røde hunder', time: every('month') })
    const { items } = (await world.done(lead, 'GET', `/tasks/${a.work}/joinable?search=røde`)) as unknown as {
      items: Joinable[]
    }
    expect(items.map((item) => [item.task.nodeId, item.faults.here])).toEqual([[b.node, 'plans.joint-times-differ']])
  })
})

describe('programmes', () => {
  test('a task that serves two counts in each, joined work once in each and once in the total; each opens to its list', async () => {
    const of = async () => (await world.done(lead, 'GET', '/programmes')) as unknown as ProgrammeNumbers
    const before = await of()
    const a = await aPlan({ programmes: [first, second], time: by('2031-02-01') })
    const b = await aPlan({ programmes: [second], time: by('2031-12-01') })
    await aPlan({ programmes: [second] })
    await join(a, b)
    const after = await of()
    const grown = (code: string) => {
      const at = (numbers: ProgrammeNumbers) => numbers.programmes.find((programme) => programme.code === code)
      return [totalOf(at(after)?.numbers ?? after.total) - totalOf(at(before)?.numbers ?? before.total), (at(after)?.tasks ?? 0) - (at(before)?.tasks ?? 0)] // prettier-ignore
    }
    expect([grown(first), grown(second)]).toEqual([
      [1, 1],
      [2, 3],
    ])
    expect(totalOf(after.total) - totalOf(before.total)).toBe(2)
    for (const { code, numbers } of after.programmes) {
      const list = await tasks(lead, `&programme=${code}`)
      expect([code, list.total, list.numbers]).toEqual([code, totalOf(numbers), numbers])
    }
    const all = await tasks(lead, `&programme=${first}&programme=${second}`)
    expect([all.total, all.numbers]).toEqual([totalOf(after.total), after.total])
  })
})

describe('on joints laid at random', () => {
  const standings: Standing[] = ['done-on-time', 'done-late', 'pending-in-time', 'overdue', 'no-due-date']

  test('the sum over plans less what is joined is the total, whoever looks, and every number opens to a list as long', async () => {
    const day = fc.integer({ min: -60, max: 60 }).map((n) => new Date(Date.UTC(2031, 2, 4 + n)).toISOString().slice(0, 10)) // prettier-ignore
    const [drawn] = fc.sample(fc.array(fc.option(day), { minLength: 14, maxLength: 14 }), 1)
    const laid = []
    const serves = fc.sample(fc.subarray([first, second]), 14)
    for (const [at, dueOn] of (drawn ?? []).entries())
      laid.push(
        await aPlan({ text: 'Tilfeldig', time: dueOn === null ? null : by(dueOn), programmes: serves[at] ?? [] }),
      )
    const picks = [[0, 1] as const, ...fc.sample(fc.tuple(fc.nat(13), fc.nat(13)), 14)]
    for (const [one, other] of picks) {
      const [home, served] = [laid[one], laid[other]]
      if (home && served) await join(home, served)
    }
    for (const one of laid.slice(0, 5)) {
      const { doneOn, serving } = await task(lead, one.work)
      const home = serving.places.find((place) => place.isHome)
      if (doneOn === null && home) await accept(home.occurrenceId)
    }
    for (const who of ['southHealth officer', 'south officer', 'crown officer']) {
      // One oracle: pieces by their groups, the strictest of each.
      const rows = await world.rows(sql<{ planId: string; work: string; dueOn: string | null; doneOn: string | null }>`
        select plan_id, coalesce(joined_id, id) as work, due_on, done_on from plans.occurrence where cancelled_on is null and plan_id = any (${laid.map((one) => one.plan)}::uuid[])`)
      const groups = [...Map.groupBy(rows, (row) => row.work).values()]
      expect(groups.length).toBeLessThan(rows.length)
      const standingOf = (of: typeof rows): Standing => {
        const due = of.map((row) => row.dueOn ?? '9999').sort()[0] ?? '9999'
        const done = of[0]?.doneOn ?? null
        expect(new Set(of.map((row) => row.doneOn)).size).toBe(1)
        if (due === '9999') return 'no-due-date'
        return done !== null
          ? done <= due
            ? 'done-on-time'
            : 'done-late'
          : due < '2031-03-04'
            ? 'overdue'
            : 'pending-in-time'
      }
      const expected = (standing: Standing) => groups.filter((group) => standingOf(group) === standing).length
      const together = await tasks(who, '&search=tilfeldig')
      expect([who, totalOf(together.numbers), together.total]).toEqual([who, groups.length, groups.length])
      let sum = 0
      for (const one of laid) sum += totalOf((await tasks(who, `&planId=${one.plan}`)).numbers)
      expect(sum - groups.reduce((joined, group) => joined + group.length - 1, 0)).toBe(totalOf(together.numbers))
      for (const standing of standings) {
        const list = await tasks(who, `&search=tilfeldig&standing=${standing}`)
        expect([who, standing, list.total, list.items.length]).toEqual([who, standing, expected(standing), list.total])
      }
      // Each count of a facet is as long as the list it opens, whatever else is chosen.
      for (const chosen of [
        '',
        '&standing=overdue',
        '&standing=done-on-time&standing=done-late',
        `&programme=${first}`,
      ])
        for (const facet of ['standing', 'programme', 'progressState', 'level', 'dueDate', 'evidence']) {
          if (chosen.includes(facet)) continue
          const about = `search=tilfeldig${chosen}`
          const counts = (await world.done(who, 'GET', `/tasks/facets?of=${facet}&${about}`)) as FacetCounts
          for (const { value, count } of counts[facet] ?? [])
            expect([who, about, facet, value, (await tasks(who, `&${about}&${facet}=${value}`)).total]).toEqual([who, about, facet, value, count]) // prettier-ignore
        }
    }
  }, 120_000)
})
