import { readdirSync } from 'node:fs'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId, startJobRunner, systemActor, type JobKind } from '#platform'
import { aPlanWorld, aTask, type PlanWorld } from '../kit/plan-world.ts'

let world: PlanWorld
let plan: string
beforeAll(async () => {
  world = await aPlanWorld()
  plan = await world.draft('south', [aTask({})])
})
afterAll(() => world.close())

const bytes = Buffer.from(`%PDF-1.7\n${'chữ '.repeat(50_000)}`)

/** An upload of which the first half was sent; `rest` sends the other, `answer` is what came back until the end. */
async function halfAnUpload(port: number) {
  const socket = net.connect(port, '127.0.0.1')
  let said = ''
  socket.setEncoding('utf8').on('data', (text: string) => (said += text))
  const ended = new Promise<string>((resolve) => socket.once('close', () => resolve(said)))
  socket.on('error', () => undefined)
  socket.write(
    [
      `POST /api/v1/plans/${plan}/files?fileName=ban-ky.pdf HTTP/1.1`,
      'Host: localhost',
      'Connection: close',
      'X-Test-Person: south officer',
      `Idempotency-Key: ${newId()}`,
      'Content-Type: application/octet-stream',
      `Content-Length: ${bytes.byteLength}`,
      '\r\n',
    ].join('\r\n'),
  )
  socket.write(bytes.subarray(0, 100_000))
  await sleep(200)
  return { rest: () => socket.write(bytes.subarray(100_000)), leave: () => socket.destroy(), answer: ended }
}

const filesKept = () =>
  readdirSync(world.home, { recursive: true, encoding: 'utf8' }).filter((name) => !/^..$/.test(name))
const rowsKept = () => world.rows(sql<{ size: number }>`select size from platform.stored_file`)

describe('told to stop, the server', () => {
  test('takes an upload under way to its end, gives up one whose sender has gone, and lets nobody else in', async () => {
    const port = Number(new URL(await world.server.listen({ port: 0, host: '127.0.0.1' })).port)
    const [whole, broken] = [await halfAnUpload(port), await halfAnUpload(port)]
    let isClosed = false
    const closed = world.server.close().then(() => (isClosed = true))
    await sleep(200)
    await expect(fetch(`http://127.0.0.1:${port}/api/v1/session`)).rejects.toThrow()
    expect([isClosed, await rowsKept(), filesKept()]).toEqual([false, [], []])
    broken.leave()
    whole.rest()
    expect(await whole.answer).toMatch(/^HTTP\/1.1 200/)
    await closed
    expect(await rowsKept()).toEqual([{ size: bytes.byteLength }])
    expect(filesKept()).toHaveLength(1)
  })

  test('lets a job under way end, and leaves those that wait to the next start', async () => {
    const steps: string[] = []
    const kind: JobKind = {
      kind: 'test.slow',
      async run(work) {
        await work.inTransaction((ctx) => ctx.record('test.first-step', { kind: 'test', id: null }))
        steps.push('first')
        await sleep(400)
        await work.inTransaction((ctx) => ctx.record('test.second-step', { kind: 'test', id: null }))
        steps.push('second')
        return {}
      },
    }
    await world.asProduct(async (ctx) => {
      await ctx.enqueue('test.slow', {})
    })
    const runner = startJobRunner({
      ground: world.ground,
      kinds: [kind],
      log: pino({ level: 'silent' }),
      actorOf: () => Promise.resolve(systemActor),
      pollMs: 20,
    })
    while (steps.length === 0) await sleep(10)
    await world.asProduct(async (ctx) => {
      await ctx.enqueue('test.slow', {})
    })
    await runner.close()
    expect(steps).toEqual(['first', 'second'])
    expect(await world.rows(sql`select state from platform.job order by finished_at nulls last`)).toEqual([
      { state: 'done' },
      { state: 'queued' },
    ])
  })
})
