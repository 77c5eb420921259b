import { newId, readPlainDate, type Catalogue } from '#platform'
import type { Language } from '#platform/model'
import { foldName } from '#territory/model'
import {
  DutyKind,
  Frequency,
  NodeInput,
  TimeKind,
  type Change,
  type DraftTime,
  type DutyInput,
  type Place,
} from '../model.ts'
import { cellsOf, dutyWords, markOfNode, type BodyNames, type DraftColumn } from './draft-columns.ts'
import { isSame, nameOf, type Decided, type Planned, type Refusal } from './rules.ts'
import { knownChoices, type TableRow } from './sheet.ts'
import { placeOf } from './tree.ts'

/** What a printed name means: one body or class without doubt, or what it may mean. */
export type Resolved = { duty: Omit<DutyInput, 'kind' | 'raw'> } | { options: string[] }

export type DraftReading = {
  say: Catalogue
  language: Language
  names: BodyNames
  /** Names in the sheet that no duty of its task already bears, by their words. */
  resolved: ReadonlyMap<string, Resolved>
  /** Codes of programmes by code and by name, folded. */
  programmes: ReadonlyMap<string, string>
  choices: DraftChoices
}

/** Words of choices in every language, folded, and what they stand for. */
export type DraftChoices = {
  kinds: ReadonlyMap<string, NodeInput['kind']>
  times: ReadonlyMap<string, TimeKind>
  frequencies: ReadonlyMap<string, Frequency>
}

export function draftChoices(say: Catalogue): DraftChoices {
  return {
    kinds: knownChoices(say, 'plans.sheet-kind-', ['group', 'task'] as const),
    times: knownChoices(say, 'plans.sheet-time-', TimeKind.options),
    frequencies: knownChoices(say, 'plans.sheet-frequency-', Frequency.options),
  }
}

type Row = TableRow<DraftColumn>

/** The single names in a cell of duties, programmes or bases. */
function namesIn(cell: string): string[] {
  return cell
    .split(/[;\n]/u)
    .map((part) => part.replace(/\s+/gu, ' ').trim())
    .filter((part) => part !== '')
}

/** Names a sheet gives to bodies which its tasks do not bear yet: those that must be looked up. */
export function namesToResolve(rows: readonly Row[], nodes: readonly NodeInput[], names: BodyNames): Set<string> {
  const byKey = new Map(nodes.map((node) => [node.key, node]))
  const wanted = new Set<string>()
  for (const row of rows) {
    const known = new Set(byKey.get(row.cells.get('id') ?? '')?.duties.map((duty) => oneLine(dutyWords(duty, names))))
    for (const kind of DutyKind.options)
      for (const name of namesIn(row.cells.get(kind) ?? '')) if (!known.has(name)) wanted.add(name)
  }
  return wanted
}

function oneLine(words: string): string {
  return words.replace(/\s+/gu, ' ').trim()
}

/**
 * What a spreadsheet makes of a draft: rows with an id change that group or task where they differ, rows without one are
 * new below the row they name, in the order of the sheet. A row with a fault changes nothing.
 */
export function decideDraftRows(nodes: readonly NodeInput[], rows: readonly Row[], reading: DraftReading): Decided {
  const state = openState(nodes)
  const refused: Refusal[] = []
  const changes: Planned[] = []
  const seen = new Set<string>()
  for (const row of rows) {
    const id = (row.cells.get('id') ?? '').trim()
    const faults: Refusal[] = []
    const blame = (column: DraftColumn, code: string, params: Refusal['params'] = {}) =>
      faults.push({ rowNumber: row.number, column: row.columnOf(column), name: shown(row), code, params })
    if (id !== '' && seen.has(id)) blame('id', 'plans.row-twice')
    if (id !== '') seen.add(id)
    const node = state.byKey.get(id)
    const isNew = id === '' || id.startsWith('+')
    if (!isNew && node === undefined) blame('id', 'plans.row-unknown')
    if (faults.length === 0) {
      if (node !== undefined) changes.push(...changesOfRow(row, node, state, reading, blame))
      else changes.push(...newFromRow(row, id, state, reading, blame))
    }
    if (faults.length > 0) {
      refused.push(...faults)
      while (changes.at(-1)?.rowNumber === row.number) state.added.delete(changes.pop()?.recordId ?? '')
    }
  }
  return { changes, refused }
}

type State = ReturnType<typeof openState>
type Blame = (column: DraftColumn, code: string, params?: Refusal['params']) => void

function openState(nodes: readonly NodeInput[]) {
  const lastBelow = new Map<string | null, string>()
  for (const node of nodes) lastBelow.set(node.parentKey, node.key)
  return {
    nodes,
    byKey: new Map(nodes.map((node) => [node.key, node])),
    /** Names a sheet gives its own new rows, `+1`, and the ids they get. */
    fresh: new Map<string, string>(),
    added: new Map<string, NodeInput>(),
    moved: new Set<string>(),
    /** What each says at its place: the same row twice is one. */
    said: new Set(nodes.map(saidBy)),
    lastBelow,
    /** The row before, where it stands below the same one: a new row comes right after it. */
    before: null as { parentKey: string | null; key: string } | null,
  }
}

function saidBy(node: NodeInput): string {
  return JSON.stringify([node.parentKey, node.kind, node.path, node.text])
}

function shown(row: Row): string {
  return nameOf({ path: row.cells.get('path') ?? '', text: oneLine(row.cells.get('text') ?? '') })
}

/** The id of the row above that a cell names; undefined when there is none such. */
function parentIn(row: Row, state: State): string | null | undefined {
  const words = (row.cells.get('parent') ?? '').trim()
  if (words === '') return null
  const key = state.fresh.get(words) ?? words
  return state.byKey.has(key) || state.added.has(key) ? key : undefined
}

function changesOfRow(row: Row, node: NodeInput, state: State, reading: DraftReading, blame: Blame): Planned[] {
  const printed = cellsOf(node, reading)
  const isTouched = (column: DraftColumn) =>
    row.cells.has(column) && oneLine(row.cells.get(column) ?? '') !== oneLine(printed[column])
  const planned: Planned[] = []
  const add = (change: Change) => {
    if (!isSame(change.field, change.was, change.becomes))
      planned.push({ recordId: node.key, name: nameOf(node), rowNumber: row.number, seenVersion: null, change })
  }
  if (isTouched('kind')) blame('kind', 'plans.row-kind-fixed')
  for (const field of ['path', 'text', 'output', 'funding'] as const)
    if (isTouched(field)) {
      const value = fieldOf(field, row, blame)
      if (value !== undefined) add({ field, was: node[field], becomes: isOptional(field) ? value || null : value })
    }
  if ((['time-kind', 'time-text', 'time-from', 'time-to', 'time-frequency'] as const).some(isTouched)) {
    const time = timeOf(row, reading, blame, printed)
    if (time !== undefined) add({ field: 'time', was: node.time, becomes: time })
  }
  if (DutyKind.options.some(isTouched))
    add({ field: 'duties', was: node.duties, becomes: dutiesOf(row, node, reading, blame, isTouched) })
  if (isTouched('programmes'))
    add({ field: 'programmes', was: node.programmes, becomes: programmesOf(row, reading, blame) })
  if (isTouched('bases')) add({ field: 'bases', was: node.bases, becomes: basesOf(row, blame) })
  if (isTouched('parent')) {
    const place = movedTo(row, node, state, blame)
    if (place !== undefined) add(place)
  }
  state.before = { parentKey: node.parentKey, key: node.key }
  const mark = (row.cells.get('version') ?? '').trim()
  if (planned.length > 0 && mark !== '' && mark !== markOfNode(node)) blame('version', 'plans.changed-since')
  if (node.kind === 'group' && planned.some(({ change }) => change.field === 'duties' || change.field === 'time'))
    blame('kind', 'plans.change-only-tasks')
  return planned
}

function movedTo(row: Row, node: NodeInput, state: State, blame: Blame): Change | undefined {
  const parentId = parentIn(row, state)
  const target = parentId === null || parentId === undefined ? undefined : (state.byKey.get(parentId) ?? state.added.get(parentId)) // prettier-ignore
  if (parentId === undefined) blame('parent', 'plans.row-parent-unknown')
  for (let at = target; at !== undefined; at = at.parentKey === null ? undefined : state.byKey.get(at.parentKey))
    if (at.key === node.key) {
      blame('parent', 'plans.change-into-itself')
      return undefined
    }
  if (parentId === undefined) return undefined
  const above = node.parentKey === null ? undefined : state.byKey.get(node.parentKey)
  const becomes: Place = {
    parentId,
    afterId: state.lastBelow.get(parentId) ?? null,
    name: target === undefined ? '' : nameOf(target),
  }
  const was: Place = { ...placeOf(state.nodes, node.key, state.moved), name: above === undefined ? '' : nameOf(above) }
  state.moved.add(node.key)
  state.lastBelow.set(parentId, node.key)
  return { field: 'place', was, becomes }
}

function newFromRow(row: Row, id: string, state: State, reading: DraftReading, blame: Blame): Planned[] {
  const kindWords = foldName(row.cells.get('kind') ?? '')
  const kind = kindWords === '' ? 'task' : reading.choices.kinds.get(kindWords)
  if (kind === undefined) blame('kind', 'plans.cell-not-a-choice', { words: row.cells.get('kind')?.slice(0, 80) ?? '' })
  const parentKey = parentIn(row, state)
  if (parentKey === undefined) blame('parent', 'plans.row-parent-unknown')
  const text = fieldOf('text', row, blame)
  if (text === '') blame('text', 'plans.row-without-words')
  const node: NodeInput = {
    key: newId(),
    parentKey: parentKey ?? null,
    kind: kind ?? 'task',
    path: fieldOf('path', row, blame) ?? '',
    text: text ?? '',
    output: fieldOf('output', row, blame) || null,
    funding: fieldOf('funding', row, blame) || null,
    time: timeOf(row, reading, blame, undefined) ?? null,
    duties: dutiesOf(row, undefined, reading, blame, () => true),
    source: null,
    programmes: programmesOf(row, reading, blame),
    bases: basesOf(row, blame),
  }
  if (node.kind === 'group' && (node.duties.length > 0 || node.time !== null)) blame('kind', 'plans.change-only-tasks')
  if (state.said.has(saidBy(node))) blame('text', 'plans.row-already-there')
  state.said.add(saidBy(node))
  const afterId =
    state.before?.parentKey === node.parentKey ? state.before.key : (state.lastBelow.get(node.parentKey) ?? null)
  if (id !== '') state.fresh.set(id, node.key)
  state.added.set(node.key, node)
  if (state.lastBelow.get(node.parentKey) === afterId || afterId === null) state.lastBelow.set(node.parentKey, node.key)
  state.before = { parentKey: node.parentKey, key: node.key }
  return [
    {
      recordId: node.key,
      name: nameOf(node),
      rowNumber: row.number,
      seenVersion: null,
      change: { field: 'node', was: null, becomes: { node, afterId } },
    },
  ]
}

const isOptional = (field: string) => field === 'output' || field === 'funding'

const limits = { path: 60, text: 8000, output: 2000, funding: 2000 } as const

/** A cell of words as the field takes it; undefined when it cannot. */
function fieldOf(field: keyof typeof limits, row: Row, blame: Blame): string | undefined {
  const words = row.cells.get(field) ?? ''
  if (words.length > limits[field]) {
    blame(field, 'plans.cell-too-long', { most: limits[field] })
    return undefined
  }
  if (field === 'text' && words === '' && (row.cells.get('id') ?? '') !== '') blame('text', 'plans.row-without-words')
  return NodeInput.shape.text.parse(words)
}

function timeOf(
  row: Row,
  { choices }: DraftReading,
  blame: Blame,
  printed: Record<DraftColumn, string> | undefined,
): DraftTime | null | undefined {
  // A column the sheet does not have keeps what the task says.
  const cell = (column: DraftColumn) => row.cells.get(column) ?? printed?.[column] ?? ''
  const columns = ['time-kind', 'time-text', 'time-from', 'time-to', 'time-frequency'] as const
  if (columns.every((column) => cell(column) === '')) return null
  const choice = <V extends string>(column: DraftColumn, known: ReadonlyMap<string, V>) => {
    const words = cell(column)
    const value = known.get(foldName(words))
    if (words !== '' && value === undefined) blame(column, 'plans.cell-not-a-choice', { words: words.slice(0, 80) })
    return value ?? null
  }
  const date = (column: DraftColumn) => {
    const words = cell(column)
    const day = readPlainDate(words)
    if (words !== '' && day === undefined) blame(column, 'plans.cell-not-a-date', { words: words.slice(0, 80) })
    return day ?? null
  }
  const kind = choice('time-kind', choices.times)
  const from = date('time-from')
  const to = date('time-to')
  const frequency = choice('time-frequency', choices.frequencies)
  const text = cell('time-text')
  if (text.length > 500) blame('time-text', 'plans.cell-too-long', { most: 500 })
  if (kind === null) {
    if (cell('time-kind') === '') blame('time-kind', 'plans.row-time-without-kind')
    return undefined
  }
  if (from !== null && to !== null && from > to) blame('time-to', 'plans.time-ends-before-it-begins')
  return { kind, text: text.slice(0, 500), from, to, frequency }
}

function dutiesOf(
  row: Row,
  node: NodeInput | undefined,
  { names, resolved }: DraftReading,
  blame: Blame,
  isTouched: (column: DraftColumn) => boolean,
): DutyInput[] {
  const had = node?.duties ?? []
  return DutyKind.options.flatMap((kind): DutyInput[] => {
    const own = had.filter((duty) => duty.kind === kind)
    if (!row.cells.has(kind) || !isTouched(kind)) return own
    return namesIn(row.cells.get(kind) ?? '').flatMap((name): DutyInput[] => {
      const known = [...own, ...had].find((duty) => oneLine(dutyWords(duty, names)) === name)
      if (known !== undefined) return [{ ...known, kind }]
      if (name.length > 1000) {
        blame(kind, 'plans.cell-too-long', { most: 1000 })
        return []
      }
      const found = resolved.get(name)
      if (found !== undefined && 'duty' in found) return [{ kind, raw: name, ...found.duty }]
      const options = found?.options ?? []
      const raw = name.slice(0, 120)
      if (options.length === 0) blame(kind, 'plans.cell-body-unknown', { raw })
      else blame(kind, 'plans.cell-body-doubtful', { raw, options: options.slice(0, 4).join('; ') })
      return []
    })
  })
}

function programmesOf(row: Row, { programmes }: DraftReading, blame: Blame): string[] {
  return namesIn(row.cells.get('programmes') ?? '').flatMap((name) => {
    const code = programmes.get(foldName(name))
    if (code === undefined) blame('programmes', 'plans.cell-programme-unknown', { words: name.slice(0, 120) })
    return code ?? []
  })
}

function basesOf(row: Row, blame: Blame): string[] {
  const bases = namesIn(row.cells.get('bases') ?? '')
  if (bases.length > 20 || bases.some((basis) => basis.length > 500))
    blame('bases', 'plans.cell-too-long', { most: 500 })
  return bases
}
