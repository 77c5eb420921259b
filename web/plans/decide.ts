import type { DerivationRow, NodeInput, PlanDetail } from '#plans/model'
import { blankNode, draftOf } from './draft.ts'
import { read, write } from './requests.ts'

export type Choice = { kind: 'undecided' | 'taken-over' | 'adapted' } | { kind: 'not-applicable'; reason: string }

interface Place {
  planId: string
  above: PlanDetail | undefined
  row: DerivationRow
  /** The own task that carries it out already, as read from the document; undefined = one is added. */
  counterpart?: string | undefined
  /** Whether the local task was read from the document: then it stays when the decision is taken back. */
  isRead?: boolean
}

/**
 * Decides on one task above. A task taken over or adapted gets its local task when it has none; one that is not
 * applicable, or open again, loses it, unless the document itself has it.
 */
export async function decide({ planId, above, row, counterpart, isRead }: Place, choice: Choice): Promise<void> {
  const to = `/plans/${planId}/derivation/${row.parentNodeId}`
  if (choice.kind === 'taken-over' || choice.kind === 'adapted') {
    const nodeId = row.nodeId ?? counterpart ?? (await addLocal(planId, above, row))
    return write('PUT', to, { kind: choice.kind, nodeId })
  }
  await write('PUT', to, choice)
  const gone = row.nodeId
  if (gone !== null && !isRead) await change(planId, (nodes) => withoutNode(nodes, gone))
}

/** Gives the local task other words: then it is adapted, no longer taken over. */
export async function rewrite(planId: string, row: DerivationRow, text: string): Promise<void> {
  await change(planId, (nodes) => nodes.map((node) => (node.key === row.nodeId ? { ...node, text } : node)))
  if (row.decision === 'taken-over') {
    await write('PUT', `/plans/${planId}/derivation/${row.parentNodeId}`, { kind: 'adapted', nodeId: row.nodeId })
  }
}

async function addLocal(planId: string, above: PlanDetail | undefined, row: DerivationRow): Promise<string> {
  const parent = above?.nodes.find((node) => node.id === row.parentNodeId)
  const local: NodeInput = {
    ...blankNode('task', null, row.path),
    text: row.text,
    output: parent?.output ?? null,
    time: parent?.time ?? null,
    programmes: parent?.programmes ?? [],
  }
  const ids = await change(planId, (nodes) => [...nodes, local])
  return ids[local.key] ?? local.key
}

/** A task below a task that goes is kept: it moves up to where that one stood. */
function withoutNode(nodes: readonly NodeInput[], key: string): NodeInput[] {
  const parentKey = nodes.find((node) => node.key === key)?.parentKey ?? null
  return nodes
    .filter((node) => node.key !== key)
    .map((node) => (node.parentKey === key ? { ...node, parentKey } : node))
}

/** Reads the draft as it stands, changes its nodes and saves it. */
async function change(planId: string, how: (nodes: NodeInput[]) => NodeInput[]): Promise<Record<string, string>> {
  const plan = await read<PlanDetail>(`/plans/${planId}`, { draft: true })
  const { header, nodes } = draftOf(plan)
  const body = { version: plan.version, header, nodes: how(nodes) }
  const { ids } = await write<{ ids: Record<string, string> }>('PUT', `/plans/${planId}/draft`, body)
  return ids
}
