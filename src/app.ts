import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Kysely } from 'kysely'
import type { Config, Database } from '#platform'

export type AppParts = { config: Config; db: Kysely<Database>; ownerDb: Kysely<Database>; country: string }

/** Puts the modules together and listens. */
export async function startApp(
  parts: AppParts,
): Promise<{ address: string; stop: () => Promise<void>; welcome: string[] }> {
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/health' ? 200 : 404
    response.setHeader('content-type', 'application/json')
    response.end(request.url === '/health' ? '{"status":"ok"}' : '{}')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(parts.config.port, parts.config.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    address: `http://${parts.config.host}:${port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
    welcome: [],
  }
}
