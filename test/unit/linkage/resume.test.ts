import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csvOf, makeRegister, registerHeadings } from '../../kit/linkage/register.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'mangnon-resume-'))
afterAll(() => rmSync(folder, { recursive: true }))

const list = path.join(folder, 'list.csv')
const config = path.join(folder, 'config.json')
const program = path.join(import.meta.dirname, '..', '..', '..', 'src', 'cli.ts')

beforeAll(() => {
  const rows: string[] = [registerHeadings]
  makeRegister(60_000, 19, (line) => rows.push(csvOf(line)))
  writeFileSync(list, `${rows.join('\n')}\n`)
  writeFileSync(config, JSON.stringify({ threads: 1 }))
})

type Ended = { code: number | null; said: string }

/** Runs the program; `stop` is sent to it once so many parts are there. */
function run(out: string, more: string[], stop?: { signal: NodeJS.Signals; parts: number }): Promise<Ended> {
  const words = ['linkage', 'dedupe', list, '--config', config, '--out', out, '--language', 'en', ...more]
  const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (text: Buffer) => (said += text.toString()))
  const watch = setInterval(() => {
    if (stop && !child.killed && partsOf(out).length >= stop.parts) child.kill(stop.signal)
  }, 2)
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearInterval(watch)
      resolve({ code, said })
    })
  })
}

function partsOf(out: string): string[] {
  return existsSync(`${out}.work`) ? readdirSync(`${out}.work`).filter((name) => name.endsWith('.pairs')) : []
}

describe('a run that is interrupted', () => {
  test.each<[NodeJS.Signals, number | null]>([
    ['SIGINT', 130],
    ['SIGKILL', null],
  ])(
    'by %s leaves no result, goes on from its parts and ends as if nothing had been',
    async (signal, code) => {
      const [whole, broken] = [path.join(folder, `whole-${signal}.csv`), path.join(folder, `broken-${signal}.csv`)]
      expect((await run(whole, [])).code).toBe(0)
      const stopped = await run(broken, [], { signal, parts: 3 })
      expect(stopped.code).toBe(code)
      if (code !== null) expect(stopped.said).toContain('--resume')
      expect(existsSync(broken)).toBe(false)
      const [first] = partsOf(broken)
      expect(partsOf(broken).length).toBeGreaterThanOrEqual(3)
      // A part that is not whole, as a full disk may leave it, is worked out again.
      if (first) truncateSync(path.join(`${broken}.work`, first), 20)
      const resumed = await run(broken, ['--resume'])
      expect([resumed.code, resumed.said.includes('Going on with')]).toEqual([0, true])
      expect(readFileSync(broken, 'utf8')).toBe(readFileSync(whole, 'utf8'))
      expect([existsSync(`${broken}.work`), existsSync(`${whole}.work`)]).toEqual([false, false])
    },
    120_000,
  )

  test('is not gone on with when the list has changed since', async () => {
    const out = path.join(folder, 'changed.csv')
    await run(out, [], { signal: 'SIGKILL', parts: 2 })
    expect(partsOf(out).length).toBeGreaterThan(0)
    writeFileSync(list, readFileSync(list, 'utf8').replace(/\n$/, '\nTE99999999,Nguyễn Văn Mới,01/02/2015,Nam,,,\n'))
    const { code, said } = await run(out, ['--resume'])
    expect([code, said.includes('from the beginning')]).toEqual([0, true])
  }, 120_000)
})
