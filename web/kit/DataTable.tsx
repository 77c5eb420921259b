import { Checkbox } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { ColumnChooser } from './ColumnChooser.tsx'
import { Empty, LoadFailed } from './Empty.tsx'
import { Pager } from './Pager.tsx'
import { SelectionBar } from './SelectionBar.tsx'
import { tickOf, toggleAll, toggleOne } from './selection.ts'
import { TableHead } from './TableHead.tsx'
import { useText } from './text.tsx'
import type { ListUrl } from './useListUrl.ts'
import styles from './DataTable.module.css'

export interface Column<Row> {
  id: string
  title: string
  /** Unit of measure, said in the head and not in each cell. */
  unit?: string
  cell: (row: Row) => ReactNode
  /** Figures stand at the end. */
  align?: 'end'
  isSortable?: boolean
  /** Least width, as CSS. */
  width?: string
  /** Not shown until chosen. */
  isSpare?: boolean
  /** What stands in the totals row. */
  total?: ReactNode
}

export interface Selection {
  selected: ReadonlySet<string>
  onChange: (selected: ReadonlySet<string>) => void
  /** What can be done with those selected. */
  acts?: ReactNode
  /** Which rows it can be done with; all where it is left out. Others have no box. */
  canSelect?: (id: string) => boolean
}

export interface DataTableProps<Row> {
  /** Names the table for the columns kept on this machine. */
  id: string
  /** What the table shows, for screen readers. */
  caption: string
  /** The first one names the row, stays in sight and cannot be put away. */
  columns: readonly Column<Row>[]
  /** Undefined while they load. */
  rows: readonly Row[] | undefined
  error?: unknown
  onRetry?: () => void
  isRefreshing?: boolean
  rowId: (row: Row) => string
  /** The row in words: "Chọn {row}". */
  rowName: (row: Row) => string
  /** Address Enter on a row goes to. */
  rowTo?: (row: Row) => string
  /** Paging and order; a table without has all its rows. */
  list?: ListUrl
  /** Rows on all pages. */
  total?: number
  /** There are more than are counted. */
  isMore?: boolean
  selection?: Selection
  /** Says what the totals row totals: "Cộng 34 tỉnh, cả các trang". */
  totalsOf?: string
  /** What to say when there is nothing, and what comes next. */
  empty?: ReactNode
}

/** Rows of figures and words: pages on the server, keyboard, selection, totals; cards on a phone. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { id, caption, columns, rows, list, total, selection } = props
  const t = useText()
  const [hidden, setHidden] = useLocalStorage<string[]>({
    key: `mangnon.columns.${id}`,
    defaultValue: columns.filter((column) => column.isSpare).map((column) => column.id),
    getInitialValueInEffect: false,
  })
  const shown = columns.filter((column, index) => index === 0 || !hidden.includes(column.id))
  if (props.error && !rows) return <LoadFailed problem={props.error} onRetry={props.onRetry} />
  const isEmpty = rows?.length === 0
  return (
    <div className={styles.whole}>
      <div className={`${styles.tools} screen-only`}>
        {selection && <SelectionBar selection={selection} />}
        {!isEmpty && <ColumnChooser columns={columns} hidden={hidden} onChange={setHidden} />}
      </div>
      {isEmpty ? (
        (props.empty ?? <Empty title={t(list?.isFiltered ? 'kit.table-empty-filtered' : 'kit.table-empty')} />)
      ) : (
        <div
          className={styles.scroll}
          role="region"
          aria-label={caption}
          tabIndex={0}
          data-wide={shown.length > 5 || undefined}
        >
          <table className={styles.table} aria-busy={!rows || props.isRefreshing || undefined} role="table">
            <caption className="sr-only">{caption}</caption>
            <TableHead columns={shown} order={list?.order} onOrder={list?.setOrder} lead={<HeadTick {...props} />} />
            {rows ? (
              <Body {...props} rows={rows} columns={shown} />
            ) : (
              <Waiting columns={shown.length + (selection ? 1 : 0)} />
            )}
            {rows && props.totalsOf && <Totals {...props} columns={shown} />}
          </table>
        </div>
      )}
      {list && total !== undefined && total > 0 && <Pager list={list} total={total} isMore={props.isMore} />}
    </div>
  )
}

function HeadTick<Row>({ rows, rowId, selection }: DataTableProps<Row>) {
  const t = useText()
  if (!selection) return null
  const ids = (rows ?? []).map(rowId).filter((id) => selection.canSelect?.(id) ?? true)
  const tick = tickOf(ids, selection.selected)
  return (
    <th scope="col" role="columnheader" className={styles.tick}>
      <Checkbox
        aria-label={t('kit.table-select-page')}
        checked={tick === 'all'}
        indeterminate={tick === 'some'}
        disabled={ids.length === 0}
        onChange={() => selection.onChange(toggleAll(ids, selection.selected))}
      />
    </th>
  )
}

function Body<Row>({
  rows,
  columns,
  rowId,
  rowName,
  rowTo,
  selection,
}: DataTableProps<Row> & { rows: readonly Row[] }) {
  const t = useText()
  const navigate = useNavigate()
  const body = useRef<HTMLTableSectionElement>(null)
  const [active, setActive] = useState(0)
  function move(to: number) {
    const last = rows.length - 1
    const next = Math.max(0, Math.min(last, to))
    setActive(next)
    body.current?.rows[next]?.focus()
  }
  function press(event: KeyboardEvent<HTMLTableRowElement>, index: number, row: Row) {
    const steps: Record<string, number> = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1 }
    const step = steps[event.key]
    if (step !== undefined && !isTyping(event.target)) {
      event.preventDefault()
      return move(step)
    }
    if (event.target !== event.currentTarget) return
    if (event.key === 'Enter' && rowTo) void navigate({ to: rowTo(row) })
    if (event.key === ' ' && selection && (selection.canSelect?.(rowId(row)) ?? true)) {
      event.preventDefault()
      selection.onChange(toggleOne(rowId(row), selection.selected))
    }
  }
  return (
    <tbody ref={body} role="rowgroup">
      {rows.map((row, index) => {
        const key = rowId(row)
        const isSelected = selection?.selected.has(key)
        return (
          <tr
            key={key}
            role="row"
            tabIndex={index === Math.min(active, rows.length - 1) ? 0 : -1}
            data-selected={isSelected || undefined}
            onFocus={() => setActive(index)}
            onKeyDown={(event) => press(event, index, row)}
          >
            {selection && (
              <td className={styles.tick} role="cell">
                {(selection.canSelect?.(key) ?? true) && (
                  <Checkbox
                    aria-label={t('kit.table-select-row', { row: rowName(row) })}
                    checked={isSelected ?? false}
                    onChange={() => selection.onChange(toggleOne(key, selection.selected))}
                  />
                )}
              </td>
            )}
            {columns.map((column, at) =>
              at === 0 ? (
                <th key={column.id} scope="row" role="rowheader" className={styles.name}>
                  {column.cell(row)}
                </th>
              ) : (
                <td key={column.id} role="cell" data-label={column.title} data-align={column.align}>
                  {column.cell(row)}
                </td>
              ),
            )}
          </tr>
        )
      })}
    </tbody>
  )
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type="checkbox"]), textarea, select')
}

function Waiting({ columns }: { columns: number }) {
  const t = useText()
  return (
    <tbody className={styles.waiting} role="rowgroup">
      {Array.from({ length: 6 }, (_, row) => (
        <tr key={row} role="row">
          {Array.from({ length: columns }, (_cell, cell) => (
            <td key={cell} role="cell">
              {row === 0 && cell === 0 ? <span className="sr-only">{t('kit.table-loading')}</span> : null}
              <span className={styles.blank} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}

function Totals<Row>({ columns, selection, totalsOf }: DataTableProps<Row>) {
  return (
    <tfoot role="rowgroup">
      <tr role="row">
        {selection && <td className={styles.tick} role="cell" />}
        {columns.map((column, at) =>
          at === 0 ? (
            <th key={column.id} scope="row" role="rowheader" className={styles.name}>
              {totalsOf}
            </th>
          ) : (
            <td key={column.id} role="cell" data-label={column.title} data-align={column.align}>
              {column.total}
            </td>
          ),
        )}
      </tr>
    </tfoot>
  )
}
