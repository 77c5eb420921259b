import type { Method, Who } from './plan-world.ts'
import { aFormDefinition, aRegimeDefinition } from './report-round.ts'
import { bodyId, type PlanWorld } from './plan-world.ts'
import { obligationsOf } from './report-round.ts'

type Check = (
  who: Who,
  method: Method,
  path: string,
  body: unknown,
  expected: string[],
) => Promise<Record<string, unknown>>

/** Every write of a regime's life, each with the one entry it adds to the audit. */
export async function walkRegime(world: PlanWorld, check: Check): Promise<void> {
  const [writer, issuer] = ['ministry officer', 'ministry approver']
  const definition = aRegimeDefinition()
  const draft = { definition, effectiveFrom: '2030-12-01' }
  const { id } = await check(writer, 'POST', '/reporting/regimes', { ...draft, code: 'WALK' }, [
    'reporting.regime-drafted done',
  ])
  const at = `/reporting/regimes/${String(id)}`
  await check(writer, 'PUT', `${at}/draft`, { ...draft, version: 1 }, ['reporting.regime-saved done'])
  await check(issuer, 'POST', `${at}/issue`, { version: 2 }, ['reporting.regime-issued done'])
  await check(writer, 'PUT', `${at}/draft`, { ...draft, version: null }, ['reporting.regime-saved done'])
  await check(writer, 'POST', `${at}/draft/discarding`, { version: 1 }, ['reporting.regime-draft-discarded done'])
  const form = { definition: aFormDefinition(), version: null }
  await check(writer, 'PUT', `${at}/form`, form, ['reporting.form-saved done'])
  await check(writer, 'POST', `${at}/form/discarding`, { version: 1 }, ['reporting.form-discarded done'])
  await check(writer, 'PUT', `${at}/form`, form, ['reporting.form-saved done'])
  await check(issuer, 'POST', `${at}/form/issue`, { version: 1 }, ['reporting.form-issued done'])
  const round = await check(issuer, 'POST', `${at}/rounds`, { period: 'tl-report:2031-S1' }, [
    'reporting.round-opened done',
  ])
  const owed = await obligationsOf(world, String(round.id))
  const lunda = `/reporting/obligations/${owed.find(({ addressedId }) => addressedId === bodyId('lunda'))?.id ?? ''}`
  const said = (version: number) => ({ reason: 'x', version })
  await check(issuer, 'POST', `${lunda}/exemption`, said(1), ['reporting.obligation-exempted done'])
  await check(issuer, 'POST', `${lunda}/restoration`, said(2), ['reporting.obligation-restored done'])
  await check(issuer, 'POST', `${lunda}/extension`, { ...said(3), dueOn: '2031-06-01' }, [
    'reporting.obligation-extended done',
  ])
  const letter = { number: null, issuedOn: null, powers: null, post: 'x', signer: null, words: null, reportBy: null }
  const urging = await check(
    issuer,
    'POST',
    '/reporting/urgings',
    { roundId: String(round.id), filter: {}, ...letter },
    ['reporting.urged done'],
  )
  await check(issuer, 'GET', `/reporting/urgings/${String(urging.id)}/document?format=docx`, undefined, [
    'reporting.urging-exported done',
  ])
  await check(issuer, 'POST', `/reporting/urgings/${String(urging.id)}/files`, { format: 'docx' }, [
    'reporting.urging-exported done',
  ])
  await check(issuer, 'POST', `${at}/ending`, { version: 2 }, ['reporting.regime-ended done'])
  await walkTreaty(check)
}

/** Every write of a report to a treaty body. */
async function walkTreaty(check: Check): Promise<void> {
  const writer = 'ministry officer'
  const begun = { kind: 'replies', cycle: 'walk', languages: ['en'] }
  const { id } = await check(writer, 'POST', '/reporting/treaty-reports', begun, [
    'reporting.treaty-report-begun-by done',
  ])
  const at = `/reporting/treaty-reports/${String(id)}`
  await check(writer, 'PUT', `${at}/sections/A`, { version: 1, paragraphs: [] }, [
    'reporting.treaty-section-saved done',
  ])
  await check(writer, 'GET', `${at}/document?language=en&format=docx`, undefined, [
    'reporting.treaty-report-exported done',
  ])
}
