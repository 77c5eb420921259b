import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { DecideLikeness } from '#recommendations/model'
import { useFormat, useText } from '../kit/text.tsx'
import { shorten } from '../plans/words.ts'
import { recommendationTo } from './addresses.ts'
import { suggestionsQuery } from './queries.ts'
import styles from './Recommendations.module.css'
import { placeWords, useNames } from './words.ts'

interface Props {
  id: string
  isPending: boolean
  onDecide: (decision: DecideLikeness) => void
}

/** Recommendations of other documents whose words are like these: the same, or not, as a person says. */
export function SuggestedSame({ id, isPending, onDecide }: Props) {
  const t = useText()
  const format = useFormat()
  const own = useNames()
  const { data } = useQuery(suggestionsQuery(id))
  if (data === undefined || data.similar.length === 0) return null
  return (
    <div className="screen-only">
      <h3 className={styles.part}>{t('recommendations.likely-same')}</h3>
      <ul className={styles.same}>
        {data.similar.map((other) => {
          const words = format.list(other.words.map((word) => t('recommendations.likely-word', { word })))
          const reason = other.words.length === 0 ? null : other.words.join(', ')
          return (
            <li key={other.id}>
              <span className={styles.quiet}>
                {other.publishedOn !== null && `${format.date(other.publishedOn)} · `}
                {own.mechanism(other.mechanism)}
              </span>
              <Link to={recommendationTo(other.id)}>{placeWords(other, t)}</Link>
              <span>{shorten(other.translation ?? other.text, 160)}</span>
              {other.words.length > 0 && (
                <span className={styles.quiet}>{t('recommendations.likely-shared', { words })}</span>
              )}
              <span className={styles.small}>
                <Button
                  variant="default"
                  size="compact-sm"
                  disabled={isPending}
                  onClick={() => onDecide({ otherId: other.id, state: 'confirmed', reason })}
                >
                  {t('recommendations.likely-same-do')}
                </Button>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  disabled={isPending}
                  onClick={() => onDecide({ otherId: other.id, state: 'refused', reason })}
                >
                  {t('recommendations.same-refuse')}
                </Button>
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
