import { z } from 'zod'
import { cellAddress } from '#platform'
import { Language, PlainDate } from '#platform/model'
import { foldName } from '#territory/model'
import { Login, peopleColumns, type PeopleColumn, type Role } from '../model.ts'

/** What a row asks for, once nothing is wrong with it. */
export type RowWish = {
  name: string
  login: string
  language: Language
  mail: string | null
  agencyId: string
  role: Role
  validFrom: PlainDate | null
  validTo: PlainDate | null
}

/** A row under examination: words by column, where each stands, what is wrong. */
export type ReadRow = {
  number: number
  cells: Partial<Record<PeopleColumn, string>>
  faults: { cell: string; code: string }[]
  wish: RowWish | null
  personId: string | null
}

/** The words of all languages under which heads and roles are known. */
export type KnownWords = { heads: ReadonlyMap<string, PeopleColumn>; roles: ReadonlyMap<string, Role> }

/** Which column of the sheet holds what; undefined when a needed head is missing. */
export type Layout = ReadonlyMap<PeopleColumn, number>

const needed: readonly PeopleColumn[] = ['name', 'login', 'role']

/** @returns where each column stands, or which head is missing */
export function layoutOf(head: readonly string[], words: KnownWords): Layout | { missing: PeopleColumn } {
  const layout = new Map<PeopleColumn, number>()
  head.forEach((cell, at) => {
    const column = words.heads.get(foldName(cell))
    if (column && !layout.has(column)) layout.set(column, at)
  })
  const missing = needed.find((column) => !layout.has(column))
  return missing ? { missing } : layout
}

/** The words of a row by column. */
export function readRow(row: { number: number; cells: readonly string[] }, layout: Layout): ReadRow {
  const cells = Object.fromEntries(
    peopleColumns.flatMap((column) => {
      const words = row.cells[layout.get(column) ?? -1] ?? ''
      return words === '' ? [] : [[column, words]]
    }),
  )
  return { number: row.number, cells, faults: [], wish: null, personId: null }
}

/** What the database knows of the rows: bodies in reach by key and by name, logins already given. */
export type Surroundings = {
  bodyByKey: ReadonlyMap<string, string>
  bodiesByName: ReadonlyMap<string, readonly string[]>
  takenLogins: ReadonlySet<string>
  grantableRoles: ReadonlySet<Role>
  language: Language
}

/** Examines all rows: each becomes a wish, or keeps what is wrong and in which cell. */
export function examine(rows: readonly ReadRow[], layout: Layout, words: KnownWords, around: Surroundings): ReadRow[] {
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const login = (row.cells.login ?? '').toLowerCase()
    const earlier = seen.get(login)
    if (earlier === undefined) seen.set(login, row.number)
    return examineRow(row, layout, words, { ...around, isRepeated: login !== '' && earlier !== undefined })
  })
}

function examineRow(
  row: ReadRow,
  layout: Layout,
  words: KnownWords,
  around: Surroundings & { isRepeated: boolean },
): ReadRow {
  const faults: ReadRow['faults'] = []
  const fault = (column: PeopleColumn, code: string): null => {
    faults.push({ cell: cellAddress(layout.get(column) ?? 0, row.number), code })
    return null
  }
  const { cells } = row
  const name = cells.name && cells.name.length <= 120 ? cells.name : fault('name', 'access.row-name')
  const login = loginOf(cells.login, around) ?? null
  if (login === null || 'code' in login) fault('login', login?.code ?? 'access.login-form')
  const language = cells.language
    ? (Language.safeParse(cells.language.toLowerCase()).data ?? fault('language', 'access.row-language'))
    : around.language
  const mail = cells.mail ? (z.email().max(200).safeParse(cells.mail).data ?? fault('mail', 'access.row-mail')) : null
  const body = bodyOf(cells, around)
  if ('code' in body) fault(cells.agencyKey ? 'agencyKey' : 'agency', body.code)
  const role = words.roles.get(foldName(cells.role ?? '')) ?? fault('role', 'access.row-role')
  if (role && !around.grantableRoles.has(role)) fault('role', 'access.role-not-grantable')
  const validFrom = cells.validFrom ? (dateOf(cells.validFrom) ?? fault('validFrom', 'access.row-date')) : null
  const validTo = cells.validTo ? (dateOf(cells.validTo) ?? fault('validTo', 'access.row-date')) : null
  if (faults.length > 0 || !name || !login || 'code' in login || !language || 'code' in body || !role)
    return { ...row, faults, wish: null }
  const wish = { name, login: login.login, language, mail, agencyId: body.agencyId, role, validFrom, validTo }
  return { ...row, faults, wish }
}

function loginOf(
  typed: string | undefined,
  around: Surroundings & { isRepeated: boolean },
): { login: string } | { code: string } {
  const login = Login.safeParse(typed ?? '').data
  if (login === undefined) return { code: 'access.login-form' }
  if (around.isRepeated) return { code: 'access.row-login-twice' }
  return around.takenLogins.has(login) ? { code: 'access.login-taken' } : { login }
}

function bodyOf(cells: ReadRow['cells'], around: Surroundings): { agencyId: string } | { code: string } {
  if (cells.agencyKey) {
    const agencyId = around.bodyByKey.get(cells.agencyKey)
    return agencyId === undefined ? { code: 'access.agency-not-found' } : { agencyId }
  }
  const [agencyId, ...more] = around.bodiesByName.get(foldName(cells.agency ?? '')) ?? []
  if (agencyId === undefined) return { code: 'access.agency-not-found' }
  return more.length > 0 ? { code: 'access.row-body-ambiguous' } : { agencyId }
}

/** A date as spreadsheets and officials write it: 2026-05-22 or 22/5/2026. */
function dateOf(typed: string): PlainDate | undefined {
  const [, day, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed) ?? []
  const iso = day && month && year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : typed
  return PlainDate.safeParse(iso).data
}
