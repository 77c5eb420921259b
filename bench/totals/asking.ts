import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { openSender } from '../coverage/load.ts'
import type { Seat } from './world.ts'

export type Asking = {
  get: <T>(seat: Seat, url: string) => Promise<{ answer: T; ms: number }>
  send: <T>(seat: Seat, method: string, url: string, body: object) => Promise<T>
  /** A number the product tells of itself; NaN where it does not. */
  metric: (name: string) => Promise<number>
  /** Waits until it tells one above none. */
  until: (name: string) => Promise<number>
  /** Waits until it tells one above none that stays for two seconds. */
  settled: (name: string) => Promise<void>
  close: () => void
}

/** Asks a product as people's browsers do. */
export function openAsking(address: string): Asking {
  const sender = openSender(address)
  const metric = async (name: string) => {
    const text = await (await fetch(`${address}/metrics`)).text()
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? NaN)
  }
  const until = async (name: string) => {
    for (let turn = 0; turn < 3000; turn++) {
      const value = await metric(name)
      if (value > 0) return value
      await sleep(200)
    }
    throw new Error(`${name} was never told`)
  }
  return {
    get: async <T>(seat: Seat, url: string) => {
      const { status, body, ms } = await sender.ask({ client: { ...seat, tier: 'central', planId: '' }, path: url })
      if (status !== 200) throw new Error(`${url}: ${status} ${body.slice(0, 200)}`)
      return { answer: JSON.parse(body) as T, ms }
    },
    send: async <T>(seat: Seat, method: string, url: string, body: object) => {
      const answer = await fetch(`${address}/api/v1${url}`, {
        method,
        headers: {
          cookie: `mangnon=${seat.token}`,
          'content-type': 'application/json',
          'x-mangnon': '1',
          'idempotency-key': randomUUID(),
        },
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as T
    },
    metric,
    until,
    settled: async (name) => {
      let last = await until(name)
      for (let calm = 0; calm < 10;) {
        await sleep(200)
        const now = await metric(name)
        calm = now === last ? calm + 1 : 0
        last = now
      }
    },
    close: () => sender.close(),
  }
}
