import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Ledger } from './ledger.ts'

/** Who writes, and what a plan of theirs needs. */
export type Writer = { address: string; login: string; password: string }

type Send = { method: 'POST'; path: string; body: string | Uint8Array; type: string }
type Client = { cookie: string; issuerId: string; kind: string }

const Session = z.object({
  actingPostId: z.string(),
  posts: z.array(z.object({ id: z.string(), agencyId: z.string() })),
})
const Choices = z.object({ usualKind: z.string() })
const Begun = z.object({ planId: z.string() })
const Attached = z.object({ sha256: z.string() })

/** Signs in once: the session must outlive every kill. */
export async function openClient(writer: Writer): Promise<Client> {
  const answer = await fetch(`${writer.address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-mangnon': '1' },
    body: JSON.stringify({ login: writer.login, password: writer.password }),
  })
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`)
  const session = Session.parse(await answer.json())
  const cookie = answer.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ')
  const issuerId = session.posts.find((post) => post.id === session.actingPostId)?.agencyId ?? ''
  const choices = await fetch(`${writer.address}/api/v1/plans/choices`, { headers: { cookie } })
  return { cookie, issuerId, kind: Choices.parse(await choices.json()).usualKind }
}

/**
 * Begins plans and lays a file under each, without end, until told that it is over; every acknowledged effect goes into
 * the ledger. What failed or was not answered is sent again with the same key until it is answered.
 */
export async function keepWriting(writer: Writer, client: Client, ledger: Ledger, isOver: () => boolean) {
  while (!isOver()) {
    const title = `Sổ cái ${randomUUID()}`
    const begun = Begun.parse(await insist(writer, client, ledger, beginPlan(client, title)))
    ledger.plans.set(begun.planId, title)
    const file = attach(begun.planId)
    ledger.files.set(Attached.parse(await insist(writer, client, ledger, file)).sha256, begun.planId)
  }
}

function beginPlan(client: Client, title: string): Send {
  const header = {
    ...{ kind: client.kind, number: null, place: null, issuedOn: null, title, preamble: null },
    signature: { powers: [], post: '', name: '' },
    ...{ bases: [], recipients: [], periodFrom: null, periodTo: null },
  }
  const body = JSON.stringify({ issuerId: client.issuerId, header, nodes: [], parentPlanIds: [] })
  return { method: 'POST', path: '/plans', body, type: 'application/json' }
}

function attach(planId: string): Send {
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(2_000)])
  return {
    method: 'POST',
    path: `/plans/${planId}/files?fileName=scan.pdf`,
    body: bytes,
    type: 'application/octet-stream',
  }
}

/** Sends until it is answered for good. One in eight is sent twice at once: both must get the same answer. */
async function insist(writer: Writer, client: Client, ledger: Ledger, send: Send): Promise<unknown> {
  const key = randomUUID()
  ledger.sent++
  for (let attempt = 0; ; attempt++) {
    const isImpatient = ledger.sent % 8 === 0 && attempt === 0
    const answers = await Promise.all(
      Array.from({ length: isImpatient ? 2 : 1 }, () => tryOnce(writer, client, send, key)),
    )
    const told = answers.filter((answer) => answer !== undefined)
    if (new Set(told.map((answer) => JSON.stringify(answer))).size > 1)
      throw new Error(`one key, two answers: ${JSON.stringify(told)}`)
    if (told[0] !== undefined) {
      if (attempt > 0) ledger.answeredLater++
      ledger.acknowledged++
      return told[0]
    }
    ledger.unanswered++
    await sleep(40 + Math.random() * 80)
  }
}

/** @returns the answer; undefined when it may be tried again */
async function tryOnce(writer: Writer, client: Client, send: Send, key: string): Promise<unknown> {
  const answer = await fetch(`${writer.address}/api/v1${send.path}`, {
    method: send.method,
    headers: { 'content-type': send.type, 'x-mangnon': '1', cookie: client.cookie, 'idempotency-key': key },
    body: typeof send.body === 'string' ? send.body : new Uint8Array(send.body),
    signal: AbortSignal.timeout(20_000),
  }).then(
    async (response) => ({ status: response.status, text: await response.text() }),
    () => undefined,
  )
  if (answer === undefined || answer.status >= 500) return undefined
  if (answer.status >= 400) throw new Error(`${send.method} ${send.path}: ${answer.status} ${answer.text}`)
  return JSON.parse(answer.text) as unknown
}
