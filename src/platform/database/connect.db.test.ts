import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claims, days, integers, uuids, words } from './arrays.ts'
import { openDatabase } from './connect.ts'
import { aDatabase, type TestDatabase } from '../../../test/kit/database.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.drop())

describe('what leaves the database', () => {
  test('dates and decimals stay text, instants are ISO text in UTC, counts are numbers', async () => {
    const { rows } = await sql`select date '2025-07-01' as on_date, 12345678901234567890.10::numeric as amount,
      timestamptz '2025-07-01 07:30:00.123456+07' as at, timestamptz '2025-07-01 07:30:00+07' as whole_at,
      count(*) as how_many, array[date '2025-07-01', null] as dates, array[1.10::numeric] as amounts`.execute(db.app)
    expect(rows).toEqual([
      {
        onDate: '2025-07-01',
        amount: '12345678901234567890.10',
        at: '2025-07-01T00:30:00.123Z',
        wholeAt: '2025-07-01T00:30:00.000Z',
        howMany: 1,
        dates: ['2025-07-01', null],
        amounts: ['1.10'],
      },
    ])
  })

  test('a count too large to hold exactly is refused, not rounded', async () => {
    await expect(sql`select 9007199254740993::int8 as n`.execute(db.app)).rejects.toThrow('too large')
  })

  test('keys inside JSON keep their spelling', async () => {
    const { rows } = await sql`select '{"unit_id": {"first_name": 1}}'::jsonb as some_json`.execute(db.app)
    expect(rows).toEqual([{ someJson: { unit_id: { first_name: 1 } } }])
  })
})

describe('columns in the form of the database', () => {
  test('are what was given, in their order, with what is missing', async () => {
    const ids = ['018f2a3b-4c5d-7e6f-8a9b-0c1d2e3f4a5b', null, 'ffffffff-ffff-ffff-ffff-ffffffffffff']
    const given = {
      ids,
      counts: [0, -1, 2_147_483_647, null],
      claims: [true, false, null],
      dates: ['2026-02-28', null, '1999-12-31', '2000-01-01', '0001-01-01'],
      codes: ['', 'tỉnh Lâm Đồng', null, 'a"b\\,{}', 'null'],
    }
    const { rows } =
      await sql`select ${uuids(given.ids)}::uuid[] as ids, ${integers(given.counts)}::integer[] as counts,
      ${claims(given.claims)}::boolean[] as claims, ${days(given.dates)}::date[] as dates, ${words(given.codes)}::text[] as codes,
      ${uuids([])}::uuid[] as no_ids, ${words([])}::text[] as no_codes`.execute(db.app)
    expect(rows).toEqual([{ ...given, noIds: [], noCodes: [] }])
  })

  test.each([
    '',
    '018f2a3b-4c5d-7e6f-8a9b-0c1d2e3f4a5',
    '018f2a3b-4c5d-7e6f-8a9b-0c1d2e3f4a5g',
    '018f2a3b04c5d-7e6f-8a9b-0c1d2e3f4a5b',
  ])('take no id that is none: %s', (id) => expect(() => uuids([id])).toThrow('No id'))
  test.each(['2026-02-29', '2026-13-01', '', 'today'])('take no day that is none: %s', (day) =>
    expect(() => days([day])).toThrow('No day'),
  )
})

test('a connection lost while in use fails its statement, is told, and the next statement has another', async () => {
  const told: string[] = []
  const lonely = openDatabase(db.appUrl, { pool: 1, onConnectionLost: (error) => void told.push(error.message) })
  await expect(sql`select pg_terminate_backend(pg_backend_pid())`.execute(lonely)).rejects.toThrow()
  for (let tries = 0; tries < 50 && told.length === 0; tries++) await new Promise((resolve) => setTimeout(resolve, 20))
  expect((await sql<{ one: number }>`select 1 as one`.execute(lonely)).rows).toEqual([{ one: 1 }])
  expect(told).toHaveLength(1)
  await lonely.destroy()
})

describe('the role of the application', () => {
  test('owns nothing, is no superuser and cannot step over row security', async () => {
    const { rows } = await sql`select r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb,
      (select count(*) from pg_class c where c.relowner = r.oid) as owned from pg_roles r where rolname = current_user`.execute(
      db.app,
    )
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owned: 0 }])
  })

  test('cannot create anything', async () => {
    await expect(sql`create table public.mine (id integer)`.execute(db.app)).rejects.toThrow('permission denied')
    await expect(sql`create table platform.mine (id integer)`.execute(db.app)).rejects.toThrow('permission denied')
    await expect(sql`create schema mine`.execute(db.app)).rejects.toThrow('permission denied')
  })
})
