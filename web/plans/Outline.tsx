import { IconFolder } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import type { NodeInput } from '#plans/model'
import { useText } from '../kit/text.tsx'
import styles from './Editor.module.css'
import { depthsOf, type Nodes } from './editor-tree.ts'
import { shorten } from './words.ts'

export type OutlineAct =
  'add-group' | 'add-task' | 'indent' | 'outdent' | 'up' | 'down' | 'remove' | 'renumber' | 'write'

export interface OutlineProps {
  nodes: Nodes
  selected: string | null
  onSelect: (key: string) => void
  onAct: (act: OutlineAct) => void
}

const moving: Readonly<Record<string, OutlineAct>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'outdent',
  ArrowRight: 'indent',
}

/** All groups and tasks in order; arrows go, Alt+Shift+arrows move, Enter writes, Ctrl+Enter adds, Delete removes. */
export function Outline({ nodes, selected, onSelect, onAct }: OutlineProps) {
  const t = useText()
  const list = useRef<HTMLUListElement>(null)
  const keepFocus = useRef(false)
  const depths = useMemo(() => depthsOf(nodes), [nodes])
  const current = nodes.some((node) => node.key === selected) ? selected : nodes[0]?.key
  useEffect(() => {
    const item = list.current?.querySelector<HTMLElement>('[aria-selected="true"]')
    item?.scrollIntoView({ block: 'nearest' })
    if (keepFocus.current) item?.focus()
    keepFocus.current = false
  }, [selected, nodes])
  function press(event: KeyboardEvent) {
    const act = actOf(event)
    if (act === undefined) return go(event)
    event.preventDefault()
    keepFocus.current = act !== 'add-task' && act !== 'write'
    onAct(act)
  }
  function go(event: KeyboardEvent) {
    const at = nodes.findIndex((node) => node.key === current)
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: nodes.length - 1 }[event.key]
    const node = to === undefined ? undefined : nodes[to]
    if (!node || event.altKey || event.ctrlKey) return
    event.preventDefault()
    keepFocus.current = true
    onSelect(node.key)
  }
  return (
    <ul role="tree" aria-label={t('plans.outline')} className={styles.outline} ref={list} onKeyDown={press}>
      {nodes.map((node) => (
        <li
          key={node.key}
          role="treeitem"
          aria-level={(depths.get(node.key) ?? 0) + 1}
          aria-selected={node.key === current}
          tabIndex={node.key === current ? 0 : -1}
          className={styles.item}
          data-kind={node.kind}
          data-depth={Math.min(depths.get(node.key) ?? 0, 5)}
          onClick={() => onSelect(node.key)}
        >
          {node.kind === 'group' && <IconFolder size={16} stroke={1.6} aria-label={t('plans.group')} />}
          <span className={styles.path}>{node.path}</span>
          <span className={node.text === '' ? styles.blank : undefined}>
            {node.text === '' ? t('plans.no-text') : shorten(node.text, 90)}
          </span>
          {isUnfinished(node) && (
            <span className={styles.mark} title={t('plans.unfinished')} aria-label={t('plans.unfinished')} role="img" />
          )}
        </li>
      ))}
    </ul>
  )
}

function actOf(event: KeyboardEvent): OutlineAct | undefined {
  if (event.altKey && event.shiftKey) return moving[event.key]
  if (event.key === 'Enter') return event.ctrlKey ? 'add-task' : 'write'
  return event.key === 'Delete' ? 'remove' : undefined
}

function isUnfinished(node: NodeInput): boolean {
  if (node.text === '') return true
  return (
    node.kind === 'task' &&
    (node.duties.length === 0 || node.duties.some((duty) => duty.addressedId === null && duty.classCode === null))
  )
}
