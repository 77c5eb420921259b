import { Loader } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useText } from './text.tsx'
import styles from './Tree.module.css'

export interface TreeNode {
  id: string
  name: string
  /** Stands after the name, quieter: a code, a count. */
  detail?: ReactNode
  hasChildren: boolean
  /** Known beforehand; else `load` is asked when the branch is opened. */
  children?: readonly TreeNode[]
}

export interface TreeProps {
  label: string
  roots: readonly TreeNode[]
  /** Names the tree in the query cache, with all that its branches depend on: `units 2025-07-01`. */
  what: string
  load?: (node: TreeNode) => Promise<readonly TreeNode[]>
  /** Enter or a press on the name. */
  onOpen: (node: TreeNode) => void
  /** The node one is on. */
  current?: string
  /** Branches open at first. */
  open?: readonly string[]
}

interface Shared extends Pick<TreeProps, 'what' | 'load' | 'onOpen' | 'current'> {
  open: ReadonlySet<string>
  toggle: (id: string) => void
  active: string | undefined
  setActive: (id: string) => void
}

const Trunk = createContext<Shared | undefined>(undefined)

function useTrunk(): Shared {
  const shared = useContext(Trunk)
  if (!shared) throw new Error('A branch stands outside its tree')
  return shared
}

/** A tree that unfolds by press or arrow keys: right opens, left folds or goes up, Home and End, Enter opens the page. */
export function Tree({ label, roots, what, load, onOpen, current, open: openAtFirst = [] }: TreeProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(openAtFirst))
  const [active, setActive] = useState<string | undefined>(current ?? roots[0]?.id)
  const tree = useRef<HTMLUListElement>(null)
  const shared = useMemo<Shared>(() => {
    const toggle = (id: string) =>
      setOpen((before) => {
        const next = new Set(before)
        if (!next.delete(id)) next.add(id)
        return next
      })
    return { what, load, onOpen, current, open, toggle, active, setActive }
  }, [what, load, onOpen, current, open, active])
  function press(event: KeyboardEvent<HTMLUListElement>) {
    const items = [...(tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]') ?? [])]
    const item = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[role="treeitem"]') : null
    if (!item) return
    const target = stepFrom(item, items, event.key)
    if (target === undefined) return
    event.preventDefault()
    if (target === 'toggle') item.querySelector<HTMLElement>('[data-toggle]')?.click()
    else if (target === 'open') item.querySelector<HTMLElement>('[data-open]')?.click()
    else target?.focus()
  }
  return (
    <Trunk value={shared}>
      <ul role="tree" aria-label={label} className={styles.tree} ref={tree} onKeyDown={press}>
        {roots.map((node, index) => (
          <Branch key={node.id} node={node} level={1} position={index + 1} count={roots.length} />
        ))}
      </ul>
    </Trunk>
  )
}

/** Where a key leads: an item, nowhere (null), to an act, or undefined when it is not a key of the tree. */
function stepFrom(
  item: HTMLElement,
  items: readonly HTMLElement[],
  key: string,
): HTMLElement | null | 'toggle' | 'open' | undefined {
  const at = items.indexOf(item)
  const expanded = item.getAttribute('aria-expanded')
  switch (key) {
    case 'ArrowDown':
      return items[at + 1] ?? null
    case 'ArrowUp':
      return items[at - 1] ?? null
    case 'Home':
      return items[0] ?? null
    case 'End':
      return items.at(-1) ?? null
    case 'ArrowRight':
      if (expanded === 'false') return 'toggle'
      return item.nextElementSibling?.querySelector<HTMLElement>('[role="treeitem"]') ?? null
    case 'ArrowLeft':
      if (expanded === 'true') return 'toggle'
      return item.closest('[role="group"]')?.parentElement?.querySelector<HTMLElement>('[role="treeitem"]') ?? null
    case 'Enter':
      return 'open'
    default:
      return undefined
  }
}

interface BranchProps {
  node: TreeNode
  level: number
  position: number
  count: number
}

function Branch({ node, level, position, count }: BranchProps) {
  const { open, toggle, active, setActive, onOpen, current } = useTrunk()
  const groupId = useId()
  const isOpen = node.hasChildren && open.has(node.id)
  return (
    <li role="none">
      <div
        role="treeitem"
        aria-level={level}
        aria-posinset={position}
        aria-setsize={count}
        aria-expanded={node.hasChildren ? isOpen : undefined}
        aria-owns={isOpen ? groupId : undefined}
        aria-current={node.id === current ? 'page' : undefined}
        tabIndex={node.id === active ? 0 : -1}
        className={styles.line}
        onFocus={() => setActive(node.id)}
      >
        {node.hasChildren ? (
          <span className={styles.toggle} data-toggle onClick={() => toggle(node.id)}>
            <IconChevronRight size={18} stroke={1.8} aria-hidden />
          </span>
        ) : (
          <span className={styles.leaf} />
        )}
        <span className={styles.name} data-open onClick={() => onOpen(node)}>
          {node.name}
          {node.detail && <span className={styles.detail}>{node.detail}</span>}
        </span>
      </div>
      {isOpen && <Children node={node} level={level + 1} groupId={groupId} />}
    </li>
  )
}

function Children({ node, level, groupId }: { node: TreeNode; level: number; groupId: string }) {
  const t = useText()
  const { what, load } = useTrunk()
  const { data, error } = useQuery({
    queryKey: ['tree', what, node.id],
    queryFn: () => (load ? load(node) : []),
    enabled: !node.children,
  })
  const children = node.children ?? data
  if (error) return <p className={styles.note}>{t('kit.tree-failed')}</p>
  if (!children) {
    return (
      <p className={styles.note}>
        <Loader size={14} /> {t('kit.tree-loading')}
      </p>
    )
  }
  return (
    <ul role="group" id={groupId} className={styles.group}>
      {children.map((child, index) => (
        <Branch key={child.id} node={child} level={level} position={index + 1} count={children.length} />
      ))}
    </ul>
  )
}
