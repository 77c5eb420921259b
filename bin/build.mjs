import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { requireNode24, root } from './node24.mjs'
import { run } from './run.mjs'
import { inTurn } from './turn.mjs'

const built = path.join(root, 'dist', 'web')
const stampFile = path.join(built, '.mangnon-built')

/** Builds the browser's part when its sources are others than those of the last build. Ends the process on failure. */
export async function ensureBuilt() {
  if (!existsSync(path.join(root, 'web', 'index.html')) || isBuilt()) return
  await inTurn(async (keep) => {
    if (isBuilt()) return
    console.log('Đang dựng giao diện… · Building the web pages…')
    const begun = Date.now()
    const sources = hashOfSources() // before: what changes meanwhile is built next time
    const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js')
    const status = await run(requireNode24(), [vite, 'build', '--logLevel', 'warn'], { cwd: root, onStart: keep })
    if (status !== 0) {
      console.error('Không dựng được giao diện. · The web pages could not be built.')
      process.exit(1)
    }
    writeFileSync(stampFile, sources)
    console.log(`Đã dựng xong · Built (${((Date.now() - begun) / 1000).toFixed(1)} s)`)
  })
}

function isBuilt() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hashOfSources()
}

/** All of `web/`, and what it takes from `src/`: models and messages. */
function hashOfSources() {
  const hash = createHash('sha256')
  const files = [
    ...filesOf('web', () => true),
    ...filesOf('src', (file) => /(^|[\\/])(model\.ts|model[\\/].*\.ts|messages[\\/][^\\/]+\.json)$/.test(file)),
    ...['vite.config.ts', 'tsconfig.web.json', 'package-lock.json'].filter((file) => existsSync(path.join(root, file))),
  ]
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(path.join(root, file)))
  return hash.digest('hex')
}

function filesOf(folder, wanted) {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
    .filter(wanted)
}
