import type { Progress, SentUpdate } from '#plans/model'
import { Section } from '../kit/Section.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { FileList } from './EvidenceFiles.tsx'
import styles from './Task.module.css'
import { choice, progressTones, statusTones } from './words.ts'

/**
 * Every sending, newest first, with how it was judged: what was first sent, why it came back, what was corrected.
 * `hasOthers`: what waits for a check already stands above.
 */
export function ProgressHistory({ sent, hasOthers }: { sent: readonly SentUpdate[]; hasOthers: boolean }) {
  const t = useText()
  if (sent.length === 0 && hasOthers) return null
  return (
    <Section title={t('plans.history')}>
      {sent.length === 0 && <p className={styles.quiet}>{t('plans.history-empty')}</p>}
      <ol className={styles.history}>
        {sent.map((one) => (
          <li key={one.id}>
            <Sending sending={one} />
          </li>
        ))}
      </ol>
    </Section>
  )
}

/** One sending as it was sent, and the answer to it. */
function Sending({ sending: { said, check, ...sending } }: { sending: SentUpdate }) {
  const t = useText()
  const format = useFormat()
  const state = check?.decision ?? 'submitted'
  return (
    <article className={styles.update}>
      <h3 className={styles.sending}>{t('plans.sending', { number: format.number(sending.ordinal) })}</h3>
      <p className={styles.updateHead}>
        <StatusBadge tone={progressTones[state]}>{t('plans.update-is', { state })}</StatusBadge>
        {said && <Status status={said.status} />}
      </p>
      {said ? <Words said={said} /> : <p className={styles.quiet}>{t('plans.sending-not-kept')}</p>}
      <FileList progressId={sending.progressId} files={sending.files} />
      <p className={styles.quiet}>
        {t('plans.sent-by', { person: sending.personName ?? '', at: format.dateTime(sending.submittedAt) })}
      </p>
      {check && (
        <div className={check.reason === null ? undefined : styles.reason}>
          {check.reason !== null && <p className={styles.text}>{t('plans.reason-is', { reason: check.reason })}</p>}
          <p className={styles.quiet}>
            {t(check.decision === 'accepted' ? 'plans.accepted-by' : 'plans.returned-by', {
              person: check.personName ?? '',
              at: format.dateTime(check.checkedAt),
            })}
          </p>
        </div>
      )}
    </article>
  )
}

function Status({ status }: Pick<Progress, 'status'>) {
  const t = useText()
  return <StatusBadge tone={statusTones[status]}>{t('plans.status-is', { status: choice(status) })}</StatusBadge>
}

function Words({ said }: { said: Pick<Progress, 'narrative' | 'evidenceNote'> }) {
  const t = useText()
  return (
    <>
      <p className={styles.text}>{said.narrative}</p>
      {said.evidenceNote !== null && (
        <p className={styles.text}>
          <span className={styles.quiet}>{t('plans.evidence-note')}: </span>
          {said.evidenceNote}
        </p>
      )}
    </>
  )
}

/** The update that waits for a check, as it was sent. */
export function Update({ progress }: { progress: Progress }) {
  const t = useText()
  const format = useFormat()
  return (
    <article className={styles.update}>
      <p className={styles.updateHead}>
        <StatusBadge tone={progressTones[progress.state]}>
          {t('plans.update-is', { state: progress.state })}
        </StatusBadge>
        <Status status={progress.status} />
      </p>
      <Words said={progress} />
      <FileList progressId={progress.id} files={progress.files} />
      {progress.submittedAt !== null && (
        <p className={styles.quiet}>
          {t('plans.sent-by', { person: progress.personName ?? '', at: format.dateTime(progress.submittedAt) })}
        </p>
      )}
    </article>
  )
}
