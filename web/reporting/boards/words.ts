import type { BoardRound, BoardRow } from '#reporting/model'
import { useText } from '../../kit/text.tsx'
import { useRegimeWords } from '../regimes/words.ts'

/** What rounds, tiers and lines of a board are called. */
export function useBoardWords() {
  const t = useText()
  const { say, period } = useRegimeWords()
  const periodOf = (round: BoardRound) => period(round.period, { tiers: [], window: round.window })
  const tier = (one: NonNullable<BoardRow['tier']>) =>
    one.names === null ? t('regimes.root') : say(one.names) || one.code
  return {
    say,
    period: periodOf,
    round: (round: BoardRound) => t('boards.round-is', { regime: say(round.names), period: periodOf(round) }),
    tier,
    row: (row: BoardRow, by: string) => {
      if (row.tier !== null) return tier(row.tier)
      if (row.round !== null)
        return by === 'round'
          ? periodOf(row.round)
          : t('boards.round-is', { regime: say(row.round.names), period: periodOf(row.round) })
      return row.unit?.name ?? t('boards.itself')
    },
  }
}
