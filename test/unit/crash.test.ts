import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { crash } from '../../bench/crash/cycles.ts'
import { prepareInstance } from '../../bench/crash/instance.ts'
import { judge } from '../../bench/crash/judge.ts'
import { scratchDirectory } from '../kit/children.ts'

// The short form of `npm run bench -- crash`: the product as a process of its own on its embedded database.
const scratch = scratchDirectory()
const home = path.join(scratch.path, 'home')
afterAll(() => scratch.remove())

test(
  'kill -9 of the server, of its database and of both under load loses nothing acknowledged and doubles nothing',
  { timeout: 900_000 },
  async () => {
    const team = await prepareInstance(home, 'testland')
    const env = { MANGNON_DEMO: '0', MANGNON_COUNTRY: 'testland' }
    const { ledger, kills, starts } = await crash({ home, env, team, cycles: 6, clients: 3 })
    expect(ledger.plans.size).toBeGreaterThan(1)
    expect(ledger.updates.size).toBeGreaterThan(0)
    expect(starts).toBeGreaterThanOrEqual(6)
    expect(Object.values(kills).every((count) => count > 0)).toBe(true)
    expect(await judge(home, ledger)).toEqual({ lost: [], doubled: [], unfinished: [] })

    // The judge itself sees what is missing, what is other than acknowledged, and what is told of nothing.
    const [[id, plan] = ['', undefined]] = ledger.plans
    const none = '01a20000-0000-7000-8000-000000000000'
    ledger.plans.set(none, { title: 'a plan nobody began', text: '', isIssued: false, sha256: null })
    ledger.files.set('0'.repeat(64), none)
    if (plan) plan.text = 'something else'
    ledger.entries.delete(`plans.draft-begun ${id}`)
    const verdict = await judge(home, ledger)
    expect([verdict.lost.length, verdict.doubled.length, verdict.unfinished.length]).toEqual([4, 1, 0])
  },
)
