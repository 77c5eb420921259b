import type {
  Field,
  ImportProposal,
  ItemPlace,
  OriginalBlock,
  ProposedDuty,
  ProposedHeader,
  ProposedItem,
  ProposedProse,
  Reading,
  ReadProse,
  ReadTask,
  SourcePlace,
} from '../../model.ts'
import { openFinder, sameWords, type Finder } from './places.ts'

/** A proposal as the reader's findings make it: everything `proposed`, nobody matched. Same reading, same keys. */
export function proposalFromReading(
  reading: Reading,
  original: readonly OriginalBlock[],
  powers: string[] = [],
  prose: readonly ReadProse[] = [],
): ImportProposal {
  const finder = openFinder(original)
  return {
    header: { ...headerOf(reading, finder, powers), preamble: preambleOf(prose, finder) },
    issuer: { raw: reading.issuer, agencyId: null, state: 'proposed', place: finder.place(reading.issuer) },
    items: itemsOf(reading, original),
    prose: proseOf(prose),
    reporting: reading.reporting,
    targets: reading.targets,
    warnings: reading.warnings,
  }
}

function preambleOf(prose: readonly ReadProse[], finder: Finder): Field<string | null> {
  const paragraphs = prose.flatMap((one) => (one.part === 'preamble' ? one.paragraphs : []))
  const value = paragraphs.length === 0 ? null : paragraphs.join('\n')
  return { value, state: 'proposed', place: finder.place(paragraphs[0] ?? null) }
}

/** The words beside the tasks, each part to be confirmed on its own; the opening stands in the head. */
function proseOf(prose: readonly ReadProse[]): ProposedProse[] {
  return prose
    .filter(({ part }) => part !== 'preamble')
    .map(({ part, heading, paragraphs, source }, index) => ({
      key: part === 'other' ? `other ${index + 1}` : part,
      part,
      heading,
      paragraphs,
      state: 'proposed',
      source,
    }))
}

function headerOf(reading: Reading, finder: Finder, powers: string[]): ProposedHeader {
  const text = (value: string | null): Field<string | null> => ({
    value,
    state: 'proposed',
    place: finder.place(value),
  })
  const list = (value: string[]): Field<string[]> => ({
    value,
    state: 'proposed',
    place: finder.place(value[0] ?? null),
  })
  const unknown = { value: null, state: 'proposed', place: null } as const
  return {
    kind: { value: reading.kind, state: 'proposed', place: finder.place(reading.title) },
    number: text(reading.number),
    place: { ...text(reading.place), place: finder.placeOfDate(reading.date) ?? finder.place(reading.place) },
    issuedOn: { value: reading.date, state: 'proposed', place: finder.placeOfDate(reading.date) },
    title: text(reading.title),
    preamble: unknown,
    powers: { value: powers, state: 'proposed', place: finder.lastPlace(powers[0] ?? null) },
    post: { ...text(reading.signature.post), place: finder.lastPlace(reading.signature.post) },
    signer: { ...text(reading.signature.name), place: finder.lastPlace(reading.signature.name) },
    bases: list(reading.basis),
    recipients: { ...list(reading.recipients), place: finder.lastPlace(reading.recipients[0] ?? null) },
    periodFrom: unknown,
    periodTo: unknown,
  }
}

type Growing = { items: ProposedItem[]; taken: Set<string>; groups: Map<string, string> }

function itemsOf(reading: Reading, original: readonly OriginalBlock[]): ProposedItem[] {
  const growing: Growing = { items: [], taken: new Set(), groups: new Map() }
  const tables = groupRowsOf(reading.tasks, original)
  const sections = sectionsOf(reading, original)
  for (const task of reading.tasks) {
    const above =
      task.source.table === null
        ? sectionsAbove(task, sections)
        : (tables.get(task.source.table)?.(task.source.row ?? 0) ?? [])
    const parentKey = above.reduce<string | null>((parent, group) => groupKey(growing, group, parent), null)
    growing.items.push(
      itemOf({
        key: freshKey(growing.taken, keyOfPlace(task.source)),
        parentKey,
        kind: 'task',
        path: task.path,
        text: task.text,
        source: task.source,
        output: task.output,
        funding: task.funding,
        time: task.time,
        duties: task.duties.map(dutyOf),
      }),
    )
  }
  return growing.items
}

type Group = { key: string; path: string; text: string; source: ItemPlace | null }

/** The key of a group already there, or of the new one put in at this place. */
function groupKey(growing: Growing, group: Group, parentKey: string | null): string {
  const known = growing.groups.get(group.key)
  if (known !== undefined) return known
  const key = freshKey(growing.taken, group.key)
  growing.groups.set(group.key, key)
  growing.items.push(
    itemOf({ ...group, key, parentKey, kind: 'group', output: null, funding: null, time: null, duties: [] }),
  )
  return key
}

function itemOf(item: Omit<ProposedItem, 'state' | 'isChanged' | 'mergedFrom'>): ProposedItem {
  return { ...item, state: 'proposed', isChanged: false, mergedFrom: [] }
}

function dutyOf(duty: ReadTask['duties'][number]): ProposedDuty {
  return { kind: duty.kind, raw: duty.agency, agencyId: null, classCode: null, state: 'proposed' }
}

type Section = Group & { line: number | null }

/**
 * The printed sections with the line each stands on, found in reading order (the same numbering may be printed twice).
 */
function sectionsOf(reading: Reading, original: readonly OriginalBlock[]): Section[] {
  let from = 0
  return reading.sections.flatMap((section, index) => {
    if (section.path === '' || section.heading === '') return []
    const found = original.findIndex(
      (block, at) => at >= from && block.kind === 'heading' && sameWords(block.text, section.heading),
    )
    const block = original[found]
    if (block !== undefined) from = found + 1
    const source =
      block === undefined ? null : { line: block.line, page: block.page, table: null, row: null, where: null }
    return [{ key: `s${index + 1}`, path: section.path, text: section.heading, source, line: block?.line ?? null }]
  })
}

/** The sections over a prose task, outermost first: for each length of numbering that begins the task's, the last one before it. */
function sectionsAbove(task: ReadTask, sections: readonly Section[]): Group[] {
  const line = task.source.line ?? 0
  const above = new Map<string, Section>()
  for (const section of sections) {
    const isOver = task.path.startsWith(`${section.path}.`) || (task.path === section.path && section.line !== null)
    if (isOver && (section.line ?? 0) < line) above.set(section.path, section)
  }
  const ordered = [...above.values()].sort((one, other) => one.path.length - other.path.length)
  // A section that stands before the one over it belongs to another part with the same numbering.
  return ordered
    .filter((section, at) => ordered.slice(0, at).every((over) => (over.line ?? 0) <= (section.line ?? line)))
    .map(({ line: _line, ...group }) => group)
}

type GroupsAbove = (row: number) => Group[]

/**
 * The title rows of each table with tasks: rows that are no task, with one cell of words and at most its numbering beside
 * it. Kinds of numbering nest in the order in which they first appear (I over 1 over a).
 */
function groupRowsOf(tasks: readonly ReadTask[], original: readonly OriginalBlock[]): Map<number, GroupsAbove> {
  const tables = new Map<number, GroupsAbove>()
  const taskRows = new Set(tasks.map((task) => `${task.source.table}/${task.source.row}`))
  for (const table of new Set(tasks.flatMap((task) => task.source.table ?? []))) {
    const rows = original.filter((block) => block.table === table)
    const titles = rows.flatMap((row) => (taskRows.has(`${table}/${row.row}`) ? [] : titleOf(row)))
    tables.set(table, (row) => nested(titles.filter((title) => (title.source?.row ?? 0) < row)))
  }
  return tables
}

const label = /^\s*(?<label>[IVXLC]+|\d+(?:\.\d+)*|\p{L})\s*[.)/]?(?:\s+(?<rest>.*))?$/su

type Title = Group & { numbering: string }

function titleOf(row: OriginalBlock): Title[] {
  const cells = (row.cells ?? []).map((cell) => cell.text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '')
  if (cells.length === 0 || cells.length > 2) return []
  const [first = '', second] = cells
  const match = label.exec(second === undefined ? first : `${first} ${second}`)
  if (second !== undefined && (match === null || first.length > 8)) return []
  const text = match?.groups?.rest?.trim() ?? first
  if (text === '' || text.length > 500) return []
  const path = match?.groups?.rest === undefined ? '' : (match.groups.label ?? '')
  const source = { line: row.line, page: row.page, table: row.table, row: row.row, where: 'annex' as const }
  return [{ key: `t${row.table}r${row.row}`, path, text, source, numbering: numberingOf(path) }]
}

function numberingOf(path: string): string {
  if (/^[IVXLC]+$/.test(path)) return 'roman'
  if (/^\d/.test(path)) return `decimal ${path.split('.').length}`
  return path === '' ? 'none' : 'letter'
}

function nested(titles: readonly Title[]): Group[] {
  const above: Title[] = []
  for (const title of titles) {
    const same = above.findIndex((other) => other.numbering === title.numbering)
    if (same >= 0) above.length = same
    above.push(title)
  }
  return above.map(({ key, path, text, source }) => ({ key, path, text, source }))
}

function keyOfPlace(place: SourcePlace): string {
  if (place.table !== null) return `t${place.table}r${place.row ?? 0}`
  return place.line === null ? 'task' : `l${place.line}`
}

/** The wished key, or it with `.2`, `.3` … when taken. */
function freshKey(taken: Set<string>, wished: string): string {
  let key = wished
  for (let count = 2; taken.has(key); count += 1) key = `${wished}.${count}`
  taken.add(key)
  return key
}
