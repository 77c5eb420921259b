import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { computeReach } from '#access'
import { idOfKey } from '#platform'
import { country } from '../../countries/vn/index.ts'
import { loadCountry } from '../../src/country.ts'
import { aDatabase, type TestDatabase } from '../kit/database.ts'

/** The reform of 1 July 2025 as it was: 63 provinces became 34, districts were abolished, communes merged. */
const reform = '2025-07-01'

let database: TestDatabase
let rows = 0
beforeAll(async () => {
  database = await aDatabase()
  await loadCountry(database.owner, country)
  rows = await computeReach(database.owner)
}, 180_000)
afterAll(() => database.drop())

/** Bodies a viewer reaches, as the keys of their units and their own words. */
async function reached(viewer: string): Promise<string[]> {
  const found = await sql<{
    key: string
  }>`select a.key from platform.reach r join agencies.agency a on a.id = r.agency_id where r.viewer_id = ${idOfKey(viewer)}::uuid order by 1`.execute(
    database.app,
  )
  return found.rows.map((row) => row.key)
}

async function count(query: ReturnType<typeof sql<{ count: number }>>): Promise<number> {
  const { rows: found } = await query.execute(database.app)
  return found[0]?.count ?? -1
}

describe('who sees whom after the reform of the real country', () => {
  test('is worked out for all bodies of all times', async () => {
    expect(rows).toBeGreaterThan(100_000)
    expect(await count(sql`select count(*) from platform.reach`)).toBe(rows)
  })

  test('whoever looked after the whole country does, and every body sees itself', async () => {
    expect(
      await count(
        sql`select count(*) from agencies.agency a where not exists (select from platform.reach r where r.agency_id = a.id and r.viewer_id = ${idOfKey(country.lead.unitKey)}::uuid)`,
      ),
    ).toBe(0)
    expect(
      await count(
        sql`select count(*) from agencies.agency a where not exists (select from platform.reach r where r.agency_id = a.id and r.viewer_id = a.id)`,
      ),
    ).toBe(0)
  })

  test('a body that ended with the reform sees nothing that began with it', async () => {
    expect(
      await count(sql`
      select count(*) from platform.reach r join agencies.agency viewer on viewer.id = r.viewer_id join agencies.agency seen on seen.id = r.agency_id
      where viewer.valid_to <= ${reform}::date and seen.valid_from >= ${reform}::date`),
    ).toBe(0)
  })

  test('a province that ended sees of the bodies that ended only those that lay in it', async () => {
    expect(
      await count(sql`
      with recursive lay (unit_id, place_id) as (
        select unit_id, parent_id from territory.unit_version where parent_id is not null
        union select lay.unit_id, v.parent_id from lay join territory.unit_version v on v.unit_id = lay.place_id where v.parent_id is not null
      )
      select count(*) from platform.reach r join territory.unit p on p.id = r.viewer_id and p.level = 'province' join agencies.agency seen on seen.id = r.agency_id
      where exists (select from territory.unit_version v where v.unit_id = p.id and v.valid_to <= ${reform}::date)
        and not exists (select from territory.unit_version v where v.unit_id = p.id and (v.valid_to is null or v.valid_to > ${reform}::date))
        and seen.unit_id <> p.id and not exists (select from lay where lay.unit_id = seen.unit_id and lay.place_id = p.id)`),
    ).toBe(0)
  })

  /** Judged by the ground and not by the bodies' own succession, which the reach was made from. */
  test('a new commune sees of the past only bodies of the ground it was made of, and of the districts that ground lay in', async () => {
    const old = sql`platform.reach r
      join agencies.agency viewer on viewer.id = r.viewer_id and viewer.level = 'commune' and viewer.valid_from >= ${reform}::date
      join agencies.agency seen on seen.id = r.agency_id and seen.valid_to <= ${reform}::date`
    expect(await count(sql`select count(*) from ${old}`)).toBeGreaterThan(5_000)
    expect(
      await count(sql`
      with made (new_id, old_id) as (
        select to_id, from_id from territory.succession
        union select s.to_id, v.parent_id from territory.succession s join territory.unit_version v on v.unit_id = s.from_id
      )
      select count(*) from ${old}
      where not exists (select from made where made.new_id = viewer.unit_id and made.old_id = seen.unit_id)`),
    ).toBe(0)
  })

  test('no commune in being sees another commune in being', async () => {
    expect(
      await count(sql`
      select count(*) from platform.reach r join agencies.agency viewer on viewer.id = r.viewer_id and viewer.level = 'commune' and viewer.valid_to is null
      join agencies.agency seen on seen.id = r.agency_id and seen.valid_to is null where seen.unit_id <> viewer.unit_id`),
    ).toBe(0)
  })

  test('Lâm Đồng sees the past of Bình Thuận, Bình Thuận nothing of Lâm Đồng', async () => {
    const [binhThuan, oldLamDong, lamDong] = ['u:2024:60', 'u:2024:68', 'u:2025:68']
    const ofLamDong = await reached(`${lamDong}/ubnd`)
    expect(ofLamDong).toContain(`${binhThuan}/ubnd`)
    expect(ofLamDong).toContain(`${lamDong}/ubnd`)
    const ofBinhThuan = await reached(`${binhThuan}/ubnd`)
    expect(ofBinhThuan.length).toBeGreaterThan(100)
    expect(ofBinhThuan.filter((key) => key.startsWith('u:2025') || key.startsWith(`${oldLamDong}/`))).toEqual([])
  })
})
