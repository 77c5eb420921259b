import { Agent, request } from 'node:http'
import type { Client } from './world.ts'

/** One page as a client asks for it. */
export type Ask = { client: Client; path: string }
export type Answer = { status: number; body: string; ms: number }

/** Sends requests on connections that are kept, as browsers do. */
export type Sender = { ask: (one: Ask) => Promise<Answer>; close: () => void }

export function openSender(address: string): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  return {
    close: () => agent.destroy(),
    ask: ({ client, path }) =>
      new Promise((resolve, reject) => {
        const began = performance.now()
        const headers = { cookie: `mangnon=${client.token}`, accept: 'application/json' }
        request(`${address}/api/v1${path}`, { agent, headers }, (answer) => {
          const parts: Buffer[] = []
          answer.on('data', (part: Buffer) => parts.push(part))
          answer.on('error', reject)
          answer.on('end', () => {
            const body = Buffer.concat(parts).toString('utf8')
            resolve({ status: answer.statusCode ?? 0, body, ms: performance.now() - began })
          })
        })
          .on('error', reject)
          .end()
      }),
  }
}

export type Load = { requests: number; p50: number; p95: number; worst: number; perSecond: number }

/**
 * Every lane sends its next request when the last is answered, without a pause, until all are sent.
 * @throws when an answer is not 200
 */
export async function underLoad(sender: Sender, asks: readonly Ask[], lanes: number): Promise<Load> {
  const times: number[] = []
  const waiting = asks.values()
  const began = performance.now()
  const lane = async () => {
    for (const one of waiting) {
      const { status, body, ms } = await sender.ask(one)
      if (status !== 200) throw new Error(`${one.path}: ${status} ${body.slice(0, 300)}`)
      times.push(ms)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  const seconds = (performance.now() - began) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { requests: times.length, p50: at(0.5), p95: at(0.95), worst: at(1), perSecond: times.length / seconds }
}
