import { Button } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconFileExport, IconListSearch } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { serverFilter, writeOrder } from '../filter-url.ts'
import { FilterBar, useFiltersInWords } from '../FilterBar.tsx'
import { useMay } from '../session.tsx'
import { useText } from '../text.tsx'
import type { ListUrl } from '../useListUrl.ts'
import { ExportDialog } from './ExportDialog.tsx'
import type { ServerFilter } from './requests.ts'
import { FacetPanel } from './FacetPanel.tsx'
import { ViewsMenu } from './ViewsMenu.tsx'
import styles from './Lists.module.css'

export interface ListToolsProps {
  list: ListUrl
  /** The server's name of the list: `plans.tasks`. */
  of: string
  /** The table whose columns a view keeps. */
  table: string
  /** Where its facets are counted: `/tasks/facets`, and which stand open at first. */
  facets: { path: string; open: readonly string[] }
  total: number | undefined
  /** What the page always asks beside the conditions: the day it is read on. */
  always?: ServerFilter
  selected?: ReadonlySet<string>
  /** More of the page's own at the right end: a switch of presentations. */
  tools?: ReactNode
  children: ReactNode
}

const nothing: ReadonlySet<string> = new Set()

/** Everything around the rows of a declared list: conditions as chips, counted groups, saved views, export. */
export function ListTools({
  list,
  of,
  table,
  facets,
  total,
  always,
  selected = nothing,
  tools,
  children,
}: ListToolsProps) {
  const t = useText()
  const may = useMay()
  const words = useFiltersInWords(list)
  const [isOpen, setOpen] = useLocalStorage({
    key: `mangnon.facets.${table}`,
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  const [isExporting, setExporting] = useState(false)
  return (
    <>
      <FilterBar list={list}>
        {tools}
        <Button
          variant="default"
          leftSection={<IconListSearch size={18} stroke={1.6} aria-hidden />}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {t(isOpen ? 'kit.facets-hide' : 'kit.facets')}
        </Button>
        {may('access.save-view') && <ViewsMenu list={list} of={of} table={table} />}
        {may('platform.export-list') && (
          <Button
            variant="default"
            leftSection={<IconFileExport size={18} stroke={1.6} aria-hidden />}
            disabled={total === undefined || total === 0}
            onClick={() => setExporting(true)}
          >
            {t('kit.export')}
          </Button>
        )}
      </FilterBar>
      <div className={styles.split} data-open={isOpen || undefined}>
        {isOpen && <FacetPanel list={list} path={facets.path} open={facets.open} always={always} />}
        <div>{children}</div>
      </div>
      {isExporting && (
        <ExportDialog
          of={of}
          filter={{ ...always, ...serverFilter(list.filters, list.values) }}
          order={list.order === undefined ? undefined : writeOrder(list.order)}
          total={total ?? 0}
          selected={selected}
          words={words}
          onClose={() => setExporting(false)}
        />
      )}
    </>
  )
}
