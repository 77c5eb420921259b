import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, withConnection } from '../../src/platform/database/connect.ts'
import { canReach } from '../../src/platform/database/embedded/account.ts'
import { livingServerProcesses } from '../../src/platform/database/embedded/processes.ts'
import { openEmbedded } from '../../src/platform/database/embedded.ts'
import { HomeInUse } from '../../src/platform/database/home-lock.ts'
import { readFacts } from '../../src/platform/start/facts.ts'
import { root, scratchDirectory, startChild } from '../kit/children.ts'

const scratch = scratchDirectory()
const home = path.join(scratch.path, 'home')
const writer = path.join(root, 'test', 'kit', 'keep-writing.ts')

beforeAll(() => {
  chmodSync(scratch.path, 0o755)
  process.env.TMPDIR = scratch.path // short directories of closed places go with the rest
})
afterAll(() => scratch.remove())

function postmasterOf(directory: string): number {
  return Number(readFileSync(path.join(directory, 'pgdata', 'postmaster.pid'), 'utf8').split('\n')[0])
}

function clusterOf(directory: string): string {
  const secrets: unknown = JSON.parse(readFileSync(path.join(directory, 'secrets.json'), 'utf8'))
  return typeof secrets === 'object' && secrets !== null && 'instance' in secrets ? `mangnon.${secrets.instance}` : ''
}

async function rowsIn(directory: string): Promise<Set<number>> {
  const connections = await openEmbedded({ home: directory })
  const db = openDatabase(connections.ownerUrl)
  const { rows } = await sql<{ n: number }>`select n from platform_ledger`.execute(db)
  await db.destroy()
  await connections.stop()
  return new Set(rows.map((row) => row.n))
}

function keptBy(output: string): number[] {
  return [...output.matchAll(/^kept (\d+)$/gm)].map((match) => Number(match[1]))
}

describe('the embedded database', { timeout: 120_000 }, () => {
  test('starts durable, private, and with an application role that row security holds for', async () => {
    const connections = await openEmbedded({ home })
    const facts = await readFacts(connections, home)
    expect(facts.durability).toEqual({
      fsync: 'on',
      synchronousCommit: 'on',
      fullPageWrites: 'on',
      dataChecksums: 'on',
    })
    expect(facts.app).toEqual({ superuser: false, bypassesRowSecurity: false, ownsObjects: false, createsRoles: false })
    expect(facts.owner.superuser).toBe(false)
    expect(facts.homeMode & 0o066).toBe(0)
    expect(statSync(path.join(home, 'secrets.json')).mode & 0o777).toBe(0o600)
    const listens = await withConnection(connections.appUrl, (client) => client.query('show listen_addresses'))
    expect(listens.rows).toEqual([{ listen_addresses: '' }])
    await connections.stop()
    expect(livingServerProcesses(clusterOf(home))).toEqual([])
  })

  test('a second start on the same directory says so in two languages and stops', async () => {
    const connections = await openEmbedded({ home })
    await expect(openEmbedded({ home })).rejects.toThrow(HomeInUse)
    const other = startChild([writer, home])
    expect(await other.ended).not.toBe(0)
    expect(other.output()).toMatch(/đang chạy[^]*already running/)
    const beside = await openEmbedded({ home, besideRunning: true })
    await beside.stop() // leaves the server to whom it belongs
    await withConnection(connections.appUrl, (client) => client.query('select 1'))
    await connections.stop()
  })

  test('rows it acknowledged survive kill -9 of the program, of the server, and of both', async () => {
    const kept: number[] = []
    const victims: ('program' | 'server' | 'both')[] = ['program', 'server', 'both', 'server', 'program', 'both']
    for (const victim of victims) {
      const child = startChild([writer, home, String((kept.at(-1) ?? -1) + 1 + 1000)])
      await child.says(/kept \d+\nkept \d+\nkept \d+/)
      if (victim !== 'program') process.kill(postmasterOf(home), 'SIGKILL')
      await child.kill('SIGKILL')
      kept.push(...keptBy(child.output()))
      const found = await rowsIn(home)
      expect(kept.filter((n) => !found.has(n))).toEqual([])
    }
    expect(kept.length).toBeGreaterThanOrEqual(victims.length * 3)
  })

  test('a stale pid file that names a living stranger does not stop it', async () => {
    const file = path.join(home, 'pgdata', 'postmaster.pid')
    writeFileSync(file, `${process.pid}\n${path.join(home, 'pgdata')}\n0\n5432\n\n\n`)
    if (process.getuid?.() === 0)
      chownSync(file, statSync(path.join(home, 'pgdata')).uid, statSync(path.join(home, 'pgdata')).gid)
    const connections = await openEmbedded({ home })
    await connections.stop()
  })

  test('a first start killed while it made the files is begun again', async () => {
    const unfinished = path.join(scratch.path, 'unfinished')
    mkdirSync(path.join(unfinished, 'pgdata.new', 'base'), { recursive: true })
    writeFileSync(path.join(unfinished, 'pgdata.new', 'PG_VERSION'), '18\n')
    const connections = await openEmbedded({ home: unfinished })
    await withConnection(connections.appUrl, (client) => client.query('select 1'))
    await connections.stop()
    expect(existsSync(path.join(unfinished, 'pgdata.new'))).toBe(false)
  })

  test('a deep path with spaces and Vietnamese letters is no obstacle', async () => {
    const deep = path.join(
      scratch.path,
      'Ủy ban nhân dân tỉnh',
      'Kế hoạch vì trẻ em giai đoạn tới',
      'Măng Non',
      '.mangnon',
    )
    for (const start of ['first', 'second']) {
      const connections = await openEmbedded({ home: deep })
      const { rows } = await withConnection(connections.appUrl, (client) => client.query(`select '${start}' as start`))
      expect(rows).toEqual([{ start }])
      await connections.stop()
    }
  })

  test.skipIf(process.getuid?.() !== 0)('root may keep the data where no other account can pass', async () => {
    const closed = path.join(scratch.path, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    const inside = path.join(closed, 'home')
    for (let start = 0; start < 2; start++) {
      const connections = await openEmbedded({ home: inside })
      expect(statSync(path.join(inside, 'pgdata')).uid).not.toBe(0)
      await withConnection(connections.ownerUrl, (client) => client.query(`create table t${start} (n integer)`))
      await connections.stop()
    }
  })

  const nobody = { uid: 65_534, gid: 65_534, name: 'nobody' }
  const nobodyCanTry =
    process.getuid?.() === 0 && canReach(nobody, root) && canReach(nobody, path.dirname(process.execPath))
  test.skipIf(!nobodyCanTry)('an ordinary user starts it as well', async () => {
    const own = path.join(scratch.path, 'nobody')
    mkdirSync(own)
    chownSync(own, nobody.uid, nobody.gid)
    const child = startChild([writer, path.join(own, 'home')], { uid: nobody.uid, gid: nobody.gid, cwd: '/' })
    await child.says(/kept 3\b/)
    expect(statSync(path.join(own, 'home', 'pgdata')).uid).toBe(nobody.uid)
    await child.kill('SIGKILL')
    const again = startChild([writer, path.join(own, 'home'), '1000000'], {
      uid: nobody.uid,
      gid: nobody.gid,
      cwd: '/',
    })
    await again.says('kept 1000003')
    const postmaster = postmasterOf(path.join(own, 'home'))
    await again.kill('SIGKILL')
    process.kill(postmaster, 'SIGINT')
    await expect.poll(() => livingServerProcesses(clusterOf(path.join(own, 'home'))), { timeout: 20_000 }).toEqual([])
  })
})
