import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDuty, aPlanWorld, aTask, bodyId, type PlanWorld, asInputs } from '../../test/kit/plan-world.ts'
import { aSummary, someMinutes } from '../../test/kit/papers.ts'
import { bringIn } from '../../test/kit/recommendation-steps.ts'
import { aWholePlan } from '../../test/kit/whole-plan.ts'

let world: PlanWorld
/** What lies in the north, by the name of the parameter that asks for it. */
const asked: Record<string, string> = {}
const hidden: Record<string, string> = {}
const shown: Record<string, string> = {}
const none = '0190b0b0-0000-7000-8000-00000000000f'

/** A task that does not answer a recommendation: the id of the refusal. */
async function aRefusal(owner: 'south' | 'north', nodeId: string | undefined): Promise<string> {
  const refusals = [{ recommendationId: asked[11], nodeId }]
  await world.done(`${owner} officer`, 'POST', '/answers/refusals', { refusals })
  const said = await world.done(`${owner} officer`, 'GET', `/recommendations/${asked[11]}/answers/suggestions`)
  return (said.refused as { refusalId: string }[])[0]?.refusalId ?? ''
}

/** A task that answers a recommendation: the id of the link. */
async function anAnswer(owner: 'south' | 'north', nodeId: string | undefined): Promise<string> {
  const answers = [{ recommendationId: asked[10], nodeId, kind: 'implements' }]
  await world.done(`${owner} officer`, 'POST', '/answers', { answers })
  const answered = await world.done(`${owner} officer`, 'GET', `/recommendations/${asked[10]}/answers`)
  return (answered.answers as { id: string }[])[0]?.id ?? ''
}

beforeAll(async () => {
  world = await aPlanWorld()
  Object.assign(
    asked,
    await bringIn(
      world,
      ['10', '11'].map((paragraph) => ({ mechanism: 'crc', paragraph, text: 'Stop beating children' })),
    ),
  )
  Object.assign(hidden, await aWholePlan(world, 'north', 'northHealth'))
  Object.assign(shown, await aWholePlan(world, 'south', 'southHealth'))
  Object.assign(hidden, { answer: await anAnswer('north', hidden.node), refusal: await aRefusal('north', hidden.node) })
  Object.assign(shown, { answer: await anAnswer('south', shown.node), refusal: await aRefusal('south', shown.node) })
})
afterAll(() => world.close())

/** The ids of a kind that an address takes, in the order of its parameters. */
function idsFor(path: string): string[] {
  if (path.startsWith('/plans/{id}/files')) return ['plan', 'file']
  if (path.startsWith('/plans/{id}/derivation/')) return ['plan', 'node']
  if (path.startsWith('/plans/{id}/duties/')) return ['plan', 'duty']
  if (path.startsWith('/plans/{id}/versions/')) return ['plan', 'version']
  if (path.startsWith('/plans/{id}/tasks/')) return ['plan', 'node']
  if (path.startsWith('/plans/{id}')) return ['plan']
  if (path.startsWith('/tasks')) return ['task']
  if (path.startsWith('/milestones')) return ['milestone']
  if (path.startsWith('/progress/{id}/evidence/{')) return ['progress', 'evidence']
  if (path.startsWith('/progress')) return ['progress']
  if (path.startsWith('/change-sets/{id}')) return ['set']
  if (path.startsWith('/urgings')) return ['urging']
  if (path.startsWith('/joints')) return ['joint']
  if (path.startsWith('/answers/refusals')) return ['refusal']
  if (path.startsWith('/answers')) return ['answer']
  if (path.startsWith('/documents/imports')) return ['imported']
  return []
}
const fill = (path: string, ids: string[]) => ids.reduce((at, id) => at.replace(/\{\w+\}/, id), path)

/** What may be told of an answer: all but what differs from request to request. */
const told = ({ status, body, headers }: Awaited<ReturnType<PlanWorld['ask']>>) => {
  const { date: _date, ...rest } = headers
  return { status, body: { ...body, requestId: '' }, headers: rest }
}

const bodiesOf: Record<string, unknown> = {
  'post /plans/{id}/issue': { version: 1 },
  'post /plans/{id}/amendment': { act: 'amending', reason: 'x' },
  'put /plans/{id}/derivation/{parentNodeId}': { kind: 'undecided' },
  'put /tasks/{id}/progress': { version: null, status: 'completed', narrative: 'x', evidenceNote: null },
  'post /tasks/{id}/milestones': { name: 'x', dueOn: '2031-01-01' },
  'put /milestones/{id}': { version: 1, name: 'x', dueOn: '2031-01-01', doneOn: null, proof: null },
  'post /milestones/{id}/cancellation': { version: 1 },
  'post /progress/{id}/submission': { version: 2 },
  'post /progress/{id}/return': { version: 2, reason: 'x' },
  'post /progress/{id}/acceptance': { version: 2 },
  'post /urgings/{id}/answer': { answer: 'x', version: 1 },
  'post /change-sets/{id}/application': { isPartial: true },
  'post /plans/{id}/draft/changes': { nodeIds: [none], output: 'x' },
  'post /plans/{id}/minutes': someMinutes,
  'post /answers/{id}/ending': { version: 1, reason: 'x' },
  'post /joints/{id}/parting': { version: 1, reason: 'x' },
  'post /plans/{id}/summary': aSummary,
}
async function bodyOf(key: string): Promise<unknown> {
  const { version, header } = await world.plan('south officer', shown.plan ?? '')
  if (key === 'put /plans/{id}/draft') return { version, header, nodes: [] }
  if (key === 'post /plans/{id}/derivations') return { issuerId: bodyId('south'), header }
  if (key === 'post /plans/{id}/parents') return { parentPlanId: shown.plan }
  if (key === 'post /tasks/{id}/joints') return { nodeId: shown.node, enterAt: 'here', reason: 'x' }
  return bodiesOf[key]
}

describe('what lies out of scope does not exist', () => {
  test('for every route that names a record: status, body and headers are those of a record that is not there', async () => {
    const routes = world.routes.filter((route) => /\{\w+\}/.test(route.path) && idsFor(route.path).length > 0)
    expect(routes.length).toBeGreaterThan(20)
    for (const route of routes) {
      const kinds = idsFor(route.path)
      const key = `${route.method} ${route.path}`
      const who =
        route.allow === 'plans.issue' || route.allow === 'plans.check-progress' ? 'south approver' : 'south officer'
      const payload = route.upload ? Buffer.from('%PDF') : await bodyOf(key)
      const query = route.upload ? '?fileName=x.pdf' : ''
      const ask = (ids: string[]) =>
        world.ask(who, route.method.toUpperCase() as 'GET', fill(route.path, ids) + query, payload)
      const out = await ask(kinds.map((kind) => hidden[kind] ?? ''))
      const absent = await ask(kinds.map(() => none))
      // A body that does not fit is refused before the record is looked for, alike in both: those of imports.
      expect([key, out.status === 404 || (out.status === 422 && route.path.startsWith('/documents'))]).toEqual([
        key,
        true,
      ])
      expect([key, told(out)]).toEqual([key, told(absent)])
    }
  })

  test('and the same routes open on one’s own', async () => {
    // Only a draft has a number to come and a spreadsheet: `paper.db.test.ts` and `changes/sheets.db.test.ts` ask for them.
    const opened = (path: string) => idsFor(path).length > 0 && !/\/(next-number|draft\/sheet)$/u.test(path)
    for (const route of world.routes.filter((one) => one.method === 'get' && opened(one.path))) {
      const query = /^\/documents.*\/suggestions$/u.test(route.path) ? '?raw=Råd' : ''
      const { status } = await world.ask(
        route.allow === 'plans.join-tasks' ? 'southHealth officer' : 'south officer', // who leads joins
        'GET',
        fill(
          route.path,
          idsFor(route.path).map((kind) => shown[kind] ?? ''),
        ) + encodeURI(query),
      )
      expect([route.path, status]).toEqual([route.path, 200])
    }
  })

  test('a child id under another’s record is not found, though both are one’s own', async () => {
    const second = await aWholePlan(world, 'south', 'southSchools')
    for (const at of [
      `/plans/${second.plan}/files/${shown.file}`,
      `/plans/${shown.plan}/files/${shown.evidence}`,
      `/progress/${second.progress}/evidence/${shown.evidence}`,
      `/progress/${shown.progress}/evidence/${shown.file}`,
    ])
      expect([at, (await world.ask('south officer', 'GET', at)).status]).toEqual([at, 404])
  })
})

describe('everything someone can list is what lies within reach', () => {
  /** All ids of records found anywhere in answers. */
  const idsIn = (value: unknown): string[] =>
    typeof value === 'string'
      ? /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(value)
        ? [value]
        : []
      : value !== null && typeof value === 'object'
        ? Object.values(value).flatMap(idsIn)
        : []

  test.each([
    'south officer',
    'southHealth officer',
    'solheim officer',
    'south auditor',
    'vikdal reader',
    'ministry officer',
  ])('%s is told no id of the north', async (who) => {
    const lists = world.routes.filter((route) => route.method === 'get' && !route.path.includes('{') && !route.download)
    const found: string[] = []
    for (const route of lists) {
      const search = route.path === '/search' ? '?search=plan' : ''
      const { status, body } = await world.ask(who, 'GET', route.path + search)
      if (status < 300) found.push(...idsIn(body))
    }
    const foreign = new Set(Object.values(hidden))
    expect(found.filter((id) => foreign.has(id))).toEqual([])
    if (who === 'south officer')
      expect(found).toEqual(expect.arrayContaining([shown.plan, shown.task, shown.urging, shown.imported]))
  })

  test('a plan above that one cannot see is not named by the plan below that one can', async () => {
    const above = await world.issued('ministry', [aTask({ lead: 'south' })])
    const below = String(
      (
        await world.done('south officer', 'POST', `/plans/${above}/derivations`, {
          issuerId: bodyId('south'),
          header: (await world.plan('south officer', above)).header,
        })
      ).planId,
    )
    const { version, header, nodes } = await world.plan('south officer', below, true)
    const inputs = asInputs(nodes).map((node) => ({ ...node, duties: [aDuty('lead', 'southHealth')] }))
    await world.done('south officer', 'PUT', `/plans/${below}/draft`, { version, header, nodes: inputs })
    await world.issue('south', below)
    for (const who of ['south officer', 'solheim officer']) {
      const list = (await world.done(who, 'GET', '/plans?size=200')).items as { id: string; parentIds: string[] }[]
      const texts = [
        JSON.stringify(list),
        JSON.stringify(await world.plan(who, below)),
        JSON.stringify(await world.done(who, 'GET', `/plans/${below}/derivation`)),
      ]
      expect(list.map((plan) => plan.id)).toContain(below)
      expect([who, texts.map((text) => text.includes(above))]).toEqual([
        who,
        who === 'south officer' ? [true, true, true] : [false, false, false],
      ])
    }
  })

  test('the union of lists is the model’s set, for plans and for work', async () => {
    const sees: Record<string, { plans: string[]; tasks: string[] }> = {
      'south officer': { plans: ['shown'], tasks: ['shown'] },
      'southHealth officer': { plans: ['shown'], tasks: ['shown'] },
      'solheim officer': { plans: ['shown'], tasks: [] }, // issued plans are read downwards
      'north officer': { plans: ['hidden'], tasks: ['hidden'] },
      'northHealth officer': { plans: ['hidden'], tasks: ['hidden'] },
      'havn officer': { plans: ['hidden'], tasks: [] },
      'crown officer': { plans: ['shown', 'hidden'], tasks: ['shown', 'hidden'] },
      'schools officer': { plans: [], tasks: [] },
      'nobody officer': { plans: [], tasks: [] },
    }
    for (const [who, expected] of Object.entries(sees)) {
      const of = async (path: string, key: 'plan' | 'task') => {
        const { items, total } = await world.done(who, 'GET', `${path}?size=200`)
        const ids = (items as { id: string }[]).map((item) => item.id)
        expect([who, path, total]).toEqual([who, path, ids.length])
        return ['shown', 'hidden'].filter((which) => ids.includes((which === 'shown' ? shown : hidden)[key] ?? ''))
      }
      expect([who, await of('/plans', 'plan'), await of('/tasks', 'task')]).toEqual([
        who,
        expected.plans,
        expected.tasks,
      ])
    }
  })
})
