import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { InjectOptions } from 'fastify'
import pino from 'pino'
import { createAuthorize } from '#access'
import { importRoutes, readImportJob } from '#documents'
import type { ImportDetail, ReviewedProposal } from '#documents/model'
import {
  createServer,
  idOfKey,
  inTransaction,
  messageFolders,
  newId,
  openCatalogue,
  openFileStore,
  openMetrics,
  readMessages,
  startJobRunner,
  type Actor,
  type Context,
  type Ground,
} from '#platform'
import { country } from '../../countries/testland/index.ts'
import { documentGrammar } from '../../countries/vn/documents/index.ts'
import { aCountry } from './country.ts'

/** Bodies of the invented country: a council, two offices of it, and a council elsewhere. */
export const rad = idOfKey('u:2020:02/rad')
export const heil = idOfKey('u:2020:02/heilkontor')
export const skol = idOfKey('u:2020:02/skolkontor')
export const elsewhere = idOfKey('u:2020:01/rad')

function anActor(agencyId: string, role = 'officer'): Actor {
  const personId = idOfKey(`person ${agencyId} ${role}`)
  return { personId, sessionId: null, postId: null, agencyId, role, viewers: [agencyId], everywhere: false }
}

/** Who asks: an officer of the council, one elsewhere, a reader of the council, one who stands over all. */
const people = {
  officer: anActor(rad),
  elsewhere: anActor(elsewhere),
  reader: anActor(rad, 'reader'),
  above: { ...anActor(idOfKey('u:TL/kronrad')), everywhere: true },
}
export type Person = keyof typeof people

export type Answer = {
  status: number
  body: Record<string, unknown>
  headers: Record<string, unknown>
  raw: Buffer
}

export type ImportWorld = Awaited<ReturnType<typeof anImportWorld>>

/** A server that takes documents in, in the invented country; the plan it reads is invented too. */
export async function anImportWorld() {
  const plan = readFileSync(path.join(import.meta.dirname, '..', 'fixtures', 'invented-plan.txt'))
  const home = mkdtempSync(path.join(tmpdir(), 'mangnon-imports-'))
  const grammarModule = new URL('../../countries/vn/documents/index.ts', import.meta.url).href
  const parts = {
    files: openFileStore(home),
    grammar: documentGrammar,
    kindNames: {},
    functionCode: 'children',
    grammarModule,
  }
  const log = pino({ level: 'silent' })
  const land = await aCountry(country)
  const now = () => new Date('2029-06-01T05:00:00Z')
  const ground: Ground = { db: land.app, timeZone: 'UTC', language: 'vi', now, subscribers: [] }
  const server = await createServer({
    ground,
    routes: importRoutes(parts),
    authorize: createAuthorize(now),
    log,
    metrics: openMetrics(),
    trustedProxies: 0,
    secure: false,
    say: openCatalogue(readMessages(messageFolders(path.join(import.meta.dirname, '..', '..', 'src')))),
    identify: (request) => {
      const [, actor] = Object.entries(people).find(([name]) => name === request.headers['x-test-person']) ?? []
      return Promise.resolve(actor && { actor, language: 'vi' as const })
    },
  })

  async function ask(
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    payload?: object,
    person: Person = 'officer',
  ): Promise<Answer> {
    const type = Buffer.isBuffer(payload) ? 'application/octet-stream' : 'application/json'
    const options: InjectOptions = {
      method,
      url: `/api/v1/documents/imports${url}`,
      headers: { 'x-test-person': person, 'idempotency-key': newId(), 'content-type': type },
      ...(method === 'GET' ? {} : { payload: payload ?? {} }),
    }
    const response = await server.inject(options)
    const isJson = String(response.headers['content-type']).includes('json')
    const body: Record<string, unknown> = isJson ? response.json() : {}
    return { status: response.statusCode, body, headers: response.headers, raw: response.rawPayload }
  }

  const as = <T>(person: Person, work: (ctx: Context) => Promise<T>) =>
    inTransaction(ground, { actor: people[person], language: 'vi', requestId: 'test' }, work)

  return {
    ask,
    as,
    upload: (bytes: Buffer, fileName = 'ke-hoach.txt', more = '', person: Person = 'officer') =>
      ask('POST', `?fileName=${encodeURIComponent(fileName)}${more}`, bytes, person),
    /** The invented plan, in other bytes each time. */
    another: () => Buffer.concat([plan, Buffer.from(`\n${newId()}\n`)]),
    detail: async (id: string) => (await ask('GET', `/${id}`)).body as unknown as ImportDetail,
    save: (id: string, version: number, proposal: ReviewedProposal, person?: Person) =>
      ask('PUT', `/${id}/proposal`, { version, proposal }, person),
    /** What the audit tells of an import, oldest first. */
    async entries(id: string): Promise<string[]> {
      const { rows } = await land.on('2029-06-01', async ({ db }) => ({
        rows: await db
          .selectFrom('platform.auditEntry')
          .select('action')
          .where('recordId', '=', id)
          .orderBy('sequence')
          .execute(),
      }))
      return rows.map((row) => row.action)
    },
    async runJobs(): Promise<void> {
      const actorOf = () => Promise.resolve(people.officer)
      const runner = startJobRunner({ ground, kinds: [readImportJob(parts)], log, actorOf, pollMs: 20 })
      await runner.idle()
      await runner.close()
    },
    async close(): Promise<void> {
      await server.close()
      await land.drop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

export function idOf(answer: Answer): string {
  return (answer.body.import as { id: string }).id
}

/** What a person reviews of an import. */
export function reviewOf({ proposal }: ImportDetail): ReviewedProposal {
  if (proposal === null) throw new Error('not read')
  return { header: proposal.header, issuer: proposal.issuer, items: proposal.items, prose: proposal.prose }
}
