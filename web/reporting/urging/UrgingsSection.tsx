import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReportUrging } from '#reporting/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Section } from '../../kit/Section.tsx'
import { useMay } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useLetterFile } from './LetterFile.tsx'
import { urgingsQuery } from './queries.ts'

/** Letters by which bodies were urged in a round, with who has sent since, and their files. Nothing where there are none. */
export function UrgingsSection({ roundId }: { roundId: string }) {
  const t = useText()
  const { making, ...files } = useLetterFile()
  const columns = useColumns(files)
  const { data } = useQuery(urgingsQuery(roundId))
  if (data === undefined || data.total === 0) return null
  return (
    <Section title={t('urging.letters')}>
      <DataTable
        id="report-urgings"
        caption={t('urging.letters')}
        columns={columns}
        rows={data.items}
        rowId={(one) => one.id}
        rowName={(one) => one.number ?? one.agencyName}
      />
      {making}
    </Section>
  )
}

function useColumns(files: Pick<ReturnType<typeof useLetterFile>, 'start' | 'isPending'>): Column<ReportUrging>[] {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const file = (one: ReportUrging, kind: 'docx' | 'pdf') => (
    <Button
      {...{ variant: 'default', size: 'compact-sm', loading: files.isPending }}
      onClick={() => files.start(one, kind)}
    >
      {t(`urging.${kind}`)}
    </Button>
  )
  return [
    {
      ...{ id: 'number', title: t('urging.letter'), width: '13rem' },
      cell: (one) => (one.number === null ? t('urging.no-number') : t('urging.of-number', { number: one.number })),
    },
    {
      ...{ id: 'made', title: t('urging.made'), width: '14rem' },
      cell: (one) => t('urging.made-by', { at: format.dateTime(one.madeAt), who: one.byName ?? one.agencyName }),
    },
    {
      ...{ id: 'by', title: t('urging.report-by'), width: '8rem' },
      cell: (one) => (one.reportBy === null ? '–' : format.date(one.reportBy)),
    },
    { id: 'urged', title: t('urging.urged'), align: 'end', width: '7rem', cell: (one) => format.number(one.urged) },
    { id: 'since', title: t('urging.since'), align: 'end', width: '7rem', cell: (one) => format.number(one.sentSince) },
    ...(may('reporting.export')
      ? [
          {
            ...{ id: 'files', title: t('urging.file'), width: '10rem' },
            cell: (one: ReportUrging) =>
              one.mayExport && (
                <>
                  {file(one, 'docx')} {file(one, 'pdf')}
                </>
              ),
          },
        ]
      : []),
  ]
}
