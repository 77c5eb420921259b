import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listTaskDerivations } from './queries/task-derivations.ts'
import type { Coverage, PlanChanges, PlanSummary, SearchHit, TaskDerivation } from './model.ts'
import {
  actorOf,
  aDuty,
  aGroup,
  aHeader,
  aPlanWorld,
  aTask,
  bodyId,
  by,
  type BodyName,
  type PlanWorld,
} from '../../test/kit/plan-world.ts'

let world: PlanWorld
let national = ''
beforeAll(async () => {
  world = await aPlanWorld()
  national = await world.issued(
    'ministry',
    [
      aTask({ path: '1', text: 'Syn', duties: [aDuty('lead', 'south'), aDuty('support', 'localities')] }),
      aTask({ path: '2', text: 'Lese', duties: [aDuty('lead', 'south')] }),
    ],
    { header: { title: 'Bårn i heile riket', number: '1/AH', issuedOn: '2030-01-01' } },
  )
})
afterAll(() => world.close())

const nodesOf = async (who: string, id: string) => (await world.plan(who, id)).nodes

/** A plan of a body derived from the national one, with a reason for what it does not take, issued. */
async function derived(owner: BodyName, lead: BodyName, notApplicable: string[]): Promise<string> {
  const officer = `${owner} officer`
  const header = aHeader({ title: `Bårn i ${owner}`, number: `7/${owner}` })
  const body = { issuerId: bodyId(owner), header }
  const id = String((await world.done(officer, 'POST', `/plans/${national}/derivations`, body)).planId)
  const draft = await world.draftOf(officer, id)
  const nodes = draft.nodes.length > 0 ? draft.nodes : [aTask({ text: 'Eige' })]
  await world.done(officer, 'PUT', `/plans/${id}/draft`, {
    ...draft,
    nodes: nodes.map((node) => ({ ...node, duties: [aDuty('lead', lead)] })),
  })
  for (const node of notApplicable)
    await world.done(officer, 'PUT', `/plans/${id}/derivation/${node}`, { kind: 'not-applicable', reason: 'Nei' })
  await world.issue(owner, id)
  return id
}

describe('numbers open to what they count', () => {
  test('each count of a task above lists the plans it counted, to those who see them', async () => {
    const [syn, lese] = await nodesOf('ministry officer', national)
    const south = await derived('south', 'southHealth', [lese?.id ?? ''])
    const north = await derived('north', 'northHealth', [])
    const listed = async (who: string, node: string | undefined, query = '') => {
      const page = await world.done(who, 'GET', `/plans/${national}/tasks/${node}/derivations${query}`)
      return (page.items as TaskDerivation[]).map((row) => [row.planId, row.decision, row.text, row.reason])
    }
    expect(await listed('crown officer', lese?.id)).toEqual([
      [north, 'undecided', null, null],
      [south, 'not-applicable', null, 'Nei'],
    ])
    expect(await listed('crown officer', syn?.id, '?decision=taken-over')).toEqual([
      [north, 'taken-over', 'Syn', null],
      [south, 'taken-over', 'Syn', null],
    ])
    expect(await listed('south officer', lese?.id)).toEqual([[south, 'not-applicable', null, 'Nei']])
    // the first wall alone, with the second one open
    const alone = await world.asProduct((ctx) =>
      listTaskDerivations(
        { ...ctx, actor: actorOf('south officer') },
        { planId: national, nodeId: lese?.id ?? '' },
        { page: 1, size: 20 },
      ),
    )
    expect(alone.items.map((row) => row.planId)).toEqual([south])
    const { tasks } = (await world.done('crown officer', 'GET', `/plans/${national}/coverage`)) as unknown as Coverage
    for (const task of tasks)
      for (const [count, decision] of [
        [task.takenOver, 'taken-over'],
        [task.adapted, 'adapted'],
        [task.notApplicable, 'not-applicable'],
        [task.undecided, 'undecided'],
      ])
        expect((await listed('crown officer', task.nodeId, `?decision=${decision}`)).length).toBe(count)
    const other = await world.issued('north', [aTask({ lead: 'northHealth' })])
    const [foreign] = await nodesOf('north officer', other)
    expect(
      (await world.ask('south officer', 'GET', `/plans/${national}/tasks/${foreign?.id}/derivations`)).status,
    ).toBe(404)
  })

  test('the total of a group lists the work of all tasks below it, and no other', async () => {
    const id = await world.issued('south', [
      aGroup({ key: 'g', path: 'I', text: 'Helse' }),
      aGroup({ key: 'h', parentKey: 'g', path: 'a', text: 'Syn' }),
      aTask({ key: 'a', parentKey: 'g', text: 'Over', time: by('2031-01-31') }),
      aTask({ key: 'b', parentKey: 'h', text: 'Under', time: by('2031-06-30') }),
      aTask({ key: 'c', text: 'Utanfor', time: by('2031-06-30') }),
    ])
    const [group] = await nodesOf('south officer', id)
    const page = await world.done('south officer', 'GET', `/tasks?underId=${group?.id}`)
    expect((page.items as { text: string }[]).map((work) => work.text)).toEqual(['Over', 'Under'])
    expect(page.numbers).toMatchObject({ overdue: 1, pendingInTime: 1 })
  })

  test('the bodies of a duty are told as those within reach of all there are', async () => {
    const [syn] = await nodesOf('south officer', national)
    const duty = syn?.duties.find((one) => one.kind === 'support')
    const bodiesFor = async (who: string) =>
      (await world.done(who, 'GET', `/plans/${national}/duties/${duty?.id}/bodies`)).bodies as {
        visible: number
        all: number
      }
    const all = await bodiesFor('ministry officer')
    expect(all.visible).toBe(all.all)
    expect(await bodiesFor('south officer')).toEqual({ visible: 1, all: all.all })
    expect(all.all).toBeGreaterThan(1)
  })
})

describe('an older document of a plan', () => {
  test('opens as it was issued and says which document changed it, and how; nothing can be done with it', async () => {
    const officer = 'south officer'
    const id = await world.issued('south', [aTask({ path: '1', text: 'Første' }), aTask({ path: '2', text: 'Bort' })])
    const first = await world.plan(officer, id)
    await world.done(officer, 'POST', `/plans/${id}/amendment`, { act: 'amending', reason: 'Lov 8' })
    const draft = await world.draftOf(officer, id)
    const [kept] = draft.nodes
    await world.done(officer, 'PUT', `/plans/${id}/draft`, {
      version: draft.version,
      header: { ...draft.header, number: '13/KH-R', issuedOn: '2031-03-01' },
      nodes: [{ ...aTask(), ...kept, text: 'Første, endra' }, aTask({ path: '3', text: 'Ny' })],
    })
    const draftId = (await world.plan(officer, id, true)).versionId
    expect((await world.ask(officer, 'GET', `/plans/${id}?versionId=${draftId}`)).status).toBe(404)
    await world.issue('south', id)
    const older = (await world.done(
      officer,
      'GET',
      `/plans/${id}?versionId=${first.versionId}`,
    )) as unknown as typeof first
    expect(older.nodes.map((node) => node.text)).toEqual(['Første', 'Bort'])
    expect(older.header).toEqual(first.header)
    expect(older.changedBy).toMatchObject({ act: 'amending', number: '13/KH-R', reason: 'Lov 8' })
    expect(older.may).toEqual({ edit: false, issue: false, amend: false, derive: false })
    const newest = await world.plan(officer, id)
    expect([newest.changedBy, newest.may.amend]).toEqual([null, true])
    const to = (version: string) => `/plans/${id}/versions/${version}/changes`
    const changes = (await world.done(officer, 'GET', to(first.versionId))) as unknown as PlanChanges
    expect(changes.by?.number).toBe('13/KH-R')
    expect([changes.added, changes.removed].map((nodes) => nodes.map((node) => node.text))).toEqual([['Ny'], ['Bort']])
    expect(changes.changed.map((node) => [node.text, node.parts])).toEqual([['Første, endra', ['text']]])
    expect(await world.done(officer, 'GET', to(newest.versionId))).toEqual({
      by: null,
      added: [],
      removed: [],
      changed: [],
    })
    expect((await world.ask('north officer', 'GET', to(first.versionId))).status).toBe(404)
  })
})

describe('lists and searches', () => {
  test('put one’s own body first, then the tiers from the centre down, the newest first', async () => {
    await world.issued('solheim', [aTask({ lead: 'solheim' })], {
      header: { title: 'Bårn i osel', issuedOn: '2031-03-03' },
    })
    const listed = async (who: string, query = '') =>
      ((await world.done(who, 'GET', `/plans${query}`)).items as PlanSummary[]).map((plan) => [
        plan.owner.id === bodyId(who.split(' ')[0] as BodyName),
        plan.level,
      ])
    const ofSouth = await listed('south officer')
    expect(ofSouth[0]).toEqual([true, 'province'])
    const tiers = ofSouth.filter(([own]) => own === false).map(([, level]) => level)
    expect(tiers).toEqual(
      [...tiers].sort(
        (a, b) =>
          ['central', 'province', 'commune'].indexOf(String(a)) - ['central', 'province', 'commune'].indexOf(String(b)),
      ),
    )
    expect(ofSouth.map(([own]) => own)).toEqual(
      ofSouth
        .map(([own]) => own)
        .sort()
        .reverse(),
    )
    expect(tiers.slice(0, 1).concat(tiers.slice(-1))).toEqual(['central', 'commune'])
    expect((await listed('solheim officer')).map(([own]) => own)).toEqual([
      true,
      ...Array(ofSouth.length - tiers.length).fill(false),
    ])
    const hits = (await world.done('south officer', 'GET', '/search?search=bårn')) as unknown as SearchHit[]
    const titles = hits.filter((hit) => hit.kind === 'plan').map((hit) => hit.title)
    expect(titles.slice(-2)).toEqual(['Bårn i heile riket', 'Bårn i osel'])
  })
})
