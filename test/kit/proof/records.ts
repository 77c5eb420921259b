import { newId } from '#platform'
import { aDuty, aHeader, aTask, by, type BodyName, type PlanWorld } from '../plan-world.ts'
import type { Kind } from './policy.ts'

/** Ids of records of one body, one of each kind and state, by the names the example requests use; and versions. */
export type Records = Readonly<Record<string, string>>

/** The words planted in a record: found in an answer, they tell which record leaked. */
export const canary = (kind: Kind, owner: BodyName) => `kx${kind}${owner.toLowerCase()}zq`

/**
 * Makes one record of each kind and state for a body and an office that owes it work: plans in draft, issued, replaced and
 * amended; updates in draft, sent, returned and accepted; files under each; an urging and its answer; documents taken in.
 */
export async function makeRecords(world: PlanWorld, owner: BodyName, office: BodyName): Promise<Records> {
  const say = (kind: Kind) => canary(kind, owner)
  const officer = `${owner} officer`
  const task = (text: string, period: string) => aTask({ text, time: by(period), duties: [aDuty('lead', office)] })
  const plan = await world.draft(
    owner,
    ['2031-03-01', '2031-04-01', '2031-05-01', '2031-06-01', '2031-07-01'].map((due) =>
      task(`${say('plan')} việc`, due),
    ),
    { header: { title: `Plan ${say('plan')}`, preamble: say('plan') } },
  )
  const laid = await world.done(
    officer,
    'POST',
    `/plans/${plan}/files?fileName=${say('plan')}.pdf`,
    Buffer.from(`%PDF ${say('plan')}`),
  )
  await world.issue(owner, plan)
  const draft = await world.draft(owner, [task(`${say('draft')} việc`, '2031-05-01')], {
    header: { title: `Utkast ${say('draft')}`, preamble: say('draft'), number: null },
  })
  const replaced = await aReplacedPlan(world, owner, task(`${say('plan')} cũ`, '2031-05-01'))
  const { nodes, versionId } = await world.plan(officer, plan)
  const { items } = await world.done(officer, 'GET', `/tasks?planId=${plan}&size=50`)
  const work = (items as { id: string; dueOn: string }[])
    .sort((a, b) => a.dueOn.localeCompare(b.dueOn))
    .map(({ id }) => id)
  const [first = '', second = '', third = '', fourth = '', untouched = ''] = work
  const draftUpdate = await writeUpdate(world, office, first, say('draftupdate'))
  const sent = await sendUpdate(world, office, second, say('update'))
  const returned = await sendUpdate(world, office, third, say('update'))
  await world.done(`${owner} approver`, 'POST', `/progress/${returned.id}/return`, {
    version: 2,
    reason: say('update'),
  })
  const accepted = await sendUpdate(world, office, fourth, say('update'))
  await world.done(`${owner} approver`, 'POST', `/progress/${accepted.id}/acceptance`, { version: 2 })
  const urge = { planId: plan, text: say('urging'), answerBy: null, agencyIds: [], occurrenceIds: [first] }
  const urging = await world.done(`${owner} approver`, 'POST', '/urgings', urge)
  await world.done(`${office} officer`, 'POST', `/urgings/${String(urging.id)}/answer`, {
    answer: say('urging'),
    version: 1,
  })
  const comment = await comments(world, owner, plan, 'all')
  const inner = await comments(world, owner, plan, 'body')
  const labels = { workIds: [first], labels: [{ label: say('label'), isOn: true }] }
  const { id: set } = await world.done(officer, 'POST', '/labels/changes', labels)
  await world.done(officer, 'POST', `/change-sets/${String(set)}/application`, { isPartial: false })
  const imported = await takeIn(world, owner, say('import'))
  const {
    header,
    issuer,
    items: found,
    prose,
  } = await world
    .done(officer, 'GET', `/documents/imports/${imported}`)
    .then(({ proposal }) => proposal as Record<string, unknown>)
  const discarded = await takeIn(world, owner, `${say('import')} bỏ`)
  await world.done(officer, 'POST', `/documents/imports/${discarded}/discard`)
  return {
    ...{ plan, draft, replaced, file: String(laid.id), version: versionId, node: nodes[0]?.id ?? '' },
    ...{ duty: nodes[0]?.duties[0]?.id ?? '', task: untouched, taskBegun: first, taskDone: fourth },
    ...{ draftUpdate: draftUpdate.id, draftEvidence: draftUpdate.evidence, update: sent.id, evidence: sent.evidence },
    ...{ returnedUpdate: returned.id, acceptedUpdate: accepted.id, urging: String(urging.id), imported, discarded },
    ...{ comment, inner, set: String(set) },
    proposal: JSON.stringify({ header, issuer, items: found, prose }),
  }
}

/** Something said about a plan, and said again in other words. */
async function comments(world: PlanWorld, owner: BodyName, plan: string, seenBy: 'all' | 'body'): Promise<string> {
  const words = canary(seenBy === 'all' ? 'talk' : 'bodytalk', owner)
  const said = { kind: 'plans.plan', id: plan, threadId: null, seenBy, text: words, mentions: [] }
  const { id } = await world.done(`${owner} officer`, 'POST', '/talk', said)
  await world.done(`${owner} officer`, 'PUT', `/comments/${String(id)}`, {
    text: `${words} igjen`,
    mentions: [],
    version: 1,
  })
  return String(id)
}

/** A plan whose place another one took. */
async function aReplacedPlan(world: PlanWorld, owner: BodyName, task: ReturnType<typeof aTask>): Promise<string> {
  const id = await world.issued(owner, [task], { header: { title: `Cũ ${canary('plan', owner)}`, number: '99/KH' } })
  await world.done(`${owner} officer`, 'POST', `/plans/${id}/amendment`, { act: 'annulling', reason: 'x' })
  const draft = await world.draftOf(`${owner} officer`, id)
  await world.done(`${owner} officer`, 'PUT', `/plans/${id}/draft`, {
    ...draft,
    header: aHeader({ title: `Bỏ ${canary('plan', owner)}`, number: '100/KH' }),
  })
  await world.issue(owner, id)
  return id
}

async function writeUpdate(world: PlanWorld, office: BodyName, occurrence: string, words: string) {
  const said = { version: null, status: 'completed', narrative: words, evidenceNote: words }
  const { id } = await world.done(`${office} officer`, 'PUT', `/tasks/${occurrence}/progress`, said)
  const at = `/progress/${String(id)}/evidence?fileName=${words}.pdf`
  const evidence = await world.done(`${office} officer`, 'POST', at, Buffer.from(`%PDF ${words} ${newId()}`))
  return { id: String(id), evidence: String(evidence.id) }
}

async function sendUpdate(world: PlanWorld, office: BodyName, occurrence: string, words: string) {
  const written = await writeUpdate(world, office, occurrence, words)
  await world.done(`${office} officer`, 'POST', `/progress/${written.id}/submission`, { version: 1 })
  return written
}

async function takeIn(world: PlanWorld, owner: BodyName, words: string): Promise<string> {
  const at = `/documents/imports?fileName=${encodeURIComponent(words)}.txt`
  const text = `KẾ HOẠCH\n${words}\n1. Rà soát ${words}\n`.repeat(3)
  const { import: made } = await world.done(`${owner} officer`, 'POST', at, Buffer.from(text))
  return (made as { id: string }).id
}
