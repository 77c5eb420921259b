import { Button } from '@mantine/core'
import type { Selection } from './DataTable.tsx'
import { useFormat, useText } from './text.tsx'
import styles from './DataTable.module.css'

/** How many rows are selected, over all pages, and what can be done with them. */
export function SelectionBar({ selection }: { selection: Selection }) {
  const t = useText()
  const format = useFormat()
  const count = selection.selected.size
  return (
    <div className={styles.selection}>
      <span role="status">{count > 0 && t('kit.table-selected', { count, number: format.number(count) })}</span>
      {count > 0 && (
        <>
          {selection.acts}
          <Button variant="subtle" color="gray" c="var(--ink)" onClick={() => selection.onChange(new Set())}>
            {t('kit.table-unselect')}
          </Button>
        </>
      )}
    </div>
  )
}
