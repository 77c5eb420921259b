import type { Who } from './plan-world.ts'

type Check = (
  who: Who,
  method: 'GET' | 'POST',
  path: string,
  body: unknown,
  expected: string[],
) => Promise<Record<string, unknown>>

/** Says what a thing of another system is, ends it, and hands figures out. */
export async function tellOthers(check: Check, who: Who): Promise<void> {
  const codes = { system: 'dhis2', codes: [{ foreign: { uid: 'x' }, meaning: { kind: 'data-set' } }] }
  const { ids } = await check(who, 'POST', '/figures/exchange/codes', codes, ['indicators.codes-set done'])
  const ending = `/figures/exchange/codes/${(ids as string[])[0]}/ending`
  await check(who, 'POST', ending, undefined, ['indicators.code-ended done'])
  const observations = '/figures/exchange/observations?format=sdmx-json'
  await check(who, 'GET', observations, undefined, ['indicators.figures-handed-out done'])
}
