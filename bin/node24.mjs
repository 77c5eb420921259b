import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's root, wherever it lies. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** What a process of the product is told: code compiled once is kept beside the packages, so that each start takes half as long. Where nothing may be written, nothing is kept. */
export const compiledEnv = {
  NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'mangnon'),
  ...process.env,
}

const wanted = 24

/** Path of a Node that runs TypeScript directly: this one, else the one npm installed with the project; else undefined. */
export function findNode24() {
  if (Number(process.versions.node.split('.')[0]) >= wanted) return process.execPath
  const installed = path.join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node')
  return existsSync(installed) ? installed : undefined
}

/** The same, or the end with a clear sentence. */
export function requireNode24() {
  const node = findNode24()
  if (node !== undefined) return node
  console.error(
    `Cần Node.js ${wanted} trở lên; máy này có ${process.versions.node}. Trên Linux x64 hoặc arm64, npm ci sẽ tự cài kèm.\n` +
      `Node.js ${wanted} or later is needed; this machine has ${process.versions.node}. On Linux x64 or arm64, npm ci brings it along.`,
  )
  process.exit(1)
}
