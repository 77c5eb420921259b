import { Link } from '@tanstack/react-router'
import {
  Completeness,
  LateBy,
  ReviewOutcome,
  Timeliness,
  type BoardCounts,
  type BoardRow,
  type ReportBoard,
} from '#reporting/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Section } from '../../kit/Section.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { stringifySearch } from '../../kit/url.ts'
import { acceptedOnce, boardNames, boardTo, cameOf, listTo, type BoardAsked } from './queries.ts'
import { useBoardWords } from './words.ts'

type Asked = Parameters<typeof listTo>[1]
type Number = { id: string; title: string; of: (counts: BoardCounts) => number; asked: Asked }

/** Completeness, timeliness, reviewing: three tables of the same lines; every number is the way to its list. */
export function BoardTables({ board, asked }: { board: ReportBoard; asked: BoardAsked }) {
  const t = useText()
  const tables = useTables()
  const words = useBoardWords()
  const columns = useColumns(board, asked)
  return tables.map(({ id, numbers, share }) => (
    <Section key={id} title={t(`boards.${id}`)}>
      <DataTable
        id={`board-${id}`}
        caption={t(`boards.${id}`)}
        columns={columns(numbers, share)}
        rows={board.rows}
        rowId={(row) => row.key}
        rowName={(row) => words.row(row, board.by)}
        {...(board.by === 'round' ? {} : { totalsOf: t('boards.total') })}
      />
    </Section>
  ))
}

type Share = { title: string; of: (counts: BoardCounts) => readonly [part: number, whole: number] }

function useTables(): { id: string; numbers: Number[]; share: Share }[] {
  const t = useText()
  const count = <K extends 'completeness' | 'timeliness' | 'lateBy' | 'review'>(part: K, values: readonly string[]) =>
    values.map((value): Number => ({
      ...{ id: value, title: t(`reporting.obligations-${part}-${value}`), asked: { [part]: value } },
      of: (counts) => (counts[part] as Readonly<Record<string, number>>)[value] ?? 0,
    }))
  const owed: Number = {
    ...{ id: 'owed', title: t('boards.owed'), of: (counts) => counts.owed },
    asked: { completeness: ['accepted', 'nil', 'sent', 'returned', 'missing'] },
  }
  return [
    {
      ...{ id: 'completeness', numbers: [owed, ...count('completeness', Completeness.options)] },
      share: { title: t('boards.share-came'), of: (counts) => [cameOf(counts), counts.owed] },
    },
    {
      ...{
        id: 'timeliness',
        numbers: [...count('timeliness', Timeliness.options), ...count('lateBy', LateBy.options)],
      },
      share: { title: t('boards.share-on-time'), of: (counts) => [counts.timeliness['on-time'], cameOf(counts)] },
    },
    {
      id: 'review',
      numbers: [
        ...count('review', ReviewOutcome.options.slice(0, 3)),
        {
          ...{ id: 'lines', title: t('boards.lines-returned'), of: (counts) => counts.linesReturned },
          asked: { review: ['after-return', 'still-returned'] },
        },
        {
          ...{ id: 'amendments', title: t('boards.amendments'), of: (counts) => counts.amendments },
          asked: { amended: 'true' },
        },
      ],
      share: {
        title: t('boards.share-first-pass'),
        of: (counts) => [counts.review['first-pass'], acceptedOnce(counts)],
      },
    },
  ]
}

function useColumns(board: ReportBoard, asked: BoardAsked) {
  const t = useText()
  const format = useFormat()
  const words = useBoardWords()
  const shareOf = ([part, whole]: readonly [number, number]) => (whole === 0 ? '–' : format.percent(part / whole))
  const number = (of: Number, row: BoardRow) => {
    const value = of.of(row.counts)
    const roundId = row.round?.id ?? board.round?.id
    if (value === 0 || roundId === undefined) return format.number(value, 0)
    return <Link to={listTo(roundId, { ...placeOf(row, board, asked), ...of.asked })}>{format.number(value, 0)}</Link>
  }
  return (numbers: Number[], share: Share): Column<BoardRow>[] => [
    { id: 'line', title: t('boards.by-is', { by: board.by }), width: '15rem', cell: (row) => <Line {...{ row, board, asked, name: words.row(row, board.by) }} /> }, // prettier-ignore
    {
      ...{ id: 'share', title: share.title, align: 'end', width: '7rem', total: shareOf(share.of(board.total)) },
      cell: (row) => shareOf(share.of(row.counts)),
    },
    ...numbers.map((of): Column<BoardRow> => ({
      ...{ id: of.id, title: of.title, align: 'end', width: '6.5rem', total: format.number(of.of(board.total), 0) },
      cell: (row) => number(of, row),
    })),
  ]
}

/** The conditions that make a list that of one line. */
function placeOf(row: BoardRow, { by, unit }: ReportBoard, { tier, unitId }: BoardAsked): Asked {
  const ofTier = row.tier?.code ?? tier
  const within = row.unit?.id ?? unitId
  const isItself = by === 'unit' && row.unit === null && unit !== null
  return {
    ...(ofTier === undefined ? {} : { tier: ofTier }),
    ...(isItself ? { ofUnitId: unit.id } : within === undefined ? {} : { unitId: within }),
  }
}

/** The name of a line: the way down to the units below, to the round, or to the tier's units. */
function Line({ row, board, asked, name }: { row: BoardRow; board: ReportBoard; asked: BoardAsked; name: string }) {
  const to = (change: Record<string, string | undefined>) =>
    boardTo +
    stringifySearch({
      ...{ [boardNames.round]: board.round?.id, [boardNames.tier]: asked.tier, [boardNames.unit]: asked.unitId },
      ...change,
    })
  if (row.unit !== null) return <Link to={to({ [boardNames.by]: 'unit', [boardNames.unit]: row.unit.id })}>{name}</Link>
  if (row.round !== null) return <Link to={to({ [boardNames.round]: row.round.id })}>{name}</Link>
  if (row.tier !== null)
    return <Link to={to({ [boardNames.by]: 'unit', [boardNames.tier]: row.tier.code })}>{name}</Link>
  return name
}
