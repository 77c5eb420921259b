import type { Catalogue } from '#platform'
import type { Language } from '#platform/model'
import type { DutyInput, DutyKind, NodeInput } from '../model.ts'
import { markOf, type WrittenTable } from './sheet.ts'

/** The columns of a draft's spreadsheet; duties have one a kind, names parted by semicolons. */
export const draftColumns = [
  'id',
  'version',
  'kind',
  'parent',
  'path',
  'text',
  'output',
  'funding',
  'time-kind',
  'time-text',
  'time-from',
  'time-to',
  'time-frequency',
  'lead',
  'support',
  'requested',
  'advise',
  'consolidate',
  'programmes',
  'bases',
] as const
export type DraftColumn = (typeof draftColumns)[number]

const widths: Partial<Record<DraftColumn, number>> = {
  id: 14,
  version: 14,
  kind: 12,
  parent: 14,
  path: 8,
  text: 60,
  output: 32,
  lead: 32,
  support: 40,
}

/** Names of the bodies a draft addresses by id, for duties whose printed words are empty. */
export type BodyNames = ReadonlyMap<string, { name: string }>

/** The words that stand for a duty in a cell. */
export function dutyWords(duty: Omit<DutyInput, 'kind'>, names: BodyNames): string {
  return (
    duty.raw || (duty.addressedId === null ? '' : (names.get(duty.addressedId)?.name ?? '')) || (duty.classCode ?? '')
  )
}

/** What stands in the cells of a group or task. */
export function cellsOf(
  node: NodeInput,
  say: { say: Catalogue; language: Language; names: BodyNames },
): Record<DraftColumn, string> {
  const word = (key: string) => say.say(say.language, key)
  const duties = (kind: DutyKind) =>
    node.duties
      .filter((duty) => duty.kind === kind)
      .map((duty) => dutyWords(duty, say.names))
      .join('; ')
  const { time } = node
  return {
    id: node.key,
    version: markOfNode(node),
    kind: word(`plans.sheet-kind-${node.kind}`),
    parent: node.parentKey ?? '',
    path: node.path,
    text: node.text,
    output: node.output ?? '',
    funding: node.funding ?? '',
    'time-kind': time === null ? '' : word(`plans.sheet-time-${time.kind}`),
    'time-text': time?.text ?? '',
    'time-from': time?.from ?? '',
    'time-to': time?.to ?? '',
    'time-frequency': time?.frequency ? word(`plans.sheet-frequency-${time.frequency}`) : '',
    lead: duties('lead'),
    support: duties('support'),
    requested: duties('requested'),
    advise: duties('advise'),
    consolidate: duties('consolidate'),
    programmes: node.programmes.join('; '),
    bases: node.bases.join('; '),
  }
}

/** A mark of all a group or task says, but for where it was read. */
export function markOfNode(node: NodeInput): string {
  const { key: _key, source: _source, ...said } = node
  return markOf([
    said.kind,
    said.parentKey,
    said.path,
    said.text,
    said.output,
    said.funding,
    said.time && [said.time.kind, said.time.text, said.time.from, said.time.to, said.time.frequency],
    said.duties.map((duty) => [duty.kind, duty.raw, duty.addressedId, duty.classCode]),
    said.programmes.toSorted(),
    said.bases.toSorted(),
    (said.milestones ?? []).map(({ text, dueOn }) => [text, dueOn]),
  ])
}

/** A draft as a table: every group and task, every column. */
export function draftTable(
  nodes: readonly NodeInput[],
  say: { say: Catalogue; language: Language; names: BodyNames },
): WrittenTable<DraftColumn> {
  return {
    title: 'plans.sheet-draft',
    columns: draftColumns.map((key) => ({ key, width: widths[key] ?? 18 })),
    rows: nodes.map((node) => cellsOf(node, say)),
  }
}
