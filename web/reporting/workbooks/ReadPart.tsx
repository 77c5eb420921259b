import { Button } from '@mantine/core'
import { linesChanged, rangesOf, type ReportDetail, type WorkbookReading } from '#reporting/model'
import { useText } from '../../kit/text.tsx'
import { ChangedLines } from './ChangedLines.tsx'
import { WrongCells } from './WrongCells.tsx'
import styles from './Workbooks.module.css'

interface ReadPartProps {
  report: ReportDetail
  reading: WorkbookReading
  title: string
  /** Handed over by another body: it never knew the draft. */
  isHanded?: boolean
  chosen: ReadonlySet<string>
  onChoose: (chosen: ReadonlySet<string>) => void
  isTaking: boolean
  onTake: () => void
  onClose: () => void
}

/** What a workbook would change, line by line; what is chosen is taken into the draft. */
export function ReadPart(props: ReadPartProps) {
  const { report, reading, title, isHanded = false, chosen, onChoose, isTaking, onTake, onClose } = props
  const t = useText()
  return (
    <section className={styles.step} aria-live="polite">
      <h3>{title}</h3>
      <p>{t('workbooks.seen-words', { changes: reading.changes.length, findings: reading.findings.length })}</p>
      {(reading.isOlder || reading.olderSections.length > 0) && (
        <p className={styles.note}>{t('workbooks.older', { is: reading.isOlder ? 'submission' : 'draft' })}</p>
      )}
      <WrongCells findings={reading.findings} />
      <ChangedLines {...{ report, chosen, onChoose, isHanded }} changes={reading.changes} />
      <div className={styles.acts}>
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        <Button disabled={chosen.size === 0} loading={isTaking} onClick={onTake}>
          {t('workbooks.take', { count: chosen.size })}
        </Button>
      </div>
    </section>
  )
}

/** Lines that nothing speaks against: chosen from the start. A line in conflict is chosen by a person. */
export function sureLines({ changes }: WorkbookReading): string[] {
  return linesChanged(changes).filter((line) => changes.every((one) => one.line !== line || one.kind === 'good'))
}

/** Chosen lines by their numbers among those changed, as they are asked for. */
export function linesTaken({ changes }: WorkbookReading, chosen: ReadonlySet<string>): string {
  return rangesOf(linesChanged(changes).flatMap((line, at) => (chosen.has(line) ? [at] : [])))
}
