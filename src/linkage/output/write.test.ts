import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeWhole } from './write.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'mangnon-write-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('who interrupts is heard while a long result is written', async () => {
  const file = path.join(folder, 'long.csv')
  let heard = 0
  const listen = setInterval(() => heard++, 0)
  await writeWhole(
    file,
    Array.from({ length: 40 }, () => 'x'.repeat(1 << 20)),
  )
  clearInterval(listen)
  expect(heard).toBeGreaterThan(10)
  expect(statSync(file).size).toBe(40 << 20)
})
