import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { createServer, openCatalogue, openMetrics, readMessages, systemActor, type Actor, type Route } from '#platform'
import type { TestCountry } from './country.ts'

/** The HTTP server of some routes on a test country, everything allowed, for one actor. Close it after use. */
export async function aServer(
  land: TestCountry,
  routes: Route[],
  as: { today: string; messages: string[]; actor?: Actor; trustedProxies?: number | readonly string[] },
): Promise<FastifyInstance> {
  const ground = {
    db: land.app,
    timeZone: 'UTC',
    language: 'en' as const,
    now: () => new Date(`${as.today}T05:00:00Z`),
    subscribers: [],
  }
  return createServer({
    ground,
    routes,
    say: openCatalogue(readMessages(as.messages)),
    log: pino({ level: 'silent' }),
    metrics: openMetrics(),
    identify: () => Promise.resolve({ actor: as.actor ?? systemActor, language: null }),
    authorize: () => undefined,
    trustedProxies: as.trustedProxies ?? 0,
    secure: false,
  })
}
