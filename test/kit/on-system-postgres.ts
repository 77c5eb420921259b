import { spawn } from 'node:child_process'
import { findSystemPostgres, startSystemPostgres } from './system-postgres.ts'

/**
 * Runs the given program with MANGNON_TEST_DATABASE_URL leading to the machine's own PostgreSQL, started for it alone.
 * Exit status 77 = there is none.
 */
const [command, ...parameters] = process.argv.slice(2)
const bin = findSystemPostgres()
if (command === undefined) throw new Error('usage: on-system-postgres.ts PROGRAM [PARAMETERS]')
if (bin === undefined) process.exit(77)

console.log(`PostgreSQL: ${bin}`)
const server = await startSystemPostgres(bin)
const status = await new Promise<number>((resolve) => {
  const child = spawn(command, parameters, {
    stdio: 'inherit',
    env: { ...process.env, MANGNON_TEST_DATABASE_URL: server.url },
  })
  child.once('error', (error) => {
    console.error(error.message)
    resolve(1)
  })
  child.once('exit', (code) => resolve(code ?? 1))
})
await server.stop()
process.exit(status)
