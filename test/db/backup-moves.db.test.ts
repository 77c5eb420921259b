import path from 'node:path'
import { afterAll, afterEach, expect, inject, test } from 'vitest'
import { writeBackup } from '../../src/platform/backup/write.ts'
import { withConnection } from '../../src/platform/database/connect.ts'
import { openEmbedded } from '../../src/platform/database/embedded.ts'
import { aFilledWorld, restoreInto, stateOf } from '../kit/backups.ts'
import { scratchDirectory } from '../kit/children.ts'
import { anEmptyDatabase } from '../kit/database.ts'

// From the server of this run (PostgreSQL of this system: 15; else 18) into an embedded data directory (18) and back.
const scratch = scratchDirectory()
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
afterAll(() => scratch.remove())

async function versionOf(url: string): Promise<number> {
  return withConnection(url, async (client) => {
    const { rows } = await client.query<{ major: number }>(
      `select current_setting('server_version_num')::integer / 10000 as major`,
    )
    return rows[0]?.major ?? 0
  })
}

test(
  'an instance moves from an outside server to the embedded one and back, row by row, whatever their versions',
  { timeout: 240_000 },
  async () => {
    const world = await aFilledWorld()
    closing.push(() => world.close())
    const there = path.join(scratch.path, 'there.tar.gz')
    const { manifest } = await writeBackup(world.source(path.join(scratch.path, 'from')), there, undefined)
    expect(Math.floor(manifest.database / 10_000)).toBe(await versionOf(inject('testServer').adminUrl))

    const home = path.join(scratch.path, 'embedded')
    const embedded = await openEmbedded({ home })
    closing.push(() => embedded.stop())
    expect(await versionOf(embedded.ownerUrl)).toBe(18)
    await restoreInto(embedded, home, there)
    const moved = await stateOf(embedded.ownerUrl)

    const back = path.join(scratch.path, 'back.tar.gz')
    const source = { ownerUrl: embedded.ownerUrl, home, country: 'testland', version: '0', now: new Date() }
    const { seal } = await writeBackup(source, back, 'mười hai con trâu trắng')
    expect(seal).toMatchObject({ files: 1, gaps: [] })
    const place = await anEmptyDatabase()
    closing.push(() => place.drop())
    await restoreInto(place, path.join(scratch.path, 'to'), back, { passphrase: 'mười hai con trâu trắng' })

    const returned = await stateOf(place.ownerUrl)
    expect(returned.schema).toBe((await stateOf(world.land.ownerUrl)).schema)
    const { 'platform.audit_entry': _, ...sums } = returned.sums
    const { 'platform.audit_entry': __, ...before } = moved.sums
    expect(sums).toEqual(before)
  },
)
