import pino from 'pino'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { invalid, startJobRunner, type Actor, type JobKind } from '../index.ts'
import { actorOf, aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
  await world.rows(sql`update platform.job set state = 'cancelled' where state in ('queued', 'running')`)
})

type Row = {
  state: string
  doneCount: number
  totalCount: number | null
  problemCode: string | null
  result: unknown
  attempts: number
  finishedAt: string | null
}
const jobOf = async (id: string) =>
  (
    await world.rows(
      sql<Row>`select state, done_count, total_count, problem_code, result, attempts, finished_at from platform.job where id = ${id}`,
    )
  )[0]
const enqueue = (payload: Record<string, unknown> = {}, kind = 'test.work') =>
  world.as('south officer', (ctx) => ctx.enqueue(kind, payload))
const runner = (kinds: JobKind[], rights: () => Actor | undefined = () => actorOf('south officer'), pollMs = 100_000) =>
  startJobRunner({
    ground: world.ground,
    kinds,
    log: pino({ level: 'silent' }),
    actorOf: () => Promise.resolve(rights()),
    pollMs,
  })

/** Runs all waiting jobs with one kind of work. */
async function runAll(run: JobKind['run'], rights?: () => Actor | undefined): Promise<void> {
  const started = runner([{ kind: 'test.work', run }], rights)
  await started.idle()
  await started.close()
}
const title = (name: string) => world.rows(sql`select 1 from platform.audit_entry where action = ${name}`)

describe('a job', () => {
  test('is there only if the transaction that asked for it commits', async () => {
    const fall = world.as('south officer', async (ctx) => {
      await ctx.enqueue('test.fallen', {})
      throw new Error('after')
    })
    await expect(fall).rejects.toThrow('after')
    expect(await world.rows(sql`select 1 from platform.job where kind = 'test.fallen'`)).toEqual([])
  })

  test('runs with its payload, tells how far it is, and keeps its result', async () => {
    const id = await enqueue({ pages: 3 })
    const seen: (Row | undefined)[] = []
    await runAll(async (work) => {
      await work.progress(1, 3)
      seen.push(await jobOf(id))
      await work.progress(3, 3)
      return { read: work.payload.pages }
    })
    expect(seen[0]).toMatchObject({ state: 'running', doneCount: 1, totalCount: 3, finishedAt: null })
    expect(await jobOf(id)).toMatchObject({ state: 'done', doneCount: 3, result: { read: 3 }, attempts: 1 })
    const shown = (await world.done('south officer', 'GET', `/jobs/${id}`)) as { state: string; doneCount: number }
    expect(shown).toMatchObject({ state: 'done', doneCount: 3 })
    expect((await world.ask('north officer', 'GET', `/jobs/${id}`)).status).toBe(404)
  })

  test('that waits ends at once when it is cancelled; one that runs stops at its next step, and nothing of that step stays', async () => {
    const waiting = await enqueue()
    await world.done('south officer', 'POST', `/jobs/${waiting}/cancellation`)
    expect(await jobOf(waiting)).toMatchObject({ state: 'cancelled' })
    const id = await enqueue()
    const steps: number[] = []
    await runAll(async (work) => {
      for (let step = 1; step <= 5; step++) {
        await work.progress(step, 5)
        steps.push(step)
        if (step === 2) await world.done('south officer', 'POST', `/jobs/${id}/cancellation`)
      }
      return {}
    })
    expect(steps).toEqual([1, 2])
    expect(await jobOf(id)).toMatchObject({ state: 'cancelled', result: null })
    expect((await world.ask('south officer', 'POST', `/jobs/${id}/cancellation`)).status).toBe(409)
  })

  test('acts with the rights its owner has at each step: taken away in the midst, it stops and what follows does not happen', async () => {
    const id = await enqueue()
    let rights: Actor | undefined = actorOf('south officer')
    await runAll(
      async (work) => {
        await work.inTransaction((ctx) => ctx.record('test.first-step', { kind: 'test', id: null }))
        rights = undefined
        await work.inTransaction((ctx) => ctx.record('test.second-step', { kind: 'test', id: null }))
        return {}
      },
      () => rights,
    )
    expect(await jobOf(id)).toMatchObject({ state: 'failed', problemCode: 'platform.job-rights-ended', result: null })
    expect([(await title('test.first-step')).length, (await title('test.second-step')).length]).toEqual([1, 0])
  })

  test('sees only what its owner sees', async () => {
    const id = await enqueue()
    const counts: number[] = []
    await world.as('north officer', (ctx) => ctx.enqueue('test.other', {}))
    await runAll(async (work) => {
      counts.push(
        await work.inTransaction(
          async ({ db }) =>
            (await db.selectFrom('platform.job').select('id').where('kind', '=', 'test.other').execute()).length,
        ),
      )
      return {}
    })
    expect(counts).toEqual([0])
    expect(await jobOf(id)).toMatchObject({ state: 'done' })
  })

  test('that fails says a code, never what the fault said', async () => {
    const [known, unknown, kindless] = [
      await enqueue({ how: 'known' }),
      await enqueue({ how: 'unknown' }),
      await enqueue({}, 'test.nobody-knows'),
    ]
    await runAll((work) => {
      if (work.payload.how === 'known') throw invalid('plans.tree-broken')
      throw new Error('secret path /etc/passwd')
    })
    expect(
      [await jobOf(known), await jobOf(unknown), await jobOf(kindless)].map((job) => [job?.state, job?.problemCode]),
    ).toEqual([
      ['failed', 'plans.tree-broken'],
      ['failed', 'platform.job-failed'],
      ['failed', 'platform.job-unknown-kind'],
    ])
    expect(JSON.stringify(await world.done('south officer', 'GET', '/jobs?size=200'))).not.toContain('passwd')
  })

  test('whose server fell is taken up again after a minute, and given up after three falls', async () => {
    const id = await enqueue()
    const fallen = () =>
      world.rows(
        sql`update platform.job set state = 'running', heartbeat_at = ${world.clock.now.toISOString()} where id = ${id}`,
      )
    await world.rows(sql`update platform.job set attempts = 1 where id = ${id}`)
    await fallen()
    let runs = 0
    const work = async () => {
      runs++
      return {}
    }
    world.clock.now = new Date(world.clock.now.getTime() + 30_000)
    await runAll(work)
    expect([runs, (await jobOf(id))?.state]).toEqual([0, 'running'])
    world.clock.now = new Date(world.clock.now.getTime() + 60_000)
    await runAll(work)
    expect([runs, (await jobOf(id))?.state]).toEqual([1, 'done'])
    await world.rows(sql`update platform.job set attempts = 3 where id = ${id}`)
    await fallen()
    world.clock.now = new Date(world.clock.now.getTime() + 61_000)
    await runAll(work)
    expect([runs, await jobOf(id)]).toEqual([
      1,
      expect.objectContaining({ state: 'failed', problemCode: 'platform.job-gave-up' }),
    ])
  })

  test('that was asked to stop while its server lay fallen is not begun again', async () => {
    const id = await enqueue()
    await world.rows(
      sql`update platform.job set state = 'running', attempts = 1, cancel_requested = true, heartbeat_at = ${world.clock.now.toISOString()} where id = ${id}`,
    )
    world.clock.now = new Date(world.clock.now.getTime() + 61_000)
    let runs = 0
    await runAll(async () => {
      runs++
      return {}
    })
    expect([runs, (await jobOf(id))?.state]).toEqual([0, 'cancelled'])
  })

  test('that another runner took over is not ended, moved on or written to by the one who lost it', async () => {
    const id = await enqueue()
    const after: string[] = []
    await runAll(async (work) => {
      // This runner was silent so long that another took the job and finished it.
      await world.rows(
        sql`update platform.job set attempts = attempts + 1, state = 'done', result = '{"by": "the other"}', done_count = 9, finished_at = now() where id = ${id}`,
      )
      await work.progress(1, 9).then(
        () => after.push('went on'),
        () => after.push('stopped'),
      )
      return { by: 'the first' }
    })
    expect(after).toEqual(['stopped'])
    expect(await jobOf(id)).toMatchObject({ state: 'done', doneCount: 9, result: { by: 'the other' } })
  })

  test('is taken by one of several runners only', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => enqueue()))
    const ran: string[] = []
    const kinds: JobKind[] = [{ kind: 'test.work', run: async (work) => ({ order: ran.push(work.id) }) }]
    const three = [runner(kinds), runner(kinds), runner(kinds)]
    await Promise.all(three.map((one) => one.idle()))
    await Promise.all(three.map((one) => one.close()))
    expect(ran.sort()).toEqual(ids.sort())
  })

  test('lost to a fault of the database does not stop the runner: the next job runs', async () => {
    const broken = await enqueue({ how: 'gone' })
    const next = await enqueue({ how: 'well' })
    const started = runner(
      [
        {
          kind: 'test.work',
          run: async (work) => {
            if (work.payload.how === 'gone') {
              await sql`alter table platform.job disable row level security`.execute(world.land.owner)
              await sql`delete from platform.job where id = ${broken}`.execute(world.land.owner)
              await sql`alter table platform.job enable row level security`.execute(world.land.owner)
            }
            return {}
          },
        },
      ],
      undefined,
      20,
    )
    for (let tries = 0; tries < 100 && (await jobOf(next))?.state !== 'done'; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await jobOf(next)).toMatchObject({ state: 'done' })
    await started.close()
  })

  test('of a long kind keeps no other waiting, and runs alone of its lane', async () => {
    let finish: () => void = () => undefined
    const held = new Promise<void>((resolve) => (finish = resolve))
    const order: string[] = []
    const long = await enqueue({ which: 'first' }, 'test.long')
    const longer = await enqueue({ which: 'second' }, 'test.long')
    const quick = await Promise.all([enqueue(), enqueue(), enqueue()])
    const started = runner(
      [
        {
          kind: 'test.long',
          isLong: true,
          run: async (work) => {
            order.push(`begins ${String(work.payload.which)}`)
            await held
            order.push(`ends ${String(work.payload.which)}`)
            return {}
          },
        },
        { kind: 'test.work', run: async () => ({}) },
      ],
      undefined,
      20,
    )
    const untilDone = async (ids: readonly string[]) => {
      for (let tries = 0; tries < 100; tries++) {
        const states = await Promise.all(ids.map(async (id) => (await jobOf(id))?.state))
        if (states.every((state) => state === 'done')) return
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
    await untilDone(quick)
    const states = await Promise.all([...quick, long, longer].map(async (id) => (await jobOf(id))?.state))
    expect(states).toEqual(['done', 'done', 'done', 'running', 'queued'])
    finish()
    await untilDone([long, longer])
    expect(order).toEqual(['begins first', 'ends first', 'begins second', 'ends second'])
    await started.close()
  })
})
