import { forbidden, type Catalogue, type Context, type FileAnswer } from '#platform'
import { may } from '#access'
import { foldName } from '#territory/model'
import { periodWord } from '../lists/parts.ts'
import { ProgressStatus, type SaidProgress } from '../model.ts'
import { keepProgressSet } from './commands.ts'
import { listReportedWork, listSeenWork, saidOf, type ReportedWork } from './progress.ts'
import type { Decided, Planned, Refusal } from './rules.ts'
import { knownChoices, mostRows, readTable, writeTable, type SheetFormat, type TableRow } from './sheet.ts'

const progressColumns = [
  'id',
  'version',
  'plan',
  'path',
  'task',
  'period',
  'due-on',
  'state',
  'status',
  'narrative',
  'evidence-note',
] as const
type ProgressColumn = (typeof progressColumns)[number]

const widths: Record<ProgressColumn, number> = {
  id: 14,
  version: 10,
  plan: 22,
  path: 8,
  task: 60,
  period: 16,
  'due-on': 12,
  state: 16,
  status: 18,
  narrative: 60,
  'evidence-note': 32,
}

const longest = { narrative: 20_000, 'evidence-note': 4000 } as const

/** The acting body's work that is not yet done, as a spreadsheet to be filled in. */
export async function writeProgressSheet(
  ctx: Context,
  say: Catalogue,
  of: { planId?: string | undefined; format: SheetFormat },
): Promise<FileAnswer> {
  const works = await listReportedWork(ctx, { planId: of.planId, isOpen: true, limit: mostRows.progress })
  const word = (key: string) => say(ctx.language, key)
  await ctx.record(
    'plans.progress-sheet-written',
    { kind: 'plans.change-set', id: null, agencyId: ctx.actor.agencyId },
    { rows: works.length },
  )
  return writeTable(say, ctx.language, of.format, {
    title: 'plans.sheet-progress',
    columns: progressColumns.map((key) => ({ key, width: widths[key] })),
    rows: works.map((work) => ({
      id: work.id,
      version: String(work.open?.version ?? 0),
      plan: work.planNumber ?? work.planTitle,
      path: work.path,
      task: work.text,
      period: periodWord(say, ctx.language, work.period),
      'due-on': work.dueOn ?? '',
      state: work.open === null ? '' : word(`plans.sheet-state-${work.open.state}`),
      status: word(`plans.sheet-status-${work.open?.status ?? work.status}`),
      narrative: work.open?.narrative ?? '',
      'evidence-note': work.open?.evidenceNote ?? '',
    })),
  })
}

/**
 * Reads a spreadsheet of progress and shows what it would save; nothing is saved yet.
 * @returns the id of the set
 * @throws those of `readTable`; forbidden `access.not-permitted`
 */
export async function readProgressSheet(
  ctx: Context,
  say: Catalogue,
  file: { name: string; bytes: Uint8Array },
): Promise<string> {
  if (!may(ctx.actor, 'plans.report-progress')) throw forbidden('access.not-permitted')
  const table = await readTable(say, ctx.language, file.bytes, {
    columns: progressColumns,
    id: 'id',
    needed: ['id', 'status'],
    rows: mostRows.progress,
  })
  const ids = table.rows.map((row) => idIn(row)).filter((id) => /^[0-9a-f-]{36}$/u.test(id))
  const works = await listSeenWork(ctx, ids)
  const decided = decideProgressRows(
    works,
    table.rows,
    knownChoices(say, 'plans.sheet-status-', ProgressStatus.options),
  )
  const whole = { changes: decided.changes, refused: [...table.refused, ...decided.refused] }
  return keepProgressSet(ctx, whole, { name: file.name, rows: table.seen })
}

type Row = TableRow<ProgressColumn>

function idIn(row: Row): string {
  return (row.cells.get('id') ?? '').trim().toLowerCase()
}

/** What the rows of a sheet would save of the work one sees: each row that differs from what is there, or why it cannot. */
function decideProgressRows(
  works: readonly ReportedWork[],
  rows: readonly Row[],
  statuses: ReadonlyMap<string, ProgressStatus>,
): Decided {
  const byId = new Map(works.map((work) => [work.id, work]))
  const changes: Planned[] = []
  const refused: Refusal[] = []
  const seen = new Set<string>()
  for (const row of rows) {
    const work = byId.get(idIn(row))
    const blame = (column: ProgressColumn, code: string, params: Refusal['params'] = {}) => {
      const name = work?.name ?? (row.cells.get('task') ?? '').slice(0, 300)
      refused.push({ rowNumber: row.number, column: row.columnOf(column), name, code, params })
    }
    const planned = decideRow(row, work, seen.has(idIn(row)), statuses, blame)
    seen.add(idIn(row))
    if (planned !== undefined) changes.push(planned)
  }
  return { changes, refused }
}

function decideRow(
  row: Row,
  work: ReportedWork | undefined,
  isTwice: boolean,
  statuses: ReadonlyMap<string, ProgressStatus>,
  blame: (column: ProgressColumn, code: string, params?: Refusal['params']) => void,
): Planned | undefined {
  if (idIn(row) === '') return void blame('id', 'plans.row-without-id')
  if (work === undefined) return void blame('id', 'plans.row-not-yours')
  if (isTwice && work.isHere) return void blame('id', 'plans.row-twice')
  const was = saidOf(work)
  const words = row.cells.get('status') ?? ''
  const status = words === '' ? (was?.status ?? work.status) : statuses.get(foldName(words))
  if (status === undefined) return void blame('status', 'plans.cell-not-a-status', { words: words.slice(0, 80) })
  const narrative = row.cells.get('narrative') ?? was?.narrative ?? ''
  const note = row.cells.get('evidence-note') ?? was?.evidenceNote ?? ''
  for (const [column, value] of [
    ['narrative', narrative],
    ['evidence-note', note],
  ] as const)
    // prettier-ignore
    if (value.length > longest[column]) return void blame(column, 'plans.cell-too-long', { most: longest[column] })
  const said = { status, narrative, evidenceNote: note === '' ? null : note }
  const changed = changedColumn(work, was, said)
  if (changed === undefined) return undefined
  if (!work.isHere) return void blame(changed, 'plans.row-not-reported-here')
  if (work.doneOn !== null) return void blame('id', 'plans.work-already-done')
  if (was?.state === 'submitted') return void blame('state', 'plans.row-already-sent')
  const version = (row.cells.get('version') ?? '').trim()
  if (version !== '' && version !== String(work.open?.version ?? 0)) return void blame('version', 'plans.changed-since')
  return {
    recordId: work.id,
    name: work.name,
    rowNumber: row.number,
    seenVersion: work.open?.version ?? 0,
    change: { field: 'progress', was, becomes: { ...said, state: 'draft' } },
  }
}

/** Where a row first says something new; none where it says what is there already, or what was last accepted and nothing more. */
function changedColumn(
  work: ReportedWork,
  was: SaidProgress | null,
  said: Pick<SaidProgress, 'status' | 'narrative' | 'evidenceNote'>,
): ProgressColumn | undefined {
  const before = was ?? { status: work.status, narrative: '', evidenceNote: null }
  if (before.status !== said.status) return 'status'
  if (asRead(before.narrative) !== asRead(said.narrative)) return 'narrative'
  return asRead(before.evidenceNote ?? '') === asRead(said.evidenceNote ?? '') ? undefined : 'evidence-note'
}

/** Words as they come back from a cell. */
function asRead(words: string): string {
  return words.normalize('NFC').replace(/\s+/gu, ' ').trim()
}
