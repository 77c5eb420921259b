import { migrate, readMigrations } from '../../src/platform/database/migrate.ts'

/** Migrates a database from a directory; for tests that kill the program meanwhile. */
const [url, directory] = process.argv.slice(2)
if (url === undefined || directory === undefined) throw new Error('usage: migrate-slowly.ts URL DIRECTORY')
console.log('migrating')
await migrate(url, readMigrations(directory), (migration) => console.log(`applied ${migration.name}`))
console.log('done')
