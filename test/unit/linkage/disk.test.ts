import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { csvOf, makeRegister, registerHeadings } from '../../kit/linkage/register.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'mangnon-disk-'))
afterAll(() => rmSync(folder, { recursive: true }))

const program = path.join(import.meta.dirname, '..', '..', '..', 'src', 'cli.ts')

/** Runs the program where no file may grow over so many blocks of 1,024 bytes: the system takes a part, then refuses, as a full disk does. */
function runOnFullDisk(blocks: number, out: string) {
  const limited = `trap '' XFSZ; ulimit -f ${blocks}; exec "$@"`
  const words = ['linkage', 'dedupe', path.join(folder, 'list.csv'), '--out', out, '--language', 'en']
  return spawnSync('bash', ['-c', limited, 'bash', process.execPath, program, ...words], { encoding: 'utf8' })
}

describe.skipIf(spawnSync('bash', ['-c', 'ulimit -f 8']).status !== 0)('a disk that is full', () => {
  const rows: string[] = [registerHeadings]
  makeRegister(3000, 31, (line) => rows.push(csvOf(line)))
  writeFileSync(path.join(folder, 'list.csv'), `${rows.join('\n')}\n`)

  test.each([
    ['for what is kept on the way', 1],
    ['for the pairs', 8],
  ])(
    '%s is told in a sentence, and no half of a result stays',
    (_what, blocks) => {
      const out = path.join(folder, `pairs-${blocks}.csv`)
      const { status, stderr } = runOnFullDisk(blocks, out)
      expect([status, stderr.includes('could not be written')]).toEqual([2, true])
      const left = readdirSync(folder).filter((name) => name.startsWith(path.basename(out)) && !name.endsWith('.work'))
      expect(left).toEqual([])
    },
    60_000,
  )
})
