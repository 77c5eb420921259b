import { Fragment, useEffect, useRef, useState, type ClipboardEvent, type FocusEvent, type KeyboardEvent } from 'react'
import { useText } from '../text.tsx'
import { useToast } from '../Toast.tsx'
import { pasted, type SheetActs, type SheetColumn, type SheetRow } from './rows.ts'
import styles from './Sheet.module.css'
import { SheetCell } from './SheetCell.tsx'

export interface SheetProps<C extends string> {
  caption: string
  /** Over the names of the rows. */
  head: string
  columns: readonly SheetColumn<C>[]
  /** Columns beside those one writes in. */
  facts: readonly { name: string; title: string }[]
  rows: readonly SheetRow<C>[]
  acts: SheetActs<C>
}

type At = { row: number; column: number }

/** Cells as in a spreadsheet: arrows, Enter, Tab, F2, Escape, copy and paste of blocks, undo. A finger's tap opens a cell. */
export function Sheet<C extends string>({ caption, head, columns, facts, rows, acts }: SheetProps<C>) {
  const t = useText()
  const toast = useToast()
  const table = useRef<HTMLTableElement>(null)
  const [active, setActive] = useState<At>({ row: 0, column: 0 })
  const [anchor, setAnchor] = useState<At>({ row: 0, column: 0 })
  const [editing, setEditing] = useState<'replace' | 'amend' | null>(null)
  const [isLeaving, setLeaving] = useState(false)
  const wantsFocus = useRef(false)
  const isPointing = useRef(false)
  const at: At = { row: Math.min(active.row, rows.length - 1), column: active.column }
  useEffect(() => {
    if (!wantsFocus.current || editing !== null) return
    wantsFocus.current = false
    table.current?.querySelector<HTMLElement>(`[data-at="${at.row} ${at.column}"]`)?.focus()
  })
  const isOpen = (row: number, column: number) => {
    const name = columns[column]?.name
    return name !== undefined && rows[row]?.cells[name].isOpen === true
  }

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
    if (!isOpen(at.row, at.column)) return false
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
    // Where nothing may be written, one still goes about to read.
    if (!rows.some((_, row) => columns.some((_, column) => isOpen(row, column))))
      return go(at.row + down, at.column + right, extend)
    let { row, column } = at
    for (let count = 0; count < rows.length * columns.length; count++) {
      row += down
      column += right
      if (column >= columns.length && row < rows.length - 1) [row, column] = [row + 1, 0]
      if (column < 0 && row > 0) [row, column] = [row - 1, columns.length - 1]
      if (rows[row] === undefined || columns[column] === undefined) return
      if (isOpen(row, column)) return go(row, column, extend)
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

  /** A cell that is gone to from elsewhere is the chosen one; where a finger or the mouse points, its click says so. */
  function arrive(event: FocusEvent) {
    if (isPointing.current || !(event.target instanceof HTMLElement)) return
    const [row, column] = (event.target.dataset.at ?? '').split(' ').map(Number)
    if (row !== undefined && column !== undefined && (row !== at.row || column !== at.column)) go(row, column)
  }
  /** A link or a field beside a cell has its own keys. */
  const isOfCell = (event: KeyboardEvent | ClipboardEvent) =>
    editing === null && event.target instanceof HTMLElement && event.target.dataset.at !== undefined
  function press(event: KeyboardEvent) {
    if (!isOfCell(event)) return
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
    const [row, column] = [rows[at.row], columns[at.column]]
    const said = column?.choices?.find(({ key }) => key === letter.toUpperCase())
    if (row !== undefined && column !== undefined && said !== undefined && isOpen(at.row, at.column)) {
      acts.change([{ key: row.key, column: column.name, text: said.value }])
      return true
    }
    // The letter itself goes into the cell that opens: the browser types it there.
    begin('replace')
    return false
  }
  function chosen(): { row: SheetRow<C>; column: C }[][] {
    const { rows: down, columns: right } = block()
    return rows
      .slice(down[0], down[1] + 1)
      .map((row) => columns.slice(right[0], right[1] + 1).map(({ name }) => ({ row, column: name })))
  }
  function clear() {
    const open = chosen()
      .flat()
      .filter(({ row, column }) => row.cells[column].isOpen)
    acts.change(open.map(({ row, column }) => ({ key: row.key, column, text: '' })))
  }
  function paste(event: ClipboardEvent) {
    if (!isOfCell(event)) return
    event.preventDefault()
    const { changes, left } = pasted(event.clipboardData.getData('text/plain'), { rows, columns }, at)
    acts.change(changes)
    toast({ kind: 'note', text: t('kit.sheet-pasted', { count: changes.length, left }) })
  }
  function copy(event: ClipboardEvent) {
    if (!isOfCell(event)) return
    event.preventDefault()
    const lines = chosen().map((line) => line.map(({ row, column }) => row.cells[column].text).join('\t'))
    event.clipboardData.setData('text/plain', lines.join('\n'))
  }

  return (
    <div className={styles.scroll}>
      <table
        ref={table}
        role="grid"
        aria-label={caption}
        aria-rowcount={rows.length + 1}
        className={styles.grid}
        onKeyDown={press}
        onFocus={arrive}
        onPointerDown={() => (isPointing.current = true)}
        onPointerUp={() => (isPointing.current = false)}
        onPointerLeave={() => (isPointing.current = false)}
        onPaste={paste}
        onCopy={copy}
      >
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              {head}
            </th>
            {[...columns, ...facts].map(({ name, title }) => (
              <th key={name} scope="col" role="columnheader" data-column={name}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((shown, row) => (
            <Fragment key={shown.key}>
              <tr role="row" data-changed={shown.isChanged || undefined} data-line={shown.line}>
                <th scope="row" role="rowheader" data-part={shown.isPart || undefined}>
                  {shown.name}
                  {shown.detail !== null && <span className={styles.detail}>{shown.detail}</span>}
                </th>
                {columns.map((column, place) => (
                  <SheetCell
                    key={column.name}
                    cell={shown.cells[column.name]}
                    column={column}
                    at={`${row} ${place}`}
                    describedBy={shown.describedBy}
                    isActive={row === at.row && place === at.column}
                    isChosen={isIn(row, place)}
                    editing={row === at.row && place === at.column ? editing : null}
                    onChoose={(extend) => go(row, place, extend)}
                    onBegin={() => {
                      go(row, place)
                      if (isOpen(row, place)) setEditing('amend')
                    }}
                    onType={(text) => acts.type({ key: shown.key, column: column.name, text })}
                    onFinish={finish}
                    onCancel={() => {
                      acts.cancel()
                      setEditing(null)
                      wantsFocus.current = true
                    }}
                  />
                ))}
                {shown.facts}
              </tr>
              {shown.below !== undefined && (
                <tr role="row" className={styles.below}>
                  <td role="gridcell" colSpan={1 + columns.length + facts.length}>
                    <div className={styles.belowWords}>{shown.below}</div>
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}
