import { sql } from 'kysely'
import type { Context } from '#platform'
import { hashByRecipe, hashPassword, newRecipe } from './secrets.ts'

const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * Whether this is the password of a person: the actor's own, or anyone's within `asEverywhere`. The kept hash never
 * leaves the database: its cost and salt come out, the try hashed in the same way goes in, the answer is yes or no.
 * Without a person, or without a password, the same work is done and the answer is no.
 * @source security.md B6; docs/adr 0003, addendum
 */
export async function isPasswordOf(ctx: Context, personId: string | null, password: string): Promise<boolean> {
  const id = personId ?? nobody
  const { rows } = await sql<{ recipe: string | null }>`select access.password_recipe(${id}::uuid) as recipe`.execute(
    ctx.db,
  )
  const hashed = await hashByRecipe(password, rows[0]?.recipe ?? newRecipe())
  const answer = await sql<{ isRight: boolean }>`select access.is_password(${id}::uuid, ${hashed}) as is_right`.execute(
    ctx.db,
  )
  return answer.rows[0]?.isRight === true
}

/** Keeps a new password: the actor's own, or anyone's within `asEverywhere`. */
export async function setPassword(ctx: Context, personId: string, password: string): Promise<void> {
  const hashed = await hashPassword(password)
  await sql`select access.set_password(${personId}::uuid, ${hashed}, ${ctx.now}::timestamptz)`.execute(ctx.db)
}
