import { useState } from 'react'
import type { NodeInput, PlanDetail } from '#plans/model'
import { Empty } from '../kit/Empty.tsx'
import { useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import styles from './Editor.module.css'
import { addAfter, branchOf, change, indent, move, outdent, remove, renumber, type Nodes } from './editor-tree.ts'
import { NodeForm } from './NodeForm.tsx'
import { Outline, type OutlineAct } from './Outline.tsx'
import { OutlineTools } from './OutlineTools.tsx'

export interface NodesEditorProps {
  plan: PlanDetail
  nodes: Nodes
  onChange: (nodes: Nodes) => void
  selected: string | null
  onSelect: (key: string | null) => void
}

/** The outline of groups and tasks, and the one that is being written. */
export function NodesEditor({ plan, nodes, onChange, selected, onSelect }: NodesEditorProps) {
  const t = useText()
  const toast = useToast()
  const [names, setNames] = useState<ReadonlyMap<string, string>>(() => namesIn(plan))
  const node = nodes.find((one) => one.key === selected)
  function act(what: OutlineAct) {
    switch (what) {
      case 'add-group':
      case 'add-task':
        return add(what === 'add-group' ? 'group' : 'task')
      case 'renumber':
        return onChange(renumber(nodes))
      case 'indent':
        return selected !== null && onChange(indent(nodes, selected))
      case 'outdent':
        return selected !== null && onChange(outdent(nodes, selected))
      case 'up':
        return selected !== null && onChange(move(nodes, selected, -1))
      case 'down':
        return selected !== null && onChange(move(nodes, selected, 1))
      case 'remove':
        return cut()
      case 'write':
        return document.getElementById('node.text')?.focus()
    }
  }
  function add(kind: NodeInput['kind']) {
    const added = addAfter(nodes, selected, kind)
    onChange(added.nodes)
    onSelect(added.key)
    setTimeout(() => document.getElementById('node.text')?.focus(), 60)
  }
  function cut() {
    if (selected === null) return
    const count = branchOf(nodes, selected).length
    const { nodes: kept, next } = remove(nodes, selected)
    onChange(kept)
    onSelect(next)
    toast({
      kind: 'note',
      text: t('plans.removed', { count }),
      act: {
        label: t('plans.undo'),
        run: () => {
          onChange(nodes)
          onSelect(selected)
        },
      },
    })
  }
  return (
    <>
      <OutlineTools onAct={act} hasSelected={node !== undefined} />
      {nodes.length === 0 ? (
        <Empty title={t('plans.no-tasks')}>{t('plans.no-tasks-words')}</Empty>
      ) : (
        <div className={styles.sides}>
          <Outline nodes={nodes} selected={selected} onSelect={onSelect} onAct={act} />
          <div className={styles.side}>
            {node && (
              <NodeForm
                key={node.key}
                node={node}
                names={names}
                onName={(id, name) => setNames(new Map(names).set(id, name))}
                onChange={(to) => onChange(change(nodes, node.key, to))}
              />
            )}
          </div>
        </div>
      )}
    </>
  )
}

/** Names of the bodies the draft already speaks of. */
function namesIn(plan: PlanDetail): Map<string, string> {
  return new Map(
    plan.nodes.flatMap((node) =>
      node.duties.flatMap(({ addressed }) => (addressed === null ? [] : [[addressed.id, addressed.name] as const])),
    ),
  )
}
