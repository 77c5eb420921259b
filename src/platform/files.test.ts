import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openFileStore, sweepReceived, type FileStore } from './files.ts'

let home = ''
let files: FileStore
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'mangnon-files ắ-'))
  files = openFileStore(path.join(home, 'not', 'yet'))
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

const all = () =>
  existsSync(home) ? readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()) : []
const placeOf = (sha: string) => path.join(home, 'not', 'yet', sha.slice(0, 2), sha)

describe('bytes kept by what they are', () => {
  test('come back as they were, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
        const sha = await files.write(bytes)
        expect(sha).toBe(createHash('sha256').update(bytes).digest('hex'))
        expect(new Uint8Array(await files.read(sha))).toEqual(bytes)
      }),
      { numRuns: 30 },
    )
  })

  test('are kept once, also when written many times at once, and leave no half-written file', async () => {
    const bytes = Buffer.from('én gang')
    const before = all().length
    const written = await Promise.all(Array.from({ length: 10 }, () => files.write(bytes)))
    expect(new Set(written).size).toBe(1)
    expect(all().length).toBe(before + 1)
    expect(all().every((entry) => /^[0-9a-f]{64}$/.test(entry.name))).toBe(true)
  })

  test('are readable by the product’s own account only', async () => {
    const sha = await files.write(Buffer.from('hemmelig'))
    expect((statSync(placeOf(sha)).mode & 0o777).toString(8)).toBe('600')
    expect((statSync(path.dirname(placeOf(sha))).mode & 0o777).toString(8)).toBe('700')
  })

  test('that were changed on the disk are not handed out', async () => {
    const sha = await files.write(Buffer.from('ekte'))
    writeFileSync(placeOf(sha), 'falsk')
    await expect(files.read(sha)).rejects.toMatchObject({ code: 'platform.file-damaged', kind: 'unavailable' })
  })

  test('that were damaged are made whole by the same bytes laid again', async () => {
    const bytes = Buffer.from('ekte igjen')
    const sha = await files.write(bytes)
    writeFileSync(placeOf(sha), 'falsk')
    await files.write(bytes)
    expect(readFileSync(placeOf(sha))).toEqual(bytes)
  })

  test('that are gone are said to be gone', async () => {
    const sha = await files.write(Buffer.from('borte'))
    rmSync(placeOf(sha))
    await expect(files.read(sha)).rejects.toMatchObject({ code: 'platform.file-missing', kind: 'unavailable' })
  })

  test('that come in pieces are the same file, and are read from any place on', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 20 }),
        fc.nat(100),
        async (pieces, start) => {
          const whole = Buffer.concat(pieces)
          const received = await files.receive(Readable.from(pieces), 10_000)
          expect(received).toEqual({ sha256: await files.write(whole), size: whole.length })
          const from = Math.min(start, whole.length)
          const read = await (await files.open(received.sha256, from)).toArray()
          expect(Buffer.concat(read)).toEqual(whole.subarray(from))
        },
      ),
      { numRuns: 30 },
    )
  })

  test('that came before stay where they are; what was damaged is received anew', async () => {
    const bytes = Buffer.from('motteken')
    const receive = () => files.receive(Readable.from([bytes]), 100)
    const { sha256 } = await receive()
    const [before, { ino }] = [all().length, statSync(placeOf(sha256))]
    expect(await receive()).toEqual({ sha256, size: bytes.length })
    expect([all().length, statSync(placeOf(sha256)).ino]).toEqual([before, ino])
    writeFileSync(placeOf(sha256), 'falsk')
    await receive()
    expect([all().length, readFileSync(placeOf(sha256))]).toEqual([before, bytes])
  })

  test.skipIf(process.platform === 'win32')('that the disk takes only in part are not taken for whole', async () => {
    const store = path.join(home, 'narrow')
    const script = `
      import { openFileStore } from ${JSON.stringify(pathToFileURL(path.join(import.meta.dirname, 'files.ts')).href)}
      async function* pieces() { yield new Uint8Array(1_000_000) }
      await openFileStore(${JSON.stringify(store)}).receive(pieces(), 2_000_000).then(
        () => console.log('received'),
        (fault) => console.log(fault.code),
      )`
    // The system then writes what still fits and says how much: the next byte fails.
    const run = await promisify(execFile)('sh', ['-c', 'ulimit -f 64 && exec "$0" --input-type=module -e "$1"', process.execPath, script]) // prettier-ignore
    expect([run.stdout.trim(), readdirSync(store)]).toEqual(['EFBIG', []])
  })

  test('that were coming in when the program stopped are swept at its next start; what is coming in is left', async () => {
    const store = path.join(home, 'swept')
    expect(await sweepReceived(store)).toBe(0)
    const { sha256 } = await openFileStore(store).receive(Readable.from([Buffer.from('heil')]), 100)
    for (const name of ['receiving.old', 'receiving.new']) writeFileSync(path.join(store, name), 'halv')
    const anHourAgo = new Date(Date.now() - 3_600_000)
    utimesSync(path.join(store, 'receiving.old'), anHourAgo, anHourAgo)
    expect(await sweepReceived(store)).toBe(1)
    expect(readdirSync(store).toSorted()).toEqual([sha256.slice(0, 2), 'receiving.new'].toSorted())
  })

  test('that are more than allowed, or break off, leave nothing behind', async () => {
    const before = all().length
    await expect(files.receive(Readable.from([Buffer.alloc(60), Buffer.alloc(60)]), 100)).rejects.toMatchObject({
      code: 'platform.too-large',
    })
    async function* breaking() {
      yield Buffer.alloc(50)
      await Promise.resolve()
      throw new Error('gone')
    }
    await expect(files.receive(breaking(), 100)).rejects.toThrow('gone')
    expect(all().length).toBe(before)
    await expect(files.open('0'.repeat(64), 0)).rejects.toMatchObject({ code: 'platform.file-missing' })
  })
})
