import { Writable } from 'node:stream'
import { sql } from 'kysely'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findJob, inTransaction, newId, startJobRunner, type Context, type JobKind } from '#platform'
import { asProduct, aWorld, bodyId, type World } from '../../test/kit/access-world.ts'
import { actorOf } from './identify.ts'

let world: World
let officer: string
let ids: Record<string, string>
beforeAll(async () => {
  world = await aWorld()
  ids = {
    an: await world.enrol('anh', [{ body: 'n1-committee', role: 'officer' }]),
    binh: await world.enrol('binh', [{ body: 'north-committee', role: 'officer' }]),
  }
  await world.enrol('chi', [{ body: 'north-committee', role: 'administrator' }])
  await world.enrol('dung', [{ body: 's1-committee', role: 'officer' }])
  officer = await world.enter('anh')
})
afterAll(() => world.close())

async function enqueue(kind: string): Promise<string> {
  const post = await asProduct(world.ground, (db) =>
    db
      .selectFrom('access.post')
      .select('id')
      .where('personId', '=', ids.an ?? '')
      .executeTakeFirstOrThrow(),
  )
  const actor = await actorOf(world.ground, ids.an ?? '', post.id)
  if (!actor) throw new Error('no rights')
  return inTransaction(world.ground, { actor, language: 'vi', requestId: 'test' }, (ctx) => ctx.enqueue(kind, {}))
}

/** Runs all that waits, with the given kinds. */
async function runAll(kinds: JobKind[]): Promise<void> {
  const log = pino(new Writable({ write: (_chunk, _encoding, done) => done() }))
  const runner = startJobRunner({
    ground: world.ground,
    kinds,
    log,
    actorOf: (personId, postId) => actorOf(world.ground, personId, postId),
    pollMs: 10_000,
  })
  await runner.idle()
  await runner.close()
}

const stateOf = (id: string) =>
  asProduct(world.ground, (db) => findJob({ db } as Context, id, sql`true`)).then((job) => [
    job?.state,
    job?.problemCode,
    job?.doneCount,
  ])

describe('long work', () => {
  test('is seen by its owner and by whoever stands over the body, with the name of who asked; not elsewhere', async () => {
    const id = await enqueue('test.wait')
    const seen = async (login: string) =>
      await world.ask({ method: 'GET', path: `/jobs/${id}`, cookie: await world.enter(login) })
    expect((await seen('anh')).body).toMatchObject({ state: 'queued', personName: 'Người anh' })
    expect((await seen('chi')).body).toMatchObject({ personName: 'Người anh' })
    expect((await seen('dung')).status).toBe(404)
    expect((await world.ask({ method: 'GET', path: '/jobs', cookie: await world.enter('dung') })).body).toMatchObject({
      items: [],
      total: 0,
    })
  })

  test('is stopped by its owner or an administrator, once', async () => {
    const stop = async (id: string, login: string) =>
      await world.ask({ method: 'POST', path: `/jobs/${id}/cancellation`, cookie: await world.enter(login) })
    const [one, other] = [await enqueue('test.wait'), await enqueue('test.wait')]
    expect((await stop(one, 'binh')).body.code).toBe('access.job-of-another')
    expect((await stop(one, 'anh')).body).toMatchObject({ state: 'cancelled' })
    expect((await stop(one, 'anh')).body.code).toBe('access.job-ended')
    expect((await stop(other, 'chi')).body).toMatchObject({ state: 'cancelled' })
  })

  test('running, it stops at its next step', async () => {
    const id = await enqueue('test.steps')
    await runAll([
      {
        kind: 'test.steps',
        async run(work) {
          await work.progress(1, 3)
          await world.ask({ method: 'POST', path: `/jobs/${id}/cancellation`, cookie: officer })
          await work.progress(2, 3)
          throw new Error('went on')
        },
      },
    ])
    expect(await stateOf(id)).toEqual(['cancelled', null, 2])
  })

  test('runs with the rights of the moment: a post ended half-way ends it, and nothing is written after', async () => {
    const admin = await world.enter('chi')
    const id = await enqueue('test.revoked')
    const marks: string[] = []
    await runAll([
      {
        kind: 'test.revoked',
        async run(work) {
          await work.inTransaction(async (ctx) => {
            marks.push(`before, as ${ctx.actor.role}`)
          })
          const [post] = (
            (await world.ask({ method: 'GET', path: `/people/${ids.an}`, cookie: admin })).body as {
              posts: { id: string }[]
            }
          ).posts
          await world.ask({ method: 'POST', path: `/posts/${post?.id}/end`, cookie: admin })
          await work.inTransaction(async () => {
            marks.push('after')
          })
          return {}
        },
      },
    ])
    expect(marks).toEqual(['before, as officer'])
    expect(await stateOf(id)).toEqual(['failed', 'platform.job-rights-ended', 0])
    await expect(enqueue('test.wait')).rejects.toThrow('no rights')
  })

  test('of someone who is disabled has no rights at all', async () => {
    const id = await world.enrol('het', [{ body: 'n2-committee', role: 'officer' }])
    const post = await asProduct(world.ground, (db) =>
      db.selectFrom('access.post').select('id').where('personId', '=', id).executeTakeFirstOrThrow(),
    )
    expect(await actorOf(world.ground, id, post.id)).toMatchObject({
      role: 'officer',
      viewers: [bodyId('n2-committee')],
      everywhere: false,
    })
    expect(await actorOf(world.ground, id, newId())).toBeUndefined()
    await asProduct(world.ground, (db) =>
      db.updateTable('access.person').set({ state: 'disabled' }).where('id', '=', id).execute(),
    )
    expect(await actorOf(world.ground, id, post.id)).toBeUndefined()
  })
})
