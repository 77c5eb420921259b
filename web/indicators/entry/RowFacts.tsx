import { Button, Group } from '@mantine/core'
import { choice } from '../../plans/words.ts'
import { Figure } from '../../kit/Figure.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { FindingNotes } from '../quality/FindingNotes.tsx'
import { amountWords, changeWords, periodWords } from '../words.ts'
import styles from './Entry.module.css'
import { isOpen, overtaken } from './rows.ts'
import { factsOf, type Shown } from './sheet.ts'
import { reasonWords } from '../reason.ts'

interface OfRow {
  shown: Shown
  /** What is written here is to follow what was given meanwhile. */
  onKeep: () => void
  /** What is written here is given up for what is held. */
  onTake: () => void
}

/** What a row comes to, the period before, and what is wrong or was decided. */
export function RowFacts({ shown, onKeep, onTake }: OfRow) {
  const t = useText()
  const format = useFormat()
  const { entry, judged, words } = shown
  const { before, figure } = entry.row
  const { value, fault, isChanged } = judged
  const decision = figure?.latest.decision
  return (
    <>
      <td role="gridcell" data-column="value" data-number>
        {value !== null && <Figure value={value} digits={2} isEstimate={judged.draft.standing === 'E'} />}
      </td>
      <td role="gridcell" data-column="before" data-number title={before ? periodWords(before.period, t) : undefined}>
        {before &&
          (before.value === null ? (
            <span className={styles.quiet}>
              {t('indicators.before-is', { reason: choice(before.reason ?? 'none') })}
            </span>
          ) : (
            <Figure value={before.value} digits={2} isEstimate={before.isEstimate} />
          ))}
      </td>
      <td role="gridcell" data-column="change" data-number>
        {value !== null && before?.value !== null && before !== null && changeWords(value - before.value, format)}
      </td>
      <td role="gridcell" data-column="check" className={styles.check} id={factsOf(entry)}>
        {fault !== null && fault.code !== overtaken && (
          <span className={styles.fault}>{t(fault.code, fault.params)}</span>
        )}
        {isChanged && (fault?.code === overtaken || !isOpen(entry, 'comment')) && (
          <Overtaken shown={shown} onKeep={onKeep} onTake={onTake} />
        )}
        {fault === null && words !== null && <span className={styles.warning}>{words}</span>}
        {fault === null && isChanged && <span className={styles.quiet}>{t('indicators.not-sent')}</span>}
        {!isChanged && figure !== null && (
          <span className={decision?.outcome === 'returned' ? styles.fault : styles.quiet}>
            {t('indicators.decision-is', {
              outcome: decision?.outcome ?? 'waiting',
              reason: reasonWords(decision?.reason, t),
              at: format.day(decision?.decidedAt ?? figure.latest.enteredAt),
            })}
          </span>
        )}
        <FindingNotes of={words === null ? shown.findings : shown.findings.filter(({ kind }) => kind !== 'parts')} />
        {!entry.row.mayEnter && <span className={styles.quiet}>{t('indicators.others-answer')}</span>}
        {entry.row.mayEnter && entry.row.isLocked && <span className={styles.quiet}>{t('indicators.row-locked')}</span>}
      </td>
    </>
  )
}

/** What is held of a row that cannot be sent as it is written here, and the two ways on. */
function Overtaken({ shown: { entry, judged }, onKeep, onTake }: OfRow) {
  const t = useText()
  const format = useFormat()
  const latest = entry.row.figure?.latest
  const standing = latest?.status ?? latest?.absence ?? null
  const parts = [
    latest === undefined ? null : amountWords(latest, format),
    standing === null ? null : t('indicators.standing-short', { standing: choice(standing) }),
    latest?.comment ?? null,
  ]
  const held = parts.filter((part) => part !== null && part !== '').join(' · ')
  return (
    <>
      {judged.fault?.code === overtaken && <span className={styles.fault}>{t(overtaken, { held })}</span>}
      <Group gap="xs" wrap="wrap" className="screen-only">
        {isOpen(entry, 'comment') && (
          <Button size="compact-sm" variant="default" onClick={onKeep}>
            {t('indicators.keep-mine')}
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={onTake}>
          {t('indicators.take-held')}
        </Button>
      </Group>
    </>
  )
}
