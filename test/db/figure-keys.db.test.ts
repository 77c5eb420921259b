import { rmSync } from 'node:fs'
import path from 'node:path'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOfKey, inTransaction, newId, systemActor, type Database } from '#platform'
import { measureId } from '../../src/indicators/load.ts'
import { insertCells } from '../../src/indicators/store.ts'
import { writeBackup } from '../../src/platform/backup/write.ts'
import { aFilledWorld, restoreInto } from '../kit/backups.ts'
import { scratchDirectory } from '../kit/children.ts'
import { anEmptyDatabase } from '../kit/database.ts'
import { bodyId } from '../kit/plan-world.ts'
import { acceptFigures } from '../kit/totals-server.ts'

let world: Awaited<ReturnType<typeof aFilledWorld>>
const scratch = scratchDirectory()
beforeAll(async () => {
  world = await aFilledWorld()
  await acceptFigures(world, 'lunda', ['2030:01101', 7])
})
afterAll(async () => {
  await world.close()
  scratch.remove()
})

const [own, other, nobody] = [idOfKey('figure a'), idOfKey('figure b'), idOfKey('nothing of the kind')]
const [measure, unit, body] = [measureId('lov-1'), idOfKey('u:2030:01101'), bodyId('lunda')]
type Of = { id?: string; measure?: string; unit?: string; body?: string; period?: string }
const aCell = ({ id = own, measure: of = measure, unit: at = unit, body: by = body, period = '2029' }: Of = {}) =>
  sql`insert into indicators.cell (id, measure_id, unit_id, period, period_from, period_to, breakdown, agency_id, vintage)
    values (${id}, ${of}, ${at}, ${period}, '2029-01-01', '2030-01-01', '', ${by}, 1)`
const said = ({ id = own, measure: of = measure, body: by = body, writer = body }: Of & { writer?: string } = {}) =>
  sql`insert into indicators.observation (cell_id, vintage, agency_id, measure_id, status, numerator, source, by_agency_id, entered_by, entered_at)
    values (${id}, 1, ${by}, ${of}, 'A', 1, 'typed', ${writer}, ${nobody}, now())`
const decided = ({ id = own, measure: of = measure, body: by = body }: Of = {}) =>
  sql`insert into indicators.decision (cell_id, vintage, agency_id, measure_id, outcome, by_agency_id, decided_by, decided_at)
    values (${id}, 1, ${by}, ${of}, 'accepted', ${body}, ${own}, now())`

/** No policy lets anybody change or take away figures, who owns the tables neither: unless he takes the wall down first. */
async function walls(db: Kysely<Database>, how: RawBuilder<unknown>): Promise<void> {
  for (const name of ['cell', 'observation', 'decision'])
    await sql`alter table ${sql.table(`indicators.${name}`)} ${how} row level security`.execute(db)
}

/** Does all in one transaction of whoever owns the tables, and leaves nothing behind. @returns why it was refused, or null */
async function tried(...statements: RawBuilder<unknown>[]): Promise<string | null> {
  const undone = new Error('undone')
  return world.land.owner
    .transaction()
    .execute(async (db) => {
      await sql`select set_config('mangnon.everywhere', 'yes', true)`.execute(db)
      await walls(db, sql`no force`)
      for (const statement of statements) await statement.execute(db)
      throw undone
    })
    .then(
      () => null,
      (fault: unknown) => (fault === undone ? null : String((fault as Error).message)),
    )
}
const gone = (of: string) => `figures name what is not there: ${of}`

describe('figures', { timeout: 120_000 }, () => {
  test.each([
    ['nothing unknown', [aCell(), said(), decided()], null],
    ['an unknown body', [aCell({ body: nobody })], gone('the body of a cell')],
    ['an unknown measure', [aCell({ measure: nobody })], gone('the measure of a cell')],
    ['an unknown unit', [aCell({ unit: nobody })], gone('the unit of a cell')],
    ['no cell', [said()], gone('a cell of that body and measure')],
    ['the cell of another body', [aCell(), said({ body: bodyId('havn') })], gone('a cell of that body and measure')],
    ['the cell of another measure', [aCell(), said({ measure: measureId('lov-2a') })], gone('a cell of that body')],
    ['a writer’s body that is not there', [aCell(), said({ writer: nobody })], gone('the body of whoever said it')],
    [
      'another body where they are decided',
      [aCell(), said(), decided({ body: bodyId('havn') })],
      gone('a cell of that'),
    ],
  ] as const)('that name %s', async (_name, statements, why) => {
    const told = await tried(...statements)
    if (why === null) expect(told).toBeNull()
    else expect(told).toContain(why)
  })

  test('are written only by whoever sees what others have done meanwhile', async () => {
    const [writer, taker] = await Promise.all(
      [1, 2].map(() => world.land.owner.startTransaction().setIsolationLevel('repeatable read').execute()),
    )
    for (const [db, statement] of [
      [writer, aCell()],
      [taker, sql`delete from indicators.measure where false`],
    ] as const) {
      if (db === undefined) throw new Error('No transaction')
      await sql`select set_config('mangnon.everywhere', 'yes', true)`.execute(db)
      await expect(statement.execute(db)).rejects.toThrow('in transactions that see what others have done')
      await db.rollback().execute()
    }
  })

  test('are refused whole where one of many names what is not there', async () => {
    const both = sql`insert into indicators.cell (id, measure_id, unit_id, period, period_from, period_to, breakdown, agency_id, vintage)
      values (${own}, ${measure}, ${unit}, '2029', '2029-01-01', '2030-01-01', '', ${body}, 1),
        (${other}, ${measure}, ${nobody}, '2029', '2029-01-01', '2030-01-01', '', ${body}, 1)`
    expect(await tried(both)).toContain(gone('the unit of a cell'))
    const left = await world.rows(sql`select 1 from indicators.cell where id in (${own}, ${other})`)
    expect(left).toEqual([])
  })

  test('keep what they name: body, measure, unit and cell are not taken away, renamed or emptied under them', async () => {
    const theirs = sql`indicators.cell where measure_id = ${measure} and period = '2030'`
    for (const [statement, why] of [
      [sql`delete from ${theirs}`, 'cell is named by figures'],
      [sql`update indicators.cell set id = ${other} where id in (select id from ${theirs})`, 'a cell of that body'],
      [
        sql`update indicators.cell set agency_id = ${bodyId('havn')} where id in (select id from ${theirs})`,
        'a cell of',
      ],
      [
        sql`update indicators.cell set unit_id = ${nobody} where id in (select id from ${theirs})`,
        'the unit of a cell',
      ],
      [sql`update indicators.observation set measure_id = ${measureId('lov-2a')}`, 'a cell of that body and measure'],
      [sql`update indicators.measure set id = ${nobody} where id = ${measure}`, 'a'],
      [sql`truncate indicators.cell, indicators.decision, indicators.finding cascade`, 'a cell of that body'],
    ] as const)
      expect(await tried(statement)).toContain(why)
    // What other keys name as well is kept by either.
    for (const statement of [
      sql`delete from agencies.agency where id = ${body}`,
      sql`delete from indicators.measure where id = ${measure}`,
      sql`delete from territory.unit where id = ${unit}`,
    ])
      expect(await tried(statement)).toMatch(/named by figures|violates foreign key/)
    const bare = (table: string) =>
      sql`do $$ declare k record; begin for k in select conrelid::regclass as at, conname from pg_constraint
        where contype = 'f' and confrelid = ${sql.lit(table)}::regclass
        loop execute format('alter table %s drop constraint %I', k.at, k.conname); end loop; end $$`
    for (const [table, id] of [
      ['agencies.agency', body],
      ['indicators.measure', measure],
      ['territory.unit', unit],
    ] as const)
      expect(await tried(bare(table), sql`delete from ${sql.table(table)} where id = ${id}`)).toContain(
        'is named by figures',
      )
  })

  test('written while somebody takes their cell away: one of both is refused, whoever came first', async () => {
    await walls(world.land.owner, sql`no force`)
    const begun = async () => {
      const db = await world.land.owner.startTransaction().execute()
      await sql`select set_config('mangnon.everywhere', 'yes', true)`.execute(db)
      return db
    }
    const told = (work: Promise<unknown>) =>
      work.then(
        () => 'done',
        (fault: unknown) => String((fault as Error).message),
      )
    for (const cell of [{ id: own }, { id: other, period: '2027' }]) {
      const lay = await begun()
      await aCell(cell).execute(lay)
      await lay.commit().execute()
    }
    const take = (id: string) => sql`delete from indicators.cell where id = ${id}`
    const [writer, taker] = [await begun(), await begun()]
    await said().execute(writer)
    const taking = told(take(own).execute(taker))
    await writer.commit().execute()
    expect(await taking).toContain('cell is named by figures')
    await taker.rollback().execute()

    const [first, late] = [await begun(), await begun()]
    await take(other).execute(first)
    const saying = told(said({ id: other }).execute(late))
    await first.commit().execute()
    expect(await saying).toContain(gone('a cell of that body and measure'))
    await late.rollback().execute()
    await walls(world.land.owner, sql`force`)
  })

  test('laid down by the hundred, one at a place that is held: all others are laid, and once', async () => {
    const span = { period: '2026', periodFrom: '2026-01-01', periodTo: '2027-01-01' }
    const cells = Array.from({ length: 600 }, (_none, at) => ({
      ...{ id: newId(), measureId: measure, unitId: unit, agencyId: body, breakdown: `one=${at}`, isAnswered: true },
      ...span,
    }))
    const [held, ...others] = cells
    if (held === undefined) throw new Error('No cell')
    const doing = { actor: systemActor, language: 'en', requestId: 'test' } as const
    const [before, laid, again] = await inTransaction(world.ground, doing, async (ctx) => [
      await insertCells(ctx, [{ ...held, id: newId() }]),
      await insertCells(ctx, cells),
      await insertCells(
        ctx,
        cells.map((cell) => ({ ...cell, id: newId() })),
      ),
    ])
    expect([before.size, laid, again.size]).toEqual([1, new Set(others.map(({ id }) => id)), 0])
  })

  test('of a backup are proven when it is read in: one that names what is not there is not restored', async () => {
    const source = world.source(path.join(scratch.path, 'home'))
    const restored = async (name: string) => {
      const file = path.join(scratch.path, `${name}.tar.gz`)
      await writeBackup(source, file, undefined)
      const place = await anEmptyDatabase()
      const home = path.join(scratch.path, `${name} elsewhere`)
      const told = await restoreInto(place, home, file).then(
        () => 'restored',
        (fault: unknown) => String((fault as Error).message),
      )
      await place.drop()
      rmSync(home, { recursive: true, force: true })
      return told
    }
    expect(await restored('whole')).toBe('restored')
    await world.land.owner.transaction().execute(async (db) => {
      await sql`select set_config('mangnon.everywhere', 'yes', true)`.execute(db)
      await sql`alter table indicators.cell disable trigger user`.execute(db)
      await walls(db, sql`no force`)
      await sql`update indicators.cell set unit_id = ${nobody} where id = ${own}`.execute(db)
      await walls(db, sql`force`)
      await sql`alter table indicators.cell enable trigger user`.execute(db)
    })
    expect(await restored('broken')).toContain(gone('the unit of a cell'))
  })
})
