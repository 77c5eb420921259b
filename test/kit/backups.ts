import { randomBytes } from 'node:crypto'
import { mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { listTables, sameLetters, sumOf } from '../../src/platform/backup/content.ts'
import { restoreBackup, type Target } from '../../src/platform/backup/restore.ts'
import { writeBackup } from '../../src/platform/backup/write.ts'
import { withConnection } from '../../src/platform/database/connect.ts'
import { readCatalogue } from '../../src/platform/database/generate/catalogue.ts'
import { schemaText } from '../../src/platform/database/generate/schema-text.ts'
import { readMigrations, type Migration } from '../../src/platform/database/migrate.ts'
import { aDuty, aHeader, aPlanWorld, aTask, by, type PlanWorld } from './plan-world.ts'
import { root } from './children.ts'

export const migrations: Migration[] = readMigrations(path.join(root, 'db', 'migrations'))

export type Place = { ownerUrl: string; appUrl: string }

/** A world with something in most tables: issued plans, drafts, files under them, work, audit, a person signed in. */
export async function aFilledWorld(): Promise<
  PlanWorld & { source: (home: string) => Parameters<typeof writeBackup>[0] }
> {
  const world = await aPlanWorld()
  const nodes = [aTask({ lead: 'southHealth', time: by('2031-06-30') }), aTask({ duties: [aDuty('lead', 'solheim')] })]
  const issued = await world.draft('south', nodes, { header: { title: 'Đã ban hành, có \\ và \t trong tên' } })
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(300_000)])
  await world.done('south officer', 'POST', `/plans/${issued}/files?fileName=scan.pdf`, bytes)
  await world.issue('south', issued)
  await world.draft('north', [aTask({ text: 'Việc thứ hai\nxuống dòng' })], { header: aHeader() })
  await withConnection(world.land.ownerUrl, signSomeoneIn)
  return {
    ...world,
    source: (home) => {
      mkdirSync(home, { recursive: true })
      symlinkSync(world.home, path.join(home, 'files'))
      return { ownerUrl: world.land.ownerUrl, home, country: 'testland', version: '0', now: new Date() }
    },
  }
}

async function signSomeoneIn(client: pg.Client): Promise<void> {
  await client.query(`select set_config('mangnon.everywhere', 'yes', false)`)
  const id = '01a20000-0000-7000-8000-000000000001'
  await client.query(
    `insert into access.person (id, login, name, search_key, language, state, created_at) values ($1, 'someone', 'Someone', 'someone', 'en', 'active', now())`,
    [id],
  )
  await client.query(
    `insert into access.session (id, token_hash, person_id, started_at, seen_at, proved_at, ends_at)
     values ($1, 'hash of a token', $1, now(), now(), now(), now() + interval '1 hour')`,
    [id],
  )
}

/** Restores into a place, as the command does it, with no session left. */
export function restoreInto(
  place: Place,
  home: string,
  file: string,
  more: Partial<Target> & { passphrase?: string; replace?: boolean } = {},
) {
  const { passphrase, replace = false, ...over } = more
  const target: Target = {
    ...{ ownerUrl: place.ownerUrl, appUrl: place.appUrl, home, country: 'testland', migrations, now: new Date() },
    afterLoading: async (client) => {
      await client.query('update access.session set ended_at = now() where ended_at is null')
    },
    ...over,
  }
  return restoreBackup(target, { file, passphrase }, replace)
}

/** Schema text and the sum of each table as its owner sees it with row security lifted: what equal databases have equal. */
export async function stateOf(ownerUrl: string): Promise<{ schema: string; sums: Record<string, string> }> {
  const sums = await withConnection(ownerUrl, async (client) => {
    await client.query('begin')
    await client.query(sameLetters)
    await client.query(`select set_config('mangnon.everywhere', 'yes', true)`)
    const found: Record<string, string> = {}
    for (const table of await listTables(client)) {
      const { rows, sum } = await sumOf(client, table)
      found[`${table.schema}.${table.name}`] = `${rows} ${sum}`
    }
    await client.query('rollback')
    return found
  })
  return { schema: schemaText(await readCatalogue(ownerUrl)), sums }
}
