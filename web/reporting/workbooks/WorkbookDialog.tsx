import { Button, Modal } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { linesChanged, rangesOf, type ReportDetail, type WorkbookReading } from '#reporting/model'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { SelectField } from '../../kit/fields.tsx'
import { FileDrop } from '../../kit/FileDrop.tsx'
import { useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { useDownload } from '../../plans/DownloadButton.tsx'
import { useRenewReports } from '../reports/queries.ts'
import { ChangedLines } from './ChangedLines.tsx'
import { lookAt, take, workbookPath } from './queries.ts'
import { WrongCells } from './WrongCells.tsx'
import styles from './Workbooks.module.css'

const rule = { endings: ['.xlsx'], maxBytes: 8_000_000 }

/** A report as a spreadsheet: downloaded, filled in, looked at line by line, taken in as far as one chooses. */
export function WorkbookDialog({ report, onClose }: { report: ReportDetail; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewReports()
  const { start, isPending } = useDownload()
  const [file, setFile] = useState<File | null>(null)
  const [sign, setSign] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const decimalSign = sign || undefined
  const looking = useMutation({
    mutationFn: (given: File) => lookAt(report.id, given, { decimalSign }),
    onSuccess: (reading) => setChosen(new Set(sureLines(reading))),
  })
  const reading = looking.data
  const taking = useMutation({
    mutationFn: ({ given, seen }: { given: File; seen: WorkbookReading }) => {
      const lines = linesChanged(seen.changes).flatMap((line, at) => (chosen.has(line) ? [at] : []))
      return take(report.id, given, { decimalSign, digest: seen.digest, lines: rangesOf(lines) })
    },
    onSuccess: async ({ taken }) => {
      await renew()
      toast({ kind: 'done', text: t('workbooks.taken', { count: taken }) })
      onClose()
    },
  })
  const forget = () => {
    looking.reset()
    taking.reset()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('workbooks.title')}
      size="60rem"
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <div className={styles.steps}>
        <section className={styles.step}>
          <h3>{t('workbooks.get')}</h3>
          <p className={styles.quiet}>{t('workbooks.get-words')}</p>
          <Button
            variant="default"
            leftSection={<IconDownload size={18} stroke={1.6} aria-hidden />}
            loading={isPending}
            onClick={() => start(workbookPath(report.id), 'bao-cao.xlsx')}
          >
            {t('workbooks.get-act')}
          </Button>
        </section>
        <section className={styles.step}>
          <h3>{t('workbooks.give')}</h3>
          <ErrorSummary problem={taking.error ?? looking.error} />
          <FileDrop
            id="workbook"
            label={t('workbooks.file')}
            rule={rule}
            file={file}
            onFile={(given) => {
              forget()
              setFile(given)
            }}
          />
          <SelectField
            id="decimalSign"
            label={t('workbooks.sign')}
            help={t('workbooks.sign-help')}
            value={sign}
            onChange={(next) => {
              forget()
              setSign(next)
            }}
            choices={['', ',', '.'].map((value) => ({
              value,
              label: t('workbooks.sign-is', { sign: value === ',' ? 'comma' : value === '.' ? 'point' : 'none' }),
            }))}
          />
          <div className={styles.acts}>
            <Button
              variant={reading ? 'default' : 'filled'}
              disabled={file === null}
              loading={looking.isPending}
              onClick={() => file && looking.mutate(file)}
            >
              {t('workbooks.look')}
            </Button>
          </div>
        </section>
        {reading && file && (
          <section className={styles.step} aria-live="polite">
            <h3>{t('workbooks.seen')}</h3>
            <p>{t('workbooks.seen-words', { changes: reading.changes.length, findings: reading.findings.length })}</p>
            {(reading.isOlder || reading.olderSections.length > 0) && (
              <p className={styles.note}>{t('workbooks.older', { is: reading.isOlder ? 'submission' : 'draft' })}</p>
            )}
            <WrongCells findings={reading.findings} />
            <ChangedLines report={report} changes={reading.changes} chosen={chosen} onChoose={setChosen} />
            <div className={styles.acts}>
              <Button variant="default" onClick={onClose}>
                {t('kit.cancel')}
              </Button>
              <Button
                disabled={chosen.size === 0}
                loading={taking.isPending}
                onClick={() => taking.mutate({ given: file, seen: reading })}
              >
                {t('workbooks.take', { count: chosen.size })}
              </Button>
            </div>
          </section>
        )}
      </div>
    </Modal>
  )
}

/** Lines that nothing speaks against: chosen from the start. A line in conflict is chosen by a person. */
function sureLines({ changes }: WorkbookReading): string[] {
  return linesChanged(changes).filter((line) => changes.every((one) => one.line !== line || one.kind === 'good'))
}
