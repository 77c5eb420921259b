/** What the clients remember of a plan they wrote. */
export type PlanRemembered = { title: string; text: string; isIssued: boolean; sha256: string | null }
/** What they remember of an update to a piece of work, by its id. */
export type UpdateRemembered = { occurrenceId: string; narrative: string; state: 'draft' | 'submitted' | 'accepted' }
/** What they remember of a periodic report, by its id: how often it was sent, what it says, what was drawn into it. */
export type ReportRemembered = {
  state: 'draft' | 'submitted' | 'accepted'
  number: number
  words: string
  drawn: number
}
export type UrgingRemembered = { text: string; answer: string | null }

/** What the server acknowledged, as its clients remember it. */
export type Ledger = {
  sent: number
  acknowledged: number
  /** Tries that got no answer, or one that says "again". */
  unanswered: number
  /** Acknowledged only after a repeat with the same key. */
  answeredLater: number
  plans: Map<string, PlanRemembered>
  /** SHA-256 of a file → the plan it lies under. */
  files: Map<string, string>
  updates: Map<string, UpdateRemembered>
  urgings: Map<string, UrgingRemembered>
  reports: Map<string, ReportRemembered>
  /** Import id → the SHA-256 of its file. */
  imports: Map<string, string>
  /** `action record` → how many times it was acknowledged: the audit must hold exactly these. */
  entries: Map<string, number>
}

export function newLedger(): Ledger {
  return {
    ...{ sent: 0, acknowledged: 0, unanswered: 0, answeredLater: 0 },
    ...{ plans: new Map(), files: new Map(), updates: new Map(), urgings: new Map() },
    ...{ imports: new Map(), entries: new Map(), reports: new Map() },
  }
}

/** Notes that an act on a record was acknowledged. */
export function note(ledger: Ledger, action: string, recordId: string): void {
  const key = `${action} ${recordId}`
  ledger.entries.set(key, (ledger.entries.get(key) ?? 0) + 1)
}

/** The figures of a ledger, to be printed and kept. */
export function figuresOf(ledger: Ledger): Record<string, number> {
  const { sent, acknowledged, unanswered, answeredLater } = ledger
  return {
    ...{ sent, acknowledged, unanswered, answeredLater },
    plans: ledger.plans.size,
    issued: [...ledger.plans.values()].filter((plan) => plan.isIssued).length,
    files: ledger.files.size,
    updates: ledger.updates.size,
    urgings: ledger.urgings.size,
    reports: ledger.reports.size,
    imports: ledger.imports.size,
    auditEntries: [...ledger.entries.values()].reduce((sum, count) => sum + count, 0),
  }
}
