import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { listHidden } from '../../src/platform/backup/content.ts'
import { readBackup } from '../../src/platform/backup/read.ts'
import { UnusableBackup } from '../../src/platform/backup/unusable.ts'
import { writeBackup } from '../../src/platform/backup/write.ts'
import { withConnection } from '../../src/platform/database/connect.ts'
import { placeOfFile } from '../../src/platform/files.ts'
import { aFilledWorld, restoreInto, stateOf } from '../kit/backups.ts'
import { scratchDirectory } from '../kit/children.ts'
import { anEmptyDatabase } from '../kit/database.ts'
import { aTask } from '../kit/plan-world.ts'

const scratch = scratchDirectory()
const passphrase = 'mười hai con trâu trắng'
const at = (name: string) => path.join(scratch.path, name)
let world: Awaited<ReturnType<typeof aFilledWorld>>
let source: ReturnType<typeof world.source>
let db: Awaited<ReturnType<typeof anEmptyDatabase>> | undefined
const plain = at('plain.tar.gz')
const sealed = at('sealed.tar.gz.sealed')

beforeAll(async () => {
  world = await aFilledWorld()
  source = world.source(at('home'))
  await writeBackup(source, plain, undefined)
  await writeBackup(source, sealed, passphrase)
})
afterEach(async () => {
  await db?.drop()
  db = undefined
  rmSync(at('elsewhere'), { recursive: true, force: true })
})
afterAll(async () => {
  await world.close()
  scratch.remove()
})

async function aPlace() {
  db = await anEmptyDatabase()
  return db
}
const sumsWithout = (sums: Record<string, string>, ...names: string[]) =>
  Object.fromEntries(Object.entries(sums).filter(([name]) => !names.includes(name)))
const refusal = (code: UnusableBackup['code']) => expect.objectContaining({ name: 'UnusableBackup', code })

describe('a backup', { timeout: 120_000 }, () => {
  test('is restored into an empty database row by row, with the same tables, walls, rights and files', async () => {
    const place = await aPlace()
    const before = await stateOf(source.ownerUrl)
    const { seal } = await restoreInto(place, at('elsewhere'), plain)
    const after = await stateOf(place.ownerUrl)
    expect(after.schema).toBe(before.schema)
    // The audit tells of the restore and nobody is signed in any more; all else is the same.
    const changed = ['platform.audit_entry', 'access.session']
    expect(sumsWithout(after.sums, ...changed)).toEqual(sumsWithout(before.sums, ...changed))
    expect(seal).toMatchObject({ files: 1, gaps: [] })
    const { rows } = await withConnection(place.ownerUrl, async (client) => {
      await client.query(`select set_config('mangnon.everywhere', 'yes', false)`)
      return client.query(`select (select count(*) from access.session where ended_at is null) as open,
        (select action from platform.audit_entry order by sequence desc limit 1) as last, (select sha256 from platform.stored_file) as file`)
    })
    expect(rows).toEqual([{ open: 0, last: 'platform.restored', file: expect.any(String) }])
    expect(existsSync(placeOfFile(path.join(at('elsewhere'), 'files'), String(rows[0].file)))).toBe(true)
  })

  test('leaves the second wall standing: the application role sees nothing that it is not told to see', async () => {
    const place = await aPlace()
    await restoreInto(place, at('elsewhere'), plain)
    const seen = await withConnection(place.appUrl, async (client) => {
      const { rows } = await client.query(
        `select (select count(*) from plans.plan) as plans, (select count(*) from platform.audit_entry) as entries`,
      )
      const { rows: owned } = await client.query(`select count(*) from pg_class where relowner = current_user::regrole`)
      return { ...rows[0], owned: owned[0].count }
    })
    expect(seen).toEqual({ plans: 0, entries: 0, owned: 0 })
    await expect(
      withConnection(place.appUrl, (client) => client.query('delete from platform.audit_entry')),
    ).rejects.toThrow('permission denied')
  })

  test('is of one moment, though others write meanwhile', async () => {
    let isOver = false
    const writing = (async () => {
      for (let n = 0; !isOver; n++)
        await world.draft('north', [aTask({}), aTask({})], { header: { title: `Viết cùng lúc ${n}` } })
    })()
    const file = at('meanwhile.tar.gz')
    const { manifest } = await writeBackup(source, file, undefined)
    isOver = true
    await writing
    const rowsOf = (name: string) => manifest.tables.find((table) => table.name === name)?.rows ?? 0
    expect(rowsOf('plan')).toBe(rowsOf('plan_version'))
    await restoreInto(await aPlace(), at('elsewhere'), file) // every foreign key holds
  })

  test('is readable by its owner only, and appears whole or not at all', async () => {
    expect(statSync(plain).mode & 0o777).toBe(0o600)
    const broken = { ...source, ownerUrl: source.ownerUrl.replace(/:\/\/[^@]*@/, '://nobody:wrong@') }
    await expect(writeBackup(broken, at('never.tar.gz'), undefined)).rejects.toThrow()
    expect(existsSync(at('never.tar.gz')) || existsSync(at('never.tar.gz.part'))).toBe(false)
  })

  test('needs no table to be closed for the running server: row security shows every table whole to it', async () => {
    const hidden = await withConnection(source.ownerUrl, async (client) => {
      await client.query('begin')
      await client.query(`select set_config('mangnon.everywhere', 'yes', true)`)
      return listHidden(client)
    })
    expect(hidden.map((table) => `${table.schema}.${table.name}`)).toEqual([])
  })

  test('holds also what row security would hide from the owner, and leaves it hidden', async () => {
    const place = await aPlace()
    await restoreInto(place, at('elsewhere'), plain)
    await withConnection(place.ownerUrl, async (client) => {
      await client.query(`alter table access.session no force row level security`)
      await client.query(
        `drop policy session_own on access.session; create policy session_own on access.session using (person_id = platform.person())`,
      )
      await client.query(`alter table access.session force row level security`)
    })
    const { manifest } = await writeBackup({ ...source, ownerUrl: place.ownerUrl }, at('hidden.tar.gz'), undefined)
    expect(manifest.tables.find((table) => table.name === 'session')?.rows).toBe(1)
    const { rows } = await withConnection(place.ownerUrl, (client) =>
      client.query('select count(*) from access.session'),
    )
    expect(rows).toEqual([{ count: 0 }])
  })

  test('tells which files were missing or damaged already', async () => {
    const sha256 = await world.files.write(Buffer.from('soon damaged'))
    await withConnection(source.ownerUrl, async (client) => {
      await client.query(`select set_config('mangnon.everywhere', 'yes', false)`)
      for (const [id, name] of [
        [1, sha256],
        [2, '0'.repeat(64)],
      ])
        await client.query(
          `insert into platform.stored_file (id, record_kind, record_id, agency_id, name, media_type, size, sha256, person_id, stored_at)
           values ($1, 'test', $1, $1, 'x', 'x/x', 1, $2, $1, now())`,
          [`01a20000-0000-7000-8000-00000000000${id}`, name],
        )
    })
    writeFileSync(placeOfFile(world.home, sha256), 'not what its name says')
    const { seal } = await writeBackup(source, at('gaps.tar.gz'), undefined)
    expect(seal).toMatchObject({ files: 1, gaps: ['0'.repeat(64), sha256].sort() })
  })
})

describe('a restore', { timeout: 180_000 }, () => {
  test('refuses an archive cut off or changed anywhere, and touches nothing', async () => {
    const place = await aPlace()
    await restoreInto(place, at('elsewhere'), plain)
    const before = await stateOf(place.ownerUrl)
    for (const [name, original] of [
      ['plain', plain],
      ['sealed', sealed],
    ] as const) {
      const whole = readFileSync(original)
      const faulty = at(`faulty-${name}`)
      for (const share of [0, 0.1, 0.5, 0.9, 0.999]) {
        writeFileSync(faulty, whole.subarray(0, Math.floor(whole.length * share)))
        await expect(restoreInto(place, at('elsewhere'), faulty, { replace: true, passphrase })).rejects.toBeInstanceOf(
          UnusableBackup,
        )
        const flipped = Buffer.from(whole)
        const place_ = Math.min(whole.length - 1, 20 + Math.floor(whole.length * share))
        flipped[place_] = (flipped[place_] ?? 0) ^ 0x10
        if (share === 0.999) continue // the very end of gzip is its own checksum and the padding
        writeFileSync(faulty, flipped)
        await expect(restoreInto(place, at('elsewhere'), faulty, { replace: true, passphrase })).rejects.toBeInstanceOf(
          UnusableBackup,
        )
      }
    }
    expect(await stateOf(place.ownerUrl)).toEqual(before)
  })

  test('refuses one whose rows were changed and zipped again', async () => {
    const tar = gunzipSync(readFileSync(plain))
    const title = tar.indexOf('Someone')
    expect(title).toBeGreaterThan(0)
    tar.write('Sameone', title)
    writeFileSync(at('forged.tar.gz'), gzipSync(tar))
    await expect(readBackup(at('forged.tar.gz'), undefined)).rejects.toEqual(refusal('damaged'))
  })

  test('refuses a file that is none, a wrong passphrase, a missing one, and another country', async () => {
    const place = await aPlace()
    writeFileSync(at('none'), 'an ordinary letter that is long enough to be looked at, but no archive at all')
    await expect(restoreInto(place, at('elsewhere'), at('none'))).rejects.toEqual(refusal('not-a-backup'))
    await expect(restoreInto(place, at('elsewhere'), sealed)).rejects.toEqual(refusal('passphrase-needed'))
    await expect(restoreInto(place, at('elsewhere'), sealed, { passphrase: 'mười hai con trâu đen' })).rejects.toEqual(
      refusal('passphrase-or-damaged'),
    )
    await expect(restoreInto(place, at('elsewhere'), plain, { country: 'elsewhere' })).rejects.toEqual(
      refusal('other-country'),
    )
  })

  test('opens a sealed one with its passphrase, however its letters are composed', async () => {
    const place = await aPlace()
    await restoreInto(place, at('elsewhere'), sealed, { passphrase: passphrase.normalize('NFD') })
    expect(readFileSync(sealed).includes('manifest.json')).toBe(false)
  })

  test('leaves everything as it was when a sealed archive lost, repeated or exchanged a frame', async () => {
    const whole = readFileSync(sealed)
    const [head, frame] = [39, 64 * 1024 + 16]
    const one = whole.subarray(head, head + frame)
    const two = whole.subarray(head + frame, head + 2 * frame)
    const rest = whole.subarray(head + 2 * frame)
    expect(rest.length).toBeGreaterThan(0)
    const start = whole.subarray(0, head)
    for (const faulty of [
      [start, one, two],
      [start, two, rest],
      [start, one, one, two, rest],
      [start, two, one, rest],
    ]) {
      writeFileSync(at('frames'), Buffer.concat(faulty))
      await expect(readBackup(at('frames'), passphrase)).rejects.toEqual(refusal('passphrase-or-damaged'))
    }
  })

  test('replaces what an instance holds only when told so', async () => {
    const place = await aPlace()
    await restoreInto(place, at('elsewhere'), plain)
    await withConnection(place.ownerUrl, (client) =>
      client.query('create schema later; create table later.note (text text)'),
    )
    await expect(restoreInto(place, at('elsewhere'), plain)).rejects.toEqual(refusal('holds-data'))
    await restoreInto(place, at('elsewhere'), plain, { replace: true })
    expect((await stateOf(place.ownerUrl)).schema).toBe((await stateOf(source.ownerUrl)).schema)
  })

  test('waits for nobody: while the server is connected it is refused', async () => {
    const place = await aPlace()
    await withConnection(place.appUrl, async () => {
      await expect(restoreInto(place, at('elsewhere'), plain)).rejects.toEqual(refusal('still-running'))
    })
  })

  test('that is killed or fails at its last step leaves the database as it was, and no file behind', async () => {
    const place = await aPlace()
    await restoreInto(place, at('elsewhere'), plain)
    const before = await stateOf(place.ownerUrl)
    rmSync(at('elsewhere'), { recursive: true, force: true })
    const failing = restoreInto(place, at('elsewhere'), plain, {
      replace: true,
      afterLoading: async (client) => void (await client.query('select pg_terminate_backend(pg_backend_pid())')),
    })
    await expect(failing).rejects.toThrow()
    expect(await stateOf(place.ownerUrl)).toEqual(before)
    const { rows } = await withConnection(source.ownerUrl, async (client) => {
      await client.query(`select set_config('mangnon.everywhere', 'yes', false)`)
      return client.query(`select sha256 from platform.stored_file where name = 'scan.pdf'`)
    })
    expect(existsSync(placeOfFile(path.join(at('elsewhere'), 'files'), String(rows[0].sha256)))).toBe(false)
  })

  test('runs nothing an archive brings along: a program that does not know its migrations refuses it', async () => {
    const place = await aPlace()
    copyFileSync(plain, at('of-another.tar.gz'))
    await expect(restoreInto(place, at('elsewhere'), at('of-another.tar.gz'), { migrations: [] })).rejects.toEqual(
      refusal('newer'),
    )
  })
})
