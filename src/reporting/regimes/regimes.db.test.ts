import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ObligationRow, RegimeDetail } from '#reporting/model'
import { aPlanWorld, bodyId, type BodyName, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { aFormDefinition, aRegime, aRegimeDefinition, aReportRound } from '../../../test/kit/report-round.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

const at = (id: string) => `/reporting/regimes/${id}`
const seenBy = async (who: string, roundId: string) => {
  const { items } = await world.done(who, 'GET', `/reporting/obligations?roundId=${roundId}&size=200`)
  return (items as ObligationRow[]).map(({ addressedId }) => addressedId).sort()
}
const ids = (...names: BodyName[]) => names.map(bodyId).sort()

describe('a regime', () => {
  const begin = async (code: string) => {
    const draft = { code, definition: aRegimeDefinition(), effectiveFrom: '2030-12-01' }
    return String((await world.done('ministry approver', 'POST', '/reporting/regimes', draft)).id)
  }

  test('is issued by another person than who wrote it', async () => {
    const id = await begin('four-eyes')
    const own = await world.ask('ministry approver', 'POST', `${at(id)}/issue`, { version: 1 })
    expect([own.status, own.body.code]).toEqual([403, 'access.second-person-needed'])
    await world.done('ministry approver 2', 'POST', `${at(id)}/issue`, { version: 1 })
    expect((await world.done('ministry officer', 'GET', at(id))).state).toBe('in-force')
  })

  test('with an impossible calendar is not issued, and each fault is pointed at', async () => {
    const definition = aRegimeDefinition({ asksEstimates: false })
    const draft = { code: 'impossible', definition, effectiveFrom: '2030-12-01' }
    const { id } = await world.done('ministry officer', 'POST', '/reporting/regimes', draft)
    const answer = await world.ask('ministry approver', 'POST', `${at(String(id))}/issue`, { version: 1 })
    expect([answer.status, answer.body.code]).toEqual([422, 'reporting.regime-impossible'])
    expect((answer.body.errors as { pointer: string; code: string }[])[0]).toMatchObject({
      ...{ pointer: '/tiers/0/due', code: 'reporting.finding-due-before-cut-off' },
    })
  })

  test('asks no figure that is not taken up in its periods, whichever of the two is issued last', async () => {
    const quarter = { kind: 'calendar', calendar: 'tl-report', frequency: 'quarter' } as const
    const after = { kind: 'after-end', days: 20 } as const
    const over = {
      ...{ window: quarter, cutOff: { ...after, days: 0 }, rootDue: { ...after, days: 40 } },
      tiers: aRegimeDefinition().tiers.map((tier) => ({
        ...tier,
        due: { ...after, days: tier.to === 'owner' ? 30 : 10 },
      })),
    }
    const whole = aFormDefinition()
    const eased = {
      ...whole,
      sections: whole.sections.map((section) =>
        section.kind === 'figures'
          ? { ...section, rows: section.rows.map((row) => ({ ...row, isRequired: false })) }
          : section,
      ),
    }
    const issued = async (id: string, what: string, version: number) => {
      const { status, body } = await world.ask('ministry approver', 'POST', `${at(id)}${what}/issue`, { version })
      const errors = (body.errors ?? []) as { pointer: string; code: string; title: string }[]
      return [status, body.code, errors.map(({ pointer, code }) => `${pointer} ${code}`)]
    }
    const begun = { code: 'by-quarter', definition: aRegimeDefinition(over), effectiveFrom: '2030-12-01' }
    const id = String((await world.done('ministry officer', 'POST', '/reporting/regimes', begun)).id)
    expect((await issued(id, '', 1))[0]).toBe(204)
    await world.done('ministry officer', 'PUT', `${at(id)}/form`, { definition: whole, version: null })
    expect(await issued(id, '/form', 1)).toEqual([
      ...[422, 'reporting.form-not-ready', ['/sections/2/rows/0/measureId reporting.measure-not-of-period']],
    ])
    await world.done('ministry officer', 'PUT', `${at(id)}/form`, { definition: eased, version: 1 })
    expect((await issued(id, '/form', 2))[0]).toBe(200)

    const { regimeId } = await aRegime(world)
    const later = { definition: aRegimeDefinition(over), effectiveFrom: '2031-01-01', version: null }
    await world.done('ministry officer', 'PUT', `${at(regimeId)}/draft`, later)
    expect(await issued(regimeId, '', 1)).toEqual([
      ...[422, 'reporting.form-not-of-periods', ['/window reporting.measure-not-of-period']],
    ])
  })

  test('in draft is nobody else’s to see, and in force everybody’s to read and its owner’s to change', async () => {
    const id = await begin('mine-alone')
    expect((await world.ask('south approver', 'GET', at(id))).status).toBe(404)
    await world.done('ministry approver 2', 'POST', `${at(id)}/issue`, { version: 1 })
    expect((await world.ask('south approver', 'GET', at(id))).status).toBe(200)
    const change = { definition: aRegimeDefinition(), effectiveFrom: '2031-01-01', version: null }
    expect((await world.ask('south approver', 'PUT', `${at(id)}/draft`, change)).status).toBe(404)
    expect((await world.ask('south approver', 'POST', `${at(id)}/ending`, { version: 2 })).status).toBe(404)
    await world.done('ministry officer', 'PUT', `${at(id)}/draft`, change)
    const seen = (await world.done('south approver', 'GET', at(id))) as unknown as RegimeDetail
    expect(seen.versions.map(({ state }) => state)).toEqual(['issued'])
  })

  test('keeps what it said: a later version is another one, and a round goes by that of its period', async () => {
    const { regimeId } = await aRegime(world)
    const later = aRegimeDefinition({ graceDays: 2 })
    const change = { definition: later, effectiveFrom: '2031-07-01', version: null }
    await world.done('ministry officer', 'PUT', `${at(regimeId)}/draft`, change)
    await world.done('ministry approver', 'POST', `${at(regimeId)}/issue`, { version: 1 })
    const open = async (period: string) => {
      const { id } = await world.done('ministry approver', 'POST', `${at(regimeId)}/rounds`, { period })
      return (await world.done('ministry approver', 'GET', `/reporting/rounds/${String(id)}`)).dates
    }
    expect(await open('tl-report:2031-S1')).toMatchObject({ graceDays: 0 })
    expect(await open('tl-report:2031-S2')).toMatchObject({ graceDays: 2 })
  })

  test('saved by two at once is saved by one', async () => {
    const id = await begin('at-once')
    const change = { definition: aRegimeDefinition(), effectiveFrom: '2031-01-01', version: 1 }
    await world.done('ministry officer', 'PUT', `${at(id)}/draft`, change)
    const second = await world.ask('ministry approver', 'PUT', `${at(id)}/draft`, change)
    expect([second.status, second.body.code]).toEqual([409, 'platform.stale-version'])
  })

  test('opens no round without a form, none once it has ended, and none of a period it does not have', async () => {
    const id = await begin('no-round')
    const open = (period: string) => world.ask('ministry approver', 'POST', `${at(id)}/rounds`, { period })
    expect((await open('tl-report:2031-S1')).body.code).toBe('reporting.regime-not-in-force')
    await world.done('ministry approver 2', 'POST', `${at(id)}/issue`, { version: 1 })
    expect((await open('tl-report:2031-S1')).body.code).toBe('reporting.no-form')
    expect((await open('2031')).body.code).toBe('reporting.unknown-period')
    const form = { definition: aFormDefinition(), version: null }
    await world.done('ministry officer', 'PUT', `${at(id)}/form`, form)
    await world.done('ministry approver', 'POST', `${at(id)}/form/issue`, { version: 1 })
    await world.done('ministry approver', 'POST', `${at(id)}/ending`, { version: 2 })
    expect((await open('tl-report:2031-S1')).body.code).toBe('reporting.regime-not-in-force')
  })
})

describe('reports owed', () => {
  test('are seen by the body, those above it, the receivers up the chain and the owner of the regime', async () => {
    const { roundId } = await aReportRound(world)
    const all = ids('lunda', 'havn', 'askog', 'northHealth', 'northCourt', 'north', 'ministry')
    expect(await seenBy('ministry officer', roundId)).toEqual(all)
    expect(await seenBy('north officer', roundId)).toEqual(
      ids('lunda', 'havn', 'askog', 'northHealth', 'northCourt', 'north'),
    )
    expect(await seenBy('lunda officer', roundId)).toEqual(ids('lunda'))
    expect(await seenBy('northCourt officer', roundId)).toEqual(ids('northCourt'))
    expect(await seenBy('south officer', roundId)).toEqual([])
  })

  test('of a body are waived, laid on again and given time by its receiver, with the reason kept', async () => {
    const round = await aReportRound(world)
    const { id } = round.of('lunda')
    const to = (act: string, body: object) =>
      world.ask('north approver', 'POST', `/reporting/obligations/${id}/${act}`, body)
    expect((await to('exemption', { reason: 'Flom', version: 1 })).status).toBe(204)
    expect((await to('extension', { dueOn: '2031-05-20', reason: 'Flom', version: 2 })).body.code).toBe(
      'reporting.obligation-not-owed',
    )
    expect((await to('restoration', { reason: 'Ferdig', version: 2 })).status).toBe(204)
    expect((await to('extension', { dueOn: '2031-05-10', reason: 'Flom', version: 3 })).body.code).toBe(
      'reporting.extension-not-later',
    )
    expect((await to('extension', { dueOn: '2031-05-14', reason: 'Flom', version: 3 })).status).toBe(204)
    const kept = await world.rows(
      sql<{
        kind: string
        reason: string
      }>`select kind, reason from reporting.obligation_change where obligation_id = ${id}::uuid order by changed_at, kind`,
    )
    expect(kept.map(({ kind, reason }) => `${kind} ${reason}`).sort()).toEqual([
      'exempted Flom',
      'extended Flom',
      'restored Ferdig',
    ])
  })

  test('are not waived by the body itself, nor by whom they do not go to', async () => {
    const round = await aReportRound(world)
    const ask = (who: string) =>
      world.ask(who, 'POST', `/reporting/obligations/${round.of('havn').id}/exemption`, { reason: 'x', version: 1 })
    const own = await ask('havn approver')
    expect([own.status, own.body.code]).toEqual([403, 'reporting.obligation-not-yours'])
    expect((await ask('south approver')).status).toBe(404)
  })

  test('are overdue once the due day and its grace have passed, never where a body is only asked', async () => {
    const round = await aReportRound(world, { regime: { graceDays: 1, escalateAfterDays: 3 } })
    const overdue = async (day: string) => {
      const before = world.clock.now
      world.clock.now = new Date(`${day}T03:00:00Z`)
      const { items } = await world.done(
        'ministry officer',
        'GET',
        `/reporting/obligations?roundId=${round.roundId}&isOverdue=with&size=200`,
      )
      world.clock.now = before
      return (items as ObligationRow[]).map(({ addressedId }) => addressedId).sort()
    }
    expect(await overdue('2031-05-11')).toEqual([])
    expect(await overdue('2031-05-12')).toEqual(ids('lunda', 'havn', 'askog'))
    expect(await overdue('2031-05-14')).toEqual(ids('lunda', 'havn', 'askog', 'northHealth'))
  })

  test('are counted by facet as the list shows them', async () => {
    const { roundId } = await aReportRound(world)
    const facets = await world.done('ministry officer', 'GET', `/reporting/obligations/facets?roundId=${roundId}`)
    const counts = (key: string) =>
      Object.fromEntries((facets[key] as { value: string; count: number }[]).map(({ value, count }) => [value, count]))
    expect(counts('tier')).toMatchObject({ commune: 3, office: 2, province: 1, root: 1 })
    expect(counts('standing')).toMatchObject({ 'not-begun': 7 })
  })
})
