import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { isAtWork, runApart } from '#platform'
import { readApart, readingBounds } from './import/read-apart.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'apart-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const grammar = new URL('../../countries/testland/documents/index.ts', import.meta.url).href

function workerOf(code: string): URL {
  const file = path.join(folder, `w${code.length}.mjs`)
  writeFileSync(file, `import { parentPort, workerData } from 'node:worker_threads'\n${code}`)
  return pathToFileURL(file)
}

describe('work apart from the server', () => {
  it('that never ends is stopped at its time', async () => {
    const endless = workerOf('for (;;) {}')
    await expect(runApart(endless, null, { memoryMb: 64, timeoutMs: 300 })).rejects.toMatchObject({ limit: 'time' })
  })

  it('that takes all memory ends alone', { timeout: 30_000 }, async () => {
    const greedy = workerOf('const all = []; for (;;) all.push(Array.from({ length: 100_000 }, () => ({})))')
    const found = runApart(greedy, null, { memoryMb: 32, timeoutMs: 25_000 })
    await expect(found).rejects.toMatchObject({ limit: 'memory' })
  })

  it('is stopped by its signal, and the next work goes on', async () => {
    const stop = new AbortController()
    const waiting = runApart(
      workerOf('setInterval(() => {}, 1000)'),
      null,
      { memoryMb: 64, timeoutMs: 9000 },
      stop.signal,
    )
    setTimeout(() => stop.abort(new Error('asked to stop')), 100)
    await expect(waiting).rejects.toThrow('asked to stop')
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) => runApart(workerOf('parentPort.postMessage({ value: workerData })'), n, { memoryMb: 64, timeoutMs: 9000 })), // prettier-ignore
    )
    expect(answers).toEqual([1, 2, 3, 4].map((value) => ({ value })))
  })

  it('waits for its turn in a short line only, and not for long: whoever asks may hold a connection to the database', async () => {
    const sleeping = workerOf('setTimeout(() => parentPort.postMessage({ value: "slept" }), 1500)')
    const bounds = { memoryMb: 64, timeoutMs: 20_000 }
    const running = [1, 2].map(() => runApart(sleeping, null, bounds))
    expect(isAtWork()).toBe(true)
    const stop = new AbortController()
    const stopped = runApart(sleeping, null, bounds, stop.signal)
    const impatient = runApart(sleeping, null, { ...bounds, waitMs: 50 })
    const patient = runApart(sleeping, null, bounds)
    const oneTooMany = runApart(sleeping, null, bounds)
    let hasWaited = false
    const ended = Promise.all(running).then(() => (hasWaited = true))
    stop.abort(new Error('asked to stop'))
    await expect(oneTooMany).rejects.toMatchObject({ kind: 'unavailable', code: 'platform.busy' })
    await expect(stopped).rejects.toThrow('asked to stop')
    await expect(impatient).rejects.toMatchObject({ kind: 'unavailable', code: 'platform.busy' })
    expect(hasWaited).toBe(false)
    await ended
    expect(await Promise.all([...running, patient])).toEqual(Array.from({ length: 3 }, () => ({ value: 'slept' })))
    expect(isAtWork()).toBe(false)
  })

  it('a document is read as in the server itself, and one that is none is refused by its code', async () => {
    const text = 'REPUBLIC OF TESTLAND\n\nPLAN\n\nTrees\n\n1. Purpose\n\nShade for all.\n'
    const read = await readApart(
      { fileName: 'a.txt', bytes: new TextEncoder().encode(text) },
      grammar,
      readingBounds.atOnce,
    )
    expect([read.reading.kind, read.prose.map((part) => part.part)]).toEqual(['PL', ['purpose', 'purposes']])
    const refused = readApart({ fileName: 'a.xyz', bytes: new Uint8Array([1]) }, grammar, readingBounds.atOnce)
    await expect(refused).rejects.toMatchObject({ code: 'documents.unreadable.unsupported-type' })
  })

  it('a document that takes too long is refused in plain words', async () => {
    const bytes = new TextEncoder().encode('a '.repeat(50_000))
    const refused = readApart({ fileName: 'a.txt', bytes }, grammar, { memoryMb: 384, timeoutMs: 1 })
    await expect(refused).rejects.toMatchObject({ kind: 'invalid', code: 'documents.unreadable.too-long' })
  })
})
