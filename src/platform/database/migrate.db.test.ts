import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { root, startChild } from '../../../test/kit/children.ts'
import { anEmptyDatabase } from '../../../test/kit/database.ts'
import { withConnection } from './connect.ts'
import { migrate, MigrationError, pendingMigrations, readMigrations } from './migrate.ts'

const scratch = mkdtempSync(path.join(tmpdir(), 'mangnon-migrations-'))
let directories = 0
let db: Awaited<ReturnType<typeof anEmptyDatabase>>

beforeEach(async () => {
  db = await anEmptyDatabase()
})
afterEach(() => db.drop())
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** Statements of a small product that grew in three steps. */
const steps: Record<string, string[]> = {
  '0001-toys-begin.sql': [
    'create schema toys',
    'create table toys.toy (id integer primary key)',
    'insert into toys.toy values (1), (2)',
  ],
  '0002-toys-add-names.sql': [
    'alter table toys.toy add name text',
    `update toys.toy set name = 'toy ' || id`,
    'alter table toys.toy alter name set not null',
  ],
  '0003-toys-index.sql': ['create index toy_name on toys.toy (name)', 'insert into toys.toy values (3, $$drum$$)'],
}

/** A directory of these files; `spoil` may put one statement before the n-th of all. */
function directoryOf(files: Record<string, string[]>, spoil?: { before: number; statement: string }): string {
  const directory = path.join(scratch, String(directories++))
  mkdirSync(directory)
  let index = 0
  for (const [name, statements] of Object.entries(files)) {
    const lines = statements.flatMap((statement) =>
      index++ === spoil?.before ? [spoil.statement, statement] : [statement],
    )
    writeFileSync(path.join(directory, name), `${lines.join(';\n')};\n`)
  }
  return directory
}

async function toys(): Promise<unknown[]> {
  return withConnection(db.ownerUrl, async (client) => (await client.query('select * from toys.toy order by id')).rows)
}

const grown = [
  { id: 1, name: 'toy 1' },
  { id: 2, name: 'toy 2' },
  { id: 3, name: 'drum' },
]
const howMany = Object.values(steps).flat().length

describe('migrations', () => {
  test('are applied once, in the order of their numbers', async () => {
    const migrations = readMigrations(directoryOf(steps))
    expect((await migrate(db.ownerUrl, migrations)).map((migration) => migration.name)).toEqual(Object.keys(steps))
    expect(await migrate(db.ownerUrl, migrations)).toEqual([])
    expect(await toys()).toEqual(grown)
  })

  test.each(Array.from({ length: howMany }, (_, n) => n))(
    'cut off before statement %i go on at the next start',
    async (n) => {
      const cut = directoryOf(steps, { before: n, statement: 'select pg_terminate_backend(pg_backend_pid())' })
      await expect(migrate(db.ownerUrl, readMigrations(cut))).rejects.toThrow()
      await migrate(db.ownerUrl, readMigrations(directoryOf(steps)))
      expect(await toys()).toEqual(grown)
    },
  )

  test('go on after kill -9 of the program, while the server still works for it', async () => {
    const slow = directoryOf(steps, { before: 4, statement: 'select pg_sleep(1)' })
    const child = startChild([path.join(root, 'test', 'kit', 'migrate-slowly.ts'), db.ownerUrl, slow])
    await child.says('applied 0001-toys-begin.sql')
    await child.kill('SIGKILL')
    const again = await migrate(db.ownerUrl, readMigrations(directoryOf(steps)))
    expect(again.at(-1)?.name).toBe('0003-toys-index.sql')
    expect(await toys()).toEqual(grown)
  })

  test('of four servers that start at once are applied once', async () => {
    const migrations = readMigrations(directoryOf(steps))
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(db.ownerUrl, migrations)))
    expect(
      applied
        .flat()
        .map((migration) => migration.name)
        .sort(),
    ).toEqual(Object.keys(steps))
    expect(await toys()).toEqual(grown)
  })

  test('a fault leaves nothing of its own file and everything of those before', async () => {
    const faulty = directoryOf(steps, { before: 5, statement: 'select 1 / 0' })
    await expect(migrate(db.ownerUrl, readMigrations(faulty))).rejects.toThrow(
      /0002-toys-add-names.sql: division by zero/,
    )
    expect(await toys()).toEqual([{ id: 1 }, { id: 2 }])
  })

  test('a file changed after it was applied is refused', async () => {
    await migrate(db.ownerUrl, readMigrations(directoryOf(steps)))
    const changed = directoryOf({ ...steps, '0002-toys-add-names.sql': ['alter table toys.toy add colour text'] })
    await expect(migrate(db.ownerUrl, readMigrations(changed))).rejects.toThrow(/0002-toys-add-names.sql was changed/)
  })

  test('a program older than its database is refused', async () => {
    await migrate(db.ownerUrl, readMigrations(directoryOf(steps)))
    const { '0003-toys-index.sql': _, ...older } = steps
    await expect(migrate(db.ownerUrl, readMigrations(directoryOf(older)))).rejects.toThrow(/newer than this program/)
  })

  test('a file that comes between applied ones is refused', async () => {
    const { '0002-toys-add-names.sql': late, ...first } = steps
    const only = { '0001-toys-begin.sql': first['0001-toys-begin.sql'] ?? [], '0003-other.sql': ['select 1'] }
    await migrate(db.ownerUrl, readMigrations(directoryOf(only)))
    const withLate = directoryOf({ ...only, '0002-toys-add-names.sql': late ?? [] })
    await expect(migrate(db.ownerUrl, readMigrations(withLate))).rejects.toThrow(MigrationError)
  })

  test('Unix and Windows line ends are the same file', async () => {
    const directory = directoryOf(steps)
    await migrate(db.ownerUrl, readMigrations(directory))
    for (const [name, statements] of Object.entries(steps))
      writeFileSync(path.join(directory, name), `${statements.join(';\r\n')};\r\n`)
    expect(await pendingMigrations(db.ownerUrl, readMigrations(directory))).toEqual([])
  })

  test('a number used twice or a strange name is refused', () => {
    expect(() => readMigrations(directoryOf({ '0001-a.sql': ['select 1'], '0001-b.sql': ['select 1'] }))).toThrow(
      MigrationError,
    )
    expect(() => readMigrations(directoryOf({ '1-a.sql': ['select 1'] }))).toThrow(MigrationError)
  })
})

test('the migrations of the product leave nothing pending on a fresh database', async () => {
  const migrations = readMigrations(path.join(root, 'db', 'migrations'))
  expect(await pendingMigrations(db.ownerUrl, migrations)).toHaveLength(migrations.length)
  await migrate(db.ownerUrl, migrations)
  expect(await pendingMigrations(db.ownerUrl, migrations)).toEqual([])
})
