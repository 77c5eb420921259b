import { ActionIcon } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useEffect, useMemo, useRef } from 'react'
import type { OriginalBlock, ProposedItem, SourcePlace } from '#documents/model'
import { useFormat, useText } from '../../kit/text.tsx'
import { blockId, isIn, itemsByBlock } from './places.ts'
import styles from './Original.module.css'

export interface OriginalProps {
  blocks: readonly OriginalBlock[]
  items: readonly ProposedItem[]
  place: SourcePlace | null
  /** Goes to the item a piece became. */
  onOpen: (key: string) => void
  /** Makes a task of a piece nothing was read from; absent where one may not. */
  onAdd?: (block: OriginalBlock) => void
}

type Part =
  { kind: 'text'; block: OriginalBlock } | { kind: 'table'; rows: OriginalBlock[] } | { kind: 'page'; page: number }

/** Rows of one table in a row make a table again; a mark stands where a printed page begins. */
function partsOf(blocks: readonly OriginalBlock[]): Part[] {
  const parts: Part[] = []
  let page: number | null = null
  for (const block of blocks) {
    if (block.page !== null && block.page !== page) parts.push({ kind: 'page', page: block.page })
    page = block.page ?? page
    const last = parts.at(-1)
    if (block.table === null) parts.push({ kind: 'text', block })
    else if (last?.kind === 'table' && last.rows[0]?.table === block.table) last.rows.push(block)
    else parts.push({ kind: 'table', rows: [block] })
  }
  return parts
}

/** The document as it was loaded: line numbers, tables as tables, each piece marked by what became of it. */
export function Original({ blocks, items, place, onOpen, onAdd }: OriginalProps) {
  const t = useText()
  const format = useFormat()
  const whole = useRef<HTMLDivElement>(null)
  const parts = useMemo(() => partsOf(blocks), [blocks])
  const became = useMemo(() => itemsByBlock(blocks, items), [blocks, items])
  const shown = useMemo(() => blocks.find((block) => isIn(place, block)), [blocks, place])
  useEffect(() => {
    const element = shown && document.getElementById(blockId(shown))
    if (element && whole.current?.contains(element)) scrollWithin(element)
  }, [shown, place])
  const pieceOf = (block: OriginalBlock) => ({
    block,
    item: became.get(blockId(block)),
    isShown: block === shown,
    onOpen,
    onAdd,
  })
  return (
    <div ref={whole} className={styles.whole}>
      {parts.map((part) =>
        part.kind === 'page' ? (
          <div key={`page ${part.page}`} className={styles.page}>
            {t('documents.screen.page', { page: format.number(part.page) })}
          </div>
        ) : part.kind === 'text' ? (
          <Paragraph key={blockId(part.block)} {...pieceOf(part.block)} />
        ) : (
          <div key={`table ${part.rows[0]?.table ?? ''} ${part.rows[0]?.line ?? ''}`} className={styles.scroll}>
            <table className={styles.table}>
              <tbody>
                {part.rows.map((row) => (
                  <Row key={blockId(row)} {...pieceOf(row)} />
                ))}
              </tbody>
            </table>
          </div>
        ),
      )}
    </div>
  )
}

/** Scrolls the pane that holds the original, and not the page. */
function scrollWithin(element: HTMLElement): void {
  const pane = element.closest('section')
  if (!pane) return
  const [inner, outer] = [element.getBoundingClientRect(), pane.getBoundingClientRect()]
  const isInSight = inner.top >= outer.top + 48 && inner.bottom <= outer.bottom - 16
  if (!isInSight)
    pane.scrollTo({ top: pane.scrollTop + inner.top - outer.top - Math.max(64, (outer.height - inner.height) / 3) })
}

type Piece = {
  block: OriginalBlock
  item: ProposedItem | undefined
  isShown: boolean
  onOpen: (key: string) => void
  onAdd: ((block: OriginalBlock) => void) | undefined
}

function Mark({ block, item, onOpen, onAdd }: Piece) {
  const t = useText()
  const format = useFormat()
  const line = format.number(block.line)
  if (item) {
    return (
      <button
        type="button"
        className={styles.line}
        title={t('documents.screen.go-to-item')}
        onClick={() => onOpen(item.key)}
      >
        <span className="sr-only">{t('documents.screen.line-became', { line, state: item.state })}</span>
        <span aria-hidden>{line}</span>
      </button>
    )
  }
  return (
    <>
      <span className={styles.line}>{line}</span>
      {onAdd && block.text.length > 12 && (
        <ActionIcon
          className={`${styles.add} screen-only`}
          size="1.5rem"
          aria-label={t('documents.screen.add-from-line', { line })}
          title={t('documents.screen.add-from-here')}
          onClick={() => onAdd(block)}
        >
          <IconPlus size={16} />
        </ActionIcon>
      )}
    </>
  )
}

function Paragraph(piece: Piece) {
  const { block, item, isShown } = piece
  return (
    <div
      id={blockId(block)}
      className={styles.piece}
      data-kind={block.kind}
      data-state={item?.state}
      data-shown={isShown || undefined}
    >
      <Mark {...piece} />
      <p className={styles.text}>{block.text}</p>
    </div>
  )
}

function Row(piece: Piece) {
  const { block, item, isShown } = piece
  return (
    <tr id={blockId(block)} className={styles.row} data-state={item?.state} data-shown={isShown || undefined}>
      <td className={styles.number}>
        <Mark {...piece} />
      </td>
      {(block.cells ?? []).map((cell) => (
        <td key={cell.column} colSpan={cell.span > 1 ? cell.span : undefined} className={styles.cell}>
          {cell.text}
        </td>
      ))}
    </tr>
  )
}
