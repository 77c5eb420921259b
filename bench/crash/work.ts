import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { insist, openClient, type Client } from './client.ts'
import type { Team } from './instance.ts'
import { note, type Ledger } from './ledger.ts'
import { sendReports } from './reports.ts'

/** The four who work together, signed in, and what their plans need. */
export type Office = Team & {
  officer: Client
  approver: Client
  below: Client
  belowHead: Client
  kind: string
  today: string
}

const Choices = z.object({ usualKind: z.string() })
const Begun = z.object({ planId: z.string() })
const Attached = z.object({ sha256: z.string() })
const Version = z.object({ version: z.number() })
const Saved = z.object({ id: z.string(), version: z.number() })
const Work = z.object({ items: z.array(z.object({ id: z.string() })) })
const Made = z.object({ id: z.string() })
const Imported = z.object({ import: z.object({ id: z.string() }), recognised: z.boolean() })
const Import = z.object({ state: z.string() })
const nothing = z.unknown()

export async function openOffice(address: string, team: Team): Promise<Office> {
  const logins = [team.officerLogin, team.approverLogin, team.belowLogin, team.belowHeadLogin]
  const [officer, approver, below, belowHead] = await Promise.all(
    logins.map((login) => openClient(address, login, team.password)),
  )
  if (!officer || !approver || !below || !belowHead) throw new Error('nobody signed in')
  const answer = await fetch(`${address}/api/v1/plans/choices`, { headers: { cookie: officer.cookie } })
  const { usualKind: kind } = Choices.parse(await answer.json())
  return { ...team, officer, approver, below, belowHead, kind, today: new Date().toISOString().slice(0, 10) }
}

/**
 * The work of an office, without end, until told that it is over: a plan is begun, its tasks edited, a file laid beside
 * it; another person issues it; the body below says what it did, sends it, is urged and answers; its update is accepted.
 * Every second round a regime is issued, the body below sends its report, and it is drawn into the owner's. Every third round a document is taken in, every ninth a large one that a job reads.
 */
export async function keepWorking(office: Office, ledger: Ledger, isOver: () => boolean): Promise<void> {
  for (let round = 0; !isOver(); round++) {
    const planId = await writePlan(office, ledger, isOver)
    if (isOver()) return
    const occurrenceId = await issue(office, ledger, planId)
    if (isOver()) return
    await report(office, ledger, { planId, occurrenceId })
    if (round % 2 === 0 && !isOver()) await sendReports(office, ledger)
    if (office.readsDocuments && round % 3 === 0 && !isOver()) await takeIn(office, ledger, round % 9 === 0)
  }
}

async function writePlan(office: Office, ledger: Ledger, isOver: () => boolean): Promise<string> {
  const title = `Sổ cái ${randomUUID()}`
  const header = headerOf(office, title)
  const rest = { issuerId: office.issuerId, parentPlanIds: [] }
  const { planId } = await insist(office.officer, ledger, {
    ...{ method: 'POST', path: '/plans', returns: Begun },
    body: { ...rest, header, nodes: [taskOf(office, 'Việc đầu')] },
  })
  const plan = { title, text: 'Việc đầu', isIssued: false, sha256: null as string | null }
  ledger.plans.set(planId, plan)
  note(ledger, 'plans.draft-begun', planId)
  for (let edit = 1; edit <= 3 && !isOver(); edit++) {
    const text = `Việc sửa lần ${edit}: ${randomUUID()}`
    // The version a client has seen; a repeat of a save that was done gets its first answer, not a conflict.
    await insist(office.officer, ledger, {
      ...{ method: 'PUT', path: `/plans/${planId}/draft`, returns: Version },
      body: { version: edit, header, nodes: [taskOf(office, text)] },
    })
    plan.text = text
    note(ledger, 'plans.draft-saved', planId)
  }
  const { sha256 } = await insist(office.officer, ledger, {
    ...{ method: 'POST', path: `/plans/${planId}/files?fileName=scan.pdf`, returns: Attached },
    body: Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(2_000)]),
  })
  ledger.files.set(sha256, planId)
  plan.sha256 = sha256
  note(ledger, 'plans.document-attached', planId)
  return planId
}

/** @returns the piece of work that the body below owes by it */
async function issue(office: Office, ledger: Ledger, planId: string): Promise<string> {
  const draft = { method: 'GET', path: `/plans/${planId}?draft=true`, returns: Version } as const
  const { version } = await insist(office.approver, ledger, draft)
  const send = { method: 'POST', path: `/plans/${planId}/issue`, body: { version }, returns: nothing } as const
  await insist(office.approver, ledger, send)
  const plan = ledger.plans.get(planId)
  if (plan) plan.isIssued = true
  note(ledger, 'plans.issued', planId)
  const owed = { method: 'GET', path: `/tasks?planId=${planId}`, returns: Work } as const
  const { items } = await insist(office.below, ledger, owed)
  if (items.length !== 1 || items[0] === undefined) throw new Error(`${items.length} pieces of work of one task`)
  return items[0].id
}

async function report(office: Office, ledger: Ledger, of: { planId: string; occurrenceId: string }): Promise<void> {
  const { occurrenceId } = of
  const narrative = `Đã làm ${randomUUID()}`
  const said = { status: 'completed', narrative, evidenceNote: null }
  const path = `/tasks/${occurrenceId}/progress`
  const begun = await insist(office.below, ledger, {
    ...{ method: 'PUT', path, body: { version: null, ...said, narrative: 'Bắt đầu' }, returns: Saved },
  })
  const update = { occurrenceId, narrative: 'Bắt đầu', state: 'draft' as 'draft' | 'submitted' | 'accepted' }
  ledger.updates.set(begun.id, update)
  note(ledger, 'plans.progress-begun', begun.id)
  const body = { version: begun.version, ...said }
  const saved = await insist(office.below, ledger, { method: 'PUT', path, body, returns: Saved })
  update.narrative = narrative
  note(ledger, 'plans.progress-saved', begun.id)
  await urgeAndAnswer(office, ledger, of)
  const at = `/progress/${begun.id}`
  const sent = { version: saved.version }
  await insist(office.below, ledger, { method: 'POST', path: `${at}/submission`, body: sent, returns: nothing })
  update.state = 'submitted'
  note(ledger, 'plans.progress-submitted', begun.id)
  const seen = { version: saved.version + 1 }
  await insist(office.approver, ledger, { method: 'POST', path: `${at}/acceptance`, body: seen, returns: nothing })
  update.state = 'accepted'
  note(ledger, 'plans.progress-accepted', begun.id)
}

async function urgeAndAnswer(
  office: Office,
  ledger: Ledger,
  { planId, occurrenceId }: { planId: string; occurrenceId: string },
): Promise<void> {
  const text = `Đôn đốc ${randomUUID()}`
  const body = { planId, text, answerBy: null, agencyIds: [], occurrenceIds: [occurrenceId] }
  const { id } = await insist(office.approver, ledger, { method: 'POST', path: '/urgings', body, returns: Made })
  const urging = { text, answer: null as string | null }
  ledger.urgings.set(id, urging)
  note(ledger, 'plans.urged', id)
  const answer = `Sẽ xong ${randomUUID()}`
  const told = { answer, version: 1 }
  await insist(office.below, ledger, { method: 'POST', path: `/urgings/${id}/answer`, body: told, returns: nothing })
  urging.answer = answer
  note(ledger, 'plans.urging-answered', id)
}

async function takeIn(office: Office, ledger: Ledger, isLarge: boolean): Promise<void> {
  const bytes = Buffer.from(isLarge ? largePage() : `KẾ HOẠCH\n${randomUUID()}\n1. Rà soát trẻ em.\n`.repeat(3))
  const { import: made, recognised } = await insist(office.officer, ledger, {
    ...{ method: 'POST', path: `/documents/imports?fileName=ke-hoach.${isLarge ? 'html' : 'txt'}`, returns: Imported },
    body: bytes,
  })
  if (recognised) throw new Error('a new file was taken for an old one')
  ledger.imports.set(made.id, createHash('sha256').update(bytes).digest('hex'))
  note(ledger, 'documents.import-begun', made.id)
}

/** A page over the bound of what is read at once, so that a job reads it; most of it is a remark that is no text. */
function largePage(): string {
  return `<html><body><p>KẾ HOẠCH ${randomUUID()}</p><!-- ${'x'.repeat(2_100_000)} --><p>1. Rà soát trẻ em.</p></body></html>`
}

/** Until every document taken in was read, or marked that it could not be: what a kill cut off is taken up after a minute. */
export async function untilRead(office: Office, ledger: Ledger, patienceMs: number): Promise<void> {
  const begun = Date.now()
  for (const id of ledger.imports.keys())
    for (;;) {
      const send = { method: 'GET', path: `/documents/imports/${id}`, returns: Import } as const
      if ((await insist(office.officer, ledger, send)).state !== 'reading') break
      if (Date.now() - begun > patienceMs) return
      await sleep(1_000)
    }
}

function headerOf({ kind, today }: Office, title: string): object {
  return {
    ...{ kind, number: randomUUID().slice(0, 8), place: 'Sổ cái', issuedOn: today, title, preamble: null },
    signature: { powers: [], post: 'Thủ trưởng', name: 'Sổ Cái' },
    ...{ bases: [], recipients: [], periodFrom: null, periodTo: null },
  }
}

function taskOf({ belowId, today }: Office, text: string): object {
  return {
    ...{ key: 'a', parentKey: null, kind: 'task', path: '1', text, output: null, funding: null },
    time: { kind: 'by', text: 'cuối năm', from: null, to: today, frequency: null },
    duties: [{ kind: 'lead', raw: 'Cơ quan dưới', addressedId: belowId, classCode: null }],
    ...{ source: null, programmes: [], bases: [] },
  }
}
