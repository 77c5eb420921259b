import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  aDuty,
  aHeader,
  aPlanWorld,
  aTask,
  bodyId,
  by,
  type Method,
  type PlanWorld,
  type Who,
} from '../../test/kit/plan-world.ts'
import { tellOthers } from '../../test/kit/exchange-steps.ts'
import { answerFinding, layMeasures } from '../../test/kit/measure-steps.ts'
import { bringIn } from '../../test/kit/recommendation-steps.ts'
import { bringTerms } from '../../test/kit/term-steps.ts'
import { idOfKey } from '#platform'
import { walkRegime } from '../../test/kit/regime-steps.ts'
import { jointSteps } from '../../test/kit/joint-steps.ts'
import { aSummary, someMinutes } from '../../test/kit/papers.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

/** What one request adds to the audit, as `action outcome`. */
async function addedBy(
  who: Who,
  method: Method,
  path: string,
  body?: unknown,
): Promise<{ status: number; added: string[]; body: Record<string, unknown> }> {
  const before = (await world.audit()).length
  const answer = await world.ask(who, method, path, body)
  const added = (await world.audit()).slice(before).map((entry) => `${entry.action} ${entry.outcome}`)
  return { status: answer.status, added, body: answer.body }
}

describe('the audit', () => {
  test('gains exactly one entry for each write, export and refusal of a plan’s whole life, and none for reading', async () => {
    const walk: [Who, Method, string, unknown, string[]][] = []
    let plan = ''
    let below = ''
    let parentNode = ''
    const check = async (who: Who, method: Method, path: string, body: unknown, expected: string[]) => {
      const { status, added, body: answer } = await addedBy(who, method, path, body)
      expect([method, path, status, added]).toEqual([method, path, status, expected])
      walk.push([who, method, path, body, expected])
      return answer
    }
    const officer = 'south officer'
    const tasks = [
      aTask({ key: 'a', time: by('2031-03-01'), duties: [aDuty('lead', 'southHealth'), aDuty('support', 'solheim')] }),
    ]
    plan = String(
      (
        await check(
          officer,
          'POST',
          '/plans',
          { issuerId: bodyId('south'), header: aHeader(), nodes: tasks, parentPlanIds: [], functionCode: 'children' },
          ['plans.draft-begun done'],
        )
      ).planId,
    )
    await check(officer, 'PUT', `/plans/${plan}/draft`, { version: 1, header: aHeader(), nodes: tasks }, [
      'plans.draft-saved done',
    ])
    const nodeIds = (await world.plan(officer, plan, true)).nodes.map((node) => node.id)
    const lookedAt = ['plans.changes-looked-at done']
    const set = (await check(officer, 'POST', `/plans/${plan}/draft/changes`, { nodeIds, output: 'x' }, lookedAt)).id
    const sheetAt = `/plans/${plan}/draft/sheet`
    await check(officer, 'POST', `/change-sets/${String(set)}/application`, { isPartial: false }, [
      'plans.draft-saved done',
      'plans.changes-applied done',
    ])
    await check(officer, 'POST', `/change-sets/${String(set)}/undoing`, undefined, [
      'plans.draft-saved done',
      'plans.changes-undone done',
    ])
    await check(officer, 'GET', `/change-sets/${String(set)}/refused`, undefined, [
      'plans.changes-refused-written done',
    ])
    await check(officer, 'GET', sheetAt, undefined, ['plans.draft-sheet-written done'])
    const { raw } = await world.ask(officer, 'GET', sheetAt)
    await check(officer, 'POST', `${sheetAt}?fileName=a.xlsx`, raw, lookedAt)
    for (const at of ['/change-sets', `/change-sets/${String(set)}`, '/labels'])
      await check(officer, 'GET', at, undefined, [])
    await check(officer, 'POST', `/plans/${plan}/issue`, { version: 4 }, ['access.not-permitted refused'])
    const lay = (words: string) =>
      check(officer, 'POST', `/plans/${plan}/files?fileName=a.pdf`, Buffer.from(words), [
        'plans.document-attached done',
      ])
    const wrong = String((await lay('%PDF wrong')).id)
    await check(officer, 'DELETE', `/plans/${plan}/files/${wrong}`, undefined, ['plans.document-detached done'])
    const file = (await lay('%PDF')).id
    await check('south approver', 'POST', `/plans/${plan}/issue`, { version: 7 }, ['plans.issued done'])
    await check(officer, 'GET', `/plans/${plan}/files/${String(file)}`, undefined, ['plans.file-read done'])
    for (const at of [
      '/plans',
      `/plans/${plan}`,
      `/plans/${plan}/coverage`,
      `/plans/${plan}/coverage/bodies`,
      `/plans/${plan}/derivation`,
      '/tasks',
      '/work',
      '/urgings',
    ])
      await check(officer, 'GET', at, undefined, [])
    await check(officer, 'GET', `/plans/${plan}/document`, undefined, ['plans.plan-exported done'])
    await check(officer, 'GET', `/plans/${plan}/status-report`, undefined, ['plans.status-report-exported done'])
    await check(officer, 'POST', `/plans/${plan}/minutes`, someMinutes, ['plans.minutes-exported done'])
    await check(officer, 'POST', `/plans/${plan}/summary`, aSummary, ['plans.summary-exported done'])
    const derived = await check(
      'solheim officer',
      'POST',
      `/plans/${plan}/derivations`,
      { issuerId: bodyId('solheim'), header: aHeader() },
      ['plans.draft-begun done'],
    )
    below = String(derived.planId)
    parentNode = (await world.plan(officer, plan)).nodes[0]?.id ?? ''
    await check(
      'solheim officer',
      'PUT',
      `/plans/${below}/derivation/${parentNode}`,
      { kind: 'not-applicable', reason: 'x' },
      ['plans.derivation-decided done'],
    )
    await check('solheim officer', 'POST', `/plans/${below}/parents`, { parentPlanId: plan }, [
      'plans.parent-linked done',
    ])
    const work = (
      (await world.done('southHealth officer', 'GET', `/tasks?planId=${plan}`)).items as { id: string }[]
    )[0]?.id
    const reporter = 'southHealth officer'
    await check(reporter, 'GET', '/progress-sheet?format=csv', undefined, ['plans.progress-sheet-written done'])
    const { raw: filled } = await world.ask(reporter, 'GET', '/progress-sheet?format=csv')
    await check(reporter, 'POST', '/progress-sheet?fileName=a.csv', filled, lookedAt)
    const labels = { workIds: [work], labels: [{ label: 'x', isOn: true }] }
    await check(reporter, 'POST', '/labels/changes', labels, lookedAt)
    const milestone = { name: 'x', dueOn: '2031-01-01' }
    const kept = await check('southHealth officer', 'POST', `/tasks/${work}/milestones`, milestone, [
      'plans.milestone-set done',
    ])
    const ofSet = `/milestones/${String(kept.id)}`
    const passed = { ...milestone, doneOn: '2030-01-01', proof: 'x' }
    await check('southHealth officer', 'PUT', ofSet, { ...passed, version: 1 }, ['plans.milestone-passed done'])
    const open = { ...milestone, doneOn: null, proof: null, version: 2 }
    await check('southHealth officer', 'PUT', ofSet, open, ['plans.milestone-changed done'])
    await check('southHealth officer', 'POST', `${ofSet}/cancellation`, { version: 3 }, [
      'plans.milestone-cancelled done',
    ])
    const asked = await bringIn(world, [{ mechanism: 'crc', paragraph: '10', text: 'Stop beating children' }])
    const answers = [{ recommendationId: asked[10], nodeId: parentNode, kind: 'implements' }]
    await check(officer, 'POST', '/answers', { answers }, ['plans.answer-linked done'])
    await check(officer, 'POST', '/answers', { answers }, ['plans.answers-held done'])
    const { answers: held } = await world.done(officer, 'GET', `/recommendations/${asked[10]}/answers`)
    const ending = `/answers/${(held as { id: string }[])[0]?.id}/ending`
    await check(officer, 'POST', ending, { version: 1, reason: 'x' }, ['plans.answer-ended done'])
    const refusals = [{ recommendationId: asked[10], nodeId: parentNode }]
    await check(officer, 'POST', '/answers/refusals', { refusals }, ['plans.answer-refused done'])
    await check(officer, 'POST', '/answers/refusals', { refusals }, ['plans.answer-refusals-held done'])
    const said = await world.done(officer, 'GET', `/recommendations/${asked[10]}/answers/suggestions`)
    const takingBack = `/answers/refusals/${(said.refused as { refusalId: string }[])[0]?.refusalId}/ending`
    await check(officer, 'POST', takingBack, undefined, ['plans.answer-refusal-ended done'])
    const measure = { measureId: idOfKey('measure:lov-1'), unitId: idOfKey('u:2020:02101') }
    const figure = { ...measure, period: '2030', seen: null, status: 'A', numerator: 1, denominator: 2 }
    const ofLinks = { recommendationId: asked[10], nodeId: parentNode, measureId: measure.measureId }
    await layMeasures(world, check, { keeper: 'ministry officer', officer, ...ofLinks })
    const solheim = 'solheim officer'
    const entered = await check(solheim, 'PUT', '/figures', { cells: [figure] }, ['indicators.figures-entered done'])
    const sheet = Buffer.from('measure,unit,period,numerator,denominator\nlov-1,02101,2030,1,2\n')
    const upload = async () => {
      const begun = await check(solheim, 'POST', '/figures/imports?fileName=x.csv', sheet, [
        'indicators.import-begun done',
      ])
      return `/figures/imports/${String(begun.id)}`
    }
    await bringTerms(world, check, solheim)
    const looked = await upload()
    await world.rows(sql`update indicators.import set state = 'checked'`)
    await world.rows(sql`update platform.job set state = 'done' where kind = 'indicators.read-import'`)
    await check(solheim, 'POST', `${looked}/acceptance`, { takes: 'good' }, ['indicators.import-accepted done'])
    await check(solheim, 'POST', `${looked}/cancellation`, undefined, ['indicators.import-cancelled done'])
    await check(solheim, 'GET', '/figures/form?period=2030', undefined, ['indicators.form-exported done'])
    await check(solheim, 'GET', `${looked}/problems/file`, undefined, ['indicators.import-problems-exported done'])
    await tellOthers(check, solheim)
    const [place] = entered.rows as { cellId: string; vintage: number }[]
    const cells = [{ cellId: place?.cellId, vintage: place?.vintage }]
    const decide = (outcome: string, reason: string | null, said: string) =>
      check('south approver', 'POST', '/figures/decisions', { cells, outcome, reason }, [`indicators.${said}`])
    await decide('accepted', null, 'figures-accepted done')
    // What was decided is not decided again.
    await decide('returned', 'x', 'figures-returned refused')
    await answerFinding(world, check, { officer: solheim, cellId: place?.cellId })
    const [locking, south] = [{ period: '2030', measureId: null, reason: 'x' }, 'south approver']
    const lock = await check(south, 'POST', '/figures/locks', locking, ['indicators.period-locked done'])
    const opening = `/figures/locks/${String(lock.id)}/ending`
    await check(south, 'POST', opening, { reason: 'x' }, ['indicators.period-opened done'])
    const ofMeasure = `/measures/${measure.measureId}/releases`
    const trials = `/measures/${measure.measureId}/release-trials`
    await check('crown approver', 'POST', trials, { period: '2030' }, ['indicators.release-tried done'])
    await check('crown approver', 'POST', ofMeasure, { period: '2030' }, ['indicators.release-asked done'])
    const goal = { kind: 'level', yearFrom: null, year: 2032, comparator: '>=', value: 1, breakdown: '' }
    const target = await check(solheim, 'POST', '/targets', { ...measure, ...goal }, ['indicators.target-set done'])
    const ofTarget = `/targets/${String(target.id)}`
    await check(solheim, 'PUT', ofTarget, { version: 1, comparator: '>', value: 2 }, ['indicators.target-changed done'])
    await check(solheim, 'POST', `${ofTarget}/ending`, { version: 2 }, ['indicators.target-ended done'])
    await walkRegime(world, check)
    const twin = (await jointSteps(() => world).aPlan()).node
    const apart = { nodeIds: [parentNode, twin], isApart: true }
    await check(reporter, 'PUT', '/duplicates/apart', apart, ['plans.tasks-set-apart done'])
    const joint = await check(
      reporter,
      'POST',
      `/tasks/${work}/joints`,
      { nodeId: twin, enterAt: 'here', reason: 'x' },
      ['plans.tasks-joined done'],
    )
    await check(reporter, 'POST', `/joints/${String(joint.id)}/parting`, { version: 1, reason: 'x' }, [
      'plans.tasks-parted done',
    ])
    const progress = String(
      (
        await check(
          'southHealth officer',
          'PUT',
          `/tasks/${work}/progress`,
          { version: null, status: 'completed', narrative: 'x', evidenceNote: null },
          ['plans.progress-begun done'],
        )
      ).id,
    )
    const evidence = (
      await check('southHealth officer', 'POST', `/progress/${progress}/evidence?fileName=a.pdf`, Buffer.from('x'), [
        'plans.evidence-added done',
      ])
    ).id
    await check('southHealth officer', 'GET', `/progress/${progress}/evidence/${String(evidence)}`, undefined, [
      'plans.evidence-read done',
    ])
    await check('southHealth officer', 'POST', `/progress/${progress}/submission`, { version: 1 }, [
      'plans.progress-submitted done',
    ])
    await check('southHealth approver', 'POST', `/progress/${progress}/acceptance`, { version: 2 }, [
      'plans.not-ones-own-check refused',
    ])
    await check('north approver', 'POST', `/progress/${progress}/acceptance`, { version: 2 }, [
      'platform.out-of-scope refused',
    ])
    await check('south approver', 'POST', `/progress/${progress}/return`, { version: 2, reason: 'x' }, [
      'plans.progress-returned done',
    ])
    await check(
      'southHealth officer',
      'PUT',
      `/tasks/${work}/progress`,
      { version: 3, status: 'completed', narrative: 'y', evidenceNote: null },
      ['plans.progress-saved done'],
    )
    await check('southHealth officer', 'POST', `/progress/${progress}/submission`, { version: 4 }, [
      'plans.progress-submitted done',
    ])
    await check('south approver', 'POST', `/progress/${progress}/acceptance`, { version: 5 }, [
      'plans.progress-accepted done',
    ])
    const urging = String(
      (
        await check(
          'south approver',
          'POST',
          '/urgings',
          { planId: plan, text: 'x', answerBy: null, agencyIds: [bodyId('solheim')], occurrenceIds: [] },
          ['plans.urged done'],
        )
      ).id,
    )
    await check('solheim officer', 'POST', `/urgings/${urging}/answer`, { answer: 'x', version: 1 }, [
      'plans.urging-answered done',
    ])
    await check(officer, 'GET', `/urgings/${urging}/document`, undefined, ['plans.urging-exported done'])
    await check(officer, 'POST', `/plans/${plan}/amendment`, { act: 'amending', reason: 'x' }, [
      'plans.amendment-begun done',
    ])
    for (const at of [`/plans/${plan}`, `/tasks/${work}`, `/plans/${plan}/document`, `/urgings/${urging}/document`])
      await check('north officer', 'GET', at, undefined, ['platform.out-of-scope refused'])
    await check('south reader', 'GET', `/plans/${plan}/document`, undefined, ['access.not-permitted refused'])
    // What is wrong in itself, or comes too late, is no refusal of rights and changes nothing.
    await check(officer, 'PUT', `/plans/${plan}/draft`, { version: 9, header: aHeader(), nodes: [] }, [])
    await check(officer, 'POST', '/plans', {}, [])
    const walked = new Set(
      walk.map(
        ([, method, path]) => `${method} ${path.replace(/\?.*/, '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{}')}`,
      ),
    )
    const all = world.routes
      .filter((route) => /^(plans|indicators)\./.test(route.allow) && (route.method !== 'get' || route.exports))
      .map((route) => `${route.method.toUpperCase()} ${route.path.replace(/\{\w+\}/g, '{}')}`)
    expect(all.filter((route) => !walked.has(route))).toEqual(['POST /plans/from-import'])
  })

  test('says who did it, in which post, for which body, to which record, when and in which request', async () => {
    const { body } = await addedBy('south officer', 'POST', '/plans', {
      issuerId: bodyId('south'),
      header: aHeader(),
      nodes: [],
      parentPlanIds: [],
      functionCode: 'children',
    })
    const [entry] = await world.rows(
      sql<
        Record<string, unknown>
      >`select person_id, post_id, agency_id, record_kind, record_id, at, request_id <> '' as has_request from platform.audit_entry order by sequence desc limit 1`,
    )
    const { actorOf } = await import('../../test/kit/plan-world.ts')
    const { personId, postId } = actorOf('south officer')
    expect(entry).toEqual({
      personId,
      postId,
      agencyId: bodyId('south'),
      recordKind: 'plans.plan',
      recordId: body.planId,
      at: '2031-03-04T03:00:00.000Z',
      hasRequest: true,
    })
  })

  test('stands or falls with what it tells of', async () => {
    const before = (await world.audit()).length
    const fall = world.as('south officer', async (ctx) => {
      await ctx.record('plans.issued', { kind: 'plans.plan', id: null })
      throw new Error('after')
    })
    await expect(fall).rejects.toThrow('after')
    expect(await world.audit()).toHaveLength(before)
  })

  test('a subscriber hears of what is recorded in the same transaction, and what it does falls with it', async () => {
    const heard: string[] = []
    world.ground.subscribers.push({
      to: 'plans.draft-begun',
      run: async (_ctx, event) => void heard.push(event.recordId),
    })
    const { body } = await addedBy('south officer', 'POST', '/plans', {
      issuerId: bodyId('south'),
      header: aHeader(),
      nodes: [],
      parentPlanIds: [],
      functionCode: 'children',
    })
    world.ground.subscribers.length = 0
    expect(heard).toEqual([body.planId])
  })

  test.each([
    sql`update platform.audit_entry set action = 'x'`,
    sql`delete from platform.audit_entry`,
    sql`truncate platform.audit_entry`,
  ])('is not rewritten by the application', async (statement) => {
    await expect(world.asProduct(({ db }) => statement.execute(db))).rejects.toThrow('permission denied')
  })

  test('a write that would record nothing is undone', async () => {
    const { createServer, openMetrics } = await import('./index.ts')
    const pino = (await import('pino')).default
    const { actorOf } = await import('../../test/kit/plan-world.ts')
    const server = await createServer({
      ground: world.ground,
      say: world.say,
      metrics: openMetrics(),
      trustedProxies: 0,
      secure: false,
      authorize: () => undefined,
      log: pino({ level: 'silent' }),
      identify: () => Promise.resolve({ actor: actorOf('south officer'), language: null }),
      routes: [
        {
          method: 'post',
          path: '/x',
          summary: 'x',
          allow: 'signed-in',
          run: async (ctx) => void (await ctx.enqueue('silent.work', {})),
        },
      ],
    })
    const answer = await server.inject({
      method: 'POST',
      url: '/api/v1/x',
      headers: { 'idempotency-key': 'silent-work' },
    })
    await server.close()
    expect(answer.statusCode).toBe(500)
    expect(await world.rows(sql`select 1 from platform.job where kind = 'silent.work'`)).toEqual([])
  })
})
