import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { Ledger } from './ledger.ts'

/** A request, and what its answer must look like. */
export type Send<T extends z.ZodType> = {
  method: 'GET' | 'POST' | 'PUT'
  path: string
  /** JSON, or a file's bytes. */
  body?: object
  returns: T
}

/** Someone signed in. */
export type Client = { address: string; cookie: string }

/** Signs in once: the session must outlive every kill. */
export async function openClient(address: string, login: string, password: string): Promise<Client> {
  const answer = await fetch(`${address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-mangnon': '1' },
    body: JSON.stringify({ login, password }),
  })
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`)
  const cookies = answer.headers.getSetCookie().map((set) => set.split(';')[0])
  return { address, cookie: cookies.join('; ') }
}

/**
 * Sends until it is answered for good, always with the same key. One write in eight is sent twice at once: both must get
 * the same answer.
 */
export async function insist<T extends z.ZodType>(client: Client, ledger: Ledger, send: Send<T>): Promise<z.output<T>> {
  const key = randomUUID()
  const isWrite = send.method !== 'GET'
  if (isWrite) ledger.sent++
  for (let attempt = 0; ; attempt++) {
    const times = isWrite && ledger.sent % 8 === 0 && attempt === 0 ? 2 : 1
    const answers = await Promise.all(Array.from({ length: times }, () => tryOnce(client, send, key)))
    const told = answers.filter((answer) => answer !== undefined)
    if (told.some((answer) => !isDeepStrictEqual(answer, told[0])))
      throw new Error(`one key, two answers: ${JSON.stringify(told)}`)
    if (told[0] !== undefined) {
      if (isWrite) count(ledger, attempt)
      return send.returns.parse(told[0])
    }
    if (isWrite) ledger.unanswered++
    await sleep(30 + Math.random() * 60)
  }
}

function count(ledger: Ledger, attempt: number): void {
  if (attempt > 0) ledger.answeredLater++
  ledger.acknowledged++
}

/** @returns the answer, null where it says nothing; undefined when it may be tried again */
async function tryOnce(
  client: Client,
  { method, path, body }: Pick<Send<z.ZodType>, 'method' | 'path' | 'body'>,
  key: string,
): Promise<unknown> {
  const isFile = body instanceof Uint8Array
  const answer = await fetch(`${client.address}/api/v1${path}`, {
    method,
    headers: {
      'x-mangnon': '1',
      cookie: client.cookie,
      ...(method === 'GET' ? {} : { 'idempotency-key': key }),
      ...(body === undefined ? {} : { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isFile ? new Uint8Array(body) : JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  }).then(
    async (response) => ({ status: response.status, text: await response.text() }),
    () => undefined,
  )
  if (answer === undefined || answer.status >= 500) return undefined
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
  return answer.text === '' ? null : (JSON.parse(answer.text) as unknown)
}
