import { openDatabase } from '../../src/platform/database/connect.ts'
import { openEmbedded } from '../../src/platform/database/embedded.ts'
import { sql } from 'kysely'

/**
 * Opens the embedded database of a directory and writes numbered rows without end; each number is printed when its
 * row was acknowledged, so whoever kills us knows what must be there.
 */
const [home, first] = process.argv.slice(2)
if (home === undefined) throw new Error('usage: keep-writing.ts HOME [FIRST]')

const connections = await openEmbedded({ home })
const db = openDatabase(connections.ownerUrl, { pool: 1 })
await sql`create table if not exists platform_ledger (n integer primary key)`.execute(db)
console.log('ready')
for (let n = Number(first ?? 0); ; n++) {
  await sql`insert into platform_ledger values (${n})`.execute(db)
  console.log(`kept ${n}`)
}
