import type { BoardCounts, ReportBoard } from '#reporting/model'
import { DataTable } from '../../kit/DataTable.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { Legend } from '../../indicators/pictures/Legend.tsx'
import { PictureFrame } from '../../indicators/pictures/PictureFrame.tsx'
import { acceptedOnce, cameOf } from './queries.ts'
import { SharesPicture, shareMarks, type Shares } from './SharesPicture.tsx'
import { useBoardWords } from './words.ts'

/** Shares of a line, 0–1; null where there is nothing to have a share of. */
function sharesOf(counts: BoardCounts): Shares {
  const of = (part: number, whole: number) => (whole === 0 ? null : part / whole)
  return {
    came: of(cameOf(counts), counts.owed),
    'on-time': of(counts.timeliness['on-time'], cameOf(counts)),
    'first-pass': of(counts.review['first-pass'], acceptedOnce(counts)),
  }
}

/** The three shares drawn: over rounds as lines, else line by line; the table and its file beside. */
export function BoardPicture({ board }: { board: ReportBoard }) {
  const t = useText()
  const format = useFormat()
  const words = useBoardWords()
  if (board.round === null || board.rows.length === 0) return null
  const lines = board.rows.map((row) => ({
    key: row.key,
    name: words.row(row, board.by),
    shares: sharesOf(row.counts),
  }))
  const percent = (share: number | null) => (share === null ? '–' : format.percent(share))
  const names = (['came', 'on-time', 'first-pass'] as const).map((key) => ({ key, title: t(`boards.share-${key}`) }))
  const title = t(board.by === 'round' ? 'boards.trend' : 'boards.picture')
  const subject = t('boards.picture-of', { title, round: words.round(board.round) })
  return (
    <PictureFrame
      title={title}
      subject={subject}
      notes={[
        t('boards.shares-words'),
        t('boards.source-note', { at: format.dateTime(board.asOf) }),
        t('kit.note-coverage', {
          ...{ reported: format.number(cameOf(board.total)), owed: format.number(board.total.owed) },
          share: percent(sharesOf(board.total).came),
        }),
      ]}
      draw={(size) => <SharesPicture {...{ lines, size, subject, isTrend: board.by === 'round' }} />}
      legend={
        <Legend
          marks={names.map(({ key, title: words_ }) => ({ id: key, words: words_, mark: shareMarks[key](9, 9, 5) }))}
        />
      }
      table={() => ({
        head: [t('boards.by-is', { by: board.by }), ...names.map((one) => one.title)],
        rows: lines.map(({ name, shares }) => [name, ...names.map(({ key }) => shares[key])]),
      })}
    >
      <DataTable
        id="board-picture"
        caption={title}
        columns={[
          { id: 'line', title: t('boards.by-is', { by: board.by }), width: '15rem', cell: ({ name }) => name },
          ...names.map(({ key, title: head }) => ({
            ...{ id: key, title: head, align: 'end' as const, width: '8rem' },
            cell: ({ shares }: (typeof lines)[number]) => percent(shares[key]),
          })),
        ]}
        rows={lines}
        rowId={({ key }) => key}
        rowName={({ name }) => name}
      />
    </PictureFrame>
  )
}
