import { sql } from 'kysely'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { may } from '#access'
import { exportJob, forgetOldFiles, readSheet, startJobRunner, type Actor, type JobWork } from '#platform'
import type { Occurrence } from '#plans/model'
import { actorOf, aDuty, aPlanWorld, aTask, by, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { readListFile } from '../../../test/kit/list-files.ts'
import { taskList } from './tasks.ts'

const who = 'south officer'
let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
  await world.issued('south', [
    aTask({ path: 'I.1', text: '=HYPERLINK("x")', lead: 'southHealth', time: by('2031-02-20') }),
    aTask({ path: 'I.2', duties: [aDuty('lead', 'solheim'), aDuty('lead', 'vikdal')], time: by('2031-04-20') }),
    aTask({ path: 'I.3', lead: 'southSchools' }),
  ])
  await world.issued('north', [aTask({ lead: 'northHealth', time: by('2031-02-20') })])
})
afterAll(() => world.close())

let rights: (who: string) => Actor | undefined = actorOf
beforeEach(() => {
  rights = actorOf
})

/** Runs all that waits, as the person who asked. */
async function runAll(asker: string): Promise<void> {
  const runner = startJobRunner({
    ground: world.ground,
    kinds: [exportJob({ lists: [taskList], say: world.say, may })],
    log: pino({ level: 'silent' }),
    actorOf: () => Promise.resolve(rights(asker)),
    pollMs: 10_000,
  })
  await runner.idle()
  await runner.close()
}

const asked = (over: Record<string, unknown> = {}) => ({
  list: 'plans.tasks',
  format: 'xlsx',
  filter: {},
  columns: ['id', 'path', 'text', 'dueOn', 'standing', 'agency'],
  words: 'Tất cả',
  ...over,
})
const jobOf = async (id: string) => {
  const [job] = await world.rows(
    sql<{
      state: string
      problemCode: string | null
    }>`select state, problem_code from platform.job where id = ${id}::uuid`,
  )
  return job
}
const filesKept = () => world.rows(sql<{ id: string }>`select id from platform.list_file`)

describe('a list as a file', () => {
  test.each(['xlsx', 'csv'])(
    'as .%s holds all that match and nothing else, in the order and columns asked',
    async (format) => {
      const { jobId, rows } = await world.done(
        who,
        'POST',
        '/list-files',
        asked({ format, filter: { dueDate: ['with'] }, order: '-due' }),
      )
      await runAll(who)
      const answer = await world.ask(who, 'GET', `/list-files/${String(jobId)}`)
      expect([answer.status, answer.headers['content-disposition']]).toEqual([
        200,
        expect.stringContaining(encodeURIComponent('Danh sách nhiệm vụ 2031-03-04')),
      ])
      const back = readListFile(taskList, await readSheet(new Uint8Array(answer.raw), { rows: 100, columns: 20 }))
      const page = await world.done(who, 'GET', '/tasks?dueDate=with&order=-due')
      const items = page.items as Occurrence[]
      expect(rows).toBe(items.length)
      expect(back?.rows.map(({ cells }) => [cells.id, cells.path, cells.text, cells.agency])).toEqual(
        items.map((one) => [one.id, one.path, one.text, one.agency.name]),
      )
      expect(back?.rows.map(({ cells }) => cells.standing)).toEqual([
        'Đang làm, còn hạn',
        'Đang làm, còn hạn',
        'Quá hạn',
      ])
    },
  )

  test.each(['xlsx', 'csv'])(
    'as .%s says the period as people do, and with the columns it names loads back',
    async (format) => {
      const officer = 'southHealth officer'
      const time = {
        kind: 'recurring',
        text: 'Kvart kvartal',
        from: '2031-01-01',
        to: null,
        frequency: 'quarter',
      } as const
      const plan = await world.issued('south', [aTask({ time }), aTask({ path: '2', time: by('2031-09-01') })])
      const heads = (await world.done(officer, 'GET', '/list-columns?list=plans.tasks')) as unknown as {
        key: string
        isForReturn: boolean
      }[]
      const columns = ['period', ...heads.filter((column) => column.isForReturn).map((column) => column.key)]
      expect(columns).toEqual(['period', 'id', 'saidStatus', 'version', 'narrative', 'evidenceNote'])
      const { jobId } = await world.done(officer, 'POST', '/list-files', asked({ format, columns, filter: { planId: [plan] } })) // prettier-ignore
      await runAll(officer)
      const { raw } = await world.ask(officer, 'GET', `/list-files/${String(jobId)}`)
      const back = readListFile(taskList, await readSheet(new Uint8Array(raw), { rows: 100, columns: 20 }))
      expect(back?.rows.map(({ cells }) => cells.period).toSorted()).toEqual(['', 'quý I/2031'])
      const set = await world.done(officer, 'POST', `/progress-sheet?fileName=x.${format}`, raw)
      expect([set.counts, set.refused]).toMatchObject([{ seen: 2, changing: 0, refused: 0 }, []])
    },
  )

  test.each(['xlsx', 'csv'])(
    'as .%s loads back unchanged while updates are being written, came back and were sent; what is changed is taken',
    async (format) => {
      const officer = 'southHealth officer'
      const plan = await world.issued('south', [
        aTask({ text: 'Utkast' }),
        aTask({ path: '2', text: 'Attende' }),
        aTask({ path: '3', text: 'Sendt' }),
      ])
      const { items } = await world.done(officer, 'GET', `/tasks?planId=${plan}`)
      for (const { id, text } of items as Occurrence[]) {
        const said = { version: null, status: 'in-progress', narrative: `Gjort: ${text}`, evidenceNote: 'Brev 4' }
        const { id: update } = await world.done(officer, 'PUT', `/tasks/${id}/progress`, said)
        if (text === 'Utkast') continue
        await world.done(officer, 'POST', `/progress/${String(update)}/submission`, { version: 1 })
        if (text === 'Sendt') continue
        await world.done('south approver', 'POST', `/progress/${String(update)}/return`, { version: 2, reason: 'Meir' })
      }
      const fileWith = async (columns: string[]) => {
        const { jobId } = await world.done(officer, 'POST', '/list-files', asked({ format, columns, filter: { planId: [plan] } })) // prettier-ignore
        await runAll(officer)
        return (await world.ask(officer, 'GET', `/list-files/${String(jobId)}`)).raw
      }
      const load = (raw: Buffer) => world.ask(officer, 'POST', `/progress-sheet?fileName=x.${format}`, raw)
      const returning = ['id', 'text', 'saidStatus', 'version', 'narrative', 'evidenceNote']
      // The accepted status beside it is not what is said; alone it is not read for it.
      for (const columns of [returning, ['status', ...returning]]) {
        const { body: set } = await load(await fileWith(columns))
        expect([set.counts, set.refused]).toMatchObject([{ seen: 3, changing: 0, refused: 0 }, []])
      }
      const alone = await load(await fileWith(['id', 'text', 'status', 'narrative']))
      expect([alone.status, alone.body.code]).toEqual([422, 'plans.sheet-head-missing'])
      expect(JSON.stringify(alone.body)).toContain(world.say('vi', 'plans.tasks-column-saidStatus'))
      if (format === 'xlsx') return
      const edited = (await fileWith(['status', ...returning])).toString().replaceAll('Đang thực hiện', 'Đã hoàn thành')
      const { body: set } = await load(Buffer.from(edited))
      expect(set.counts).toMatchObject({ seen: 3, changing: 2, refused: 1 })
      expect(set.refused).toMatchObject([{ code: 'plans.row-already-sent' }])
    },
  )

  test('the request and the handing-out stand in the audit with filter and rows, without the words searched for', async () => {
    const { jobId } = await world.done(
      who,
      'POST',
      '/list-files',
      asked({ filter: { search: ['Nguyễn Văn A'], standing: ['overdue'] } }),
    )
    await runAll(who)
    await world.done(who, 'GET', `/list-files/${String(jobId)}`)
    const entries = await world.rows(
      sql<{
        action: string
        params: Record<string, unknown>
      }>`select action, params from platform.audit_entry where record_id = ${String(jobId)}::uuid order by sequence`,
    )
    expect(entries).toEqual([
      {
        action: 'platform.list-exported',
        params: {
          list: 'plans.tasks',
          format: 'xlsx',
          rows: 0,
          columns: 'id path text dueOn standing agency',
          filter: 'standing=overdue search',
        },
      },
      { action: 'platform.list-fetched', params: { rows: 0 } },
    ])
  })

  test('is its asker’s alone, in the post it was asked in', async () => {
    const { jobId } = await world.done(who, 'POST', '/list-files', asked())
    await runAll(who)
    for (const other of ['south officer 2', 'crown officer', 'north officer'])
      expect([other, (await world.ask(other, 'GET', `/list-files/${String(jobId)}`)).status]).toEqual([other, 404])
  })

  test('rights that end while it is written end it, and nothing is kept', async () => {
    const before = (await filesKept()).length
    for (const ended of [() => undefined, (name: string): Actor => ({ ...actorOf(name), role: 'none' })]) {
      const { jobId } = await world.done(who, 'POST', '/list-files', asked())
      rights = ended
      await runAll(who)
      rights = actorOf
      expect((await jobOf(String(jobId)))?.state).toBe('failed')
      expect((await world.ask(who, 'GET', `/list-files/${String(jobId)}`)).status).toBe(404)
    }
    expect((await filesKept()).length).toBe(before)
  })

  test('what left reach between the steps is not in it', async () => {
    const { jobId } = await world.done(who, 'POST', '/list-files', asked({ format: 'csv' }))
    let steps = 0
    const narrowed = (): Actor =>
      steps++ === 0
        ? actorOf(who)
        : {
            ...actorOf(who),
            viewers: actorOf('solheim officer').viewers,
            agencyId: actorOf('solheim officer').agencyId,
          }
    const job = exportJob({ lists: [taskList], say: world.say, may })
    const work: JobWork = {
      id: String(jobId),
      payload: { ...asked({ format: 'csv' }), order: 'usual', language: 'vi' },
      inTransaction: (run) => world.asActor(narrowed(), run),
      absorb: () => Promise.reject(new Error('nothing to take over')),
      progress: () => Promise.resolve(),
    }
    await job.run(work)
    const [kept] = await world.rows(
      sql<{ bytes: Buffer }>`select bytes from platform.list_file where id = ${String(jobId)}::uuid`,
    )
    const back = readListFile(taskList, await readSheet(new Uint8Array(kept?.bytes ?? []), { rows: 100, columns: 20 }))
    expect(back?.rows.map(({ cells }) => cells.path)).toEqual(['I.2'])
  })

  test('an unknown list, column, order, value or field is refused, and so is a reader', async () => {
    for (const wrong of [
      { list: 'plans.none' },
      { columns: ['password'] },
      { columns: [] },
      { order: 'random' },
      { filter: { standing: ['lost'] } },
      { filter: { nothing: ['x'] } },
      { format: 'pdf' },
      { extra: 1 },
    ])
      expect([wrong, (await world.ask(who, 'POST', '/list-files', asked(wrong))).status]).toEqual([wrong, 422])
    expect((await world.ask('south reader', 'POST', '/list-files', asked())).status).toBe(403)
  })

  test('is forgotten after a week', async () => {
    await world.asProduct((ctx) => forgetOldFiles(ctx))
    expect((await filesKept()).length).toBeGreaterThan(0)
    await world.asProduct((ctx) => forgetOldFiles({ ...ctx, now: '2031-03-12T04:00:00Z' }))
    expect(await filesKept()).toEqual([])
  })
})
