import { sql } from 'kysely'
import type { PlanWorld, Who } from './plan-world.ts'

type Check = (
  who: Who,
  method: 'GET' | 'POST',
  path: string,
  body: unknown,
  expected: string[],
) => Promise<Record<string, unknown>>

/** Brings the dictionary of measures by a file, looks at it, takes it in and gives another up. */
export async function bringTerms(world: PlanWorld, check: Check, who: Who): Promise<void> {
  const { id } = await check(who, 'POST', '/indicators/imports?fileName=x.csv', Buffer.from('x'), [
    'indicators.import-begun done',
  ])
  const at = `/indicators/imports/${String(id)}`
  await check(who, 'GET', '/indicators/file', undefined, ['indicators.dictionary-exported done'])
  for (const read of ['/indicators/imports', at, `${at}/rows`, `${at}/problems`])
    await check(who, 'GET', read, undefined, [])
  await check(who, 'GET', `${at}/problems/file`, undefined, ['indicators.import-problems-exported done'])
  await world.rows(sql`update indicators.import set state = 'checked'`)
  await check(who, 'POST', `${at}/acceptance`, { takes: 'good' }, ['indicators.import-accepted done'])
  await check(who, 'POST', `${at}/cancellation`, undefined, ['indicators.import-cancelled done'])
  await world.rows(sql`update platform.job set state = 'done' where kind = 'indicators.read-import'`)
}
