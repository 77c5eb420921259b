import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applyDueReforms } from '#agencies'
import { idOfKey } from '#platform'
import { country } from '../../countries/testland/index.ts'
import { applyParts } from '../../src/app.ts'
import { loadCountry } from '../../src/country.ts'
import { aTask, bodyId, by, aPlanWorld, type PlanWorld } from '../kit/plan-world.ts'

const keys = {
  foss: 'u:2020:03103',
  lunda: 'u:2030:01101',
  havn: 'u:2030:01103',
  solheim: 'u:2020:02101',
  north: 'u:2030:03',
  south: 'u:2020:02',
}
const drafter = 'crown administrator'
const second = 'crown administrator 2'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
  world.clock.now = new Date('2032-09-01T03:00:00Z')
})
afterAll(() => world.close())

const apply = () => applyDueReforms(applyParts(world.ground, world.land.owner, country))
const on = (date: string) => {
  world.clock.now = new Date(`${date}T03:00:00Z`)
}
const whole = (unit: string) => ({ unit, extent: 'whole' })
const lundfoss = { code: '01101', name: 'Ösel Łundføss', type: 'osel', parent: keys.north }

type Draft = { title: string; legalBasis: string; date: string; unitChanges: object[]; bodyChanges: object[] }
function aReform(over: Partial<Draft> = {}): Draft {
  return {
    title: 'Sammenslåing',
    legalBasis: 'Lov 1/2033',
    date: '2033-01-01',
    unitChanges: [],
    bodyChanges: [],
    ...over,
  }
}

async function drafted(over: Partial<Draft>): Promise<string> {
  return String((await world.done(drafter, 'POST', '/reforms', aReform(over))).id)
}

async function step(who: string, id: string, name: string, more: object = {}) {
  const { version } = (await world.done(drafter, 'GET', `/reforms/${id}`)) as { version: number }
  const { status, body } = await world.ask(who, 'POST', `/reforms/${id}/${name}`, { version, ...more })
  return { status, code: body.code }
}

async function approved(over: Partial<Draft>): Promise<string> {
  const id = await drafted(over)
  expect(await step(drafter, id, 'submission')).toMatchObject({ status: 204 })
  expect(await step(second, id, 'approval')).toMatchObject({ status: 204 })
  return id
}

const stateOf = async (id: string) => (await world.done(drafter, 'GET', `/reforms/${id}`)).state

/** Every pair of who sees and whose records, as the second wall knows it. */
async function pairs(): Promise<Map<string, { viewer: string; agency: string }>> {
  const rows = await world.rows(
    sql<{ viewer: string; agency: string }>`select viewer_id as viewer, agency_id as agency from platform.reach`,
  )
  return new Map(rows.map((row) => [`${row.viewer} ${row.agency}`, row]))
}

/** Every (person, plan) pair: for each viewer, the plans that row security shows. */
async function plansSeen(): Promise<Set<string>> {
  const rows = await world.rows(sql<{ pair: string }>`select distinct r.viewer_id::text || ' ' || p.id::text as pair
    from platform.reach r join plans.plan p on p.agency_id = r.agency_id`)
  return new Set(rows.map((row) => row.pair))
}

describe('a merger of two communes', () => {
  test('is tried, approved by a second person, applied on its day; units, duties and work follow', async () => {
    const plan = await world.issued('north', [aTask({ time: by('2034-06-30'), lead: 'lunda' })], {
      header: { issuedOn: '2032-08-01' },
    })
    const own = await world.issued('foss', [aTask({ text: 'Eget', time: by('2034-06-30'), lead: 'foss' })], {
      header: { issuedOn: '2032-08-01' },
    })
    const id = await drafted({
      unitChanges: [{ kind: 'merge', from: [whole(keys.lunda), whole(keys.foss)], into: lundfoss }],
    })
    const preview = await world.done(drafter, 'GET', `/reforms/${id}/preview`)
    expect(preview).toMatchObject({
      findings: [{ code: 'territory.reform-code-reused', severity: 'notice', change: 0 }],
      units: { ended: 2, made: 1, changed: 0 },
      bodies: { ended: 2, made: 1, changed: 0 },
    })
    expect(
      new Map((preview.records as { kind: string; count: number }[]).map((each) => [each.kind, each.count])),
    ).toEqual(
      new Map([
        ['posts', 0],
        ['plans', 1],
        ['duties', 2],
        ['work', 2],
      ]),
    )
    const { items } = (await world.done(drafter, 'GET', `/reforms/${id}/records/work`)) as {
      items: { agency: { id: string }; heirs: string[] }[]
    }
    expect(items.map((item) => item.heirs)).toEqual([['Råd i Ösel Łundføss'], ['Råd i Ösel Łundføss']])
    expect(await step(second, id, 'approval')).toEqual({ status: 409, code: 'agencies.reform-state' })
    expect(await step(drafter, id, 'submission')).toMatchObject({ status: 204 })
    expect(await step(drafter, id, 'approval')).toEqual({ status: 403, code: 'access.second-person-needed' })
    expect(await step(second, id, 'approval')).toMatchObject({ status: 204 })
    expect(await apply()).toEqual({ applied: 0, blocked: 0 })
    expect(await stateOf(id)).toBe('scheduled')

    on('2033-01-01')
    expect(await apply()).toEqual({ applied: 1, blocked: 0 })
    expect(await apply()).toEqual({ applied: 0, blocked: 0 })
    const heir = idOfKey('u:2033:01101/rad')
    const open = async (of: string) =>
      (await world.workOf(of)).filter((row) => row.cancelledOn === null).map((row) => row.agencyId)
    expect([await open(plan), await open(own)]).toEqual([[heir], [heir]])
    expect(await world.rows(sql`select agency_id, issuer_id from plans.plan where id = ${own}`)).toEqual([
      { agencyId: heir, issuerId: bodyId('foss') },
    ])
    const became = (await world.done(drafter, 'GET', '/territory/what-became?name=Føss&on=2032-12-31')) as {
      units: { now: { unit: { name: string } }[] }[]
    }
    expect(became.units[0]?.now.map((fate) => fate.unit.name)).toEqual(['Ösel Łundføss'])
    expect((await world.audit()).filter((entry) => entry.recordId === id).map((entry) => entry.action)).toEqual([
      'agencies.reform-drafted',
      'agencies.reform-submitted',
      'agencies.reform-approved',
      'agencies.reform-applied',
    ])
  })

  test('once applied is never changed again, and what it made survives newer data of the country', async () => {
    const [applied] = await world.rows(sql<{ id: string }>`select id from agencies.reform where state = 'applied'`)
    const id = applied?.id ?? ''
    for (const name of ['submission', 'discarding'])
      expect(await step(drafter, id, name)).toEqual({ status: 409, code: 'agencies.reform-state' })
    expect(await step(drafter, id, 'return', { reason: 'x' })).toEqual({ status: 409, code: 'agencies.reform-state' })
    await expect(world.rows(sql`update agencies.reform set title = 'annet' where id = ${id}`)).rejects.toThrow(
      /never changed/,
    )
    const tables = () =>
      world.rows(sql`select unit_id, valid_from, valid_to, code, name, parent_id from territory.unit_version
        union all select agency_id, valid_from, valid_to, name, short_name, null from agencies.agency_name
        union all select from_id, on_date, null, function, share, to_id from agencies.succession order by 1, 2, 3, 4, 5, 6`)
    const before = await tables()
    const reach = await pairs()
    await sql`delete from platform.setting where key in ('country.loaded', 'territory.loaded', 'agencies.loaded')`.execute(
      world.land.owner,
    )
    expect(await loadCountry(world.land.owner, country)).toBe(true)
    expect(await tables()).toEqual(before)
    expect([...(await pairs()).keys()].sort()).toEqual([...reach.keys()].sort())
  })
})

describe('who sees what after a reform', () => {
  test('nobody comes to see anything but through succession or the new place that the reform itself gives', async () => {
    for (const owner of ['havn', 'estra', 'solheim', 'southHealth', 'southSchools'] as const)
      await world.issued(owner, [aTask({ time: by('2034-06-30'), lead: owner })], {
        header: { issuedOn: '2032-09-01' },
      })
    const before = await pairs()
    const plansBefore = await plansSeen()
    on('2033-02-01')
    await approved({
      date: '2033-03-01',
      unitChanges: [
        {
          kind: 'merge',
          from: [whole(keys.havn), { ...whole('u:2030:03101'), extent: 'part' }],
          into: { ...lundfoss, code: '01188', name: 'Tørg Hávnëst', type: 'torg' },
        },
        {
          kind: 'merge',
          from: [{ ...whole('u:2030:03101'), extent: 'part' }, whole('u:2033:01101')],
          into: { ...lundfoss, code: '01189', name: 'Ösel Rest' },
        },
        { kind: 'move', unit: keys.solheim, parent: keys.north },
      ],
      bodyChanges: [
        {
          kind: 'merge',
          from: [`${keys.south}/heilkontor`, `${keys.south}/skolkontor`],
          into: {
            made: {
              kind: 'department',
              level: 'province',
              unit: keys.south,
              superior: `${keys.south}/rad`,
              name: 'Kontør for Bårn i Sóla',
              shortName: 'Bårnkontør',
            },
          },
        },
      ],
    })
    on('2033-03-01')
    expect(await apply()).toEqual({ applied: 1, blocked: 0 })
    const after = await pairs()
    const gained = [...after].filter(([pair]) => !before.has(pair)).map(([, pair]) => pair)
    expect(gained.length).toBeGreaterThan(5)
    // Judged by the ground and the reform as it was written, not by the tables the reach was made from.
    const id = (key: string) => idOfKey(key)
    const madeOf: Record<string, string[]> = {
      'u:2033:01188/rad': [`${keys.havn}/rad`, 'u:2030:03101/rad'],
      'u:2033:01189/rad': ['u:2030:03101/rad', 'u:2033:01101/rad'],
      [`${keys.south}/barnkontor`]: [`${keys.south}/heilkontor`, `${keys.south}/skolkontor`],
    }
    const heirs = new Map(Object.entries(madeOf).map(([heir, from]) => [id(heir), from.map(id)]))
    const moved = id(`${keys.solheim}/rad`)
    const newAbove = new Set([id(`${keys.north}/rad`), id(keys.north)])
    const rows = await world.rows(sql<{ id: string; heir: string }>`with recursive line (id, heir) as (
      select from_id, to_id from agencies.succession where on_date < '2033-03-01' union select line.id, s.to_id from line join agencies.succession s on s.from_id = line.heir and s.on_date < '2033-03-01')
      select id, heir from line`)
    const earlier = (agency: string) =>
      new Set([agency, ...rows.filter((row) => row.id === agency).map((row) => row.heir)])
    /** Whether the reform gives this viewer this body's records: as its heir, from above the heir, or from above a body moved under it. */
    const isOwed = ({ viewer, agency }: { viewer: string; agency: string }): boolean => {
      const line = earlier(agency)
      const isMoved = line.has(moved) && newAbove.has(viewer)
      return (
        isMoved ||
        [...heirs].some(
          ([heir, from]) =>
            (heir === agency || from.some((each) => line.has(each))) &&
            (viewer === heir || after.has(`${viewer} ${heir}`)),
        )
      )
    }
    expect(gained.filter((pair) => !isOwed(pair))).toEqual([])
    // Above the heirs stand only those who stood above what they were made of, and the places the reform puts them in.
    const stoodAbove = new Set(
      [...before.values()]
        .filter((pair) => [...heirs.values()].flat().includes(pair.agency))
        .map((pair) => pair.viewer),
    )
    const strangers = [...after.values()].filter(
      (pair) =>
        heirs.has(pair.agency) &&
        !heirs.has(pair.viewer) &&
        !stoodAbove.has(pair.viewer) &&
        ![id('u:2033:01188'), id('u:2033:01189')].includes(pair.viewer),
    )
    expect(strangers).toEqual([])
    const plansGained = [...(await plansSeen())]
      .filter((pair) => !plansBefore.has(pair))
      .map((pair) => pair.split(' ')[0] ?? '')
    const allowed = new Set([...heirs.keys(), ...newAbove, id('u:2033:01188'), id('u:2033:01189'), ...stoodAbove])
    expect(plansGained.filter((viewer) => !allowed.has(viewer))).toEqual([])
    const ended = Object.values(madeOf).flat().map(id)
    expect(gained.filter((pair) => ended.includes(pair.viewer))).toEqual([])
  })

  test('an administrator changes only what he sees, and sees only drafts of bodies within reach', async () => {
    const id = await drafted({
      date: '2033-08-01',
      unitChanges: [{ kind: 'rename', unit: keys.solheim, name: 'Tørg Ny-Sólheim', type: null }],
    })
    expect((await world.ask('south administrator', 'GET', `/reforms/${id}`)).status).toBe(404)
    const foreign = String(
      (
        await world.done(
          'south administrator',
          'POST',
          '/reforms',
          aReform({ date: '2033-08-01', unitChanges: [{ kind: 'rename', unit: 'u:2033:01188', name: 'Tørg Annet' }] }),
        )
      ).id,
    )
    const preview = await world.done('south administrator', 'GET', `/reforms/${foreign}/preview`)
    expect((preview.findings as { code: string }[]).map((each) => each.code)).toContain('agencies.reform-out-of-reach')
    const { status, body } = await world.ask('south administrator', 'POST', `/reforms/${foreign}/submission`, {
      version: 1,
    })
    expect([status, body.code]).toEqual([422, 'agencies.reform-does-not-hold'])
    for (const who of ['crown officer', 'crown approver', 'crown reader'])
      expect((await world.ask(who, 'GET', '/reforms')).status).toBe(403)
    await expect(
      world.as('south administrator', ({ db }) =>
        sql`update agencies.reform set state = 'applied', applied_at = now(), applied_rank = 99 where id = ${foreign}`.execute(
          db,
        ),
      ),
    ).rejects.toThrow()
    expect(await step(drafter, id, 'discarding')).toMatchObject({ status: 204 })
    expect(await step(drafter, id, 'submission')).toEqual({ status: 409, code: 'agencies.reform-state' })
  })
})

describe('a reform', () => {
  test('against which something stands on its day changes nothing and says why; it can be written on', async () => {
    on('2033-04-01')
    const rename = (name: string) => ({ kind: 'rename', unit: keys.solheim, name })
    const ending = await approved({
      date: '2033-06-01',
      unitChanges: [
        {
          kind: 'split',
          unit: keys.solheim,
          into: [
            { ...lundfoss, code: '02191', name: 'Ösel A' },
            { ...lundfoss, code: '02192', name: 'Ösel B' },
          ],
        },
      ],
    })
    const late = await approved({ date: '2033-06-02', unitChanges: [rename('Tørg Ny')] })
    on('2033-06-02')
    expect(await apply()).toEqual({ applied: 1, blocked: 1 })
    expect([await stateOf(ending), await stateOf(late)]).toEqual(['applied', 'blocked'])
    expect(await world.done(drafter, 'GET', `/reforms/${late}`)).toMatchObject({
      reason: 'territory.reform-unit-ended',
    })
    expect(await step(drafter, late, 'return', { reason: 'Đã chia' })).toMatchObject({ status: 204 })
    const { version } = (await world.done(drafter, 'GET', `/reforms/${late}`)) as { version: number }
    const saved = await world.done(drafter, 'PUT', `/reforms/${late}`, {
      ...aReform({ date: '2033-07-01', unitChanges: [{ kind: 'rename', unit: 'u:2033:02191', name: 'Ösel Ny' }] }),
      version,
    })
    expect(saved).toMatchObject({ state: 'draft', unitChangeCount: 1, reason: 'Đã chia' })
    expect((await world.ask(drafter, 'PUT', `/reforms/${late}`, { ...aReform(), version })).status).toBe(409)
  })

  test('with errors cannot be submitted, and says which', async () => {
    const id = await drafted({
      date: '2034-01-01',
      unitChanges: [{ kind: 'merge', from: [whole(keys.solheim)], into: lundfoss }],
    })
    const { findings } = (await world.done(drafter, 'GET', `/reforms/${id}/preview`)) as {
      findings: { code: string }[]
    }
    expect(findings.map((each) => each.code)).toEqual(['territory.reform-unit-ended'])
    expect(await step(drafter, id, 'submission')).toEqual({ status: 422, code: 'agencies.reform-does-not-hold' })
    expect(await step(drafter, await drafted({ date: '2034-01-01' }), 'submission')).toEqual({
      status: 422,
      code: 'agencies.reform-empty',
    })
  })

  test('approved after its day has come is put to work at once', async () => {
    on('2033-09-01')
    await approved({ date: '2033-08-15', unitChanges: [{ kind: 'rename', unit: 'u:2033:01188', name: 'Tørg Hávn' }] })
    expect(
      await world.rows(sql`select 1 from platform.job where kind = 'agencies.apply-reforms' and state = 'queued'`),
    ).toHaveLength(1)
    expect(await apply()).toEqual({ applied: 1, blocked: 0 })
    expect((await world.done(drafter, 'GET', `/territory/units/${idOfKey('u:2033:01188')}?asOf=2033-09-01`)).name).toBe(
      'Tørg Hávn',
    )
    expect((await world.done(drafter, 'GET', `/agencies/${idOfKey('u:2033:01188/rad')}?asOf=2033-09-01`)).name).toBe(
      'Råd i Tørg Hávn',
    )
  })
})
