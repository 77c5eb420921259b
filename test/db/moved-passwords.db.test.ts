import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anEmptyDatabase } from '../kit/database.ts'
import { root } from '../kit/children.ts'
import { withConnection } from '../../src/platform/database/connect.ts'
import { migrate, readMigrations } from '../../src/platform/database/migrate.ts'
import { newId } from '#platform'
import { hashByRecipe, hashPassword } from '../../src/access/secrets.ts'

let database: Awaited<ReturnType<typeof anEmptyDatabase>>
beforeAll(async () => {
  database = await anEmptyDatabase()
})
afterAll(() => database.drop())

test('a password kept in the row of its person before still opens the door afterwards', async () => {
  const migrations = readMigrations(path.join(root, 'db', 'migrations'))
  const [joined, invited] = [newId(), newId()]
  const hash = await hashPassword('bốn con trâu đen')
  const begin = `begin; select set_config('mangnon.everywhere', 'yes', true)`
  await migrate(
    database.ownerUrl,
    migrations.filter((one) => one.number < 23),
  )
  await withConnection(database.ownerUrl, async (client) => {
    await client.query(begin)
    await client.query(
      `insert into access.person (id, login, name, search_key, language, password_hash, state, created_at)
       values ($1, 'lan', 'Lan', 'lan', 'vi', $3, 'active', now()), ($2, 'moi', 'Mới', 'moi', 'vi', null, 'invited', now())`,
      [joined, invited, hash],
    )
    await client.query('commit')
  })
  await migrate(database.ownerUrl, migrations)
  await withConnection(database.appUrl, async (client) => {
    await client.query(begin)
    const { rows } = await client.query<{ login: string; recipe: string | null; hasJoined: boolean }>(
      `select login, access.password_recipe(id) as recipe, has_joined as "hasJoined" from access.person order by login`,
    )
    expect(rows).toEqual([
      { login: 'lan', recipe: hash.slice(0, hash.lastIndexOf('$') + 1), hasJoined: true },
      { login: 'moi', recipe: null, hasJoined: false },
    ])
    const hashed = await hashByRecipe('bốn con trâu đen', rows[0]?.recipe ?? '')
    const answer = await client.query('select access.is_password($1, $2) as right', [joined, hashed])
    expect(answer.rows).toEqual([{ right: true }])
    await client.query('rollback')
  })
})
