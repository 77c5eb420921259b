import { ActionIcon, NativeSelect } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useFormat, useText } from './text.tsx'
import { pageSizes, type ListUrl } from './useListUrl.ts'
import styles from './DataTable.module.css'

type Paged = Pick<ListUrl, 'page' | 'setPage' | 'size' | 'setSize'>

/** Where in the list one is, and the pages before and after. `isMore`: there are more than are counted. */
export function Pager({ list, total, isMore = false }: { list: Paged; total: number; isMore?: boolean }) {
  const t = useText()
  const format = useFormat()
  const from = (list.page - 1) * list.size + 1
  const to = Math.min(total, list.page * list.size)
  return (
    <div className={`${styles.pager} screen-only`}>
      <span role="status">
        {t('kit.table-rows', {
          count: total,
          from: format.number(from),
          to: format.number(to),
          total: isMore ? `${format.number(total)}+` : format.number(total),
        })}
      </span>
      {total > list.size && (
        <>
          <ActionIcon
            aria-label={t('kit.table-previous')}
            disabled={list.page <= 1}
            onClick={() => list.setPage(list.page - 1)}
          >
            <IconChevronLeft size={20} />
          </ActionIcon>
          <ActionIcon
            aria-label={t('kit.table-next')}
            disabled={to >= total}
            onClick={() => list.setPage(list.page + 1)}
          >
            <IconChevronRight size={20} />
          </ActionIcon>
        </>
      )}
      {total > pageSizes[0] && (
        <label className={styles.size}>
          {t('kit.table-page-size')}
          <NativeSelect
            data={pageSizes.map(String)}
            value={String(list.size)}
            onChange={(event) => list.setSize(Number(event.currentTarget.value))}
          />
        </label>
      )}
    </div>
  )
}
