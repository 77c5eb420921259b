import { randomBytes } from 'node:crypto'
import { enrolDemonstration, hashPassword } from '#access'
import { idOfKey, inTransaction, newId, openInstance, readConfig, systemActor } from '#platform'
import { openCountry } from '../../src/app.ts'
import { loadCountry } from '../../src/country.ts'

/** One who may write plans of the country's leading body. */
export type Officer = { login: string; password: string }

/** Makes a small instance that starts fast: a country without demonstration, and one officer of its leading body. */
export async function prepareInstance(home: string, code: string): Promise<Officer> {
  const instance = await openInstance(readConfig({ MANGNON_HOME: home, MANGNON_COUNTRY: code, MANGNON_DEMO: '0' }))
  try {
    const country = await openCountry(code)
    await loadCountry(instance.ownerDb, country)
    const officer = { login: 'ledger.officer', password: randomBytes(18).toString('base64url') }
    const agencyId = idOfKey(country.lead.agencyKey)
    const post = { agencyId, unitId: null, role: 'officer' as const, validFrom: '2000-01-01' }
    const person = {
      id: newId(),
      login: officer.login,
      name: 'Ledger',
      language: country.language,
      passwordHash: await hashPassword(officer.password),
      posts: [post],
    }
    const ground = { ...country, db: instance.db, now: () => new Date(), subscribers: [] }
    const doing = { actor: systemActor, language: country.language, requestId: 'crash' }
    await inTransaction(ground, doing, (ctx) => enrolDemonstration(ctx, [person]))
    return officer
  } finally {
    await instance.close()
  }
}
