#!/usr/bin/env node
// Starts Măng Non: installs and builds what is missing, then runs the server on Node 24. Needs Node 20.19 or later.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { compiledEnv, requireNode24, root } from './node24.mjs'

/** A small young memory is cleared in 1 to 2 ms, not in 7: what a hundredth of all requests waited for. */
const serverFlags = JSON.parse(readFileSync(path.join(root, 'bin', 'server-flags.json'), 'utf8'))

const isDevelopment = process.argv.includes('--dev')

await ensureInstalled()
if (!isDevelopment) await ensureBuilt()
const node = requireNode24()

const watching = isDevelopment
  ? ['--watch-path', path.join(root, 'src'), '--watch-path', path.join(root, 'countries')]
  : []
/** The server's status when its embedded database was killed: it is started again, and the database with it. */
const databaseGone = 75
let server = startServer()
let isStopping = false
const pages = isDevelopment
  ? spawn(node, [path.join(root, 'node_modules', 'vite', 'bin', 'vite.js')], {
      cwd: root,
      stdio: 'inherit',
      env: { MANGNON_DEV_SERVER: `http://127.0.0.1:${process.env.PORT || 8080}`, ...process.env },
    })
  : undefined

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    isStopping = true
    server.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal)
    pages?.kill()
  })

/** When it was started again: a database that ends again and again is no matter of starting. */
let restarts = []
const mostRestarts = 5

function startServer() {
  const child = spawn(node, [...serverFlags, ...watching, path.join(root, 'src', 'main.ts')], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: compiledEnv,
  })
  child.once('exit', (code) => {
    restarts = restarts.filter((at) => Date.now() - at < 60_000)
    if (code === databaseGone && !isStopping && restarts.length < mostRestarts) {
      restarts.push(Date.now())
      console.error('Cơ sở dữ liệu ngừng đột ngột, đang khởi động lại… · The database ended, starting again…')
      server = startServer()
      return
    }
    pages?.kill()
    process.exit(code ?? 1)
  })
  return child
}

// When npm, which started us, is killed outright, nobody would end the server any more.
if (process.env.npm_lifecycle_event !== undefined) {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) server.kill('SIGTERM')
  }, 1000).unref()
}
