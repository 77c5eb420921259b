import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ImportProblem, RecommendationImport } from '#recommendations/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { CheckField } from '../../kit/fields.tsx'
import { Section } from '../../kit/Section.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { useDownload } from '../../plans/DownloadButton.tsx'
import { anchors } from './addresses.ts'
import { problemsQuery } from './queries.ts'

/** Problems that say where the record went instead of being added: to one here from another source, to its twin in the file. */
const wentTo: Readonly<Record<string, string>> = {
  'recommendations.record-here-from-other': 'bring.is-here',
  'recommendations.record-doubled': 'bring.is-doubled',
  'recommendations.record-doubled-not-kept': 'bring.is-doubled',
}

/** What was wrong with records, each with its place in the file; all of it as a table to be worked through. */
export function Problems({ one }: { one: RecommendationImport }) {
  const t = useText()
  const format = useFormat()
  const download = useDownload()
  const list = useListUrl({})
  const [onlyRefused, setOnlyRefused] = useState(false)
  const { data, error, refetch, isPlaceholderData } = useQuery(
    problemsQuery(one.id, { page: list.page, size: list.size, refused: onlyRefused ? 'true' : undefined }),
  )
  /** One problem of a record may say where it went, another not: they say the same of it. */
  const went = new Map(
    (data?.items ?? []).flatMap(({ ordinal, code }) => {
      const place = wentTo[code]
      return place === undefined ? [] : [[ordinal, place] as const]
    }),
  )
  /** Rows of a table have numbers a person finds; of an export only its records are counted, as its place is a byte. */
  const placeOf = ({ place, ordinal }: ImportProblem) =>
    one.source === 'uhri'
      ? t('bring.place-record', { number: format.number(ordinal) })
      : t('bring.place-row', { number: place })
  const columns: Column<ImportProblem>[] = [
    { id: 'place', title: t('bring.place'), width: '8rem', cell: placeOf },
    {
      id: 'refused',
      title: t('bring.taken-in'),
      width: '9rem',
      // Of what stands above the records, as heads of columns, nothing was taken in or left out.
      cell: ({ isRefused, ordinal }) =>
        ordinal > 0 && (
          <StatusBadge tone={isRefused ? 'overdue' : 'note'}>
            {t(isRefused ? 'bring.is-refused' : (went.get(ordinal) ?? 'bring.is-taken'))}
          </StatusBadge>
        ),
    },
    { id: 'problem', title: t('bring.problem'), width: '22rem', cell: ({ title }) => title },
    { id: 'excerpt', title: t('bring.excerpt'), width: '24rem', cell: ({ excerpt }) => excerpt },
  ]
  return (
    <div id={anchors.problems}>
      <Section
        title={t('bring.problems', { count: one.problems, number: format.number(one.problems) })}
        acts={
          <Button
            variant="default"
            leftSection={<IconDownload size={18} stroke={1.6} aria-hidden />}
            loading={download.isPending}
            onClick={() => download.start(`/recommendations/imports/${one.id}/problems/file`, 'problems.csv')}
          >
            {t('bring.problems-file')}
          </Button>
        }
      >
        <CheckField
          id="refused"
          label={t('bring.only-refused')}
          value={onlyRefused}
          onChange={(value) => {
            setOnlyRefused(value)
            list.setPage(1)
          }}
        />
        <DataTable
          id="recommendation-import-problems"
          caption={t('bring.problems', { count: one.problems, number: format.number(one.problems) })}
          columns={columns}
          rows={data?.items}
          error={error}
          onRetry={() => void refetch()}
          isRefreshing={isPlaceholderData}
          rowId={(row) => `${row.ordinal} ${row.code}`}
          rowName={placeOf}
          list={list}
          total={data?.total}
        />
      </Section>
    </div>
  )
}
