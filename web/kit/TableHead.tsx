import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Column } from './DataTable.tsx'
import type { Order } from './filter-url.ts'
import { useText } from './text.tsx'
import styles from './DataTable.module.css'

export interface TableHeadProps<Row> {
  columns: readonly Column<Row>[]
  order: Order | undefined
  onOrder: ((order: Order) => void) | undefined
  /** Stands before the first column. */
  lead: ReactNode
}

function sortOf(order: Order | undefined, id: string): 'ascending' | 'descending' | 'none' {
  if (order?.by !== id) return 'none'
  return order.isDescending ? 'descending' : 'ascending'
}

/** Names of the columns with their units; those one may order by are buttons. */
export function TableHead<Row>({ columns, order, onOrder, lead }: TableHeadProps<Row>) {
  const t = useText()
  return (
    <thead role="rowgroup">
      <tr role="row">
        {lead}
        {columns.map((column, at) => {
          const sort = sortOf(order, column.id)
          const Arrow = sort === 'none' ? IconArrowsSort : sort === 'ascending' ? IconArrowUp : IconArrowDown
          const words = (
            <>
              {column.title}
              {column.unit && <span className={styles.unit}>{column.unit}</span>}
            </>
          )
          return (
            <th
              key={column.id}
              scope="col"
              role="columnheader"
              className={at === 0 ? styles.name : undefined}
              data-align={column.align}
              style={column.width ? { minWidth: column.width } : undefined}
              aria-sort={column.isSortable && onOrder ? sort : undefined}
            >
              {column.isSortable && onOrder ? (
                <>
                  <span className="print-only">{words}</span>
                  <button
                    type="button"
                    className={`${styles.sort} screen-only`}
                    title={t('kit.table-sort', { column: column.title })}
                    onClick={() => onOrder({ by: column.id, isDescending: sort === 'ascending' })}
                  >
                    <span>{words}</span>
                    <Arrow size={16} stroke={1.8} aria-hidden data-on={sort !== 'none' || undefined} />
                  </button>
                </>
              ) : (
                words
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
