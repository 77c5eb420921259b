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
