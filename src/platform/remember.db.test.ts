import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDatabase, type TestDatabase } from '../../test/kit/database.ts'
import type { Actor } from './context.ts'
import { keptBounds, keptNow, remembered } from './remember.ts'
import { inTransaction, type Ground } from './transaction.ts'

let database: TestDatabase
let ground: Ground
beforeAll(async () => {
  database = await aDatabase()
  ground = {
    db: database.app,
    timeZone: 'UTC',
    language: 'en',
    now: () => new Date('2031-01-01T00:00:00Z'),
    subscribers: [],
  }
})
afterAll(() => database.drop())

const body = '0190b0b0-0000-7000-8000-0000000000b1'
const actor = (over: Partial<Actor> = {}): Actor => ({
  personId: '0190b0b0-0000-7000-8000-0000000000a1',
  sessionId: null,
  postId: null,
  agencyId: body,
  role: 'officer',
  viewers: [body],
  everywhere: false,
  ...over,
})
/** A number that differs each time the statement is truly run. */
const ask = (as: Actor, onlyReads = true) =>
  inTransaction(ground, { actor: as, language: 'en', requestId: 'r', onlyReads }, async (ctx) =>
    String(
      (await remembered(ctx, sql<{ at: string }>`select random()::text as at, count(*) from plans.programme`))[0]?.at,
    ),
  )
const write = () =>
  sql`insert into plans.programme (code, name) values (gen_random_uuid()::text, '{}')`.execute(database.owner)

describe('an answer is kept', () => {
  test('for those who see the same, until something is written', async () => {
    const first = await ask(actor())
    expect(await ask(actor())).toBe(first)
    expect(await ask(actor({ personId: '0190b0b0-0000-7000-8000-0000000000a2' }))).toBe(first)
    await write()
    const second = await ask(actor())
    expect(second).not.toBe(first)
    expect(await ask(actor())).toBe(second)
  })

  test('for nobody who sees otherwise', async () => {
    const first = await ask(actor())
    expect(await ask(actor({ viewers: [] }))).not.toBe(first)
    expect(await ask(actor({ agencyId: null }))).not.toBe(first)
    expect(await ask(actor({ everywhere: true }))).not.toBe(first)
  })

  test('of open data by everybody, for as long as nothing of its own is written', async () => {
    const open = (as: Actor, schema: string) =>
      inTransaction(ground, { actor: as, language: 'en', requestId: 'r', onlyReads: true }, async (ctx) =>
        String((await remembered(ctx, sql<{ at: string }>`select random()::text as at`, { open: [schema] }))[0]?.at),
      )
    const first = await open(actor(), 'territory')
    await write()
    expect(await open(actor({ viewers: [], agencyId: null }), 'territory')).toBe(first)
    await sql`update territory.unit_version set name_en = name_en`.execute(database.owner)
    expect(await open(actor(), 'territory')).not.toBe(first)
  })

  test('within a bound of memory, the one asked for longest ago going first; one too large is not kept', async () => {
    const ask = (name: string, characters: number) =>
      inTransaction(ground, { actor: actor(), language: 'en', requestId: 'r', onlyReads: true }, (ctx) =>
        remembered(
          ctx,
          sql<{
            words: string
          }>`select repeat(random()::text || ${name}, ${Math.floor(characters / 30)}::int) as words`,
        ),
      )
    const large = keptBounds.bytesOfOne / 2
    const first = await ask('first', large)
    for (let at = 0; at < (3 * keptBounds.bytes) / large; at++) {
      await ask(`no. ${at}`, large)
      if (at === 10) expect(await ask('first', large)).toBe(first)
      expect(keptNow().bytes).toBeLessThanOrEqual(keptBounds.bytes)
    }
    expect(keptNow().bytes).toBeGreaterThan(keptBounds.bytes / 2)
    expect(await ask('first', large)).not.toBe(first)
    const huge = await ask('huge', 4 * keptBounds.bytesOfOne)
    expect(await ask('huge', 4 * keptBounds.bytesOfOne)).not.toBe(huge)
  })

  test('not in a transaction that may write, and not by what was never committed', async () => {
    expect(await ask(actor(), false)).not.toBe(await ask(actor(), false))
    const first = await ask(actor())
    const given = database.owner.transaction().execute(async (db) => {
      await sql`insert into plans.programme (code, name) values ('never', '{}')`.execute(db)
      expect(await ask(actor())).toBe(first)
      throw new Error('undone')
    })
    await expect(given).rejects.toThrow('undone')
    expect(await ask(actor())).toBe(first)
  })

  test('a transaction that only reads is refused to write', async () => {
    const writing = inTransaction(
      ground,
      { actor: actor(), language: 'en', requestId: 'r', onlyReads: true },
      ({ db }) =>
        sql`insert into platform.audit_entry (id, at, action, outcome, request_id) values (gen_random_uuid(), now(), 'x', 'done', 'r')`.execute(
          db,
        ),
    )
    await expect(writing).rejects.toThrow('read-only transaction')
  })
})

/** Beside their own, what lists of tasks show of recommendations. */
const ofAnswers = ['recommendations.recommendation', 'recommendations.mechanism', 'recommendations.term']

describe('what may be kept', () => {
  test('every write to plans, bodies, units, sight and files is counted', async () => {
    const { rows } = await sql<{ name: string }>`
      select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and (n.nspname in ('plans', 'agencies', 'territory') or n.nspname || '.' || c.relname in ('platform.reach', 'platform.stored_file', ${sql.join(ofAnswers)}))
        and not exists (select from pg_trigger t join pg_proc p on p.oid = t.tgfoid where t.tgrelid = c.oid and p.proname = 'note_change' and t.tgtype & 60 = 60)`.execute(
      database.owner,
    )
    expect(rows.map((row) => row.name)).toEqual(['plans.node_words'])
  })

  test('no policy of reading there asks for the person', async () => {
    const { rows } = await sql<{ name: string }>`
      select schemaname || '.' || tablename || ' ' || policyname as name from pg_policies
      where (schemaname in ('plans', 'agencies', 'territory') or schemaname || '.' || tablename in ('platform.stored_file', ${sql.join(ofAnswers)})) and cmd in ('SELECT', 'ALL') and qual ~ 'person\(\)'`.execute(
      database.owner,
    )
    expect(rows).toEqual([])
  })
})
