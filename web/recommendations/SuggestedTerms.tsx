import { ActionIcon } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import type { Suggestions } from '#recommendations/model'
import { LoadFailed } from '../kit/Empty.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { recommendationTo } from './addresses.ts'
import { suggestionsQuery } from './queries.ts'
import styles from './Recommendations.module.css'
import { schemes } from './terms.ts'
import { placeWords, termWords, useNames } from './words.ts'

type Suggested = Suggestions['terms'][number]

interface Props {
  id: string
  onDecide: (term: number, state: 'confirmed' | 'refused', reason: string | null) => void
}

/** Terms that likeness of words suggests, with why; each waits for a person. */
export function SuggestedTerms({ id, onDecide }: Props) {
  const t = useText()
  const format = useFormat()
  const own = useNames()
  const { data, error, refetch } = useQuery(suggestionsQuery(id))
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (data === undefined || data.terms.length === 0) return null
  const { learnedFrom } = data
  const rows = schemes.flatMap((scheme) => data.terms.filter((one) => one.scheme === scheme))
  return (
    <div className="screen-only">
      <h3 className={styles.part}>{t('recommendations.likely-terms')}</h3>
      <p className={styles.quiet}>
        {t('recommendations.likely-help', { count: learnedFrom, number: format.number(learnedFrom) })}
      </p>
      <ul className={styles.likely}>
        {rows.map((one) => {
          const term = own.term(one.term)
          if (term === undefined) return null
          const reason = one.words.length === 0 ? null : one.words.join(', ')
          return (
            <li key={one.term}>
              <div>
                <span className={styles.quiet}>{t(`recommendations.by-${one.scheme}`)}</span>
                <span>{termWords(term)}</span>
                <Why one={one} />
              </div>
              <span className={styles.small}>
                <ActionIcon
                  variant="default"
                  aria-label={t('recommendations.confirm-term', { term: termWords(term) })}
                  onClick={() => onDecide(one.term, 'confirmed', reason)}
                >
                  <IconCheck size={16} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  aria-label={t('recommendations.refuse-term', { term: termWords(term) })}
                  onClick={() => onDecide(one.term, 'refused', reason)}
                >
                  <IconX size={16} aria-hidden />
                </ActionIcon>
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function Why({ one }: { one: Suggested }) {
  const t = useText()
  const format = useFormat()
  const words = format.list(one.words.map((word) => t('recommendations.likely-word', { word })))
  return (
    <>
      {one.words.length > 0 && (
        <span className={styles.quiet}>
          {t('recommendations.likely-words', { words, isNamed: one.isNamed ? 'yes' : 'no' })}
        </span>
      )}
      {one.learnedFrom.length > 0 && (
        <span className={styles.quiet}>
          {t('recommendations.likely-from')}{' '}
          {one.learnedFrom.map((other, at) => (
            <Fragment key={other.id}>
              {at > 0 && '; '}
              <Link to={recommendationTo(other.id)}>{placeWords(other, t)}</Link>
            </Fragment>
          ))}
        </span>
      )}
    </>
  )
}
