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
  const pack = Buffer.from('{"dataSets":[{"id":"y","name":"y","periodType":"Yearly"}]}')
  await check(who, 'POST', '/figures/exchange/packages?system=dhis2&fileName=x.json', pack, [
    'indicators.package-taken done',
  ])
  for (const at of ['things', 'things/facets', 'systems'])
    await check(who, 'GET', `/figures/exchange/${at}`, undefined, [])
  await check(who, 'POST', '/figures/exchange/things/looking', { system: 'dhis2' }, [
    'indicators.things-looked-at done',
  ])
  const found = { system: 'dhis2', kind: 'data-set', by: 'rhythm' }
  await check(who, 'POST', '/figures/exchange/things/found-meanings', found, ['indicators.codes-set done'])
  const { items } = await check(who, 'GET', '/figures/exchange/things', undefined, [])
  const things = (items as { id: string }[]).slice(0, 1).map(({ id }) => ({ id, meaning: { kind: 'data-set' } }))
  await check(who, 'POST', '/figures/exchange/things/meanings', { things }, ['indicators.codes-set done'])
  const observations = '/figures/exchange/observations?format=sdmx-json'
  await check(who, 'GET', observations, undefined, ['indicators.figures-handed-out done'])
}
