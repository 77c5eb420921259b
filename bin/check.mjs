#!/usr/bin/env node
// Checks everything that needs no test run: types, lint, format, generated files, messages, links, the order of modules.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { ensureInstalled } from './install.mjs'
import { requireNode24, root } from './node24.mjs'

const tool = (...parts) => path.join(root, 'node_modules', ...parts)

const checks = [
  { name: 'types of the server', run: [tool('ts7', 'bin', 'tsc'), '-p', 'tsconfig.json', '--noEmit'] },
  { name: 'types of the browser', run: [tool('ts7', 'bin', 'tsc'), '-p', 'tsconfig.web.json', '--noEmit'] },
  { name: 'lint', run: [tool('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0'] },
  { name: 'format', run: [tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  { name: 'generated files are fresh', run: ['src/cli.ts', 'generate', '--check'] },
  { name: 'messages are complete', run: ['test/check/messages.ts'] },
  { name: 'links in documents', run: ['test/check/links.ts'] },
  { name: 'no dead code', run: ['test/check/dead-code.ts'] },
  {
    name: 'order of modules',
    run: [tool('vitest', 'vitest.mjs'), 'run', '--project', 'unit', 'src/architecture.test.ts', '--reporter=dot'],
    needs: 'src/architecture.test.ts',
  },
]

/** Runs every check and prints a line for each; what a failed one said follows its line. */
export async function runChecks() {
  const count = { passed: 0, failed: 0, skipped: 0, names: [] }
  for (const check of checks) {
    if (check.needs !== undefined && !existsSync(path.join(root, check.needs))) {
      console.log(`- ${check.name}: SKIPPED, no ${check.needs}`)
      count.skipped++
      continue
    }
    const begun = Date.now()
    const { status, output } = await runQuietly(check)
    console.log(`${status === 0 ? '✓' : '✗'} ${check.name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`)
    if (status === 0) count.passed++
    else {
      count.failed++
      count.names.push(check.name)
      console.log(output.trim())
    }
  }
  return count
}

function runQuietly({ run }) {
  return new Promise((resolve) => {
    const child = spawn(requireNode24(), run, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
    child.once('close', (code) => {
      resolve({ status: code ?? 1, output })
    })
  })
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === path.join(root, 'bin', 'check.mjs')) {
  await ensureInstalled()
  const { failed } = await runChecks()
  process.exit(failed > 0 ? 1 : 0)
}
