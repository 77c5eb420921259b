import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { root } from './spoil.ts'
import type { Variant } from './variant.ts'

export type Outcome = { passed: string[]; failed: string[]; seconds: number; said: string }

const Report = z.object({
  testResults: z.array(z.object({ assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })) })),
})

/** Runs the test that must catch a variant, on the product with it or as it is. A file that cannot be loaded has no tests. */
export function runTestOf(variant: Variant, isSpoilt: boolean): Outcome {
  const begun = performance.now()
  const { file, test } = variant.caughtBy
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const chosen = test === '' ? [] : ['-t', test.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')]
  const config = path.join(root, 'test', 'graveyard', 'vitest.config.ts')
  const report = path.join(mkdtempSync(path.join(tmpdir(), 'mangnon-graveyard-')), 'report.json')
  const reporters = ['--reporter=json', `--outputFile=${report}`]
  const run = spawnSync(process.execPath, [vitest, 'run', '--config', config, ...reporters, file, ...chosen], {
    cwd: root,
    encoding: 'utf8',
    env: { ...ownEnvironment(), MANGNON_VARIANT: isSpoilt ? variant.name : '' },
    maxBuffer: 64 * 1024 * 1024,
  })
  const results = existsSync(report) ? Report.parse(JSON.parse(readFileSync(report, 'utf8'))).testResults : []
  rmSync(path.dirname(report), { recursive: true, force: true })
  const named = (status: string) =>
    results.flatMap((one) => one.assertionResults.filter((test) => test.status === status).map((test) => test.fullName))
  const seconds = (performance.now() - begun) / 1000
  return {
    passed: named('passed'),
    failed: named('failed'),
    seconds,
    said: `${run.stdout}\n${run.stderr}`.slice(-3000),
  }
}

/** The environment without what tells a runner inside a runner that it is inside one. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_OPTIONS|TEST$|NODE_ENV)/.test(name)),
  )
}
