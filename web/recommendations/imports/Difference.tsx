import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Incoming } from '#recommendations/model'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { choice } from '../../plans/words.ts'
import { recommendationTo } from '../addresses.ts'
import type { Decision } from './Differences.tsx'
import { useNames } from '../words.ts'
import styles from './Imports.module.css'
import { differenceId } from './useDifferenceKeys.ts'
import { diffWords, type Run } from './word-diff.ts'

export interface DifferenceProps {
  item: Incoming
  isActive: boolean
  onActive: () => void
  isBusy: boolean
  onDecide: ((decision: Decision) => void) | undefined
}

/** One recommendation as it is here and as the file has it, and what the State wrote of it. */
export function Difference({ item, isActive, onActive, isBusy, onDecide }: DifferenceProps) {
  const t = useText()
  const format = useFormat()
  const { lists } = useNames()
  const { here, there } = useMemo(() => diffWords(item.here, item.there), [item])
  const mechanism = lists?.mechanisms.find(({ code }) => code === item.mechanism)?.name ?? item.mechanism
  const place = [item.symbol, item.paragraph && t('bring.paragraph', { number: item.paragraph })].filter(Boolean)
  const isText = item.fields.includes('text')
  return (
    <li
      id={differenceId(item.recommendationId)}
      className={styles.difference}
      tabIndex={0}
      data-active={isActive || undefined}
      onFocus={onActive}
    >
      <div className={styles.head}>
        <h3>
          <Link to={recommendationTo(item.recommendationId)}>{place.join(', ') || mechanism}</Link>
          <span className={styles.quiet}>{mechanism}</span>
          {item.ofSource !== null && (
            <StatusBadge tone="note">{t('bring.of-source', { source: choice(item.ofSource) })}</StatusBadge>
          )}
        </h3>
        {onDecide && (
          <div className={`${styles.acts} screen-only`}>
            <Button variant="default" disabled={isBusy} onClick={() => onDecide('leave')}>
              {t('bring.leave')}
            </Button>
            <Button disabled={isBusy} onClick={() => onDecide('take')}>
              {t('bring.take')}
            </Button>
          </div>
        )}
      </div>
      {isText ? (
        <div className={styles.sides}>
          <Side title={t('bring.here')} runs={here} as="del" />
          <Side title={t('bring.there')} runs={there} as="ins" />
        </div>
      ) : (
        <p className={styles.text}>{item.here}</p>
      )}
      {item.changes.length > 0 && (
        <ul className={styles.changes}>
          {item.changes.map(({ field, ...change }) => (
            <li key={field}>
              {t('bring.change', {
                field: t(`bring.field-${field}`),
                here: valuesOf(field, change.here),
                there: valuesOf(field, change.there),
              })}
            </li>
          ))}
        </ul>
      )}
      {item.fields.length === 0 && <p className={styles.quiet}>{t('bring.only-document')}</p>}
      {item.written.length > 0 && (
        <div className={styles.written}>
          <h4>{t(item.wordings > 0 ? 'bring.written-outdated' : 'bring.written')}</h4>
          {item.written.map(({ kind, language, text }) => (
            <p key={`${kind} ${language}`} lang={language}>
              <span className={styles.quiet}>
                {t('bring.written-as', { kind, language: format.languageName(language) })}
              </span>
              {text}
            </p>
          ))}
        </div>
      )}
    </li>
  )
  function wordOf(field: string, value: string): string {
    if (field === 'language') return format.languageName(value)
    return field === 'publishedOn' ? format.date(value) : value
  }
  function valuesOf(field: string, values: readonly string[]): string {
    if (values.length === 0) return t('bring.no-value')
    if (field === 'kind' || field === 'position')
      return values.map((code) => t(`recommendations.in-file-${field}`, { code: choice(code) })).join(', ')
    return values.map((value) => wordOf(field, value)).join(', ')
  }
}

function Side({ title, runs, as: Mark }: { title: string; runs: readonly Run[]; as: 'del' | 'ins' }) {
  return (
    <section className={styles.side} aria-label={title}>
      <h4>{title}</h4>
      <p className={styles.text}>
        {runs.map(({ words, isOwn }, at) => (isOwn ? <Mark key={at}>{words}</Mark> : <span key={at}>{words}</span>))}
      </p>
    </section>
  )
}
