import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { requestOf, route } from '#platform'
import { country } from '../../../countries/testland/index.ts'
import { root } from '../../../test/kit/children.ts'
import { aCountry, type TestCountry } from '../../../test/kit/country.ts'
import { aServer } from '../../../test/kit/http.ts'

let land: TestCountry
beforeAll(async () => {
  land = await aCountry(country)
})
afterAll(() => land.drop())

const whoami = route({
  method: 'get',
  path: '/whoami',
  summary: 'The address the server takes a caller for',
  allow: 'public',
  returns: z.object({ address: z.string() }),
  run: (ctx) => Promise.resolve({ address: requestOf(ctx).ip }),
})

/** The address taken for the caller's, by what is trusted and who hands on what. */
test.each([
  ['nobody is trusted', 0, '10.20.0.1', '203.0.113.7', '10.20.0.1'],
  ['one proxy is trusted', 1, '10.20.0.1', '203.0.113.7', '203.0.113.7'],
  [
    'one proxy is trusted and the caller wrote an address of his own',
    1,
    '10.20.0.1',
    '198.51.100.1, 203.0.113.7',
    '203.0.113.7',
  ],
  ['the proxy is trusted by its address', ['10.20.0.1'], '10.20.0.1', '203.0.113.7', '203.0.113.7'],
  ['the proxy lies in a trusted network', ['10.20.0.0/16'], '10.20.0.1', '198.51.100.1, 203.0.113.7', '203.0.113.7'],
  ['a stranger reaches the port himself', ['10.20.0.0/16'], '192.0.2.99', '203.0.113.7', '192.0.2.99'],
  ['two trusted proxies stand in a row', ['10.20.0.0/16'], '10.20.0.1', '203.0.113.7, 10.20.0.2', '203.0.113.7'],
])('%s', async (_what, trustedProxies, remoteAddress, forwarded, taken) => {
  const messages = [path.join(root, 'src', 'platform', 'messages')]
  const server = await aServer(land, [whoami], { today: '2031-03-04', messages, trustedProxies })
  const answer = await server.inject({
    url: '/api/v1/whoami',
    remoteAddress,
    headers: { 'x-forwarded-for': forwarded },
  })
  await server.close()
  expect(answer.json()).toEqual({ address: taken })
})
