import { sql } from 'kysely'
import type { PlanWorld, Who } from './plan-world.ts'

type Check = (who: Who, method: 'POST', path: string, body: unknown, expected: string[]) => Promise<unknown>

/** Lays a measure to a recommendation and to a task, says both again, and takes both off. */
export async function layMeasures(
  world: PlanWorld,
  check: Check,
  of: { keeper: Who; officer: Who; recommendationId: string | undefined; nodeId: string; measureId: string },
): Promise<void> {
  const { keeper, officer, recommendationId, nodeId, measureId } = of
  for (const [who, module, path, link] of [
    [keeper, 'indicators', '/recommendation-measures', { recommendationId, measureId }],
    [officer, 'plans', '/task-measures', { nodeId, measureId }],
  ] as const) {
    await check(who, 'POST', path, { links: [link] }, [`${module}.measure-linked done`])
    await check(who, 'POST', path, { links: [link] }, [`${module}.measures-held done`])
    const laid = (await world.audit()).find(({ action }) => action === `${module}.measure-linked`)
    const ending = `${path}/${laid?.recordId}/ending`
    await check(who, 'POST', ending, { version: 1, reason: 'x' }, [`${module}.measure-unlinked done`])
  }
}

/** Asks for the checks of a period, lays a finding on a figure, and answers it. */
export async function answerFinding(
  world: PlanWorld,
  check: Check,
  { who, cellId }: { who: Who; cellId: string | undefined },
): Promise<void> {
  await check(who, 'POST', '/figures/checks', { period: '2030' }, ['indicators.check-asked done'])
  await world.rows(sql`insert into indicators.finding (id, rule, agency_id, cell_id, measure_id, unit_id, period, breakdown, vintage, params, state, found_at)
    select gen_random_uuid(), 'lov-1-copied', agency_id, id, measure_id, unit_id, period, breakdown, vintage, '{}', 'open', now() from indicators.cell
    where id = ${cellId}`)
  const [finding] = (await world.done(who, 'GET', '/figures/findings')).items as { id: string }[]
  const answering = `/figures/findings/${finding?.id}/confirmation`
  await check(who, 'POST', answering, { explanation: 'x' }, ['indicators.finding-confirmed done'])
}
