import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LikelyTasks } from '#plans/model'
import { useProblemWords } from '../kit/problem-words.ts'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { write } from '../plans/requests.ts'
import { useRenewRecommendations } from './queries.ts'
import styles from './Recommendations.module.css'

interface Pair {
  recommendationId: string
  nodeId: string
}

/** Refuses a suggestion, and takes a refusal back; both are read anew afterwards. */
export function useRefusals() {
  const toast = useToast()
  const words = useProblemWords()
  const renew = useRenewRecommendations()
  const after = { onSuccess: renew, onError: (problem: unknown) => toast({ kind: 'problem', text: words(problem) }) }
  const refusing = useMutation({
    mutationFn: ({ pair, shared }: { pair: Pair; shared: readonly string[] }) =>
      write('POST', '/answers/refusals', {
        refusals: [{ ...pair, reason: shared.length === 0 ? null : shared.join(', ') }],
      }),
    ...after,
  })
  const takingBack = useMutation({
    mutationFn: (refusalId: string) => write('POST', `/answers/refusals/${refusalId}/ending`, {}),
    ...after,
  })
  return {
    isPending: refusing.isPending || takingBack.isPending,
    refuse: (pair: Pair, shared: readonly string[]) => refusing.mutate({ pair, shared }),
    takeBack: (refusalId: string) => takingBack.mutate(refusalId),
  }
}

type Said = Pick<
  LikelyTasks['refused'][number],
  'refusalId' | 'agency' | 'personName' | 'refusedAt' | 'reason' | 'mayTakeBack'
>
export type RefusedRow = Said & { name: string; to: string }

/** Suggestions that were refused, folded away: who said so, when, by what words they had come; each can be brought back. */
export function Refused({
  rows,
  isPending,
  onTakeBack,
}: {
  rows: readonly RefusedRow[]
  isPending: boolean
  onTakeBack: (refusalId: string) => void
}) {
  const t = useText()
  const format = useFormat()
  if (rows.length === 0) return null
  return (
    <details className={styles.more}>
      <summary>
        {t('recommendations.likely-refused', { count: rows.length, number: format.number(rows.length) })}
      </summary>
      <ul className={styles.likely}>
        {rows.map((row) => (
          <li key={row.refusalId}>
            <div>
              <Link to={row.to}>{row.name}</Link>
              <span className={styles.quiet}>
                {t('recommendations.refused-by', {
                  who: row.personName ?? row.agency.name,
                  at: format.dateTime(row.refusedAt),
                })}
              </span>
              {row.reason !== null && (
                <span className={styles.quiet}>{t('recommendations.refused-words', { words: row.reason })}</span>
              )}
            </div>
            {row.mayTakeBack && (
              <Button
                variant="subtle"
                size="compact-sm"
                flex="none"
                disabled={isPending}
                aria-label={t('recommendations.refusal-take-back-of', { name: row.name })}
                onClick={() => onTakeBack(row.refusalId)}
              >
                {t('recommendations.refusal-take-back')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
