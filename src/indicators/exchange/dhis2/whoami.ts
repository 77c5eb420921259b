import { type DoorAnswer, type Visit } from '#platform'
import { listPersonNames, may, ownLogin } from '#access'
import { answer, type Fields } from './answers.ts'
import { pick, readWanted } from './fields.ts'
import { ownUnitUids } from './lists.ts'
import { uidOf } from './uid.ts'

/** The release whose answers are spoken unless the address names another: what most scripts are written for. */
const spoken = { older: '2.42.0', newer: '2.43.0' }

/** What a program asks first: who is there. */
export function tellSystem(visit: Visit): DoorAnswer {
  const version = Number(visit.params.version ?? 0) >= 43 ? spoken.newer : spoken.older
  const system = {
    version,
    revision: 'mangnon',
    calendar: 'iso8601',
    dateFormat: 'yyyy-mm-dd',
    contextPath: visit.base.replace(/\/api.*$/, ''),
  }
  const fields = {
    ...system,
    serverDate: visit.ground.now().toISOString(),
    systemName: 'Măng Non',
    systemId: uidOf('system', 'mangnon'),
  }
  return answer(visit, 200, pick(fields, readWanted(visit.query.get('fields') ?? '*')) as Fields, 'systemInfo')
}

/** What of our permissions a program of theirs would look for. */
const authorities: readonly [permission: string, authority: string][] = [
  ['indicators.enter-figures', 'F_DATAVALUE_ADD'],
  ['indicators.read-figures', 'F_VIEW_EVENT_ANALYTICS'],
  ['platform.export-list', 'F_EXPORT_DATA'],
]

/** Who is asking, with the unit of his body. */
export async function tellCaller(visit: Visit): Promise<DoorAnswer> {
  const { actor } = visit
  const { units, name, login } = await visit.work({ onlyReads: true }, async (ctx) => ({
    units: await ownUnitUids(ctx),
    login: await ownLogin(ctx),
    name: (await listPersonNames(ctx, [actor.personId])).get(actor.personId) ?? '',
  }))
  const fields = {
    ...{ id: uidOf('person', actor.personId), username: login, name, displayName: name },
    authorities: authorities.flatMap(([permission, authority]) => (may(actor, permission) ? [authority] : [])),
    organisationUnits: units.map((id) => ({ id })),
    dataViewOrganisationUnits: units.map((id) => ({ id })),
  }
  return answer(visit, 200, pick(fields, readWanted(visit.query.get('fields') ?? '*')) as Fields, 'user')
}
