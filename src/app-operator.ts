import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { notFound, type Config, type Metrics } from '#platform'

export type Operator = {
  version: string
  isReady: () => Promise<boolean>
  metrics: Metrics
  /** Who may read `/metrics`: everyone, nobody, or whoever sends this token. */
  metricsFor: 'everyone' | 'nobody' | { token: string }
  /** Null in production: what the API offers is not told to strangers. */
  api: object | null
}

/** `/health` and `/metrics` for the operator; the API's description outside production. */
export function addOperatorRoutes(server: FastifyInstance, parts: Operator): void {
  const { metrics, metricsFor, version } = parts
  server.get('/health', async (_request, reply) => {
    const isReady = await parts.isReady()
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ok' : 'unavailable', version })
  })
  server.get('/metrics', async (request, reply) => {
    if (!mayRead(metricsFor, request.headers.authorization)) throw notFound()
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.text())
  })
  if (parts.api !== null) server.get('/api/v1/openapi.json', async (_request, reply) => reply.send(parts.api))
}

/** Who may read `/metrics`: with a token whoever sends it; without one everyone in development, nobody in production. */
export function metricsReaders(config: Pick<Config, 'metricsToken' | 'environment'>): Operator['metricsFor'] {
  if (config.metricsToken !== undefined) return { token: config.metricsToken }
  return config.environment === 'production' ? 'nobody' : 'everyone'
}

/** Compared by digest, so that neither length nor beginning of the token shows in the time it takes. */
function mayRead(metricsFor: Operator['metricsFor'], authorization: string | undefined): boolean {
  if (typeof metricsFor === 'string') return metricsFor === 'everyone'
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${metricsFor.token}`))
}
