import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { BoardBy, type ReportBoard } from '#reporting/model'
import { useSetUrl, useUrl } from '../../kit/address.ts'
import { Empty, LoadFailed } from '../../kit/Empty.tsx'
import { SelectField } from '../../kit/fields.tsx'
import { FigureNote } from '../../kit/FigureNote.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { oneOf, stringifySearch } from '../../kit/url.ts'
import styles from '../reports/Reports.module.css'
import { BoardTables } from './BoardTables.tsx'
import { BoardPicture } from './BoardPicture.tsx'
import { boardNames, boardQuery, boardTo, cameOf, cockpitTo, type BoardAsked } from './queries.ts'
import { useBoardWords } from './words.ts'

/** Which reports came, in time and well, by tier, territory and regime, and over the rounds. */
export function BoardPage() {
  const url = useUrl()
  const of = (name: string) => oneOf(url[name])
  const by = BoardBy.options.find((one) => one === of(boardNames.by)) ?? 'tier'
  const [roundId, tier, unitId] = [of(boardNames.round), of(boardNames.tier), of(boardNames.unit)]
  const asked: BoardAsked = {
    by,
    ...(roundId === undefined ? {} : { roundId }),
    ...(tier === undefined ? {} : { tier }),
    ...(unitId === undefined ? {} : { unitId }),
  }
  const { data, error, refetch } = useQuery(boardQuery(asked))
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  return data === undefined ? null : <BoardOf board={data} asked={asked} />
}

function BoardOf({ board, asked }: { board: ReportBoard; asked: BoardAsked }) {
  const t = useText()
  const format = useFormat()
  const words = useBoardWords()
  const { total, round } = board
  if (round === null)
    return (
      <>
        <PageHeader title={t('boards.title')} />
        <Empty title={t('boards.none')}>{t('boards.none-words')}</Empty>
      </>
    )
  return (
    <>
      <PageHeader
        title={t('boards.title')}
        state={t('boards.state', {
          came: cameOf(total),
          owed: total.owed,
          overdue: total.timeliness.overdue,
          returned: total.completeness.returned,
        })}
        crumbs={crumbsOf(board, asked, t('boards.title'))}
        acts={
          <Button component={Link} to={cockpitTo(round.id)}>
            {t('boards.cockpit')}
          </Button>
        }
      />
      <Choices board={board} asked={asked} />
      <FigureNote
        period={asked.by === 'regime' ? t('boards.newest-rounds') : words.round(round)}
        coverage={{ reported: cameOf(total), owed: total.owed }}
        source={t('boards.source', { at: format.dateTime(board.asOf) })}
      />
      <BoardTables board={board} asked={asked} />
      <BoardPicture board={board} />
    </>
  )
}

/** From the nation down to the unit looked at. */
function crumbsOf({ above, unit }: ReportBoard, asked: BoardAsked, title: string) {
  if (asked.unitId === undefined || unit === null) return []
  const at = (unitId: string | undefined) =>
    boardTo +
    stringifySearch({
      ...{ [boardNames.by]: asked.by, [boardNames.round]: asked.roundId, [boardNames.tier]: asked.tier },
      [boardNames.unit]: unitId,
    })
  return [
    { label: title, to: at(undefined) },
    ...above.slice(1).map(({ id, name }) => ({ label: name, to: at(id) })),
    { label: unit.name },
  ]
}

function Choices({ board, asked }: { board: ReportBoard; asked: BoardAsked }) {
  const t = useText()
  const setUrl = useSetUrl()
  const words = useBoardWords()
  const { by } = asked
  return (
    <div className={`${styles.choices} screen-only`}>
      {by !== 'regime' && (
        <SelectField
          id="round"
          label={t(by === 'round' ? 'boards.regime-of' : 'boards.round')}
          choices={board.rounds.map((one) => ({ value: one.id, label: words.round(one) }))}
          value={board.round?.id ?? ''}
          onChange={(value) => setUrl({ [boardNames.round]: value, [boardNames.tier]: undefined }, true)}
        />
      )}
      <SelectField
        id="by"
        label={t('boards.by')}
        choices={BoardBy.options.map((value) => ({ value, label: t('boards.by-is', { by: value }) }))}
        value={by}
        onChange={(value) => setUrl({ [boardNames.by]: value === 'tier' ? undefined : value }, true)}
      />
      {by !== 'tier' && by !== 'regime' && (
        <SelectField
          id="tier"
          label={t('boards.tier')}
          choices={[
            { value: '', label: t('boards.tier-all') },
            ...board.tiers.map((tier) => ({ value: tier.code, label: words.tier(tier) })),
          ]}
          value={asked.tier ?? ''}
          onChange={(value) => setUrl({ [boardNames.tier]: value === '' ? undefined : value }, true)}
        />
      )}
    </div>
  )
}
