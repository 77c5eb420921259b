import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aHeader, aPlanWorld, aTask, bodyId, type PlanWorld } from '../kit/plan-world.ts'

let world: PlanWorld
let port: number
beforeAll(async () => {
  world = await aPlanWorld()
  port = Number(new URL(await world.server.listen({ port: 0, host: '127.0.0.1' })).port)
})
afterAll(() => world.close())

/** Sends the head of a request that promises a body and never sends it. @returns the first line of the answer */
function promiseBody(path: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.setTimeout(5000, () => socket.destroy(new Error('the server waits for the body')))
    socket.on('error', reject)
    socket.on('data', (answer) => {
      resolve(answer.toString('utf8').split('\r\n')[0] ?? '')
      socket.destroy()
    })
    const lines = Object.entries({ host: 'localhost', 'content-length': '20000000', ...headers })
    socket.write(
      `POST /api/v1${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
    )
  })
}

describe('hostile requests', () => {
  const plan = '/plans/0190aaaa-0000-7000-8000-000000000000'
  test.each([
    ['nobody', `${plan}/files?fileName=a.pdf`, {}, '401'],
    ['someone without the right', `${plan}/files?fileName=a.pdf`, { 'x-test-person': 'southHealth reader' }, '403'],
    [
      'someone who sends another kind',
      `${plan}/files?fileName=a.pdf`,
      { 'x-test-person': 'south officer', 'content-type': 'application/json' },
      '422',
    ],
    ['nobody with a plan', '/plans', { 'content-type': 'application/json' }, '401'],
  ])('%s is refused before the body is taken in', async (_who, path, headers, status) => {
    expect(await promiseBody(path, { 'content-type': 'application/octet-stream', ...headers })).toContain(status)
  })

  test('a body nested without end is a fault of the sender', async () => {
    const body = JSON.stringify({
      issuerId: bodyId('south'),
      header: aHeader(),
      nodes: [{ ...aTask(), source: { deep: 'HERE' } }],
      parentPlanIds: [],
      functionCode: 'children',
    }).replace('"HERE"', '['.repeat(200_000) + ']'.repeat(200_000))
    const answer = await world.ask('south officer', 'POST', '/plans', body)
    expect(answer.status).toBe(422)
  })
})
