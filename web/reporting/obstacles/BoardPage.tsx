import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ObstacleAge, type ObstacleBoard } from '#reporting/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { stringifySearch } from '../../kit/url.ts'
import { choice } from '../../plans/words.ts'
import { useNamed } from '../reports/words.ts'
import { boardQuery, names, obstaclesTo } from './queries.ts'

type Row = ObstacleBoard['rows'][number]

/** Obstacles by theme and age; every number opens the list it counts. */
export function BoardPage() {
  const t = useText()
  const { data, error, refetch } = useQuery(boardQuery)
  const open = data?.rows.reduce((sum, row) => sum + row.open, 0)
  const overdue = data?.rows.reduce((sum, row) => sum + row.overdue, 0)
  return (
    <>
      <PageHeader
        title={t('obstacles.board')}
        crumbs={[{ label: t('obstacles.title'), to: obstaclesTo }, { label: t('obstacles.board') }]}
        state={data && t('obstacles.board-state', { open: open ?? 0, overdue: overdue ?? 0, days: data.answerDays })}
      />
      <DataTable
        id="obstacle-board"
        caption={t('obstacles.board')}
        columns={useColumns(data)}
        rows={data?.rows}
        error={error}
        onRetry={() => void refetch()}
        rowId={(row) => row.theme}
        rowName={(row) => row.theme}
      />
    </>
  )
}

function useColumns(data: ObstacleBoard | undefined): Column<Row>[] {
  const t = useText()
  const format = useFormat()
  const named = useNamed()
  const number = (count: number, asked: Record<string, string>) =>
    count === 0 ? format.number(0, 0) : <Link to={obstaclesTo + stringifySearch(asked)}>{format.number(count, 0)}</Link>
  const column = (id: string, of: (row: Row) => number, asked: Record<string, string>, title: string): Column<Row> => ({
    ...{ id, title, align: 'end', width: '7rem' },
    cell: (row) => number(of(row), { [names.theme]: row.theme, ...asked }),
  })
  const waiting = { [names.state]: 'raised' }
  return [
    {
      ...{ id: 'theme', title: t('obstacles.theme'), width: '16rem' },
      cell: (row) => named(data?.themes.find(({ key }) => key === row.theme)?.names ?? {}) || row.theme,
    },
    column('open', (row) => row.open, waiting, t('obstacles.state-is', { code: 'raised' })),
    ...ObstacleAge.options.map((age) =>
      column(
        age,
        (row) => row.ages.find((one) => one.age === age)?.count ?? 0,
        { ...waiting, [names.age]: age },
        t('obstacles.age-is', { code: choice(age) }),
      ),
    ),
    column('overdue', (row) => row.overdue, { [names.clock]: 'overdue' }, t('obstacles.clock-is', { code: 'overdue' })),
    column(
      'answered',
      (row) => row.answered,
      { [names.state]: 'answered' },
      t('obstacles.state-is', { code: 'answered' }),
    ),
    column('closed', (row) => row.closed, { [names.state]: 'closed' }, t('obstacles.state-is', { code: 'closed' })),
  ]
}
