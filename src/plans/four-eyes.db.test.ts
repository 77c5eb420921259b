import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Coverage, DerivationRow } from './model.ts'
import { aDuty, aHeader, aPlanWorld, aTask, bodyId, type PlanWorld } from '../../test/kit/plan-world.ts'

let world: PlanWorld
let national = ''
beforeAll(async () => {
  world = await aPlanWorld()
  national = await world.issued('ministry', [
    aTask({ path: '1', text: 'Syn', duties: [aDuty('lead', 'south')] }),
    aTask({ path: '2', text: 'Lese', duties: [aDuty('lead', 'schools')] }),
  ])
})
afterAll(() => world.close())

const officer = 'south officer'
const approver = 'south approver'
const issue = async (who: string, id: string, version: number) => {
  const { status, body } = await world.ask(who, 'POST', `/plans/${id}/issue`, { version })
  return status < 300 ? 'issued' : body.code
}
const attach = (who: string, id: string) =>
  world.done(who, 'POST', `/plans/${id}/files?fileName=kh.pdf`, Buffer.from(`%PDF ${who}`))
const rowsOf = async (who: string, id: string) =>
  (await world.done(who, 'GET', `/plans/${id}/derivation`)) as unknown as DerivationRow[]

/** A plan of the south derived from the national one, with its own duty laid. */
async function derived(): Promise<string> {
  const body = { issuerId: bodyId('south'), header: aHeader() }
  const id = String((await world.done(officer, 'POST', `/plans/${national}/derivations`, body)).planId)
  const draft = await world.draftOf(officer, id)
  const nodes = draft.nodes.map((node) => ({ ...node, duties: [aDuty('lead', 'southHealth')] }))
  await world.done(officer, 'PUT', `/plans/${id}/draft`, { ...draft, nodes })
  return id
}

describe('what is laid beside a draft is a change of it', () => {
  test('a signed file laid after the approver read asks for reading again', async () => {
    const id = await world.draft('south', [aTask()])
    const { version } = await world.plan(approver, id, true)
    await attach(officer, id)
    expect(await issue(approver, id, version)).toBe('platform.stale-version')
    expect(await issue(approver, id, (await world.plan(approver, id, true)).version)).toBe('issued')
  })

  test('who laid the file does not issue; a second person does', async () => {
    const id = await world.draft('south', [aTask()])
    await attach(approver, id)
    const { version } = await world.plan(approver, id, true)
    expect(await issue(approver, id, version)).toBe('access.second-person-needed')
    expect(await issue('south approver 2', id, version)).toBe('issued')
  })

  test('a file laid by mistake is taken away while it is a draft: the second person reads again', async () => {
    const id = await world.draft('south', [aTask()])
    const laid = String((await attach(officer, id)).id)
    const { version } = await world.plan('south approver', id, true)
    for (const other of ['south auditor', 'north officer', 'crown officer', 'solheim officer']) {
      const { status } = await world.ask(other, 'DELETE', `/plans/${id}/files/${laid}`)
      expect([other, [403, 404].includes(status)]).toEqual([other, true])
    }
    await world.done(approver, 'DELETE', `/plans/${id}/files/${laid}`)
    expect((await world.plan(officer, id, true)).files).toEqual([])
    expect((await world.ask(officer, 'GET', `/plans/${id}/files/${laid}`)).status).toBe(404)
    expect((await world.ask(officer, 'DELETE', `/plans/${id}/files/${laid}`)).status).toBe(404)
    expect(await issue('south approver 2', id, version)).toBe('platform.stale-version')
    expect(await issue(approver, id, version + 1)).toBe('access.second-person-needed')
    expect(await issue('south approver 2', id, version + 1)).toBe('issued')
  })

  test('what was issued keeps its file, also while a document that changes it is written, and under the second wall', async () => {
    const id = await world.draft('south', [aTask()])
    const laid = String((await attach(officer, id)).id)
    await world.issue('south', id)
    const take = () => world.ask(officer, 'DELETE', `/plans/${id}/files/${laid}`)
    expect((await take()).body.code).toBe('plans.no-draft')
    await world.done(officer, 'POST', `/plans/${id}/amendment`, { act: 'amending', reason: 'x' })
    expect((await take()).status).toBe(404)
    const gone = await world.as(officer, ({ db }) =>
      sql`delete from platform.stored_file returning id`.execute(db).then(({ rows }) => rows.length),
    )
    expect(gone).toBe(0)
    expect((await world.plan(officer, id)).files.map((file) => file.id)).toEqual([laid])
  })

  test('who wrote the draft does not issue it because a colleague laid its file, unless another reads and saves it', async () => {
    const id = await world.draft('south', [aTask()])
    await world.done(approver, 'PUT', `/plans/${id}/draft`, await world.draftOf(approver, id))
    await attach(officer, id)
    const { version } = await world.plan(approver, id, true)
    expect(await issue(approver, id, version)).toBe('access.second-person-needed')
    await world.done(officer, 'PUT', `/plans/${id}/draft`, await world.draftOf(officer, id))
    expect(await issue(approver, id, version + 1)).toBe('issued')
  })

  test.each<[string, (row: DerivationRow) => unknown]>([
    ['not applicable', () => ({ kind: 'not-applicable', reason: 'Ikkje her' })],
    ['adapted', (row) => ({ kind: 'adapted', nodeId: row.nodeId })],
    ['undecided again', () => ({ kind: 'undecided' })],
  ])('a decision on a task above (%s) as well', async (name, choice) => {
    const id = await derived()
    const { version } = await world.plan(approver, id, true)
    const rows = await rowsOf(officer, id)
    const row = rows.find((one) => (one.nodeId !== null) === (name !== 'not applicable'))
    if (!row) throw new Error('no such row')
    await world.done(approver, 'PUT', `/plans/${id}/derivation/${row.parentNodeId}`, choice(row))
    expect(await issue(approver, id, version)).toBe('platform.stale-version')
    const seen = (await world.plan(approver, id, true)).version
    expect(await issue(approver, id, seen)).toBe('access.second-person-needed')
    expect(await issue('south approver 2', id, seen)).toBe('issued')
  })

  test('a plan above laid over the draft as well', async () => {
    const id = await world.draft('south', [aTask()])
    const { version } = await world.plan(approver, id, true)
    await world.done(officer, 'POST', `/plans/${id}/parents`, { parentPlanId: national })
    expect(await issue(approver, id, version)).toBe('platform.stale-version')
  })
})

describe('decisions beside an issued plan', () => {
  const decide = async (id: string, row: DerivationRow | undefined, choice: unknown) => {
    const { status, body } = await world.ask(officer, 'PUT', `/plans/${id}/derivation/${row?.parentNodeId}`, choice)
    return status < 300 ? 'decided' : body.code
  }
  test('what was left undecided is decided later, dated; the document stays as it was issued', async () => {
    const id = await derived()
    await world.issue('south', id)
    const open = (await rowsOf(officer, id)).find((row) => row.decision === 'undecided')
    world.clock.now = new Date('2031-06-01T03:00:00Z')
    const before = await world.plan(officer, id)
    expect(await decide(id, open, { kind: 'not-applicable', reason: 'Har ingen skule' })).toBe('decided')
    const row = (await rowsOf(officer, id)).find((one) => one.parentNodeId === open?.parentNodeId)
    expect(row).toMatchObject({
      decision: 'not-applicable',
      reason: 'Har ingen skule',
      isAfterIssue: true,
      decidedAt: '2031-06-01T03:00:00.000Z',
    })
    const after = await world.plan(officer, id)
    expect([after.version, after.versions.length, after.nodes]).toEqual([before.version, 1, before.nodes])
  })

  test('a task the document has may carry it out; what was decided changes only by a document', async () => {
    const id = await derived()
    await world.issue('south', id)
    const rows = await rowsOf(officer, id)
    const open = rows.find((row) => row.decision === 'undecided')
    const taken = rows.find((row) => row.decision === 'taken-over')
    expect(await decide(id, taken, { kind: 'undecided' })).toBe('plans.decided-already')
    expect(await decide(id, taken, { kind: 'not-applicable', reason: 'x' })).toBe('plans.decided-already')
    expect(await decide(id, open, { kind: 'taken-over', nodeId: bodyId('south') })).toBe('plans.not-a-task-here')
    expect(await decide(id, open, { kind: 'adapted', nodeId: taken?.nodeId })).toBe('decided')
    expect(await decide(id, open, { kind: 'undecided' })).toBe('plans.decided-already')
    await world.done(officer, 'POST', `/plans/${id}/amendment`, { act: 'amending', reason: 'x' })
    expect(await decide(id, open, { kind: 'undecided' })).toBe('decided')
  })
})

describe('decisions in the draft of a changing document', () => {
  const change = async (id: string, row: DerivationRow | undefined, choice: unknown) => {
    await world.done(officer, 'PUT', `/plans/${id}/derivation/${row?.parentNodeId}`, choice)
  }
  const amend = async (id: string) => {
    await world.done(officer, 'POST', `/plans/${id}/amendment`, { act: 'amending', reason: 'x' })
    const draft = await world.draftOf(officer, id)
    await world.done(officer, 'PUT', `/plans/${id}/draft`, { ...draft, header: aHeader({ number: '13/KH-R' }) })
  }
  const counted = async (row: DerivationRow | undefined) => {
    const { tasks } = (await world.done('crown officer', 'GET', `/plans/${national}/coverage`)) as unknown as Coverage
    const task = tasks.find((one) => one.nodeId === row?.parentNodeId)
    return [task?.takenOver, task?.adapted, task?.notApplicable]
  }

  test('count from its issue: until then coverage and others know what stands issued', async () => {
    const id = await derived()
    await world.issue('south', id)
    const [taken] = (await rowsOf(officer, id)).filter((row) => row.decision === 'taken-over')
    const open = (await rowsOf(officer, id)).find((row) => row.decision === 'undecided')
    const [before, openBefore] = [await counted(taken), await counted(open)]
    await amend(id)
    await change(id, taken, { kind: 'adapted', nodeId: taken?.nodeId })
    await change(id, open, { kind: 'not-applicable', reason: 'x' })
    await change(id, open, { kind: 'not-applicable', reason: 'Har ingen skule' })
    expect([await counted(taken), await counted(open)]).toEqual([before, openBefore])
    const told = async (who: string) =>
      (await rowsOf(who, id))
        .filter((row) => [taken, open].some((one) => one?.parentNodeId === row.parentNodeId))
        .map((row) => [row.decision, row.reason, row.isPending])
    expect(await told('crown officer')).toEqual([
      ['taken-over', null, false],
      ['undecided', null, false],
    ])
    expect(await told(officer)).toEqual([
      ['adapted', null, true],
      ['not-applicable', 'Har ingen skule', true],
    ])
    const kindIn = async (isDraft: boolean) =>
      (await world.plan(officer, id, isDraft)).nodes.find((node) => node.id === taken?.nodeId)?.derivedFrom[0]?.kind
    expect([await kindIn(false), await kindIn(true)]).toEqual(['taken-over', 'adapted'])
    await world.issue('south', id)
    expect(await told('crown officer')).toEqual([
      ['adapted', null, false],
      ['not-applicable', 'Har ingen skule', false],
    ])
    const [over = 0, adapted = 0, not = 0] = before
    expect(await counted(taken)).toEqual([over - 1, adapted + 1, not])
    expect(await world.rows(sql`select 1 from plans.derivation_draft where plan_id = ${id}::uuid`)).toEqual([])
  })

  test('made through a task that is not kept are forgotten: what stands issued holds, shown and at the next issue', async () => {
    const id = await derived()
    const open = (await rowsOf(officer, id)).find((row) => row.decision === 'undecided')
    await change(id, open, { kind: 'not-applicable', reason: 'Har ingen skule' })
    await world.issue('south', id)
    const before = await counted(open)
    await amend(id)
    const draft = await world.draftOf(officer, id)
    const added = { ...draft, nodes: [...draft.nodes, aTask({ path: '9', text: 'Lese sjølv' })] }
    await world.done(officer, 'PUT', `/plans/${id}/draft`, added)
    const { version, nodes } = await world.draftOf(officer, id)
    await change(id, open, { kind: 'adapted', nodeId: nodes.find((node) => node.text === 'Lese sjølv')?.key })
    const told = async () => {
      const row = (await rowsOf(officer, id)).find((one) => one.parentNodeId === open?.parentNodeId)
      return [row?.decision, row?.reason, row?.isPending]
    }
    expect(await told()).toEqual(['adapted', null, true])
    const now = await world.draftOf(officer, id)
    expect(now.version).toBeGreaterThan(version)
    await world.done(officer, 'PUT', `/plans/${id}/draft`, { ...now, nodes: draft.nodes })
    expect(await told()).toEqual(['not-applicable', 'Har ingen skule', false])
    await world.issue('south', id)
    expect(await told()).toEqual(['not-applicable', 'Har ingen skule', false])
    expect(await counted(open)).toEqual(before)
  })

  test('one taken back is open again from the issue', async () => {
    const id = await derived()
    await world.issue('south', id)
    const [taken] = (await rowsOf(officer, id)).filter((row) => row.decision === 'taken-over')
    const before = await counted(taken)
    await amend(id)
    await change(id, taken, { kind: 'undecided' })
    expect(await counted(taken)).toEqual(before)
    await world.issue('south', id)
    expect((await counted(taken))[0]).toBe((before[0] ?? 0) - 1)
  })

  test('lie with the draft of their own body alone, on both walls', async () => {
    const id = await derived()
    await world.issue('south', id)
    const [taken] = await rowsOf(officer, id)
    await amend(id)
    await change(id, taken, { kind: 'undecided' })
    const count = (who: string) =>
      world.as(who, async ({ db }) => {
        const { rows } = await sql<{
          n: number
        }>`select count(*)::int as n from plans.derivation_draft where plan_id = ${id}::uuid`.execute(db)
        return rows[0]?.n
      })
    expect([await count(officer), await count('crown officer'), await count('north officer')]).toEqual([1, 0, 0])
  })
})
