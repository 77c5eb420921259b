import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { FigureImport } from '#indicators/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { Section } from '../../kit/Section.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { useDownload } from '../../plans/DownloadButton.tsx'
import { indicatorsTo } from '../addresses.ts'
import files from '../files/Files.module.css'
import { importsQuery, importTones } from '../files/queries.ts'
import styles from '../Indicators.module.css'
import { termFileTo, termsAt } from './addresses.ts'
import { GiveTerms } from './GiveTerms.tsx'

/** The dictionary by file: what there is, a template, the place to give a file, and those of one's body. */
export function TermsPage() {
  const t = useText()
  const download = useDownload()
  const list = useListUrl({})
  const { data, error, refetch, isPlaceholderData } = useQuery(
    importsQuery({ page: list.page, size: list.size }, termsAt),
  )
  const take = (kind: string, isEmpty: boolean) => (
    <Button
      variant="default"
      leftSection={<IconDownload size={18} stroke={1.6} aria-hidden />}
      loading={download.isPending}
      onClick={() =>
        download.start(`/indicators/file?format=${kind}${isEmpty ? '&isEmpty=true' : ''}`, `dictionary.${kind}`)
      }
    >
      {t('indicators.terms-take', { kind, empty: isEmpty ? 'yes' : 'no' })}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={t('indicators.terms-title')}
        state={data && t('indicators.terms-state', { count: data.total })}
        crumbs={[{ label: t('indicators.title'), to: indicatorsTo }, { label: t('indicators.terms-title') }]}
      />
      <Section title={t('indicators.terms-out')}>
        <p className={files.lead}>{t('indicators.terms-out-words')}</p>
        <div className={files.acts}>
          {take('xlsx', false)}
          {take('csv', false)}
          {take('xlsx', true)}
        </div>
      </Section>
      <GiveTerms />
      <Section title={t('indicators.files-given')}>
        <DataTable
          id="term-files"
          caption={t('indicators.files-given')}
          columns={useColumns()}
          rows={data?.items}
          error={error}
          onRetry={() => void refetch()}
          isRefreshing={isPlaceholderData}
          rowId={(row) => row.id}
          rowName={(row) => row.fileName}
          rowTo={(row) => termFileTo(row.id)}
          list={list}
          total={data?.total}
          empty={<Empty title={t('indicators.files-none')}>{t('indicators.terms-none-words')}</Empty>}
        />
      </Section>
    </>
  )
}

function useColumns(): Column<FigureImport>[] {
  const t = useText()
  const format = useFormat()
  const count = (id: 'added' | 'changed' | 'same' | 'refused' | 'taken'): Column<FigureImport> => ({
    id,
    title: t('indicators.terms-count', { of: id }),
    align: 'end',
    width: '6rem',
    cell: (row) => format.number(row[id]),
  })
  return [
    {
      id: 'file',
      title: t('indicators.files-file'),
      width: '16rem',
      cell: (row) => (
        <span className={styles.named}>
          <Link to={termFileTo(row.id)}>{row.fileName}</Link>
          <span className={styles.detail}>{format.size(row.fileBytes)}</span>
        </span>
      ),
    },
    {
      id: 'state',
      title: t('indicators.status'),
      width: '11rem',
      cell: (row) => (
        <StatusBadge tone={importTones[row.state]}>{t('indicators.files-state-is', { state: row.state })}</StatusBadge>
      ),
    },
    count('added'),
    count('changed'),
    count('same'),
    count('refused'),
    count('taken'),
    {
      id: 'started',
      title: t('indicators.files-started'),
      width: '12rem',
      cell: (row) => (
        <span className={styles.named}>
          {format.dateTime(row.startedAt)}
          <span className={styles.detail}>{row.startedBy}</span>
        </span>
      ),
    },
  ]
}
