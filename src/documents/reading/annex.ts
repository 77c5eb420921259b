import type { ReadDuty, ReadTask } from '../model.ts'
import { isAgencyList, startsName } from './agencies.ts'
import { cellText, pageOfRow, type Cell, type Row, type Table } from './blocks.ts'
import { assignsWork, columnsOf, isColumnNumbers, layCells, type Columns } from './columns.ts'
import { cellDuties } from './duties.ts'
import type { DocumentGrammar, FieldRole } from './grammar.ts'

/** A task of an annex table, and whether its row names an indicator (then it is a target too). */
export interface AnnexTask extends ReadTask {
  isIndicator: boolean
  /** Words of the time cell when they could not be read. */
  unreadTime: string | null
  lastLine: number
}

/**
 * Reads the tasks of one annex table, one per row.
 *
 * Group rows (a Roman numeral or words in one cell), repeated heading rows and rows of column numbers are no tasks; a row
 * without number whose words go on with the row above belongs to it; cells lost to vertical merging are taken from above.
 *
 * @param before columns of the table before it, for one that goes on after a page
 * @returns `null` when the table assigns no work
 */
export function readAnnexTable(
  table: Table,
  grammar: DocumentGrammar,
  before: Columns | null = null,
): AnnexTask[] | null {
  const columns = columnsOf(table, grammar) ?? continued(table, before)
  if (!assignsWork(columns)) return null
  const tasks: AnnexTask[] = []
  const governs = grammar.completion.test(columns.headings[columns.roles.indexOf('time')] ?? '')
    ? ('completion' as const)
    : null
  const groups: string[] = []
  let above: RowFields | null = null
  const hasTitles = table.rows.some((row) => spansAll(row, columns))
  for (const [index, row] of table.rows.entries()) {
    if (index < columns.headingRows || isRepeatedHeading(row, columns) || isColumnNumbers(row)) continue
    const fields = fieldsOf(row, columns, grammar)
    const last = tasks.at(-1)
    const isOpen = last !== undefined && above !== null && goesOn(fields)
    const isTitle = spansAll(row, columns)
    // Where titles span the table, a row with all its cells is a task, though only its words are printed.
    const isRow = hasTitles && row.cells.length === columns.roles.length && /^\d+$/.test(fields.number)
    const label = isOpen || isRow || isNextTask(fields, above) ? null : groupLabel(fields)
    const group = isTitle ? (groupLabel(fields) ?? fields.number) : label
    if (group !== null) {
      setGroup(groups, group)
      above = null
      continue
    }
    if (last && isOpen) {
      last.text = `${last.text} ${fields.task}`.trim()
      last.lastLine = row.lastLine
      continue
    }
    if (fields.task === '') continue
    const whole: RowFields = inherited(fields, above)
    tasks.push(taskOf(whole, { table, row, index, groups, governs }, grammar))
    above = whole
  }
  return tasks
}

/** A table cut at a page goes on without heading: as many columns as the one before, and no row that looks like one. */
function continued(table: Table, before: Columns | null): Columns | null {
  const first = table.rows[0]
  if (!before || !first || !/^\d/.test(cellText(first.cells[0]))) return null
  const width = first.cells.reduce((sum, cell) => Math.max(sum, cell.column + cell.span), 0)
  return width === before.roles.length ? { ...before, headingRows: 0 } : null
}

interface RowFields {
  number: string
  task: string
  isIndicator: boolean
  cells: Partial<Record<FieldRole, string>>
  merged: ReadonlySet<FieldRole>
  /** Columns in which the cell above surely reaches down. */
  continued: ReadonlySet<FieldRole>
  /** Printed as the lower part of a merged cell, not merely lost. */
  isMerged: boolean
  filled: number
}

function fieldsOf(row: Row, columns: Columns, grammar: DocumentGrammar): RowFields {
  const placed = layCells(row, columns, (text, role) => fit(text, role, grammar))
  const cells: Partial<Record<FieldRole, string>> = {}
  const merged = new Set<FieldRole>()
  const reached = new Set<FieldRole>()
  placed.forEach((cell: Cell | undefined, column) => {
    const role = columns.roles[column]
    if (!role) return
    if (cell === undefined || cell.isContinued) merged.add(role)
    if (cell?.isContinued === true) reached.add(role)
    cells[role] = linesOf(cell, role)
  })
  const isIndicator = !columns.roles.includes('task')
  return {
    number: (cells.number ?? '').replace(/[.)]$/, ''),
    task: (isIndicator ? cells.indicator : cells.task) ?? '',
    isIndicator,
    cells,
    merged,
    continued: reached,
    isMerged: placed.some((cell) => cell?.isContinued === true),
    filled: row.cells.filter((cell) => cellText(cell) !== '').length,
  }
}

/** Names of bodies stand on lines of their own, so their line breaks are kept. */
function linesOf(cell: Cell | undefined, role: FieldRole): string {
  if (!cell) return ''
  const isNames = role === 'lead' || role === 'support' || role === 'actors'
  return isNames ? cell.paragraphs.map((paragraph) => paragraph.text).join('\n') : cellText(cell)
}

/** How well a cell's words fit a column's role; used only where cells were lost. */
function fit(text: string, role: FieldRole | null, grammar: DocumentGrammar): number {
  if (text === '') return 0
  const isNumber = /^(?:[\dIVXLC.]{1,8}|\p{L})[.)]?$/u.test(text)
  const isTime = text.length < 80 && grammar.readTime(text, null) !== null
  const isNames = isAgencyList(text, grammar.agencies) || startsName(text, 0, grammar.agencies)
  switch (role) {
    case 'number':
      return isNumber ? 5 : -6
    case 'time':
      return isTime ? 5 : -3
    case 'lead':
      return isNames ? 4 : isTime || isNumber ? -5 : 0
    case 'support':
    case 'actors':
      return isNames ? 3 : isTime || isNumber ? -5 : 0
    case 'task':
    case 'indicator':
      return isNumber || isTime ? -4 : isNames ? -1 : 3
    case 'output':
    case 'funding':
    case 'note':
    case null:
      return isNumber || isTime || isNames ? -1 : 1
  }
}

const groupNumber = /^(?:[IVXLC]+|[A-EĐ]|\d+(?:\.\d+)*)$/u
const groupWords = /^(?:(?<label>[IVXLC]+|[A-EĐ]|\d+(?:\.\d+)*)\s*[.)]?\s+)?\S/u

/** A row of number and words only whose other cells were merged with the row above: its number follows on. */
function isNextTask(fields: RowFields, above: RowFields | null): boolean {
  if (fields.task === '') return false
  const follows = above !== null && /^\d+$/.test(fields.number) && Number(fields.number) === Number(above.number) + 1
  return fields.isMerged || (follows && fields.task !== fields.task.toUpperCase())
}

/** One cell over all columns, or beside its number over all others: a title, whatever its words. */
function spansAll(row: Row, columns: Columns): boolean {
  const last = row.cells.at(-1)
  const width = columns.roles.length
  return row.cells.length <= 2 && last !== undefined && width > 3 && last.span >= width - 1 && cellText(last) !== ''
}

/** The label of a group row, `null` when the row is a task. */
function groupLabel(fields: RowFields): string | null {
  const others = (['lead', 'support', 'actors', 'time', 'output', 'funding'] as const).some(
    (role) => (fields.cells[role] ?? '') !== '',
  )
  if (others) return null
  const isCapital = fields.task !== '' && fields.task === fields.task.toUpperCase()
  const isRoman = /^[IVXLC]+$|^[A-EĐ]$/u.test(fields.number)
  if (fields.filled > 2) return null
  if (fields.number !== '' && groupNumber.test(fields.number) && fields.task !== '') {
    return isRoman || isCapital || fields.filled === 2 ? fields.number : null
  }
  const words = fields.task === '' ? (fields.cells.number ?? '') : fields.task
  const label = groupWords.exec(words)?.groups?.label
  return fields.number === '' || fields.task === '' ? (label ?? '') : null
}

function setGroup(groups: string[], label: string): void {
  if (label === '') return
  const depth = /^[IVXLC]+$|^[A-EĐ]$/u.test(label) ? 0 : label.split('.').length
  groups.splice(depth)
  groups[depth] = label
}

/** A row without number and owner whose words go on in the middle of a sentence. */
function goesOn(fields: RowFields): boolean {
  const hasOwner = (fields.cells.lead ?? '') !== '' || (fields.cells.actors ?? '') !== ''
  return fields.number === '' && !hasOwner && /^\p{Ll}/u.test(fields.task)
}

/** Fills from the row above what its merged cells cover; where cells were lost, lead and time, and partners with the lead. */
function inherited(fields: RowFields, above: RowFields | null): RowFields {
  if (!above) return fields
  const cells = { ...fields.cells }
  const lacksLead = (cells.lead ?? '') === '' && fields.merged.has('lead')
  for (const role of fields.continued)
    if (role !== 'number' && role !== 'task' && role !== 'indicator') cells[role] = cells[role] || above.cells[role]
  const roles: FieldRole[] = lacksLead ? ['lead', 'actors', 'support', 'time'] : ['time']
  for (const role of roles) if ((cells[role] ?? '') === '' && fields.merged.has(role)) cells[role] = above.cells[role]
  return { ...fields, cells }
}

function taskOf(
  fields: RowFields,
  at: { table: Table; row: Row; index: number; groups: string[]; governs: 'completion' | null },
  grammar: DocumentGrammar,
): AnnexTask {
  const { cells } = fields
  const own = fields.number === '' ? [] : [fields.number]
  const isWhole = fields.number.includes('.')
  const path = (isWhole ? own : [...at.groups.filter(Boolean), ...own]).join('.')
  return {
    path,
    text: fields.task.replace(/^[-–+•]\s*/u, ''),
    duties: dutiesOfRow(cells, grammar),
    time: timeOfRow(cells, fields.task, at.governs, grammar),
    output: cells.output?.trim() || null,
    funding: cells.funding?.trim() || null,
    source: {
      where: 'annex',
      line: at.row.line,
      page: pageOfRow(at.row) ?? at.table.page,
      table: at.table.ordinal,
      row: at.index + 1,
    },
    isIndicator: fields.isIndicator,
    unreadTime: cells.time && grammar.readTime(cells.time, null) === null ? cells.time : null,
    lastLine: at.row.lastLine,
  }
}

/** The time column's, else one the task's own words set. */
function timeOfRow(
  cells: RowFields['cells'],
  task: string,
  governs: 'completion' | null,
  grammar: DocumentGrammar,
): ReadTask['time'] {
  return cells.time
    ? grammar.readTime(cells.time, governs)
    : cells.time === undefined
      ? grammar.findTime(task, null)
      : null
}

function dutiesOfRow(cells: Partial<Record<FieldRole, string>>, grammar: DocumentGrammar): ReadDuty[] {
  const lead = cellDuties(cells.lead ?? cells.actors ?? '', 'lead', grammar)
  const support = cellDuties(cells.support ?? '', 'support', grammar).filter(
    (duty) => !lead.some((other) => other.agency === duty.agency),
  )
  return [...lead, ...support]
}

function isRepeatedHeading(row: Row, columns: Columns): boolean {
  const words = row.cells.map(cellText).filter((text) => text !== '')
  return words.length > 1 && words.every((text) => columns.headings.includes(text))
}
