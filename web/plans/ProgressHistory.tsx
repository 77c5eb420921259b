import type { Progress } from '#plans/model'
import { Section } from '../kit/Section.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { FileList } from './EvidenceFiles.tsx'
import styles from './Task.module.css'
import { choice, progressTones, statusTones } from './words.ts'

/** All that was sent, newest first; `hasOthers`: what is waiting or was returned already stands above. */
export function ProgressHistory({ updates, hasOthers }: { updates: readonly Progress[]; hasOthers: boolean }) {
  const t = useText()
  if (updates.length === 0 && hasOthers) return null
  return (
    <Section title={t('plans.history')}>
      {updates.length === 0 && <p className={styles.quiet}>{t('plans.history-empty')}</p>}
      <ol className={styles.history}>
        {updates.map((progress) => (
          <li key={progress.id}>
            <Update progress={progress} />
          </li>
        ))}
      </ol>
    </Section>
  )
}

/** One update as it was sent. */
export function Update({ progress }: { progress: Progress }) {
  const t = useText()
  const format = useFormat()
  return (
    <article className={styles.update}>
      <p className={styles.updateHead}>
        <StatusBadge tone={progressTones[progress.state]}>
          {t('plans.update-is', { state: progress.state })}
        </StatusBadge>
        <StatusBadge tone={statusTones[progress.status]}>
          {t('plans.status-is', { status: choice(progress.status) })}
        </StatusBadge>
      </p>
      <p className={styles.text}>{progress.narrative}</p>
      {progress.evidenceNote !== null && (
        <p className={styles.text}>
          <span className={styles.quiet}>{t('plans.evidence-note')}: </span>
          {progress.evidenceNote}
        </p>
      )}
      <FileList progressId={progress.id} files={progress.files} />
      {progress.reason !== null && <p className={styles.reason}>{t('plans.reason-is', { reason: progress.reason })}</p>}
      <p className={styles.quiet}>
        {[
          progress.submittedAt !== null &&
            t('plans.sent-by', { person: progress.personName ?? '', at: format.dateTime(progress.submittedAt) }),
          progress.checkedAt !== null &&
            t(progress.state === 'accepted' ? 'plans.accepted-by' : 'plans.returned-by', {
              person: progress.checkedByName ?? '',
              at: format.dateTime(progress.checkedAt),
            }),
        ]
          .filter((words) => words !== false)
          .join(' · ')}
      </p>
    </article>
  )
}
