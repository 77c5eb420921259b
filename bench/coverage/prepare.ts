import { idOfKey, openInstance, readConfig, type Actor } from '#platform'
import { openCountry } from '../../src/app.ts'
import { loadCountry } from '../../src/country.ts'
import { compareWithPlain, type Equality } from './equality.ts'
import { buildWorld, enrolClients, type Client, type World } from './world.ts'

/** Makes the instance with its world and clients, and holds its answers against the plain way while it is open. */
export async function prepareWorld(
  home: string,
  code: string,
  of: { seed: string; itemsOfPlan: number },
): Promise<{ world: World; clients: Client[]; equalities: Equality[]; seconds: number }> {
  const instance = await openInstance(readConfig({ MANGNON_HOME: home, MANGNON_COUNTRY: code, MANGNON_DEMO: '0' }))
  try {
    const country = await openCountry(code)
    await loadCountry(instance.ownerDb, country)
    const now = new Date()
    const today = now.toISOString().slice(0, 10)
    const began = performance.now()
    const world = await buildWorld(instance.ownerDb, country.lead.agencyKey, { ...of, today })
    const seconds = (performance.now() - began) / 1000
    const clients = await enrolClients(instance.ownerDb, country.lead, { central: 4, province: 8, commune: 8 })
    const ground = { db: instance.db, timeZone: 'UTC', language: country.language, now: () => now, subscribers: [] }
    const chosen = (['central', 'province', 'commune'] as const).flatMap((tier) => {
      const client = clients.find((one) => one.tier === tier)
      return client === undefined ? [] : [{ client, actor: actorOf(client, idOfKey(country.lead.unitKey)) }]
    })
    const searches = ['duoi nuoc', 'tre em', 'mo hinh hoc duong', 'khongcotu']
    const equalities = await compareWithPlain(ground, chosen, { today, searches })
    return { world, clients, equalities, seconds }
  } finally {
    await instance.close()
  }
}

function actorOf(client: Client, wholeCountry: string): Actor {
  return {
    personId: idOfKey(`bench ${client.token}`),
    sessionId: null,
    postId: null,
    agencyId: client.agencyId,
    role: 'officer',
    viewers: client.tier === 'central' ? [client.agencyId, wholeCountry] : [client.agencyId],
    everywhere: false,
  }
}
