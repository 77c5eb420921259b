import { Button, Modal } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReportDetail, WorkbookReading } from '#reporting/model'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { FileDrop } from '../../kit/FileDrop.tsx'
import { useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { useDownload } from '../../plans/DownloadButton.tsx'
import { useRenewReports } from '../reports/queries.ts'
import { lookAt, take, workbookPath } from './queries.ts'
import { linesTaken, ReadPart, sureLines } from './ReadPart.tsx'
import { SignField } from './SignField.tsx'
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
    mutationFn: ({ given, seen }: { given: File; seen: WorkbookReading }) =>
      take(report.id, given, { decimalSign, digest: seen.digest, lines: linesTaken(seen, chosen) }),
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
          <SignField
            sign={sign}
            onSign={(next) => {
              forget()
              setSign(next)
            }}
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
          <ReadPart
            {...{ report, reading, chosen, onClose }}
            title={t('workbooks.seen')}
            onChoose={setChosen}
            isTaking={taking.isPending}
            onTake={() => taking.mutate({ given: file, seen: reading })}
          />
        )}
      </div>
    </Modal>
  )
}
