import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import type { Finding } from '#indicators/model'
import { useText } from '../../kit/text.tsx'
import styles from './Entry.module.css'
import { GridCell } from './GridCell.tsx'
import { columns, isOpen, pasted, type Change, type EntryRow, type Judged } from './rows.ts'
import { RowFacts } from './RowFacts.tsx'

export type GridActs = {
  /** Writes cells at once, as one step. */
  change: (changes: readonly Change[]) => void
  /** While a cell is typed in. */
  type: (change: Change) => void
  commit: () => void
  cancel: () => void
  undo: () => void
  redo: () => void
  /** After a paste: how many cells were written, and how many had no place. */
  onPasted: (written: number, left: number) => void
}

export type Shown = {
  entry: EntryRow
  judged: Judged
  name: string
  detail: string | null
  isPart: boolean
  words: string | null
  /** What was found in the figure the server holds. */
  findings: readonly Finding[]
}
export type At = { row: number; column: number }

/** Figures as in a spreadsheet: arrows, Enter, Tab, F2, Escape, copy and paste of blocks, undo. */
export function EntryGrid(of: { caption: string; rows: readonly Shown[]; acts: GridActs; head: string }) {
  const { rows, acts } = of
  const t = useText()
  const table = useRef<HTMLTableElement>(null)
  const [active, setActive] = useState<At>({ row: 0, column: 0 })
  const [anchor, setAnchor] = useState<At>({ row: 0, column: 0 })
  const [editing, setEditing] = useState<'replace' | 'amend' | null>(null)
  const [isLeaving, setLeaving] = useState(false)
  const wantsFocus = useRef(false)
  const at: At = { row: Math.min(active.row, rows.length - 1), column: active.column }
  const entries = rows.map(({ entry }) => entry)
  useEffect(() => {
    if (!wantsFocus.current || editing !== null) return
    wantsFocus.current = false
    table.current?.querySelector<HTMLElement>(`[data-at="${at.row} ${at.column}"]`)?.focus()
  })

  function go(row: number, column: number, extend = false) {
    const next = {
      row: Math.max(0, Math.min(rows.length - 1, row)),
      column: Math.max(0, Math.min(columns.length - 1, column)),
    }
    wantsFocus.current = true
    setActive(next)
    if (!extend) setAnchor(next)
    setLeaving(false)
  }
  function begin(how: 'replace' | 'amend') {
    const entry = entries[at.row]
    const column = columns[at.column]
    if (entry === undefined || column === undefined || !isOpen(entry, column)) return false
    setEditing(how)
    return true
  }
  function finish(move: [down: number, right: number] | null) {
    acts.commit()
    setEditing(null)
    if (move === null) return
    wantsFocus.current = true
    step(move[0], move[1])
  }
  /** To the next cell that is open in that direction; along a row it goes on in the next one. */
  function step(down: number, right: number, extend = false) {
    let { row, column } = at
    for (let count = 0; count < rows.length * columns.length; count++) {
      row += down
      column += right
      if (column >= columns.length && row < rows.length - 1) [row, column] = [row + 1, 0]
      if (column < 0 && row > 0) [row, column] = [row - 1, columns.length - 1]
      const entry = entries[row]
      const name = columns[column]
      if (entry === undefined || name === undefined) return
      if (isOpen(entry, name)) return go(row, column, extend)
    }
  }
  const block = () => ({
    rows: [Math.min(at.row, anchor.row), Math.max(at.row, anchor.row)] as const,
    columns: [Math.min(at.column, anchor.column), Math.max(at.column, anchor.column)] as const,
  })
  const isIn = (row: number, column: number) => {
    const { rows: down, columns: right } = block()
    return row >= down[0] && row <= down[1] && column >= right[0] && column <= right[1]
  }

  function press(event: KeyboardEvent) {
    // A link beside a figure is a link.
    if (editing !== null || event.target instanceof HTMLAnchorElement) return
    const isCommand = event.ctrlKey || event.metaKey
    const done = isCommand ? command(event) : plain(event)
    if (done) event.preventDefault()
  }
  function command(event: KeyboardEvent): boolean {
    const letter = event.key.toLowerCase()
    if (letter === 'z') (event.shiftKey ? acts.redo : acts.undo)()
    else if (letter === 'y') acts.redo()
    else if (event.key === 'Home') go(0, 0)
    else if (event.key === 'End') go(rows.length - 1, columns.length - 1)
    else return false
    return true
  }
  function plain(event: KeyboardEvent): boolean {
    const { key, shiftKey } = event
    if (key === 'ArrowDown') step(1, 0, shiftKey)
    else if (key === 'ArrowUp') step(-1, 0, shiftKey)
    else if (key === 'ArrowRight') step(0, 1, shiftKey)
    else if (key === 'ArrowLeft') step(0, -1, shiftKey)
    else if (key === 'Home') go(at.row, 0)
    else if (key === 'End') go(at.row, columns.length - 1)
    else if (key === 'PageDown') go(at.row + 12, at.column)
    else if (key === 'PageUp') go(at.row - 12, at.column)
    else if (key === 'Enter') step(shiftKey ? -1 : 1, 0)
    else if (key === 'Tab') return tab(shiftKey)
    else if (key === 'F2') return begin('amend')
    else if (key === 'Escape') setLeaving(true)
    else if (key === 'Delete' || key === 'Backspace') clear()
    else if (key.length === 1 && !event.altKey) return write(key)
    else return false
    return true
  }
  /** Tab goes along the cells; after Escape, at the first cell backwards and at the last forwards it leaves the grid. */
  function tab(back: boolean): boolean {
    const isAtEnd = back
      ? at.row === 0 && at.column === 0
      : at.row === rows.length - 1 && at.column === columns.length - 1
    if (isLeaving || isAtEnd) return false
    step(0, back ? -1 : 1)
    return true
  }
  function write(letter: string): boolean {
    const entry = entries[at.row]
    if (entry === undefined) return false
    if (columns[at.column] === 'standing' && /^[aepf]$/i.test(letter) && isOpen(entry, 'standing')) {
      acts.change([{ key: entry.key, column: 'standing', text: letter.toUpperCase() }])
      return true
    }
    // The letter itself goes into the cell that opens: the browser types it there.
    begin('replace')
    return false
  }
  function chosen(): { entry: EntryRow; column: (typeof columns)[number] }[][] {
    const { rows: down, columns: right } = block()
    return entries
      .slice(down[0], down[1] + 1)
      .map((entry) => columns.slice(right[0], right[1] + 1).map((column) => ({ entry, column })))
  }
  function clear() {
    const open = chosen()
      .flat()
      .filter(({ entry, column }) => isOpen(entry, column))
    acts.change(open.map(({ entry, column }) => ({ key: entry.key, column, text: '' })))
  }
  function paste(event: ClipboardEvent) {
    if (editing !== null) return
    event.preventDefault()
    const { changes, left } = pasted(event.clipboardData.getData('text/plain'), entries, at)
    acts.change(changes)
    acts.onPasted(changes.length, left)
  }
  function copy(event: ClipboardEvent) {
    if (editing !== null) return
    event.preventDefault()
    const drafts = new Map(rows.map(({ entry, judged }) => [entry.key, judged.draft]))
    const lines = chosen().map((line) =>
      line.map(({ entry, column }) => drafts.get(entry.key)?.[column] ?? '').join('\t'),
    )
    event.clipboardData.setData('text/plain', lines.join('\n'))
  }

  return (
    <div className={styles.scroll}>
      <table
        ref={table}
        role="grid"
        aria-label={of.caption}
        aria-rowcount={rows.length + 1}
        className={styles.grid}
        onKeyDown={press}
        onPaste={paste}
        onCopy={copy}
      >
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              {of.head}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" role="columnheader" data-column={column}>
                {t('indicators.column-is', { column })}
              </th>
            ))}
            {(['value', 'before', 'change', 'check'] as const).map((column) => (
              <th key={column} scope="col" role="columnheader" data-column={column}>
                {t('indicators.column-is', { column })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((shown, row) => (
            <tr key={shown.entry.key} role="row" data-changed={shown.judged.isChanged || undefined}>
              <th scope="row" role="rowheader" data-part={shown.isPart || undefined}>
                {shown.name}
                {shown.detail !== null && <span className={styles.detail}>{shown.detail}</span>}
              </th>
              {columns.map((name, column) => (
                <GridCell
                  key={name}
                  shown={shown}
                  column={name}
                  at={`${row} ${column}`}
                  isActive={row === at.row && column === at.column}
                  isChosen={isIn(row, column)}
                  editing={row === at.row && column === at.column ? editing : null}
                  onChoose={(extend) => go(row, column, extend)}
                  onBegin={() => {
                    go(row, column)
                    if (isOpen(shown.entry, name)) setEditing('amend')
                  }}
                  onType={(text) => acts.type({ key: shown.entry.key, column: name, text })}
                  onFinish={finish}
                  onCancel={() => {
                    acts.cancel()
                    setEditing(null)
                    wantsFocus.current = true
                  }}
                />
              ))}
              <RowFacts shown={shown} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
