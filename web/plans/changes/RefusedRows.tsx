import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { ChangeSetDetail, RefusedRow } from '#plans/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Section } from '../../kit/Section.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useDownload } from '../DownloadButton.tsx'

/** The rows that make no change, each with its cell and why; all of them as a spreadsheet. */
export function RefusedRows({ set }: { set: ChangeSetDetail }) {
  const t = useText()
  const format = useFormat()
  const { start, isPending } = useDownload()
  const { refused } = set
  const hasRows = refused.some((row) => row.rowNumber !== null)
  const rows = refused.map((row, at) => ({ ...row, at }))
  const columns: Column<RefusedRow & { at: number }>[] = [
    { id: 'name', title: t('changes.item'), width: '16rem', cell: (row) => row.name || t('changes.empty-value') },
    ...(hasRows
      ? [
          {
            id: 'row',
            title: t('changes.where'),
            width: '6rem',
            cell: (row: RefusedRow) => row.cell ?? row.rowNumber ?? '',
          },
        ]
      : []),
    { id: 'why', title: t('changes.why'), width: '24rem', cell: (row) => row.title },
  ]
  if (refused.length === 0) return null
  return (
    <Section
      title={t('changes.refused')}
      acts={
        <Button
          variant="default"
          leftSection={<IconDownload size={18} stroke={1.6} aria-hidden />}
          loading={isPending}
          onClick={() => start(`/change-sets/${set.id}/refused`, 'refused.xlsx')}
        >
          {t('changes.refused-download')}
        </Button>
      }
    >
      {refused.length >= 500 && <p>{t('changes.refused-first', { number: format.number(refused.length) })}</p>}
      <DataTable
        id="refused"
        caption={t('changes.refused')}
        columns={columns}
        rows={rows}
        rowId={(row) => String(row.at)}
        rowName={(row) => row.name}
      />
    </Section>
  )
}
