import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Reading } from '#documents/model'
import { runReadCommand } from '#documents'
import { pageWith } from '../kit/raw-pdf.ts'
import { documentGrammar as plainGrammar } from '../../countries/testland/documents/index.ts'

describe('the read command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reading-'))
  const run = async (
    name: string,
    bytes: Uint8Array | string | null,
    json: boolean,
  ): Promise<{ code: number; out: string; err: string }> => {
    const file = join(folder, name)
    if (bytes !== null) writeFileSync(file, bytes)
    const said = { out: '', err: '' }
    const code = await runReadCommand(file, { json }, plainGrammar, {
      out: (text) => (said.out += text),
      err: (text) => (said.err += text),
    })
    return { code, ...said }
  }
  const plan = 'PLAN\n\nFor children\n\nI. TASKS\n\n1. Review the list of children at risk.\n'

  test('prints one object that obeys the published shape', async () => {
    const { code, out, err } = await run('plan.txt', plan, true)
    expect([code, err]).toEqual([0, ''])
    expect(Reading.parse(JSON.parse(out))).toMatchObject({
      kind: 'PL',
      title: 'For children',
      tasks: [{ path: 'I.1' }],
    })
  })

  test('prints a summary for a person', async () => {
    const { code, out } = await run('plan.txt', plan, false)
    expect(code).toBe(0)
    expect(out).toContain('Review the list of children at risk.')
    expect(out).toContain('1 task')
  })

  test('reads a PDF and says the page of each task', async () => {
    const lines = ['PLAN', 'For children', 'I. TASKS', '1. Review the list of children at risk.']
    const shown = lines.map((line, at) => `BT /F1 12 Tf 72 ${700 - at * 40} Td (${line}) Tj ET`).join('\n')
    const { code, out, err } = await run('plan.pdf', pageWith(Buffer.from(shown)), false)
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('Review the list of children at risk. (page 1, line 4)')
  })

  test('a PDF of pictures says that it is a scan', async () => {
    const { code, err } = await run('scan.pdf', pageWith(Buffer.from('0 0 100 100 re f')), false)
    expect(code).toBe(2)
    expect(err).toContain('scan')
  })

  test.each([
    ['a type it does not know', 'plan.xyz', plan, 'xyz'],
    ['an empty file', 'empty.txt', '', 'empty'],
    ['a binary file', 'junk.txt', new Uint8Array([0, 1, 2, 3]), 'not a text'],
    ['an archive under a text name', 'plan.txt', new Uint8Array([0x50, 0x4b, 3, 4]), 'not a text'],
    ['a damaged Word file', 'plan.docx', new Uint8Array([0x50, 0x4b, 3, 4]), 'damaged'],
    ['no file at all', 'absent.txt', null, 'absent.txt'],
  ])('refuses %s with exit code 2 and a clear sentence', async (_, name, bytes, words) => {
    const { code, out, err } = await run(name, bytes, true)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(words)
  })
})
