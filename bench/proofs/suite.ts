import { spawnSync } from 'node:child_process'
import path from 'node:path'

/** Runs one test file on a database of its own, larger than the tests do; its outcome is the exit status. */
export function runDatabaseTest(file: string, env: Record<string, string>): void {
  const root = path.resolve(import.meta.dirname, '..', '..')
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const run = spawnSync(process.execPath, [vitest, 'run', '--project', 'db', file], {
    ...{ cwd: root, stdio: 'inherit' },
    env: { ...process.env, ...env },
  })
  process.exitCode = run.status ?? 1
}
