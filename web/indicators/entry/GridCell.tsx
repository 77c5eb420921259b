import { useRef, type KeyboardEvent } from 'react'
import { choice } from '../../plans/words.ts'
import { useText } from '../../kit/text.tsx'
import { statuses } from '../words.ts'
import styles from './Entry.module.css'
import type { Shown } from './EntryGrid.tsx'
import { isOpen, type ColumnName, type Standing } from './rows.ts'

const absences = ['missing', 'not-applicable', 'not-yet-known'] as const
export const standings: readonly Exclude<Standing, ''>[] = [...statuses, ...absences]

type CellProps = {
  shown: Shown
  column: ColumnName
  at: string
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
export function GridCell(props: CellProps) {
  const { shown, column, at, isActive, isChosen, editing } = props
  const t = useText()
  const { entry, judged, name } = shown
  const open = isOpen(entry, column)
  const text = judged.draft[column]
  const { measure } = entry
  const columnName =
    column === 'numerator' || column === 'denominator'
      ? (measure[column] ?? t('indicators.value'))
      : t('indicators.column-is', { column })
  const label = t('indicators.cell', { row: name, column: columnName })
  const isFaulty = judged.fault !== null && column !== 'comment'
  return (
    <td
      role="gridcell"
      data-at={at}
      data-column={column}
      tabIndex={isActive && editing === null ? 0 : -1}
      aria-label={editing === null ? t('indicators.cell-says', { cell: label, text: words() }) : undefined}
      aria-selected={isChosen}
      aria-readonly={!open}
      aria-invalid={(isFaulty && open) || undefined}
      aria-describedby={`facts-${entry.key.replaceAll(' ', '-')}`}
      className={styles.cell}
      data-closed={!open || undefined}
      data-held={(!judged.isChanged && text !== '') || undefined}
      onClick={(event) => {
        if (editing !== null) return
        if (isActive && !event.shiftKey && event.detail !== 2 && document.activeElement === event.currentTarget) return
        props.onChoose(event.shiftKey)
      }}
      onDoubleClick={props.onBegin}
    >
      {editing === null ? words() : <Open {...props} label={label} text={text} />}
    </td>
  )

  function words(): string {
    if (column !== 'standing') return text
    return judged.draft.standing === ''
      ? ''
      : t('indicators.standing-short', { standing: choice(judged.draft.standing) })
  }
}

function Open(props: CellProps & { label: string; text: string }) {
  const { column, editing, text, label, onType, onFinish, onCancel } = props
  const t = useText()
  const isFirst = useRef(editing === 'replace')
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
    'aria-label': label,
    autoFocus: true,
    onKeyDown: press,
    onBlur: () => onFinish(null),
    className: styles.input,
  }
  if (column === 'standing')
    return (
      <select {...common} value={text} onChange={(event) => onType(event.currentTarget.value)}>
        <option value="">{t('indicators.standing-none')}</option>
        {standings.map((standing) => (
          <option key={standing} value={standing}>
            {t('indicators.standing-is', { standing: choice(standing) })}
          </option>
        ))}
      </select>
    )
  return (
    <input
      {...common}
      type="text"
      inputMode={column === 'comment' ? 'text' : 'decimal'}
      maxLength={column === 'comment' ? 2000 : 30}
      value={text}
      onFocus={(event) => {
        if (!isFirst.current) return
        isFirst.current = false
        event.currentTarget.select()
      }}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  )
}
