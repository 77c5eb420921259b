import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { enrolDemonstration, hashPassword } from '#access'
import type { Role } from '#access/model'
import { idOfKey, inTransaction, newId, openInstance, readConfig, systemActor } from '#platform'
import { openCountry } from '../../src/app.ts'
import { loadCountry } from '../../src/country.ts'

/** Four people who work together: two of the country's leading body, two of a body right below it. */
export type Team = {
  officerLogin: string
  approverLogin: string
  belowLogin: string
  belowHeadLogin: string
  password: string
  issuerId: string
  belowId: string
  /** Whether the country's documents can be read: then some are taken in. */
  readsDocuments: boolean
}

/** Makes an instance of a country without demonstration, and a team in it. Run again on the same directory it makes another. */
export async function prepareInstance(home: string, code: string): Promise<Team> {
  const instance = await openInstance(readConfig({ MANGNON_HOME: home, MANGNON_COUNTRY: code, MANGNON_DEMO: '0' }))
  try {
    const country = await openCountry(code)
    await loadCountry(instance.ownerDb, country)
    const issuerId = idOfKey(country.lead.agencyKey)
    const { rows } = await sql<{ id: string }>`select id from agencies.agency
      where superior_id = ${issuerId} and valid_to is null order by key limit 1`.execute(instance.ownerDb)
    const belowId = rows[0]?.id
    if (belowId === undefined) throw new Error('the leading body has no body below it')
    const password = randomBytes(18).toString('base64url')
    const tag = newId().slice(-8)
    const passwordHash = await hashPassword(password)
    const aPerson = (login: string, agencyId: string, role: Role) => ({
      ...{ id: newId(), login, name: 'Ledger', language: country.language, passwordHash },
      posts: [{ agencyId, unitId: null, role, validFrom: '2000-01-01' }],
    })
    const logins = {
      ...{ officerLogin: `officer.${tag}`, approverLogin: `approver.${tag}` },
      ...{ belowLogin: `below.${tag}`, belowHeadLogin: `below-head.${tag}` },
    }
    const ground = { ...country, db: instance.db, now: () => new Date(), subscribers: [] }
    const doing = { actor: systemActor, language: country.language, requestId: 'crash' }
    const people = [
      aPerson(logins.officerLogin, issuerId, 'officer'),
      aPerson(logins.approverLogin, issuerId, 'approver'),
      aPerson(logins.belowLogin, belowId, 'officer'),
      aPerson(logins.belowHeadLogin, belowId, 'approver'),
    ]
    await inTransaction(ground, doing, (ctx) => enrolDemonstration(ctx, people))
    return { ...logins, password, issuerId, belowId, readsDocuments: country.grammarModule !== null }
  } finally {
    await instance.close()
  }
}
