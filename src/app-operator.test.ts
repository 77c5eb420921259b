import Fastify from 'fastify'
import { describe, expect, test } from 'vitest'
import { openMetrics, readConfig } from '#platform'
import { addOperatorRoutes, metricsReaders, type Operator } from './app-operator.ts'

const token = 'mot-ma-dai-du-hai-muoi-ky-tu'

/** How `/metrics` answers on a server where so many may read it. */
async function ask(metricsFor: Operator['metricsFor'], authorization?: string) {
  const server = Fastify()
  server.setErrorHandler((_fault, _request, reply) => reply.code(404).send({}))
  addOperatorRoutes(server, {
    version: '0',
    isReady: () => Promise.resolve(true),
    metrics: openMetrics(),
    metricsFor,
    api: null,
  })
  const answer = await server.inject({ url: '/metrics', headers: authorization === undefined ? {} : { authorization } })
  await server.close()
  return { status: answer.statusCode, tells: answer.body.includes('process_cpu') }
}

const told = { status: 200, tells: true }
const closed = { status: 404, tells: false }

describe('the counters of the process', () => {
  test('are closed in production unless a token is set', () => {
    expect(metricsReaders(readConfig({ MANGNON_ENV: 'production' }))).toBe('nobody')
    expect(metricsReaders(readConfig({ MANGNON_ENV: 'production', MANGNON_METRICS_TOKEN: token }))).toEqual({ token })
    expect(metricsReaders(readConfig({}))).toBe('everyone')
    expect(() => readConfig({ MANGNON_METRICS_TOKEN: 'ngan' })).toThrow('MANGNON_METRICS_TOKEN')
  })

  test('are told to everyone, or to nobody, whatever is sent', async () => {
    expect(await ask('everyone')).toEqual(told)
    expect(await ask('nobody')).toEqual(closed)
    expect(await ask('nobody', 'Bearer undefined')).toEqual(closed)
  })

  test.each([undefined, '', 'Bearer ', `Bearer ${token}x`, `Bearer ${token.slice(0, -1)}`, token, `Basic ${token}`])(
    'are not told to who sends %j instead of the token',
    async (authorization) => {
      expect(await ask({ token }, authorization)).toEqual(closed)
    },
  )

  test('are told to who sends the token', async () => {
    expect(await ask({ token }, `Bearer ${token}`)).toEqual(told)
  })
})
