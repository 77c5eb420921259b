import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { insist, type Client } from './client.ts'
import { note, type Ledger, type ReportRemembered } from './ledger.ts'
import type { Office } from './work.ts'

const Made = z.object({ id: z.string() })
const Saved = z.object({ version: z.number() })
const Sent = z.object({ number: z.number() })
const Drawn = z.object({ taken: z.number() })
const Owed = z.object({ items: z.array(z.object({ obligationId: z.string() })) })
const Detail = z.object({ sections: z.array(z.object({ key: z.string(), version: z.number() })) })
const nothing = z.unknown()

/**
 * A regime is issued and a round opened; the body below writes, signs and sends its report, it is accepted and drawn into that of the
 * owner, which is signed and sent. A kill falls anywhere in it.
 */
export async function sendReports(office: Office, ledger: Ledger): Promise<void> {
  const roundId = await openRound(office, ledger)
  const words = `Báo cáo ${randomUUID()}`
  const below = await begin(office.below, ledger, roundId)
  const path = `/reporting/reports/${below.id}/sections/words`
  const content = { kind: 'narrative', paragraphs: [{ key: 'p1', text: words, origins: [] }] }
  await insist(office.below, ledger, { method: 'PUT', path, body: { version: 1, content }, returns: Saved })
  below.report.words = words
  note(ledger, 'reporting.section-saved', below.id)
  await sign(office.belowHead, ledger, below)
  const at = `/reporting/reports/${below.id}/acceptance`
  await insist(office.approver, ledger, { method: 'POST', path: at, body: { number: 1 }, returns: nothing })
  below.report.state = 'accepted'
  note(ledger, 'reporting.report-accepted', below.id)

  const own = await begin(office.officer, ledger, roundId)
  const { taken } = await insist(office.officer, ledger, {
    ...{ method: 'POST', path: `/reporting/reports/${own.id}/drawing`, returns: Drawn },
    body: { all: true, take: [], leave: [] },
  })
  Object.assign(own.report, { words, drawn: taken })
  note(ledger, 'reporting.report-consolidated', own.id)
  await sign(office.approver, ledger, own)
}

type Begun = { id: string; report: ReportRemembered }

async function begin(client: Client, ledger: Ledger, roundId: string): Promise<Begun> {
  const owed = { method: 'GET', path: `/reporting/reports?roundId=${roundId}`, returns: Owed } as const
  const { items } = await insist(client, ledger, owed)
  if (items.length !== 1 || items[0] === undefined) throw new Error(`${items.length} reports owed instead of one`)
  const { obligationId } = items[0]
  const path = '/reporting/reports'
  const { id } = await insist(client, ledger, { method: 'POST', path, body: { obligationId }, returns: Made })
  const report: ReportRemembered = { state: 'draft', number: 0, words: '', drawn: 0 }
  ledger.reports.set(id, report)
  note(ledger, 'reporting.report-begun', id)
  return { id, report }
}

async function sign(client: Client, ledger: Ledger, { id, report }: Begun): Promise<void> {
  const at = `/reporting/reports/${id}`
  const { sections } = await insist(client, ledger, { method: 'GET', path: at, returns: Detail })
  const versions = Object.fromEntries(sections.map(({ key, version }) => [key, version]))
  const { number } = await insist(client, ledger, {
    ...{ method: 'POST', path: `${at}/submission`, returns: Sent },
    body: { versions, isNil: false },
  })
  Object.assign(report, { state: 'submitted', number })
  note(ledger, 'reporting.report-submitted', id)
}

/** A regime of one tier with a form of one section, issued by a second person, and its round of this year. */
async function openRound(office: Office, ledger: Ledger): Promise<string> {
  const { officer, approver, today } = office
  const at = '/reporting/regimes'
  const body = { code: `SC-${randomUUID().slice(0, 18)}`, definition: regimeOf(office), effectiveFrom: today }
  const { id } = await insist(officer, ledger, { method: 'POST', path: at, body, returns: Made })
  note(ledger, 'reporting.regime-drafted', id)
  const form = { definition: { title: words, sections: [section] }, version: null }
  await insist(officer, ledger, { method: 'PUT', path: `${at}/${id}/form`, body: form, returns: Saved })
  const first = { version: 1 }
  await insist(approver, ledger, { method: 'POST', path: `${at}/${id}/issue`, body: first, returns: nothing })
  note(ledger, 'reporting.regime-issued', id)
  const formAt = `${at}/${id}/form/issue`
  const { id: formId } = await insist(approver, ledger, { method: 'POST', path: formAt, body: first, returns: Made })
  for (const action of ['reporting.form-saved', 'reporting.form-issued']) note(ledger, action, formId)
  const { id: roundId } = await insist(approver, ledger, {
    ...{ method: 'POST', path: `${at}/${id}/rounds`, returns: Made },
    body: { period: `own:${today.slice(0, 4)}-A1` },
  })
  note(ledger, 'reporting.round-opened', roundId)
  return roundId
}

const words = { vi: 'Sổ cái', en: 'Ledger', fr: 'Registre' }
const section = {
  ...{ kind: 'narrative', key: 'words', heading: words, guidance: {}, isRequired: true, wordLimit: null },
}
const afterEnd = (days: number) => ({ kind: 'after-end', days })
const dayOfYear = (year: number) => ({ year, month: 1, day: 1 })

function regimeOf({ belowId }: Office): object {
  return {
    ...{ names: words, kind: 'ad-hoc', content: 'Sổ cái', legalBases: ['Sổ cái'], sending: 'Sổ cái' },
    window: { kind: 'own', parts: [{ part: 'A1', names: words, from: dayOfYear(0), to: dayOfYear(1) }] },
    ...{ cutOff: afterEnd(0), asksEstimates: false, rootDue: afterEnd(20), graceDays: 0, lockAfterDays: null },
    tiers: [
      {
        ...{ code: 'below', names: words, to: 'owner', due: afterEnd(10) },
        who: { classes: [], functions: [], agencies: [belowId], except: [] },
      },
    ],
    ...{ onHoliday: 'stands', remindDays: [], escalateAfterDays: 3 },
  }
}
