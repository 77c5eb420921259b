import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** `at`: when the first try was sent, `ms`: until the answer that counted, tries and pauses in between included. */
export type Answer = { status: number; body: string; at: number; ms: number; tries: number }
export type Send = { token: string; method: 'GET' | 'POST' | 'PUT'; path: string; body?: object }
export type Sender = { send: (one: Send) => Promise<Answer>; close: () => void }

/**
 * Sends as a browser does: connections that are kept, a write always under the same key until it is answered; an answer that says "too busy" is
 * obeyed, a connection that broke is tried again.
 */
export function openSender(address: string, sockets: number): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets, scheduling: 'fifo' })
  return {
    close: () => agent.destroy(),
    send: async (one) => {
      const at = performance.now()
      const key = randomUUID()
      for (let tries = 1; ; tries++) {
        const answer = await tryOnce(agent, { ...one, address, key })
        if (answer !== undefined && answer.status !== 429 && answer.status < 500)
          return { ...answer, at, ms: performance.now() - at, tries }
        await sleep((answer?.after ?? 0) * 1000 || 100 + Math.random() * 200)
      }
    },
  }
}

type Tried = { status: number; body: string; after: number }

function tryOnce(
  agent: Agent,
  { address, key, token, method, path, body }: Send & { address: string; key: string },
): Promise<Tried | undefined> {
  const written = body === undefined ? undefined : Buffer.from(JSON.stringify(body))
  return new Promise((resolve) => {
    const headers = {
      ...{ cookie: `mangnon=${token}`, accept: 'application/json', 'x-mangnon': '1' },
      ...(method === 'GET' ? {} : { 'idempotency-key': key }),
      ...(written === undefined ? {} : { 'content-type': 'application/json', 'content-length': written.length }),
    }
    const asked = request(`${address}${path}`, { agent, method, headers, timeout: 30_000 }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', () => resolve(undefined))
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          body: Buffer.concat(parts).toString('utf8'),
          after: Number(answer.headers['retry-after'] ?? 0),
        }),
      )
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(undefined))
    asked.end(written)
  })
}
