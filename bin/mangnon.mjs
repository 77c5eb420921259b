#!/usr/bin/env node
// The command `mangnon`: runs src/cli.ts on Node 24. Needs Node 20.19 or later.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { ensureInstalled } from './install.mjs'
import { compiledEnv, requireNode24, root } from './node24.mjs'

/** Left alone, the heap grows to several times of what is alive in it before it is cleared: files of any size go through it. */
const memoryFlags = ['--max-semi-space-size=8', '--heap-growing-percent=50']

await ensureInstalled()
const cli = spawn(requireNode24(), [...memoryFlags, path.join(root, 'src', 'cli.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: compiledEnv,
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => cli.kill(signal))
cli.once('exit', (code) => process.exit(code ?? 1))
