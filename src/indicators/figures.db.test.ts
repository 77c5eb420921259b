import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { idOfKey } from '#platform'
import type { Figure, Picture, SavedFigures } from '#indicators/model'
import { aPlanWorld, type PlanWorld } from '../../test/kit/plan-world.ts'
import { measureId } from './load.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
})

const share = measureId('lov-1')
const count = measureId('lov-2a')
const unit = (key: string) => idOfKey(`u:${key}`)

type Entry = Record<string, unknown>
function anEntry(key: string, over: Entry = {}): Entry {
  const place = { measureId: share, unitId: unit(key), period: '2030', breakdown: '', seen: null }
  return { ...place, status: 'A', numerator: 30, denominator: 40, ...over }
}

async function enter(who: string, ...cells: Entry[]): Promise<SavedFigures> {
  return (await world.done(who, 'PUT', '/figures', { cells })) as unknown as SavedFigures
}

async function decide(who: string, saved: SavedFigures, outcome = 'accepted', reason: string | null = null) {
  const cells = saved.rows.flatMap((row) => (row.ok ? [{ cellId: row.cellId, vintage: row.vintage }] : []))
  return (await world.done(who, 'POST', '/figures/decisions', { cells, outcome, reason })) as unknown as SavedFigures
}

/** Enters for a body and lets its leader accept. */
async function accepted(body: string, ...cells: Entry[]): Promise<void> {
  const saved = await enter(`${body} officer`, ...cells)
  expect(saved.rows.filter(({ ok }) => !ok)).toEqual([])
  expect((await decide(`${body} approver`, saved)).refused).toBe(0)
}

async function picture(who: string, measure: string, query: Record<string, string>): Promise<Picture> {
  const asked = new URLSearchParams(query).toString()
  return (await world.done(who, 'GET', `/measures/${measure}/picture?${asked}`)) as unknown as Picture
}
const nation = (over: Record<string, string> = {}) => ({ unitId: unit('TL'), period: '2030', ...over })

describe('from the entry of a commune to the picture of the country', () => {
  test('what is accepted is in the national figure with the next question, and nothing before', async () => {
    const before = await picture('crown officer', share, nation())
    expect(before.total).toMatchObject({ value: null, reported: 0, expected: 7 })
    const saved = await enter('solheim officer', anEntry('2020:02101'))
    expect((await picture('crown officer', share, nation())).total.reported).toBe(0)
    await decide('solheim approver', saved)
    const after = await picture('crown officer', share, nation())
    expect(after.total).toMatchObject({ value: 75, numerator: 30, denominator: 40, reported: 1, isComplete: false })
    expect(after.total.absent).toEqual({ missing: 6, 'not-applicable': 0, 'not-yet-known': 0 })
    expect(after.rows.map((row) => [row.unit.name, row.value])).toEqual([
      ['Vård Sóla', 75],
      ['Vård Nørdëst', null],
    ])
  })

  test('a total opens to those who gave, those who are missing and those who were late', async () => {
    const at = `/measures/${share}/parts?unitId=${unit('TL')}&period=2030`
    const names = async (show: string) =>
      ((await world.done('crown officer', 'GET', `${at}&show=${show}`)).items as { unit: { name: string } }[]).map(
        (part) => part.unit.name,
      )
    expect(await names('given')).toEqual(['Tørg Sólheim'])
    expect(await names('late')).toEqual(['Tørg Sólheim'])
    expect((await names('missing')).length).toBe(6)
  })

  test('a figure given within its days is not late', async () => {
    world.clock.now = new Date('2031-01-20T03:00:00Z')
    await accepted('vikdal', anEntry('2030:02102', { numerator: 5, denominator: 10 }))
    const { total } = await picture('crown officer', share, nation())
    expect(total).toMatchObject({ reported: 2, late: 1, numerator: 35, denominator: 50, value: 70 })
  })

  test('totals of every level are those plain SQL comes to', async () => {
    const others = {
      lunda: '2030:01101',
      havn: '2030:01103',
      askog: '2030:01203',
      estra: '2030:03101',
      foss: '2020:03103',
    }
    for (const [place, [body, key]] of Object.entries(others).entries())
      await accepted(body, anEntry(key, { numerator: place * 7, denominator: 50 + place }))
    const { total, rows } = await picture('crown officer', share, nation())
    const oracle = await world.rows(sql<{ name: string; numerator: number; denominator: number }>`
      select p.name, sum(o.numerator)::integer as numerator, sum(o.denominator)::integer as denominator
      from indicators.cell c join indicators.observation o on o.cell_id = c.id and o.vintage = c.accepted_vintage
      join territory.unit_version v on v.unit_id = c.unit_id and (v.valid_from is null or v.valid_from <= '2030-12-31') and (v.valid_to is null or v.valid_to > '2030-12-31')
      join territory.unit_version p on p.unit_id = v.parent_id and (p.valid_from is null or p.valid_from <= '2030-12-31') and (p.valid_to is null or p.valid_to > '2030-12-31')
      where c.measure_id = ${share} and c.period = '2030' and c.breakdown = '' group by p.name`)
    expect(oracle.length).toBe(2)
    for (const row of rows)
      expect(oracle).toContainEqual({ name: row.unit.name, numerator: row.numerator, denominator: row.denominator })
    expect(total.numerator).toBe(oracle.reduce((sum, row) => sum + row.numerator, 0))
    expect(total.isComplete).toBe(true)
  })
})

describe('a grid', () => {
  test('takes what is right and refuses the rest, each with its reason in the reader’s language', async () => {
    const saved = await enter(
      'solheim officer',
      anEntry('2020:02101', { measureId: count, numerator: 4, denominator: null }),
      anEntry('2020:02101', { measureId: count, numerator: 4, denominator: null }),
      anEntry('2030:03101'),
      anEntry('2020:02101', { period: '2030-Q1' }),
      anEntry('2020:02101', { period: '2032', status: 'F' }),
      anEntry('2020:02101', { numerator: 50, seen: 1 }),
      anEntry('TL', { unitId: idOfKey('u:nothing') }),
      anEntry('2020:02101', { measureId: idOfKey('nothing') }),
      anEntry('2020:02101', { breakdown: 'sex=other' }),
      anEntry('2020:02101', { breakdown: 'sex=female', numerator: 1, denominator: 2 }),
    )
    expect(saved.rows.map((row) => (row.ok ? 'taken' : row.code.replace('indicators.', '')))).toEqual([
      ...['taken', 'twice', 'not-ones-unit', 'period-not-of-measure', 'period-to-come', 'part-above-whole'],
      ...['unknown-unit', 'unknown-measure', 'unknown-breakdown', 'taken'],
    ])
    expect(saved).toMatchObject({ taken: 2, refused: 8 })
    for (const row of saved.rows) if (!row.ok) expect(row.title).toMatch(/[ạ-ỹđ]/iu)
  })

  test('said twice changes nothing, even by one who did not see it', async () => {
    const [row] = (await enter('solheim officer', anEntry('2020:02101'))).rows
    expect(row).toMatchObject({ ok: true, vintage: 1, isNew: false })
  })

  test('who overlooks another’s figure is told', async () => {
    const [row] = (await enter('solheim officer', anEntry('2020:02101', { numerator: 31 }))).rows
    expect(row).toMatchObject({ ok: false, code: 'indicators.entered-meanwhile' })
  })

  test('what is no number does not come in', async () => {
    for (const numerator of ['1.234,5', 1e300, null])
      expect(
        (await world.ask('solheim officer', 'PUT', '/figures', { cells: [anEntry('2020:02101', { numerator })] }))
          .status,
      ).toBe(numerator === null ? 200 : 422)
  })

  test('a body does not enter for a unit of another, nor in a field that is not its own', async () => {
    const refused = async (who: string, entry: Entry) =>
      (await enter(who, entry)).rows.map((row) => (row.ok ? 'taken' : row.code))
    expect(await refused('lunda officer', anEntry('2020:02101'))).toEqual(['indicators.not-ones-unit'])
    expect(await refused('southSchools officer', anEntry('2020:02'))).toEqual(['indicators.not-ones-unit'])
    expect(await refused('south officer', anEntry('2020:02'))).toEqual(['indicators.unit-does-not-answer'])
    const survey = { measureId: measureId('lov-2b'), numerator: 61.25, denominator: null }
    expect(await refused('southHealth officer', anEntry('2020:02', survey))).toEqual(['taken'])
    // The council sees what its own office entered, and that the office answers for it.
    expect(await refused('south officer', anEntry('2020:02', { ...survey, numerator: 60 }))).toEqual([
      'indicators.other-body-answers',
    ])
  })
})

describe('accepting', () => {
  test('needs a second person', async () => {
    const entry = anEntry('2030:02102', { measureId: count, numerator: 3, denominator: null })
    const saved = await enter('vikdal consolidator', entry)
    expect((await decide('vikdal consolidator', saved)).rows).toMatchObject([{ code: 'access.second-person-needed' }])
    expect((await decide('vikdal approver', saved)).rows).toMatchObject([{ ok: true }])
    expect((await decide('vikdal approver', saved)).rows).toMatchObject([{ code: 'indicators.decided-already' }])
  })

  test('is not for those who do not stand over the body', async () => {
    const saved = await enter(
      'lunda officer',
      anEntry('2030:01101', { measureId: count, numerator: 3, denominator: null }),
    )
    expect((await decide('solheim approver', saved)).rows).toMatchObject([{ code: 'indicators.no-such-figure' }])
    expect((await decide('north approver', saved, 'returned', 'Tell på nytt')).rows).toMatchObject([{ ok: true }])
    const { items } = await world.done(
      'lunda officer',
      'GET',
      `/figures?measureId=${count}&unitId=${unit('2030:01101')}`,
    )
    expect(items).toMatchObject([
      { accepted: null, latest: { vintage: 1, decision: { outcome: 'returned', reason: 'Tell på nytt' } } },
    ])
  })

  test('gives back to the body that said it, which finds it until it says it anew', async () => {
    const returned = async (who: string) =>
      ((await world.done(who, 'GET', '/figures?isReturned=true')) as unknown as { items: Figure[] }).items.map(
        ({ unit: { id } }) => id,
      )
    expect(await returned('lunda officer')).toEqual([unit('2030:01101')])
    expect(await returned('north officer')).toEqual([])
    const again = { measureId: count, numerator: 4, denominator: null, seen: 1 }
    const saved = await enter('lunda officer', anEntry('2030:01101', again))
    expect(await returned('lunda officer')).toEqual([])
    expect((await decide('north approver', saved, 'returned', 'Tell på nytt')).rows).toMatchObject([{ ok: true }])
    expect(await returned('lunda officer')).toEqual([unit('2030:01101')])
  })

  test('a correction leaves the accepted figure standing until it is accepted itself', async () => {
    const total = async () => (await picture('crown officer', count, nation())).total.value
    const standing = await total()
    const saved = await enter(
      'vikdal officer',
      anEntry('2030:02102', { measureId: count, numerator: 9, denominator: null, seen: 1 }),
    )
    expect(await total()).toBe(standing)
    const { items } = await world.done('vikdal approver', 'GET', '/figures?toDecide=true')
    expect(items).toMatchObject([{ latest: { vintage: 2, value: 9 }, accepted: { vintage: 1, value: 3 } }])
    await decide('vikdal approver', saved)
    expect(await total()).toBe((standing ?? 0) + 6)
    const vintages = await world.rows(
      sql<{
        numerator: number
      }>`select numerator::integer as numerator from indicators.observation o join indicators.cell c on c.id = o.cell_id
        where c.measure_id = ${count} and c.unit_id = ${unit('2030:02102')} order by o.vintage`,
    )
    expect(vintages).toEqual([{ numerator: 3 }, { numerator: 9 }])
  })
})

describe('across the reform', () => {
  test('the heirs say what the old communes had; it adds as it was, and as it is where whole ground came together', async () => {
    const old = (key: string, numerator: number) =>
      anEntry(key, { measureId: count, period: '2029', numerator, denominator: null })
    await accepted('lunda', old('2020:01101', 1), old('2020:01102', 2))
    await accepted('havn', old('2020:01103', 4), old('2020:01201', 8), old('2020:01202', 16))
    await accepted('askog', old('2020:01203', 32))
    const asWas = await picture('crown officer', count, nation({ period: '2029', view: 'as-was' }))
    expect(asWas.rows.map((row) => [row.unit.name, row.value])).toEqual([
      ['Vård Nørda', 63],
      ['Vård Sóla', null],
      ['Vård Ëstra', null],
    ])
    const asIs = await picture('crown officer', count, nation({ period: '2029', level: 'commune' }))
    const found = Object.fromEntries(asIs.rows.map((row) => [row.unit.name, [row.value, row.reason]]))
    expect(found).toMatchObject({
      'Ösel Łunda': [3, null],
      'Tørg Hávn-Miðe': [null, 'part-without-weight'],
      'Ösel Åskøg': [null, 'part-without-weight'],
    })
    expect(asIs.total).toMatchObject({ value: 63, reported: 6, expected: 12 })
    // After the second reform Åskøg is part of Hávn-Miðe: the parts are together again.
    const later = await picture(
      'crown officer',
      count,
      nation({ period: '2029', level: 'commune', asOf: '2033-01-01' }),
    )
    expect(later.rows.find((row) => row.unit.name === 'Tørg Hávn-Miðe')).toMatchObject({ value: 60, isEstimate: false })
  })
})

test('a series across the reform stands in areas common to both days', async () => {
  const at = `/measures/${count}/common-areas?level=province&from=2029-06-01&to=2031-01-01`
  const { areas } = await world.done('crown officer', 'GET', at)
  const found = (
    areas as { before: { name: string }[]; after: { name: string }[]; figures: { year: number; value: number }[] }[]
  ).map((area) => [
    area.before.map(({ name }) => name),
    area.after.map(({ name }) => name),
    area.figures.map(({ year, value }) => [year, value]),
  ])
  expect(found).toEqual([
    [
      ['Vård Nørda', 'Vård Ëstra'],
      ['Vård Nørdëst'],
      [
        [2029, 63],
        [2030, null],
      ],
    ],
    [
      ['Vård Sóla'],
      ['Vård Sóla'],
      [
        [2029, null],
        [2030, 9],
      ],
    ],
  ])
  expect((await world.ask('north officer', 'GET', at)).status).toBe(404)
  // Within a province: by commune, for those who see all of it.
  const inside = `/measures/${count}/common-areas?unitId=${unit('2030:03')}&from=2029-06-01&to=2031-01-01`
  const { areas: communes } = await world.done('north officer', 'GET', inside)
  const named = (communes as { after: { name: string }[] }[]).flatMap(({ after }) => after.map(({ name }) => name))
  expect(named).toContain('Tørg Hávn-Miðe')
  expect(named.length).toBeGreaterThan(2)
  expect((await world.ask('south officer', 'GET', inside)).status).toBe(404)
  expect((await world.ask('crown officer', 'GET', inside.replace(unit('2030:03'), unit('TL')))).body).toEqual({ areas })
  const survey = `/measures/${measureId('lov-2b')}/common-areas?level=commune&from=2029-06-01&to=2031-01-01`
  expect((await world.ask('crown officer', 'GET', survey)).body.code).toBe('indicators.level-too-fine')
})

describe('sight', () => {
  test('a total is told only to those who see all of it', async () => {
    const status = async (who: string, of: Record<string, string>) =>
      (await world.ask(who, 'GET', `/measures/${share}/picture?${new URLSearchParams(of).toString()}`)).status
    const south = { unitId: unit('2020:02'), period: '2030' }
    expect(await status('solheim officer', { ...nation() })).toBe(404)
    expect(await status('solheim officer', south)).toBe(404)
    expect(await status('solheim officer', { unitId: unit('2020:02101'), period: '2030' })).toBe(200)
    expect(await status('south officer', south)).toBe(200)
    expect(await status('north officer', south)).toBe(404)
    // An office made by the reform of 2030 answers from the product's day on, whatever day the database has.
    expect(await status('northHealth officer', { unitId: unit('2030:03'), period: '2030' })).toBe(200)
    // The office for health answers for children in its province; that for schools does not.
    expect(await status('southHealth officer', south)).toBe(200)
    expect(await status('southSchools officer', south)).toBe(404)
    const survey = async (who: string) =>
      (await world.ask(who, 'GET', `/measures/${measureId('lov-2b')}/picture?unitId=${unit('TL')}&period=2030`)).status
    expect([await survey('ministry officer'), await survey('schools officer')]).toEqual([200, 404])
  })

  test('the list shows what lies in sight and nothing else', async () => {
    const total = async (who: string) => (await world.done(who, 'GET', '/figures?period=2030')).total
    const all = await total('crown officer')
    expect(await total('solheim officer')).toBeLessThan(Number(all))
    expect(await total('southSchools officer')).toBe(0)
    expect(Number(await total('south officer')) + Number(await total('north officer'))).toBe(all)
  })

  test('the database itself refuses a figure in another’s name, a change, and one’s own acceptance', async () => {
    const [cell] = await world.rows(
      sql<{
        id: string
        agencyId: string
      }>`select id, agency_id from indicators.cell where unit_id = ${unit('2030:01101')} and period = '2030' and measure_id = ${share}`,
    )
    const put = (who: string) =>
      world.as(who, ({ db, actor }) =>
        sql`insert into indicators.observation (cell_id, vintage, agency_id, measure_id, status, numerator, source, by_agency_id, entered_by, entered_at)
          values (${cell?.id}, 9, ${cell?.agencyId}, ${share}, 'A', 1, 'typed', ${actor.agencyId}, ${actor.personId}, now())`.execute(
          db,
        ),
      )
    await expect(put('solheim officer')).rejects.toThrow(/row-level security/)
    await expect(
      world.as('lunda officer', ({ db }) => sql`update indicators.observation set numerator = 0`.execute(db)),
    ).rejects.toThrow(/permission denied/)
    const own = anEntry('2030:01101', { breakdown: 'sex=male', numerator: 1, denominator: 2 })
    const [row] = (await enter('lunda consolidator', own)).rows
    await expect(
      world.as('lunda consolidator', ({ db, actor }) =>
        sql`insert into indicators.decision (cell_id, vintage, agency_id, measure_id, outcome, by_agency_id, decided_by, decided_at)
          select id, 1, agency_id, measure_id, 'accepted', ${actor.agencyId}, ${actor.personId}, now() from indicators.cell
          where id = ${row?.ok ? row.cellId : ''}`.execute(db),
      ),
    ).rejects.toThrow(/row-level security/)
  })
})

describe('targets', () => {
  test('a province sets its own beside the national one, changes and ends it; nobody else does', async () => {
    const goal = { kind: 'level', yearFrom: null, year: 2031, comparator: '>=', value: 80.5, breakdown: '' }
    const body = { measureId: share, unitId: unit('2020:02'), ...goal }
    const { id } = await world.done('south officer', 'POST', '/targets', body)
    expect((await world.ask('south officer', 'POST', '/targets', body)).status).toBe(409)
    expect((await world.ask('north officer', 'POST', '/targets', body)).status).toBe(404)
    const change = { version: 1, comparator: '>=', value: 85 }
    expect((await world.ask('north officer', 'PUT', `/targets/${String(id)}`, change)).status).toBe(404)
    await world.done('south officer', 'PUT', `/targets/${String(id)}`, change)
    expect((await world.ask('south officer', 'PUT', `/targets/${String(id)}`, change)).status).toBe(409)
    const targets = async (who: string, key: string) =>
      (await world.done(who, 'GET', `/measures/${share}/targets?unitId=${unit(key)}`)).targets
    expect(await targets('solheim officer', '2020:02')).toMatchObject([{ value: 85, isOwn: true, version: 2 }])
    expect(await targets('north officer', '2020:02')).toEqual([])
    expect(await targets('north officer', 'TL')).toMatchObject([{ value: 90, isOwn: false, year: 2033 }])
    await world.done('south officer', 'POST', `/targets/${String(id)}/ending`, { version: 2 })
    expect(await targets('south officer', '2020:02')).toEqual([])
  })

  test('progress says how things stand, and how that was found', async () => {
    const at = `/measures/${share}/progress?unitId=${unit('TL')}`
    const { series, targets } = await world.done('crown officer', 'GET', at)
    expect(series).toMatchObject([{ year: 2030, reported: 7, expected: 7 }])
    expect(targets).toMatchObject([{ year: 2033, progress: { state: 'no-data', method: 'newest', points: 1 } }])
  })
})

test('the dictionary is told whole, in the reader’s language', async () => {
  const { indicators, dimensions } = await world.done('foss reader', 'GET', '/indicators')
  expect(indicators).toMatchObject([
    {
      code: 'lov-1',
      name: 'Trẻ em được tiêm chủng',
      ages: { toAge: 4, basis: 'own' },
      measures: [{ code: 'lov-1', functionName: 'Trẻ em' }],
    },
    { code: 'lov-2', ages: null, remark: 'Số liệu cần kiểm tra.', measures: [{ code: 'lov-2a' }, { code: 'lov-2b' }] },
  ])
  expect(dimensions).toMatchObject([{ code: 'sex', values: [{ code: 'male' }, { code: 'female' }] }])
})
