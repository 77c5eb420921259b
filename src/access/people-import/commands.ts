import {
  asEverywhere,
  conflict,
  invalid,
  newId,
  readSheet,
  writeSheets,
  type Context,
  type FileAnswer,
} from '#platform'
import type { AccessParts } from '../ground.ts'
import {
  peopleColumns,
  peopleImportLimits,
  Role,
  type ConfirmPeopleImport,
  type NamedSlip,
  type PeopleImport,
} from '../model.ts'
import { namesOfAgencies } from '../names.ts'
import { grantable } from '../permission-table.ts'
import { insertSlip } from '../store.ts'
import { examine, layoutOf, readRow, type Layout, type ReadRow } from './rows.ts'
import { getImport, indexBodies, listBodiesInReach, saveImport, type ImportRow } from './store.ts'
import { headOf, knownWords } from './words.ts'

export const checkKind = 'access.check-people'
export const makeKind = 'access.make-people'
export const mailKind = 'access.mail-invitations'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The spreadsheet to be filled in; prefilled, it has a row for every body in reach where nobody holds a post yet. */
export async function writeTemplate(ctx: Context, parts: AccessParts, isPrefilled: boolean): Promise<FileAnswer> {
  const { say } = parts
  const bodies = (await listBodiesInReach(ctx)).filter((body) => !isPrefilled || body.holders === 0)
  const head = (column: (typeof peopleColumns)[number]) => headOf(say, ctx.language, column)
  const widths = {
    name: 28,
    login: 20,
    language: 10,
    mail: 28,
    agencyKey: 26,
    agency: 44,
    role: 18,
    validFrom: 14,
    validTo: 14,
  }
  const rows = isPrefilled
    ? bodies.map((body) => ['', '', '', '', body.key, body.name, say(ctx.language, 'access.role.officer'), '', ''])
    : []
  const bytes = await writeSheets([
    {
      name: say(ctx.language, 'access.sheet-people'),
      columns: peopleColumns.map((column) => ({ head: head(column), width: widths[column] })),
      rows: rows.slice(0, peopleImportLimits.rows - 1),
    },
    {
      name: say(ctx.language, 'access.sheet-help'),
      columns: [
        { head: say(ctx.language, 'access.sheet-column'), width: 24 },
        { head: say(ctx.language, 'access.sheet-meaning'), width: 90 },
      ],
      rows: peopleColumns.map((column) => [
        head(column),
        say(ctx.language, `access.column-help-${column}`, {
          roles: grantableRoles(ctx)
            .map((role) => say(ctx.language, `access.role.${role}`))
            .join(', '),
        }),
      ]),
    },
  ])
  return { fileName: `${say(ctx.language, 'access.sheet-file')}.xlsx`, mediaType: xlsx, bytes }
}

function grantableRoles(ctx: Context): Role[] {
  const roles = grantable[ctx.actor.role as Role]
  return Role.options.filter((role) => roles?.alone.includes(role) || roles?.confirmed.includes(role))
}

/**
 * Takes in a spreadsheet of people: its rows are kept to be examined by a job; nobody is invited yet.
 * @throws invalid `platform.sheet-unreadable`, `platform.sheet-too-large`, `access.head-missing`, `access.no-rows`
 */
export async function importPeople(ctx: Context, parts: AccessParts, bytes: Uint8Array): Promise<PeopleImport> {
  const [head, ...body] = await readSheet(bytes, { rows: peopleImportLimits.rows, columns: 40 })
  const layout = layoutOf(head?.cells ?? [], knownWords(parts.say))
  if ('missing' in layout)
    throw invalid('access.head-missing', { head: headOf(parts.say, ctx.language, layout.missing) })
  const rows = body
    .map((row) => readRow(row, layout))
    .filter((row) => row.cells.name !== undefined || row.cells.login !== undefined)
  if (rows.length === 0) throw invalid('access.no-rows')
  const id = newId()
  const jobId = await ctx.enqueue(checkKind, { importId: id, layout: [...layout] })
  await ctx.db
    .insertInto('access.peopleImport')
    .values({
      id,
      personId: ctx.actor.personId,
      agencyId: ctx.actor.agencyId,
      state: 'checking',
      rows: JSON.stringify(rows),
      jobId,
      madeAt: ctx.now,
    })
    .execute()
  await ctx.record(
    'access.people-loaded',
    { kind: 'access.people-import', id, agencyId: ctx.actor.agencyId },
    { rows: rows.length },
  )
  return readImport(ctx, parts, id)
}

/** Examines the rows against what the actor reaches and may grant now. */
export async function examineImport(ctx: Context, parts: AccessParts, id: string, layout: Layout): Promise<void> {
  const row = await getImport(ctx, id, true)
  if (row.state !== 'checking') return
  const logins = row.rows.flatMap(({ cells }) => (cells.login ? [cells.login.toLowerCase()] : []))
  const taken = await asEverywhere(ctx, () =>
    ctx.db
      .selectFrom('access.person')
      .select('login')
      .where('login', 'in', [...logins, ''])
      .execute(),
  )
  const rows = examine(row.rows, layout, knownWords(parts.say), {
    ...indexBodies(await listBodiesInReach(ctx)),
    takenLogins: new Set(taken.map(({ login }) => login)),
    grantableRoles: new Set(grantableRoles(ctx)),
    language: parts.ground.language,
  })
  await saveImport(ctx, id, { rows, state: 'checked' })
  await ctx.record(
    'access.people-examined',
    { kind: 'access.people-import', id, agencyId: row.agencyId },
    { rows: rows.length, good: rows.filter((one) => one.wish).length },
  )
}

/** How many rows of each kind are told. */
const told = 200

export async function readImport(ctx: Context, parts: AccessParts, id: string): Promise<PeopleImport> {
  return describe(ctx, parts, await getImport(ctx, id))
}

function describe(ctx: Context, parts: AccessParts, row: ImportRow): PeopleImport {
  const say = (one: ReadRow) => ({
    number: one.number,
    cells: one.cells as Record<string, string>,
    faults: one.faults.map((fault) => ({ ...fault, title: parts.say(ctx.language, fault.code) })),
    personId: one.personId,
  })
  const good = row.rows.filter((one) => one.wish !== null)
  return {
    id: row.id,
    state: row.state,
    jobId: row.jobId,
    madeAt: row.madeAt,
    total: row.rows.length,
    good: good.length,
    made: row.rows.filter((one) => one.personId !== null).length,
    withMail: good.filter((one) => one.personId !== null && one.wish?.mail).length,
    faulty: row.rows
      .filter((one) => one.faults.length > 0)
      .slice(0, told)
      .map(say),
    goodRows: good.slice(0, told).map(say),
  }
}

/**
 * Lets the good rows be invited, by a job; where others are faulty only when that was chosen.
 * @throws notFound; conflict `access.import-not-ready`, `access.import-has-faults`
 */
export async function confirmImport(
  ctx: Context,
  parts: AccessParts,
  id: string,
  input: ConfirmPeopleImport,
): Promise<PeopleImport> {
  const row = await getImport(ctx, id, true)
  const good = row.rows.filter((one) => one.wish !== null)
  if (row.state !== 'checked' || good.length === 0) throw conflict('access.import-not-ready')
  if (good.length < row.rows.length && !input.isPartial) throw conflict('access.import-has-faults')
  const jobId = await ctx.enqueue(makeKind, { importId: id })
  await saveImport(ctx, id, { state: 'making', isPartial: input.isPartial, jobId })
  await ctx.record(
    'access.people-confirmed',
    { kind: 'access.people-import', id, agencyId: row.agencyId },
    { rows: good.length },
  )
  return readImport(ctx, parts, id)
}

/** The people of an import who have not taken up their invitation. */
export async function listWaiting(ctx: Context, row: ImportRow) {
  const ids = row.rows.flatMap((one) => one.personId ?? [])
  const waiting = await ctx.db
    .selectFrom('access.person')
    .select(['id', 'mail', 'language'])
    .where('id', 'in', [...ids, ctx.actor.personId])
    .where('hasJoined', '=', false)
    .where('state', '=', 'invited')
    .execute()
  return row.rows.flatMap((one) => {
    const person = waiting.find(({ id }) => id === one.personId)
    return person && one.wish ? [{ ...person, wish: one.wish }] : []
  })
}

/** Makes a slip for each who has not come yet; all are told once, to be printed. @throws notFound; conflict `access.import-not-ready` */
export async function printSlips(ctx: Context, id: string): Promise<NamedSlip[]> {
  const row = await getImport(ctx, id, true)
  if (row.state !== 'made') throw conflict('access.import-not-ready')
  const waiting = await listWaiting(ctx, row)
  const agencies = await namesOfAgencies(
    ctx,
    waiting.map(({ wish }) => wish.agencyId),
  )
  const slips: NamedSlip[] = []
  for (const { id: personId, wish } of waiting) {
    const { code, endsAt } = await insertSlip(ctx, personId)
    const { name, login, role, agencyId } = wish
    slips.push({ personId, name, login, role, agencyName: agencies.get(agencyId) ?? '', code, endsAt })
  }
  await ctx.record(
    'access.slips-made',
    { kind: 'access.people-import', id, agencyId: row.agencyId },
    { slips: slips.length },
  )
  return slips
}

/** Sends an invitation to each who has not come yet and whose address is known, by a job. @throws notFound; conflict `access.import-not-ready`, `access.no-mail` */
export async function mailInvitations(ctx: Context, parts: AccessParts, id: string): Promise<PeopleImport> {
  const row = await getImport(ctx, id, true)
  if (row.state !== 'made') throw conflict('access.import-not-ready')
  if (parts.mailer === null) throw conflict('access.no-mail')
  const jobId = await ctx.enqueue(mailKind, { importId: id })
  await saveImport(ctx, id, { jobId })
  await ctx.record('access.mails-asked', { kind: 'access.people-import', id, agencyId: row.agencyId })
  return readImport(ctx, parts, id)
}
