import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aPlanWorld, aTask, bodyId, type PlanWorld } from '../../test/kit/plan-world.ts'
import { reportSteps, said } from '../../test/kit/report-steps.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
})

const { work, detail, write, codeOf } = reportSteps(() => world)
const officer = 'southHealth officer'

describe('progress', () => {
  test('is written, proved, sent, returned with a reason, corrected, sent again and accepted', async () => {
    const task = await work()
    const { id, version } = await write(officer, task)
    await world.done(officer, 'POST', `/progress/${id}/evidence?fileName=liste.pdf`, Buffer.from('%PDF bevis'))
    await world.done(officer, 'POST', `/progress/${id}/submission`, { version })
    world.clock.now = new Date('2031-03-10T03:00:00Z')
    await world.done('south approver', 'POST', `/progress/${id}/return`, { version: 2, reason: 'Listen mangler navn' })
    const returned = (await detail(officer, task)).progress[0]
    expect([returned?.state, returned?.reason, returned?.may.edit]).toEqual(['returned', 'Listen mangler navn', true])
    expect((await write(officer, task, { version: 3, narrative: 'Med navn' })).id).toBe(id)
    const corrected = (await detail(officer, task)).progress[0]
    expect([corrected?.state, corrected?.reason]).toEqual(['draft', 'Listen mangler navn'])
    world.clock.now = new Date('2031-03-20T03:00:00Z')
    await world.done(officer, 'POST', `/progress/${id}/submission`, { version: 4 })
    world.clock.now = new Date('2031-04-20T03:00:00Z')
    await world.done('south approver', 'POST', `/progress/${id}/acceptance`, { version: 5 })
    const done = await detail(officer, task)
    expect([done.standing, done.status, done.doneOn]).toEqual(['done-on-time', 'completed', '2031-03-20'])
    expect(done.progress.map(({ state, narrative }) => [state, narrative])).toEqual([['accepted', 'Med navn']])
    expect(done.progress[0]?.files.map((file) => [file.name, file.sha256])).toEqual([
      ['liste.pdf', createHash('sha256').update('%PDF bevis').digest('hex')],
    ])
    const entries = (await world.audit())
      .filter((entry) => entry.recordId === id)
      .map((entry) => entry.action.replace('plans.', ''))
    expect(entries).toEqual([
      'progress-begun',
      'evidence-added',
      'progress-submitted',
      'progress-returned',
      'progress-saved',
      'progress-submitted',
      'progress-accepted',
    ])
  })

  test('every sending stays to be read: what was first sent, why it came back, what was corrected', async () => {
    const task = await work()
    const { id } = await write(officer, task, { narrative: 'Alle bårn, trur vi' })
    await world.done(officer, 'POST', `/progress/${id}/evidence?fileName=gissing.pdf`, Buffer.from('%PDF gissing'))
    await world.done(officer, 'POST', `/progress/${id}/submission`, { version: 1 })
    await world.done('south approver', 'POST', `/progress/${id}/return`, { version: 2, reason: 'Tel dei' })
    await world.done(officer, 'POST', `/progress/${id}/evidence?fileName=liste.pdf`, Buffer.from('%PDF liste'))
    await write(officer, task, { version: 3, narrative: '412 bårn', status: 'in-progress' })
    const seenWhileWritten = await detail('south approver', task)
    expect([seenWhileWritten.progress, seenWhileWritten.sent.length]).toEqual([[], 1])
    await world.done(officer, 'POST', `/progress/${id}/submission`, { version: 4 })
    await world.done('south approver', 'POST', `/progress/${id}/acceptance`, { version: 5 })
    const { sent } = await detail(officer, task)
    expect(
      sent.map((one) => [one.ordinal, one.said?.narrative, one.said?.status, one.files.map((file) => file.name)]),
    ).toEqual([
      [2, '412 bårn', 'in-progress', ['gissing.pdf', 'liste.pdf']],
      [1, 'Alle bårn, trur vi', 'completed', ['gissing.pdf']],
    ])
    expect(sent.map((one) => [one.check?.decision, one.check?.reason])).toEqual([
      ['accepted', null],
      ['returned', 'Tel dei'],
    ])
  })

  test('a file that went with a sending stays readable to the checker while the update is corrected', async () => {
    const task = await work()
    const { id } = await write(officer, task)
    const lay = async (name: string) =>
      String(
        (await world.done(officer, 'POST', `/progress/${id}/evidence?fileName=${name}`, Buffer.from(`%PDF ${name}`)))
          .id,
      )
    const sent = await lay('sendt.pdf')
    await world.done(officer, 'POST', `/progress/${id}/submission`, { version: 1 })
    await world.done('south approver', 'POST', `/progress/${id}/return`, { version: 2, reason: 'Meir' })
    await write(officer, task, { version: 3 })
    const added = await lay('ny.pdf')
    const statusOf = async (file: string) =>
      (await world.ask('south approver', 'GET', `/progress/${id}/evidence/${file}`)).status
    expect([await statusOf(sent), await statusOf(added)]).toEqual([200, 404])
  })

  test('a file laid under a returned update is its body’s own until it is sent again', async () => {
    const task = await work()
    const { id, version } = await write(officer, task)
    const lay = async (name: string) => {
      const at = `/progress/${id}/evidence?fileName=${name}`
      return String((await world.done(officer, 'POST', at, Buffer.from(`%PDF ${name}`))).id)
    }
    const first = await lay('a.pdf')
    await world.done(officer, 'POST', `/progress/${id}/submission`, { version })
    await world.done('south approver', 'POST', `/progress/${id}/return`, { version: 2, reason: 'Mer' })
    const second = await lay('b.pdf')
    const filesFor = async (who: string) => (await detail(who, task)).progress[0]?.files.map((file) => file.id)
    const opens = async () => [
      (await world.ask('south approver', 'GET', `/progress/${id}/evidence/${first}`)).status,
      (await world.ask('south approver', 'GET', `/progress/${id}/evidence/${second}`)).status,
    ]
    expect([await filesFor(officer), await filesFor('south approver'), await opens()]).toEqual([
      [first, second],
      [first],
      [200, 404],
    ])
    await world.done(officer, 'POST', `/progress/${id}/submission`, { version: 3 })
    expect([await filesFor('south approver'), await opens()]).toEqual([
      [first, second],
      [200, 200],
    ])
  })

  test('what was sent and how it was judged cannot be changed or taken away, also not by SQL', async () => {
    const task = await work()
    const { id } = await write(officer, task)
    await world.done(officer, 'POST', `/progress/${id}/submission`, { version: 1 })
    await world.done('south approver', 'POST', `/progress/${id}/return`, { version: 2, reason: 'Nei' })
    for (const change of [
      sql`update plans.progress_version set narrative = 'x'`,
      sql`delete from plans.progress_version`,
      sql`update plans.progress_check set reason = 'x'`,
      sql`delete from plans.progress_check`,
    ])
      await expect(world.as(officer, ({ db }) => change.execute(db))).rejects.toThrow(/permission denied/)
    const forged = sql`insert into plans.progress_check (progress_version_id, progress_id, agency_id, owner_id, decision, person_id, checked_at)
      select s.id, s.progress_id, s.agency_id, s.owner_id, 'accepted', platform.person(), now() from plans.progress_version s
      where s.progress_id = ${id}`
    await expect(world.as(officer, ({ db }) => forged.execute(db))).rejects.toThrow(/row-level security/)
  })

  test('sent after the due date is late, whenever it is accepted', async () => {
    const task = await work('southHealth', '2031-03-31')
    const { id } = await write(officer, task)
    world.clock.now = new Date('2031-04-01T03:00:00Z')
    expect((await detail(officer, task)).standing).toBe('overdue')
    await world.done(officer, 'POST', `/progress/${id}/submission`, { version: 1 })
    await world.done('south approver', 'POST', `/progress/${id}/acceptance`, { version: 2 })
    expect(await detail(officer, task)).toMatchObject({ standing: 'done-late', doneOn: '2031-04-01' })
  })

  test('the day it was sent is the day in the country, not in Greenwich', async () => {
    const task = await work('southHealth', '2031-03-31')
    const { id } = await write(officer, task)
    world.clock.now = new Date('2031-03-31T20:00:00Z') // the first of April in the country's zone
    await world.done(officer, 'POST', `/progress/${id}/submission`, { version: 1 })
    await world.done('south approver', 'POST', `/progress/${id}/acceptance`, { version: 2 })
    expect((await detail(officer, task)).doneOn).toBe('2031-04-01')
  })

  test('of work under way leaves it pending, and the next update follows; what is done stays done', async () => {
    const task = await work()
    const first = await write(officer, task, { status: 'in-progress' })
    await world.done(officer, 'POST', `/progress/${first.id}/submission`, { version: 1 })
    await world.done('south approver', 'POST', `/progress/${first.id}/acceptance`, { version: 2 })
    expect(await detail(officer, task)).toMatchObject({
      standing: 'pending-in-time',
      status: 'in-progress',
      doneOn: null,
    })
    const second = await write(officer, task)
    expect(second.id).not.toBe(first.id)
    await world.done(officer, 'POST', `/progress/${second.id}/submission`, { version: 1 })
    await world.done('south approver', 'POST', `/progress/${second.id}/acceptance`, { version: 2 })
    expect(await codeOf(officer, 'PUT', `/tasks/${task}/progress`, { ...said, status: 'in-progress' })).toEqual([
      409,
      'plans.work-already-done',
    ])
    expect((await detail(officer, task)).may.report).toBe(false)
  })

  test('is checked by four eyes: not by its body, its writer or its sender in another post', async () => {
    const task = await work()
    const { id } = await write(officer, task)
    await world.done('southHealth officer 2', 'POST', `/progress/${id}/submission`, { version: 1 })
    expect(await codeOf('southHealth approver', 'POST', `/progress/${id}/acceptance`, { version: 2 })).toEqual([
      403,
      'plans.not-ones-own-check',
    ])
    // the one who sent it holds a post of the superior as well
    for (const who of ['southHealth officer', 'southHealth officer 2']) {
      const alike = await world.asProduct(async (ctx) => {
        const { acceptProgress } = await import('./commands/progress.ts')
        const { actorOf } = await import('../../test/kit/plan-world.ts')
        const actor = { ...actorOf('south approver'), personId: actorOf(who).personId }
        return acceptProgress({ ...ctx, actor }, id, 2).then(
          () => 'accepted',
          (fault: Error) => fault.message,
        )
      })
      expect([who, alike]).toEqual([who, 'plans.not-ones-own-check'])
    }
    await world.done('south approver', 'POST', `/progress/${id}/acceptance`, { version: 2 })
  })

  test('nor by who wrote what was first sent, when a colleague corrected it and sent it again', async () => {
    const task = await work()
    const { id } = await write(officer, task)
    await world.done(officer, 'POST', `/progress/${id}/submission`, { version: 1 })
    await world.done('south approver', 'POST', `/progress/${id}/return`, { version: 2, reason: 'Tel dei' })
    await write('southHealth officer 2', task, { version: 3 })
    await world.done('southHealth officer 2', 'POST', `/progress/${id}/submission`, { version: 4 })
    const accepted = await world.asProduct(async (ctx) => {
      const { acceptProgress } = await import('./commands/progress.ts')
      const { actorOf } = await import('../../test/kit/plan-world.ts')
      const actor = { ...actorOf('south approver'), personId: actorOf(officer).personId }
      return acceptProgress({ ...ctx, actor }, id, 5).then(
        () => 'accepted',
        (fault: Error) => fault.message,
      )
    })
    expect(accepted).toBe('plans.not-ones-own-check')
  })

  test('is sent, returned and accepted on the version one saw, and only in that state', async () => {
    const task = await work()
    const { id } = await write(officer, task)
    expect(await codeOf(officer, 'PUT', `/tasks/${task}/progress`, said)).toEqual([409, 'platform.stale-version'])
    await write(officer, task, { version: 1 })
    expect(await codeOf(officer, 'POST', `/progress/${id}/submission`, { version: 1 })).toEqual([
      409,
      'platform.stale-version',
    ])
    await world.done(officer, 'POST', `/progress/${id}/submission`, { version: 2 })
    expect(await codeOf(officer, 'PUT', `/tasks/${task}/progress`, { ...said, version: 3 })).toEqual([
      409,
      'plans.progress-not-in-that-state',
    ])
    expect(await codeOf(officer, 'POST', `/progress/${id}/evidence?fileName=x.pdf`, Buffer.from('x'))).toEqual([
      409,
      'plans.progress-not-in-that-state',
    ])
    expect(await codeOf('south approver', 'POST', `/progress/${id}/acceptance`, { version: 2 })).toEqual([
      409,
      'platform.stale-version',
    ])
    const both = await Promise.all([
      world.ask('south approver', 'POST', `/progress/${id}/acceptance`, { version: 3 }),
      world.ask('south consolidator', 'POST', `/progress/${id}/return`, { version: 3, reason: 'x' }),
    ])
    expect(both.map((answer) => answer.status).sort()).toEqual([204, 409])
    expect(await codeOf('south approver', 'POST', `/progress/${id}/return`, { version: 4, reason: 'x' })).toEqual([
      409,
      'plans.progress-not-in-that-state',
    ])
  })

  test('a draft is its body’s alone: to its superior it does not exist, nor does its evidence', async () => {
    const task = await work()
    const { id } = await write(officer, task)
    const file = await world.done(officer, 'POST', `/progress/${id}/evidence?fileName=x.pdf`, Buffer.from('%PDF'))
    expect((await detail('south approver', task)).progress).toEqual([])
    expect((await detail('south approver', task)).progressState).toBeNull()
    const { items } = await world.done('south approver', 'GET', `/tasks?progressState=draft&size=200`)
    expect((items as { id: string }[]).map((item) => item.id)).not.toContain(task)
    expect(await codeOf('south approver', 'POST', `/progress/${id}/acceptance`, { version: 1 })).toEqual([
      404,
      'platform.not-found',
    ])
    expect(await codeOf('south approver', 'POST', `/progress/${id}/return`, { version: 9, reason: 'x' })).toEqual([
      404,
      'platform.not-found',
    ])
    expect(await codeOf('south approver', 'GET', `/progress/${id}/evidence/${String(file.id)}`)).toEqual([
      404,
      'platform.not-found',
    ])
  })

  test('accepted stays as it was accepted, even by SQL as the application', async () => {
    const task = await work()
    const { id } = await write(officer, task)
    await world.done(officer, 'POST', `/progress/${id}/submission`, { version: 1 })
    await world.done('south approver', 'POST', `/progress/${id}/acceptance`, { version: 2 })
    await expect(
      world.as(officer, ({ db }) =>
        db.updateTable('plans.progress').set({ narrative: 'x' }).where('id', '=', id).execute(),
      ),
    ).rejects.toThrow('accepted progress does not change')
    await expect(
      world.as(officer, ({ db }) =>
        sql`update plans.progress set agency_id = ${bodyId('south')} where id = ${id}`.execute(db),
      ),
    ).rejects.toThrow('permission denied')
  })
})

describe('evidence', () => {
  test('is had only under the update it lies under, by both ids', async () => {
    const [one, other] = [await write(officer, await work()), await write(officer, await work())]
    const file = String(
      (
        await world.done(
          officer,
          'POST',
          `/progress/${one.id}/evidence?fileName=${encodeURIComponent('../../lønn "1".pdf')}`,
          Buffer.from('%PDF ett'),
        )
      ).id,
    )
    const good = await world.ask(officer, 'GET', `/progress/${one.id}/evidence/${file}`)
    expect([good.status, good.raw.toString(), good.headers['content-type']]).toEqual([
      200,
      '%PDF ett',
      'application/octet-stream',
    ])
    expect(String(good.headers['content-disposition'])).toBe(
      `attachment; filename="file"; filename*=UTF-8''${encodeURIComponent('lønn 1.pdf')}`,
    )
    expect(await codeOf(officer, 'GET', `/progress/${other.id}/evidence/${file}`)).toEqual([404, 'platform.not-found'])
    const plan = await world.issued('southHealth', [aTask()])
    expect(await codeOf(officer, 'GET', `/plans/${plan}/files/${file}`)).toEqual([404, 'platform.not-found'])
  })

  test('that no longer is what was stored is not handed out', async () => {
    const { id } = await write(officer, await work())
    const bytes = Buffer.from('%PDF ekte bevis')
    const file = String((await world.done(officer, 'POST', `/progress/${id}/evidence?fileName=a.pdf`, bytes)).id)
    const sha = createHash('sha256').update(bytes).digest('hex')
    writeFileSync(path.join(world.home, sha.slice(0, 2), sha), 'falskt bevis')
    const answer = await world.ask(officer, 'GET', `/progress/${id}/evidence/${file}`)
    expect([answer.status, answer.body.code]).toEqual([503, 'platform.file-damaged'])
    expect(answer.raw.toString()).not.toContain('falskt')
  })

  test('cannot be laid under the update of another, by the application’s SQL neither', async () => {
    const { id } = await write(officer, await work())
    expect(
      await codeOf('southSchools officer', 'POST', `/progress/${id}/evidence?fileName=x.pdf`, Buffer.from('x')),
    ).toEqual([404, 'platform.not-found'])
    const row = {
      id: crypto.randomUUID(),
      recordKind: 'plans.progress',
      recordId: id,
      agencyId: bodyId('southSchools'),
      name: 'x',
      mediaType: 'x',
      size: 1,
      sha256: 'a'.repeat(64),
      personId: crypto.randomUUID(),
      storedAt: '2031-01-01T00:00:00Z',
    }
    await expect(
      world.as('southSchools officer', ({ db }) => db.insertInto('platform.storedFile').values(row).execute()),
    ).rejects.toThrow('row-level security')
  })
})
