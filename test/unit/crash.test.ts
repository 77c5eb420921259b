import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { crash } from '../../bench/crash/cycles.ts'
import { prepareInstance } from '../../bench/crash/instance.ts'
import { judge } from '../../bench/crash/ledger.ts'
import { scratchDirectory } from '../kit/children.ts'

// The short form of `npm run bench -- crash`: the product as a process of its own on its embedded database.
const scratch = scratchDirectory()
const home = path.join(scratch.path, 'home')
afterAll(() => scratch.remove())

test(
  'kill -9 of the server, of its database and of both under load loses nothing acknowledged and doubles nothing',
  { timeout: 400_000 },
  async () => {
    const officer = await prepareInstance(home, 'testland')
    const env = { MANGNON_DEMO: '0', MANGNON_COUNTRY: 'testland' }
    const { ledger, kills, starts } = await crash({ home, env, writer: () => officer, cycles: 5, clients: 3 })
    expect(ledger.plans.size).toBeGreaterThan(10)
    expect(starts).toBeGreaterThanOrEqual(6)
    expect(Object.values(kills).every((count) => count > 0)).toBe(true)
    expect(await judge(home, ledger)).toEqual({ lost: [], doubled: [], unfinished: [] })

    // The judge itself sees what is missing.
    ledger.plans.set('01a20000-0000-7000-8000-000000000000', 'a plan nobody began')
    ledger.files.set('0'.repeat(64), 'a plan nobody began')
    expect((await judge(home, ledger)).lost).toHaveLength(5)
  },
)
