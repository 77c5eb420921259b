import type { NodeInput, PlanDetail, PlanHeader } from '#plans/model'
import { freshKey } from '../kit/api.ts'

/** What the editor holds and a save sends. */
export interface PlanDraft {
  header: PlanHeader
  nodes: NodeInput[]
}

/** A plan's version as it would be sent to save it again. */
export function draftOf(plan: PlanDetail): PlanDraft {
  return { header: plan.header, nodes: plan.nodes.map(nodeInput) }
}

function nodeInput(node: PlanDetail['nodes'][number]): NodeInput {
  const { id, parentId, kind, path, text, output, funding, time, programmes, bases, milestones, source } = node
  const duties = node.duties.map((duty) => ({
    kind: duty.kind,
    raw: duty.raw,
    addressedId: duty.addressed?.id ?? null,
    classCode: duty.classCode,
  }))
  const own = { output, funding, time, duties, source, programmes, bases, milestones }
  return { key: id, parentKey: parentId, kind, path, text, ...own }
}

/** A group or task nobody has written yet. */
export function blankNode(kind: NodeInput['kind'], parentKey: string | null, path: string): NodeInput {
  return {
    key: freshKey(),
    parentKey,
    kind,
    path,
    text: '',
    output: null,
    funding: null,
    time: null,
    duties: [],
    source: null,
    programmes: [],
    bases: [],
    milestones: [],
  }
}

/** The nodes with the ids the server has given to those it saved first under a key of ours. */
export function withKnownIds(nodes: readonly NodeInput[], ids: ReadonlyMap<string, string>): NodeInput[] {
  const known = (key: string): string => ids.get(key) ?? key
  return nodes.map((node) => ({
    ...node,
    key: known(node.key),
    parentKey: node.parentKey === null ? null : known(node.parentKey),
  }))
}
