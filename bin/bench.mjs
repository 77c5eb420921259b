#!/usr/bin/env node
// `npm run bench -- NAME`: runs bench/NAME.ts on Node 24. Benchmarks are run by hand, never as tests.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { requireNode24, root } from './node24.mjs'

const name = process.argv[2] ?? ''
const folder = path.join(root, 'bench')
const script = path.join(folder, `${name}.ts`)
if (!/^[a-z-]+$/.test(name) || !existsSync(script)) {
  const known = readdirSync(folder).flatMap((file) => (file.endsWith('.ts') ? [file.slice(0, -3)] : []))
  console.error(`npm run bench -- NAME, one of: ${known.join(', ')}`)
  process.exit(2)
}
process.exit(
  spawnSync(requireNode24(), [script, ...process.argv.slice(3)], { cwd: root, stdio: 'inherit' }).status ?? 1,
)
