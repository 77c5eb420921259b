import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { SourcePlace } from '#documents/model'
import { useMay } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { lookAt, type Review } from './useReview.ts'
import styles from './Findings.module.css'

/** What a person must look at in this document. */
export function Warnings({ review }: { review: Review }) {
  const t = useText()
  const { warnings } = review.detail.proposal
  if (warnings.length === 0) return null
  return (
    <section className={styles.warnings} aria-label={t('documents.screen.warnings')}>
      <IconAlertTriangle size={20} stroke={1.8} aria-hidden />
      <ul>
        {warnings.map((warning, index) => (
          <li key={`${warning.code} ${index}`}>
            {t(`documents.reading.warning.${warning.code}`, warning.params)}{' '}
            <Place review={review} place={warning.source} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Place({ review, place }: { review: Review; place: SourcePlace | null }) {
  const t = useText()
  const format = useFormat()
  if (place?.line == null) return null
  return (
    <button type="button" className={styles.place} onClick={() => lookAt(review, place)}>
      {t('documents.screen.line', { line: format.number(place.line) })}
    </button>
  )
}

/** Targets and reporting duties as read: shown here, kept with the plan's source. */
export function AlsoRead({ review }: { review: Review }) {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const { targets, reporting } = review.detail.proposal
  return (
    <>
      <Found title={t('documents.screen.reporting', { count: reporting.length })} count={reporting.length}>
        {reporting.map((duty, index) => (
          <li key={index}>
            {duty.raw} <Place review={review} place={duty.source} />
          </li>
        ))}
        {may('reporting.draft-regime') && (
          <li>
            <Link to={`/bao-cao/che-do/tu-van-ban/${review.detail.id}`}>{t('documents.screen.begin-regime')}</Link>
          </li>
        )}
      </Found>
      <Found title={t('documents.screen.targets', { count: targets.length })} count={targets.length}>
        {targets.map((target, index) => (
          <li key={index}>
            {target.value === null
              ? target.text
              : `${target.measure}: ${target.comparator ?? ''} ${format.number(target.value, 6)} ${target.unit ?? ''} ${target.year ?? ''}`}{' '}
            <Place review={review} place={target.source} />
          </li>
        ))}
      </Found>
    </>
  )
}

function Found({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  const t = useText()
  if (count === 0) return null
  return (
    <details className={styles.found}>
      <summary>{title}</summary>
      <p className={styles.quiet}>{t('documents.screen.kept-with-source')}</p>
      <ul>{children}</ul>
    </details>
  )
}
