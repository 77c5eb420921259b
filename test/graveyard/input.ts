import type { Variant } from './variant.ts'

/** What comes in and what goes out: parameters, files, sheets, errors, headers. */
export const inputAndOutput: Variant[] = [
  {
    name: 'undeclared-parameters',
    source: 'DHIS2 CVE-2021-32704, -39179, -41187: parameters are the surface',
    flaw: 'unknown parameters of the address are let pass',
    in: {
      file: 'src/platform/http/server.ts',
      find: 'strictly(declared.query).safeParse(',
      replace: 'declared.query.safeParse(',
    },
    caughtBy: { file: 'src/platform/http/refusals.db.test.ts', test: 'a parameter, on every route' },
  },
  {
    name: 'mass-assignment',
    source: 'Primero R2-3558 (the third time): a deny-list of fields',
    flaw: 'a field the route did not declare is let pass',
    in: {
      file: 'src/access/model.ts',
      find: 'export const InvitePerson = z\n  .strictObject(',
      replace: 'export const InvitePerson = z\n  .looseObject(',
    },
    caughtBy: { file: 'src/platform/http/refusals.db.test.ts', test: 'a field of the body' },
  },
  {
    name: 'answer-not-filtered',
    source: 'Primero R2-1922: linked records came without a filter of fields',
    flaw: 'an answer is sent as the function gave it',
    in: {
      file: 'src/platform/http/server.ts',
      find: 'declared.returns ? declared.returns.parse(value) : null',
      replace: 'declared.returns ? value : null',
    },
    caughtBy: {
      file: 'test/db/flaws-of-others.db.test.ts',
      test: 'an answer holds only the fields its route declares',
    },
  },
  {
    name: 'database-speaks',
    source: 'DHIS2 CVE-2026-55084: data came back inside the text of an error',
    flaw: 'the fault of the database is told to the caller',
    in: {
      file: 'src/platform/http/problem.ts',
      find: "  return { kind: 'internal', code: 'platform.unexpected', params: {}, fields: [] }\n}",
      replace:
        "  return { kind: 'internal', code: fault instanceof Error ? fault.message : 'x', params: {}, fields: [] }\n}",
    },
    caughtBy: { file: 'test/db/flaws-of-others.db.test.ts', test: 'a fault of the inside says nothing of it' },
  },
  {
    name: 'wildcards-in-a-search',
    source: 'DHIS2 CVE-2022-24848; security.md D1',
    flaw: 'signs of a pattern pass into the search of the audit',
    in: {
      file: 'src/access/model.ts',
      find: '    .regex(/^[a-z-]+(\\.[a-z-]*)?$/)\n    .max(100)',
      replace: '    .max(100)',
    },
    caughtBy: { file: 'test/db/flaws-of-others.db.test.ts', test: 'the name of an act holds no sign of a pattern' },
  },
  {
    name: 'sql-from-a-string',
    source: 'DHIS2 (five times), Primero R2-2483, R2-2697, R2-3199, VINE',
    flaw: 'a search is put into a statement as text',
    in: {
      file: 'src/plans/queries/search.ts',
      find: "i.file_name ilike '%' || ${search.replace(/[\\\\%_]/g, '\\\\$&')} || '%'",
      replace: "i.file_name ilike ${sql.raw(`'%${search}%'`)}",
    },
    caughtBy: { file: 'test/db/flaws-of-others.db.test.ts', test: 'a search is words, whatever signs stand in it' },
  },
  {
    name: 'unstorable-text',
    source: 'security.md D2, D5',
    flaw: 'text the database cannot hold reaches it',
    in: {
      file: 'src/platform/http/server.ts',
      find: "if (faults.length > 0) throw invalid('platform.invalid-input', {}, faults)",
      replace: '',
    },
    caughtBy: { file: 'src/platform/http/answers.db.test.ts', test: 'no value provokes the database to speak' },
  },
  {
    name: 'file-shown-inline',
    source: 'DHIS2 CVE-2022-41947: script in an uploaded file ran at a colleague’s',
    flaw: 'a file is shown in the browser, with our own policy',
    in: {
      file: 'src/platform/http/server.ts',
      find: '`attachment; filename="file"; filename*=UTF-8',
      replace: '`inline; filename="file"; filename*=UTF-8',
    },
    caughtBy: { file: 'src/plans/progress.db.test.ts', test: 'is had only under the update it lies under' },
  },
  {
    name: 'file-name-is-a-path',
    source: 'security.md D4: path traversal',
    flaw: 'the path in the name of a file is kept',
    in: {
      file: 'src/platform/files.ts',
      find: "    .replace(/^.*[\\\\/]/u, '')\n    .replace(/[\\p{Cc}\\p{Cf}<>:\"|?*]/gu, '')\n",
      replace: '',
    },
    caughtBy: { file: 'test/db/flaws-of-others.db.test.ts', test: 'the name of a file is only a name' },
  },
  {
    name: 'file-damaged-unseen',
    source: 'security.md fault 8',
    flaw: 'bytes changed on the disk are handed out',
    in: {
      file: 'src/platform/files.ts',
      find: "if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw unavailable('platform.file-damaged')\n",
      replace: '',
    },
    caughtBy: { file: 'src/platform/files.test.ts', test: 'that were changed on the disk are not handed out' },
  },
  {
    name: 'name-believed',
    source: 'security.md D4: a page that calls itself a document',
    flaw: 'what a signed document is, is taken from its name',
    in: {
      file: 'src/plans/commands/attach.ts',
      find: 'const mediaType = mediaTypeOf(file.bytes)\n',
      replace: "const mediaType: string | undefined = mediaTypeOf(file.bytes) ?? 'text/html'\n",
    },
    caughtBy: { file: 'src/plans/leaving.db.test.ts', test: 'alert(1)' },
  },
  {
    name: 'formula-in-a-sheet',
    source: 'Primero R2-3593: twelve exporters at once',
    flaw: 'words that begin with = are written as a formula',
    in: {
      file: 'src/platform/sheets/write.ts',
      find: "sheet.addRow(row.map((cell) => cell ?? ''))",
      replace:
        "sheet.addRow(row.map((cell) => (typeof cell === 'string' && cell.startsWith('=') ? { formula: cell.slice(1) } : (cell ?? ''))))",
    },
    caughtBy: { file: 'src/platform/sheets/sheets.test.ts', test: 'holds no formula cell' },
  },
  {
    name: 'bomb-in-a-sheet',
    source: 'security.md D4',
    flaw: 'a sheet is unpacked however large it gets',
    in: {
      file: 'src/platform/sheets/read.ts',
      find: "if (unpacked > mostUnpackedBytes) throw invalid('platform.sheet-too-large', { most: 0 })\n",
      replace: '',
    },
    caughtBy: {
      file: 'src/platform/sheets/sheets.test.ts',
      test: 'a small file that unpacks to hundreds of megabytes',
    },
  },
  {
    name: 'bomb-in-a-document',
    source: 'security.md D4',
    flaw: 'a part of a Word file is unpacked however large it gets',
    in: {
      file: 'src/documents/reading/zip.ts',
      find: 'return inflateRawSync(data, { maxOutputLength: Math.max(1, allowed) })',
      replace: 'return inflateRawSync(data, { maxOutputLength: Math.max(1, allowed) * 1000 })',
    },
    caughtBy: { file: 'src/documents/reading/docx.test.ts', test: 'a part that unpacks without end is stopped' },
  },
  {
    name: 'entities-expand',
    source: 'XXE, billion laughs; security.md D5',
    flaw: 'a declaration of a document type is stepped over',
    in: {
      file: 'src/documents/reading/xml.ts',
      find: "else if (xml.startsWith('<!', next)) throw new UnreadableDocument('damaged-xml')",
      replace: "else if (xml.startsWith('<!', next)) at = after(xml, '>', next)",
    },
    caughtBy: { file: 'src/documents/reading/xml.test.ts', test: '' },
  },
  {
    name: 'nesting-without-end',
    source: 'security.md D5, D8',
    flaw: 'how deep a body is nested is not bounded',
    in: {
      file: 'src/platform/http/problem.ts',
      find: 'if (path.length > mostLevels)',
      replace: 'if (path.length > 1e9)',
    },
    caughtBy: { file: 'test/db/hostile-requests.db.test.ts', test: 'a body nested without end' },
  },
  {
    name: 'scripts-allowed',
    source: 'DHIS2 GHSA-6785-hj47-c27h: reflected script',
    flaw: 'pages may run scripts from anywhere',
    in: {
      file: 'src/platform/http/headers.ts',
      find: '"script-src \'self\'",',
      replace: '"script-src * \'unsafe-inline\'",',
    },
    caughtBy: { file: 'test/db/flaws-of-others.db.test.ts', test: 'pages run scripts of their own only' },
  },
  {
    name: 'proxy-believed',
    source: 'security.md B3: the address is what the sender says',
    flaw: 'every sender may say from which address he comes',
    in: {
      file: 'src/platform/http/server.ts',
      find: "typeof proxies === 'number' ? (_address: string, hop: number) => hop < proxies : [...proxies]",
      replace: 'proxies === 0 || true',
    },
    caughtBy: { file: 'src/platform/http/trusted-proxies.db.test.ts', test: '' },
  },
  {
    name: 'idempotency-left-out',
    source: 'security.md I1',
    flaw: 'a repeat of a request is done again',
    in: {
      file: 'src/platform/http/server.ts',
      find: '  return answerOnce(\n    ctx,\n    key,\n    { route',
      replace:
        '  return declared.shownOnce === undefined || declared.shownOnce ? run() : answerOnce(\n    ctx,\n    key,\n    { route',
    },
    caughtBy: { file: 'src/platform/http/idempotency.db.test.ts', test: 'sent again has one effect' },
  },
  {
    name: 'key-for-another-request',
    source: 'security.md I1',
    flaw: 'one key stands for two requests',
    in: {
      file: 'src/platform/http/idempotency.ts',
      find: "if (before.requestHash !== request.hash) throw conflict('platform.idempotency-key-reused')\n",
      replace: '',
    },
    caughtBy: { file: 'src/platform/http/idempotency.db.test.ts', test: 'cannot stand for another request' },
  },
  {
    name: 'lost-update',
    source: 'security.md I2',
    flaw: 'a draft is saved over a version its writer did not see',
    in: {
      file: 'src/plans/store/plans.ts',
      find: "if (draft.version !== seen) throw conflict('platform.stale-version')",
      replace: '',
    },
    caughtBy: { file: 'src/plans/lifecycle.db.test.ts', test: 'is not saved over a version its writer did not see' },
  },
]
