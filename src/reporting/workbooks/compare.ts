import type { SheetRow } from '#platform'
import { readNumber, type DecimalSign } from '#indicators'
import { Language } from '#platform/model'
import { foldName } from '#territory/model'
import type { Section } from '../model.ts'
import { fieldsOf, saidIn, type FieldName, type Said } from './fields.ts'
import { choicesOf, isOpenLine, ruleOf, type Laid, type Layout } from './layout.ts'
import type { WorkbookChange } from './model.ts'
import { placeOf, type OpenBook, type OpenLine } from './open.ts'

type Params = Record<string, string | number>

type Found = { place: string; code: string; params: Params; excerpt: string }
export type Change = WorkbookChange & { section: string; name: string }
export type Compared = { changes: Change[]; findings: Found[]; same: number }

type Reading = { report: Laid; layout: Layout; sign: DecimalSign | null }

/**
 * Holds a workbook against what it was made from and against what the draft says now. Only cells in which something else was written are
 * changes; where the draft says something else since, they are conflicts. A line with a refused cell is held back whole.
 */
export function compareBook(book: Pick<OpenBook, 'lines' | 'beyond'>, reading: Reading): Compared {
  const all: Compared = { changes: [], findings: [], same: 0 }
  const drafts = new Map(reading.report.sections.map(({ key, content }) => [key, saidIn(content)]))
  const choices = choicesSaid(reading.layout)
  for (const line of book.lines) {
    const section = reading.report.form.sections.find(({ key }) => key === line.section)
    if (section === undefined) continue
    const one = compareLine(line, section, { ...reading, choices, now: drafts.get(section.key)?.get(line.line) ?? {} })
    all.changes.push(...one.changes)
    all.findings.push(...one.findings)
    all.same += one.same
  }
  for (const { place, words } of book.beyond)
    all.findings.push({ place, code: 'reporting.workbook-beyond', params: {}, excerpt: words.slice(0, 100) })
  return all
}

function compareLine(line: OpenLine, section: Section, of: Reading & { choices: Choices; now: Said }): Compared {
  const { row, sheet } = line
  const fields: readonly FieldName[] = fieldsOf[section.kind]
  const first = 1 + line.heads - fields.length
  const closed = closedIn(of.report, section, line.line)
  const found: Compared = { changes: [], findings: [], same: 0 }
  const becomes: Record<string, string> = { ...of.now }
  for (const [at, field] of fields.entries()) {
    const column = first + at
    const place = placeOf(sheet, column, row.number)
    const [was, now] = [line.base[at] ?? '', of.now[field] ?? '']
    const cell = readCell(row, column, { section, field, ...of })
    const fault =
      'code' in cell ? cell : cell.word !== was && closed(field) ? { code: closed(field), params: {} } : null
    if (fault !== null) {
      const excerpt = (row.cells[column] ?? '').slice(0, 100)
      found.findings.push({ place, code: fault.code || 'reporting.workbook-closed', params: fault.params, excerpt })
      continue
    }
    const word = 'word' in cell ? cell.word : ''
    if (word === was || word === now) {
      found.same += 1
      continue
    }
    becomes[field] = word
    found.changes.push({
      ...{ place, line: `${section.key}/${line.line}`, section: section.key, name: line.line, field },
      ...{ was, now, becomes: word, kind: now === was ? 'good' : 'conflict' },
    })
  }
  if (found.changes.length > 0)
    found.findings.push(
      ...wholeLine(section, becomes, (field) => placeOf(sheet, first + fields.indexOf(field), row.number)).filter(
        // What was written there is refused already.
        ({ place }) => found.findings.every((one) => one.place !== place),
      ),
    )
  const isHeld = found.findings.length > 0
  return isHeld ? { ...found, changes: found.changes.map((one) => ({ ...one, kind: 'held' })) } : found
}

/** Why a field of a line is not to be changed; '' where it is. */
function closedIn(report: Laid, section: Section, line: string): (field: FieldName) => string {
  if (!isOpenLine(report.owed.openLines, section.key, line)) return () => 'reporting.line-is-closed'
  const facts = report.facts.find((one) => one.line === `${section.key}/${line}`)
  if (section.kind !== 'figures' || facts?.mode !== 'total') return () => ''
  return (field) => (field === 'comment' || field === 'explanation' ? '' : 'reporting.workbook-total')
}

/** What only the line as a whole can be wrong in. */
function wholeLine(section: Section, said: Said, place: (field: FieldName) => string): Found[] {
  const fault = (field: FieldName, code: string): Found[] => [
    { place: place(field), code, params: {}, excerpt: said[field] ?? '' },
  ]
  const has = (field: FieldName) => (said[field] ?? '') !== ''
  if (section.kind === 'obstacles' && (has('text') || has('proposal')) && !has('theme'))
    return fault('theme', 'reporting.workbook-theme-missing')
  if (section.kind === 'figures' && has('numerator') && has('absence'))
    return fault('absence', 'reporting.workbook-value-or-absence')
  if (section.kind === 'money' && has('amount') && has('absence'))
    return fault('absence', 'reporting.workbook-value-or-absence')
  return []
}

type Cell = { word: string } | { code: string; params: Params }

type Choices = (section: Section, list: string) => ReadonlyMap<string, string>

/** The codes of each list by what may be written for them: the code, its words in any language. */
function choicesSaid({ say }: Layout): Choices {
  const known = new Map<string, Map<string, string>>()
  return (section, list) => {
    const name = `${section.key}/${list}`
    const held = known.get(name)
    if (held !== undefined) return held
    const said = new Map<string, string>()
    for (const { code, word } of choicesOf(section, list, say))
      for (const words of [code, ...Language.options.map(word)]) {
        const folded = foldName(words)
        if (!said.has(folded)) said.set(folded, code)
      }
    known.set(name, said)
    return said
  }
}

function readCell(
  row: SheetRow,
  column: number,
  of: Reading & { choices: Choices; section: Section; field: FieldName },
): Cell {
  const odd = row.odd?.find((one) => one.column === column)
  if (odd !== undefined) return { code: `reporting.workbook-${odd.what}`, params: {} }
  const words = row.cells[column] ?? ''
  if (words === '') return { word: '' }
  const rule = ruleOf(of.section, of.field)
  switch (rule.kind) {
    case 'words':
      return words.length <= rule.most
        ? { word: words }
        : { code: 'reporting.workbook-too-long', params: { most: rule.most } }
    case 'choice': {
      const chosen = of.choices(of.section, rule.list).get(foldName(words))
      return chosen === undefined ? { code: 'reporting.workbook-no-choice', params: {} } : { word: chosen }
    }
    case 'number':
    case 'whole': {
      const isNumber = row.numbers?.includes(column) === true
      const read = readNumber(words, isNumber ? '.' : of.sign)
      if ('code' in read) return { code: `reporting.workbook-${read.code}`, params: {} }
      if (rule.kind === 'number') return { word: String(read.value) }
      // Money is written out in full: what a spreadsheet no longer holds exactly is refused.
      if (!isNumber && /^\d{1,18}$/.test(words)) return { word: words }
      const isExact = Number.isSafeInteger(read.value) && read.value >= 0
      return isExact ? { word: String(read.value) } : { code: 'reporting.workbook-no-amount', params: {} }
    }
  }
}
