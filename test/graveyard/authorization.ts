import type { Variant } from './variant.ts'

/** Who may see and do what: sharing rules forgotten on one path, rights one gives oneself, records reached by id. */
export const authorization: Variant[] = [
  {
    name: 'first-wall-left-out',
    source: 'DHIS2 CVE-2023-32060; fixes of event and relationship queries',
    flaw: 'one list asks the database without the condition of reach, and its policies let everybody read: either alone shows nothing',
    in: {
      file: 'src/access/queries/people.ts',
      find: "    .where(withinReach(ctx, 'post.agencyId'))\n  if (query.agencyId)",
      replace: '  if (query.agencyId)',
    },
    sql: 'alter policy person_reach on access.person using (true); alter policy post_read on access.post using (true)',
    caughtBy: { file: 'src/access/people-reading.db.test.ts', test: 'is in no list, search, count or audit' },
  },
  {
    name: 'policy-dropped',
    source: 'security.md 0.5; PostgreSQL CVE-2023-2455',
    flaw: 'the policy of a table lets everybody read',
    sql: 'alter policy progress_read on plans.progress using (true)',
    caughtBy: { file: 'src/plans/second-wall.db.test.ts', test: 'without a context no table of plans' },
  },
  {
    name: 'row-security-off',
    source: 'security.md 0.5',
    flaw: 'row security of a table is switched off',
    sql: 'alter table plans.urging disable row level security',
    caughtBy: { file: 'src/access/second-wall.db.test.ts', test: 'every table is behind forced row security' },
  },
  {
    name: 'row-security-not-forced',
    source: 'security.md A7',
    flaw: 'the owner of the tables is above row security',
    sql: 'alter table access.person no force row level security',
    caughtBy: { file: 'src/access/second-wall.db.test.ts', test: 'every table is behind forced row security' },
  },
  {
    name: 'view-of-its-owner',
    source: 'security.md 0.5: a plain view shows what its owner sees',
    flaw: 'a view without security_invoker over a protected table',
    sql: 'create view plans.everything as select * from plans.plan; grant select on plans.everything to mangnon_app',
    caughtBy: { file: 'src/access/second-wall.db.test.ts', test: 'no function runs as its owner but those named' },
  },
  {
    name: 'function-of-its-owner',
    source: 'security.md 0.5: a definer function owned by a privileged role',
    flaw: 'a new function runs as the owner of the tables',
    sql: "create function plans.peek() returns bigint language sql security definer as 'select count(*) from plans.plan'",
    caughtBy: { file: 'src/access/second-wall.db.test.ts', test: 'no function runs as its owner but those named' },
  },
  {
    name: 'foreign-key-oracle',
    source: 'security.md 0.5: a visit was attached to an invisible child',
    flaw: 'the foreign key of an update does not carry the body that owes the work',
    sql: 'alter table plans.progress drop constraint progress_occurrence_id_node_id_plan_id_agency_id_owner_id_fkey',
    caughtBy: {
      file: 'src/plans/second-wall.db.test.ts',
      test: 'a commune cannot lay progress on the work of another',
    },
  },
  {
    name: 'reach-written-by-the-application',
    source: 'DHIS2 CVE-2022-41948; Primero R2-3558',
    flaw: 'the application may write who stands over whom',
    sql: 'grant insert on platform.reach to mangnon_app',
    caughtBy: { file: 'src/access/reach.db.test.ts', test: 'the application itself cannot write the reach' },
  },
  {
    name: 'grant-to-oneself',
    source: 'Primero R2-1407 (2021), R2-3138, R2-3558; DHIS2 CVE-2022-41948',
    flaw: 'an administrator gives himself a post',
    in: {
      file: 'src/access/rules.ts',
      find: 'if (grant.granter.personId === grant.personId)',
      replace: 'if (grant.granter.personId === grant.role)',
    },
    caughtBy: { file: 'src/access/people.db.test.ts', test: 'nobody changes himself' },
  },
  {
    name: 'any-role-granted',
    source: 'OpenCRVS f83c2bc1: creation did not check the role being granted',
    flaw: 'roles that weigh much are handed out alone',
    in: {
      file: 'src/access/rules.ts',
      find: 'return { needsConfirmation: isConfirmed && grant.hasSecondAdministrator }',
      replace: 'return { needsConfirmation: false }',
    },
    caughtBy: { file: 'src/access/people.db.test.ts', test: 'count only when a second administrator has confirmed' },
  },
  {
    name: 'grant-wider-than-own',
    source: 'DHIS2 CVE-2022-41948; security.md A4',
    flaw: 'a post is given that sees more than the granter',
    in: {
      file: 'src/access/rules.ts',
      find: "if (!grant.isWithinReach) throw forbidden('access.wider-than-own')",
      replace: '',
    },
    caughtBy: { file: 'src/access/rules.test.ts', test: 'granting posts' },
  },
  {
    name: 'own-grant-confirmed',
    source: 'Primero `self_approve`',
    flaw: 'whoever granted a post confirms it',
    in: {
      file: 'src/access/rules.ts',
      find: 'if (confirmerId === post.grantedBy || confirmerId === post.personId)',
      replace: 'if (confirmerId === post.personId)',
    },
    caughtBy: { file: 'src/access/rules.test.ts', test: 'whoever granted or gains cannot confirm' },
  },
  {
    name: 'one-pair-of-eyes',
    source: 'Primero `self_approve`; security.md A11',
    flaw: 'the writer of a plan issues it in another post',
    in: {
      file: 'src/plans/commands/issue.ts',
      find: 'requireTwoPersons(ctx.actor.personId, [draft.savedBy, draft.laidBy])',
      replace: 'requireTwoPersons(ctx.actor.personId, [])',
    },
    caughtBy: { file: 'src/plans/lifecycle.db.test.ts', test: 'takes two persons' },
  },
  {
    name: 'own-work-checked',
    source: 'Primero `self_approve`',
    flaw: 'a body accepts its own update',
    in: {
      file: 'src/plans/commands/progress.ts',
      find: 'if (row.agencyId === ctx.actor.agencyId || writers.includes(ctx.actor.personId))',
      replace: 'if (row.agencyId === ctx.actor.personId)',
    },
    caughtBy: { file: 'src/plans/progress.db.test.ts', test: 'is checked by four eyes' },
  },
  {
    name: 'permission-table-opened',
    source: 'DHIS2 and Primero: secondary endpoints forget the rule',
    flaw: 'a reader may hand documents out',
    in: {
      file: 'src/access/permission-table.ts',
      find: "'plans.export': { roles: working,",
      replace: "'plans.export': { roles: every,",
    },
    caughtBy: { file: 'src/plans/access.db.test.ts', test: 'GET /plans/{id}/document' },
  },
  {
    name: 'no-authorization-at-all',
    source: 'VINE CVE-2026-63359',
    flaw: 'every signed-in person holds every permission',
    in: {
      file: 'src/access/authorize.ts',
      find: "  if (!allows(actor.role, allow)) return forbidden('access.not-permitted')\n  return permissions.get(allow)?.needsRecentSignIn && isLate",
      replace: '  return permissions.get(allow)?.needsRecentSignIn && isLate',
    },
    caughtBy: { file: 'src/access/access.db.test.ts', test: '' },
  },
  {
    name: 'file-by-id-alone',
    source: 'Primero R2-3591 (first fix): signed in and a file id was enough',
    flaw: 'a file is handed out without asking under which record it lies',
    in: {
      file: 'src/platform/files.ts',
      find: "    .where('recordKind', '=', under.kind)\n    .where('recordId', '=', under.id)\n    .executeTakeFirst()",
      replace: '    .executeTakeFirst()',
    },
    caughtBy: { file: 'src/plans/walls.db.test.ts', test: 'a child id under another’s record is not found' },
  },
  {
    name: 'draft-shown-upwards',
    source: 'DHIS2 CVE-2023-32060',
    flaw: 'an update being written is shown to the superior',
    in: {
      file: 'src/plans/commands/progress.ts',
      find: "if (!row || (row.state === 'draft' && row.agencyId !== ctx.actor.agencyId)) throw notFound()",
      replace: 'if (!row) throw notFound()',
    },
    caughtBy: { file: 'src/plans/progress.db.test.ts', test: 'a draft is its body’s alone' },
  },
  {
    name: 'check-one-act-on-another',
    source: 'MISP CVE-2026-56424; DHIS2 CVE-2023-31138 (nested writes)',
    flaw: 'pieces of work named in an urging are not asked for one by one',
    in: {
      file: 'src/plans/commands/urging.ts',
      find: 'if (work.length !== new Set(input.occurrenceIds).size) throw notFound()',
      replace: '',
    },
    caughtBy: { file: 'src/plans/urging.db.test.ts', test: '' },
  },
  {
    name: 'search-past-the-wall',
    source: 'DHIS2: ownership absent from event queries (2021)',
    flaw: 'the search finds plans of everybody',
    in: {
      file: 'src/plans/store/visible.ts',
      find: 'return sql<SqlBool>`(${agency} = ${ctx.actor.agencyId} or',
      replace: 'return sql<SqlBool>`(true or ${agency} = ${ctx.actor.agencyId} or',
    },
    caughtBy: { file: 'src/plans/lifecycle.db.test.ts', test: 'is nobody’s to see but its own body’s' },
  },
  {
    name: 'oracle-of-existence',
    source: 'security.md A2: the oracle of existence',
    flaw: 'a person out of reach is said to be there',
    in: {
      file: 'src/access/queries/people.ts',
      find: "if (!row) throw notFound('access.person-not-found')",
      replace:
        "if (!row) { await sql`select set_config('mangnon.everywhere', 'yes', true)`.execute(ctx.db); const { rows } = await sql`select 1 from access.person where id = ${id}`.execute(ctx.db); throw notFound(rows.length > 0 ? 'access.agency-not-found' : 'access.person-not-found') }",
    },
    caughtBy: { file: 'src/access/people-reading.db.test.ts', test: 'answers as what never was' },
  },
  {
    name: 'job-with-old-rights',
    source: 'security.md A9',
    flaw: 'a job runs on with the rights it began with',
    in: {
      file: 'src/platform/jobs/runner.ts',
      find: "if (!actor) throw new Problem('forbidden', 'platform.job-rights-ended')",
      replace:
        "if (!actor) return inTransaction(parts.ground, { actor: { personId: job.personId, sessionId: null, postId: null, agencyId: null, role: 'officer', viewers: [], everywhere: true }, language: parts.ground.language, requestId: 'job' }, (ctx) => work(ctx))",
    },
    caughtBy: { file: 'src/platform/jobs/jobs.db.test.ts', test: 'acts with the rights its owner has at each step' },
  },
]
