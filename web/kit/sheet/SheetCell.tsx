import { useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { useFormat, useText } from '../text.tsx'
import { plainly } from './read-number.ts'
import type { SheetCellShown, SheetColumn } from './rows.ts'
import styles from './Sheet.module.css'

interface CellProps<C extends string> {
  cell: SheetCellShown
  column: SheetColumn<C>
  at: string
  describedBy: string | undefined
  isActive: boolean
  isChosen: boolean
  editing: 'replace' | 'amend' | null
  onChoose: (extend: boolean) => void
  onBegin: () => void
  onType: (text: string) => void
  onFinish: (move: [down: number, right: number] | null) => void
  onCancel: () => void
}

/** One cell: shown, chosen, or open to be written in. */
export function SheetCell<C extends string>(props: CellProps<C>) {
  const { cell, column, at, isActive, isChosen, editing } = props
  const t = useText()
  return (
    <td
      role="gridcell"
      data-at={at}
      data-column={column.name}
      data-kind={column.kind}
      tabIndex={isActive && editing === null ? 0 : -1}
      aria-label={editing === null ? t('kit.sheet-cell', { cell: cell.label, text: cell.words }) : undefined}
      aria-selected={isChosen}
      aria-readonly={!cell.isOpen}
      aria-invalid={(cell.isFaulty && cell.isOpen) || undefined}
      aria-describedby={props.describedBy}
      className={styles.cell}
      data-closed={!cell.isOpen || undefined}
      onClick={(event) => {
        if (editing !== null) return
        if (isTap(event)) return props.onBegin()
        if (isActive && !event.shiftKey && event.detail !== 2 && document.activeElement === event.currentTarget) return
        props.onChoose(event.shiftKey)
      }}
      onDoubleClick={props.onBegin}
    >
      {editing === null ? cell.words : <Open {...props} />}
    </td>
  )
}

/** A finger does not tap twice, and its keyboard comes up for a field alone. */
function isTap({ nativeEvent }: MouseEvent): boolean {
  return nativeEvent instanceof PointerEvent && nativeEvent.pointerType === 'touch'
}

function Open<C extends string>(props: CellProps<C>) {
  const { cell, column, editing, onType, onFinish, onCancel } = props
  const t = useText()
  const isFirst = useRef(editing === 'replace')
  const { locale } = useFormat()
  // As it is typed: a number is put in order when the cell is left.
  const [typed, setTyped] = useState(column.kind === 'number' ? plainly(cell.text, locale) : cell.text)
  function type(text: string) {
    setTyped(text)
    onType(text)
  }
  function press(event: KeyboardEvent) {
    const moves: Record<string, [number, number]> = {
      Enter: [event.shiftKey ? -1 : 1, 0],
      Tab: [0, event.shiftKey ? -1 : 1],
    }
    const move = moves[event.key]
    event.stopPropagation()
    if (event.key === 'Escape') {
      event.preventDefault()
      onCancel()
    } else if (move !== undefined) {
      event.preventDefault()
      onFinish(move)
    } else if (editing === 'replace' && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      onFinish([event.key === 'ArrowDown' ? 1 : -1, 0])
    }
  }
  const common = {
    'aria-label': cell.label,
    autoFocus: true,
    onKeyDown: press,
    onBlur: () => onFinish(null),
    className: styles.input,
  }
  if (column.kind === 'choice')
    return (
      <select {...common} value={typed} onChange={(event) => type(event.currentTarget.value)}>
        <option value="">{t('kit.sheet-empty')}</option>
        {column.choices?.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    )
  return (
    <input
      {...common}
      type="text"
      inputMode={column.kind === 'text' ? 'text' : 'decimal'}
      maxLength={column.maxLength}
      value={typed}
      onFocus={(event) => {
        if (!isFirst.current) return
        isFirst.current = false
        event.currentTarget.select()
      }}
      onChange={(event) => type(event.currentTarget.value)}
    />
  )
}
