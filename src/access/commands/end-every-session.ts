import type pg from 'pg'

/** After a restore nobody is signed in any more: what was ended since the backup must not live again. */
export async function endEverySession(client: pg.Client): Promise<void> {
  await client.query('update access.session set ended_at = now() where ended_at is null')
}
