import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOfKey } from '#platform'
import { territoryRoutes } from '#territory'
import { country } from '../../countries/testland/index.ts'
import { aCountry, type TestCountry } from '../../test/kit/country.ts'
import { aServer } from '../../test/kit/http.ts'
import { bodyList } from './list.ts'
import { agencyRoutes } from './routes.ts'

let land: TestCountry
let server: FastifyInstance
beforeAll(async () => {
  land = await aCountry(country)
  const messages = ['agencies', 'territory', 'platform'].map((module) =>
    path.join(import.meta.dirname, '..', module, 'messages'),
  )
  server = await aServer(land, [...territoryRoutes, ...agencyRoutes(bodyList({ facets: [], conditions: [] }))], {
    today: '2033-01-01',
    messages,
  })
})
afterAll(async () => {
  await server.close()
  await land.drop()
})

const id = (key: string) => idOfKey(`u:${key}`)
async function get(url: string, language = 'en') {
  const answer = await server.inject({ url: `/api/v1${url}`, headers: { 'accept-language': language } })
  return { status: answer.statusCode, body: answer.json() }
}

describe('over HTTP', () => {
  test('units are read as of today, or of the date that is asked', async () => {
    expect((await get('/territory/units?level=commune')).body.total).toBe(6)
    expect((await get('/territory/units?level=commune&asOf=2029-12-31')).body.total).toBe(12)
    const unit = await get(`/territory/units/${id('2020:01202')}`, 'fr')
    expect(unit.body).toMatchObject({ name: 'Ösel Skøg', typeName: 'Paroisse', isInBeing: false, asOf: '2033-01-01' })
    expect((await get(`/territory/units/${id('TL')}/children?asOf=2029-12-31`)).body.children).toHaveLength(3)
    expect((await get('/territory/what-became?code=01202&on=2025-01-01')).body.units[0].now).toMatchObject([
      { extent: 'part' },
    ])
  })

  test('bodies, classes and suggestions answer in the reader’s language', async () => {
    expect((await get('/agencies?kind=ministry&inBeing=true')).body).toMatchObject({ total: 4, asOf: '2033-01-01' })
    expect((await get(`/agencies/${id('TL/arbeidamt')}?asOf=2033-01-01`, 'vi')).body.becameOf[0]).toMatchObject({
      functionName: 'Trẻ em',
    })
    expect(
      (await get(`/agencies/classes/district-councils/bodies?issuerId=${id('2020:01/rad')}&on=2029-01-01`)).body,
    ).toMatchObject({ abolished: true, since: '2030-01-01' })
    expect((await get(`/agencies/suggestions?raw=Heil%C3%A5mt`)).body.bodies[0]).toMatchObject({ name: 'Åmt for Heil' })
  })

  test('what is not there is not found, and what cannot be read is said', async () => {
    expect((await get(`/agencies/${id('TL/nobody')}`)).status).toBe(404)
    expect((await get(`/territory/units/${id('nowhere')}/children`)).status).toBe(404)
    expect(await get('/territory/what-became')).toMatchObject({
      status: 422,
      body: { code: 'territory.code-or-name-needed', title: 'A code or a name is needed.' },
    })
    expect((await get(`/agencies/classes/no-such/bodies?issuerId=${id('TL/kronrad')}`)).body.code).toBe(
      'agencies.no-such-class',
    )
    expect((await get('/territory/units?asOf=yesterday')).status).toBe(422)
    expect((await get('/agencies?level=planet')).status).toBe(422)
  })
})
