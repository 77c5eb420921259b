import type { Variant } from './variant.ts'

/** The audit and the log. */
export const auditAndLog: Variant[] = [
  {
    name: 'audit-outside-the-transaction',
    source: 'security.md E1',
    flaw: 'an entry stands though what it tells of was undone',
    in: {
      file: 'src/platform/transaction.ts',
      find: '        appendAudit(db, doing.actor, {\n          action,',
      replace:
        "        (ground.db.transaction().execute(async (other) => { await setSecurityContext(other, { ...doing.actor, everywhere: true }); await appendAudit(other, doing.actor, { action, outcome: 'done', at: now, requestId: doing.requestId, recordKind: of.kind, recordId: of.id, agencyId, params }) }) as Promise<void>) ?? appendAudit(db, doing.actor, {\n          action,",
    },
    caughtBy: { file: 'src/platform/audit.db.test.ts', test: 'stands or falls with what it tells of' },
  },
  {
    name: 'write-untold',
    source: 'security.md E1',
    flaw: 'a write that records nothing is let pass',
    in: {
      file: 'src/platform/http/server.ts',
      find: "if ((declared.method !== 'get' || declared.exports) && recorded() === 0)",
      replace: 'if (recorded() < 0)',
    },
    caughtBy: { file: 'src/platform/audit.db.test.ts', test: 'a write that would record nothing is undone' },
  },
  {
    name: 'refusals-untold',
    source: 'security.md E1',
    flaw: 'a refusal leaves no trace',
    in: {
      file: 'src/platform/http/server.ts',
      find: "if (fault instanceof Problem && (fault.kind === 'forbidden' || fault.kind === 'notFound') && known)",
      replace: "if (fault instanceof Problem && fault.kind === 'conflict' && known === null && known)",
    },
    caughtBy: { file: 'src/access/people-reading.db.test.ts', test: 'tells refusals too' },
  },
  {
    name: 'audit-rewritten',
    source: 'OpenCRVS: rows could be deleted; security.md E2',
    flaw: 'the application may change what the audit says',
    sql: 'grant update, delete on platform.audit_entry to mangnon_app',
    caughtBy: { file: 'src/access/app-rights.db.test.ts', test: 'with the tables of platform and access' },
  },
  {
    name: 'audit-flooded',
    source: 'Primero R2-1637, R2-3590: the log was flooded by failed requests',
    flaw: 'each failed sign-in is an entry of its own',
    in: {
      file: 'src/access/refused-tries.ts',
      find: 'if (/^10*$/.test(String(count))) {',
      replace: 'if (count > 0) {',
    },
    caughtBy: { file: 'src/access/sign-in-limits.db.test.ts', test: 'groups failures, so that a flood hides nothing' },
  },
  {
    name: 'audit-of-others',
    source: 'security.md E6, A6',
    flaw: 'the audit is read without the condition of reach, and its policy lets everybody read: either alone shows nothing',
    in: {
      file: 'src/platform/audit.ts',
      find: "let query = ctx.db.selectFrom('platform.auditEntry').where(filter.within)",
      replace: "let query = ctx.db.selectFrom('platform.auditEntry')",
    },
    sql: 'alter policy audit_read on platform.audit_entry using (true)',
    caughtBy: { file: 'src/access/people-reading.db.test.ts', test: 'is in no list, search, count or audit' },
  },
  {
    name: 'values-in-the-log',
    source: 'security.md E6',
    flaw: 'what the database says is written to the log',
    in: {
      file: 'src/platform/loggable.ts',
      find: "if (fault instanceof Error && 'severity' in fault)",
      replace: "if (fault instanceof Error && 'never' in fault)",
    },
    caughtBy: { file: 'test/db/flaws-of-others.db.test.ts', test: 'the log holds the code of a fault' },
  },
  {
    name: 'secret-told-again',
    source: 'security.md B2',
    flaw: 'the answer that holds a secret is kept for a repeat',
    in: {
      file: 'src/platform/http/idempotency.ts',
      find: 'const kept = request.shownOnce ? null : JSON.stringify(answer.answer ?? null)',
      replace: 'const kept = JSON.stringify(answer.answer ?? null)',
    },
    caughtBy: { file: 'src/access/people.db.test.ts', test: 'keeps the code nowhere' },
  },
]
