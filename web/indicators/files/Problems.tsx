import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { FigureImport, FigureProblem } from '#indicators/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Section } from '../../kit/Section.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { useDownload } from '../../plans/DownloadButton.tsx'
import { problemsQuery, type ImportsAt } from './queries.ts'

/** Rows that were refused, each with its cell and why; all of them as a table to be worked through. */
export function Problems({ one, at = '/figures/imports' }: { one: FigureImport; at?: ImportsAt }) {
  const t = useText()
  const format = useFormat()
  const download = useDownload()
  const list = useListUrl({})
  const { data, error, refetch, isPlaceholderData } = useQuery(
    problemsQuery(one.id, { page: list.page, size: list.size }, at),
  )
  const columns: Column<FigureProblem>[] = [
    { id: 'row', title: t('indicators.files-row'), width: '5rem', cell: ({ row }) => format.number(row) },
    { id: 'cell', title: t('indicators.files-cell'), width: '5rem', cell: ({ cell }) => cell },
    { id: 'problem', title: t('indicators.files-problem'), width: '26rem', cell: ({ title }) => title },
    { id: 'excerpt', title: t('indicators.files-excerpt'), width: '14rem', cell: ({ excerpt }) => excerpt },
  ]
  const title = t('indicators.files-problems')
  return (
    <Section
      title={title}
      acts={
        <Button
          variant="default"
          leftSection={<IconDownload size={18} stroke={1.6} aria-hidden />}
          loading={download.isPending}
          onClick={() => download.start(`${at}/${one.id}/problems/file`, 'problems.csv')}
        >
          {t('indicators.files-problems-file')}
        </Button>
      }
    >
      <DataTable
        id="figure-file-problems"
        caption={title}
        columns={columns}
        rows={data?.items}
        error={error}
        onRetry={() => void refetch()}
        isRefreshing={isPlaceholderData}
        rowId={({ row, cell, code }) => `${row} ${cell} ${code}`}
        rowName={({ row, cell }) => cell || String(row)}
        list={list}
        total={data?.total}
      />
    </Section>
  )
}
