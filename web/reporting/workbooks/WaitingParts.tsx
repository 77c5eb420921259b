import { Button, Modal } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReportDetail } from '#reporting/model'
import { Confirm } from '../../kit/Confirm.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { useRenewReports } from '../reports/queries.ts'
import reports from '../reports/Reports.module.css'
import { leavePart, partQuery, takePart } from './queries.ts'
import { linesTaken, ReadPart, sureLines } from './ReadPart.tsx'
import styles from './Workbooks.module.css'

type Part = ReportDetail['parts'][number]

/** What was handed over of workbooks of many bodies and waits to be taken into the draft. Nothing where nothing waits. */
export function WaitingParts({ report }: { report: ReportDetail }) {
  const t = useText()
  const format = useFormat()
  const [open, setOpen] = useState<Part>()
  const [leaving, setLeaving] = useState<Part>()
  return (
    <>
      {report.parts.map((part) => (
        <div key={part.id} className={`${reports.note} screen-only`}>
          <p>
            {t('workbooks.part', {
              ...{ from: part.fromAgencyName, file: part.fileName, cells: part.cells },
              date: format.day(part.handedAt),
            })}
          </p>
          <span className={reports.acts}>
            <Button size="compact-sm" onClick={() => setOpen(part)}>
              {t('workbooks.part-look')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setLeaving(part)}>
              {t('workbooks.part-leave')}
            </Button>
          </span>
        </div>
      ))}
      {open && <PartDialog report={report} part={open} onClose={() => setOpen(undefined)} />}
      {leaving && <LeaveDialog part={leaving} onClose={() => setLeaving(undefined)} />}
    </>
  )
}

function PartDialog({ report, part, onClose }: { report: ReportDetail; part: Part; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewReports()
  const { data: reading, error } = useQuery(partQuery(part.id))
  const [asChosen, setChosen] = useState<ReadonlySet<string>>()
  const chosen = asChosen ?? new Set(reading ? sureLines(reading) : [])
  const taking = useMutation({
    mutationFn: (digest: string) => takePart(part.id, { digest, lines: reading ? linesTaken(reading, chosen) : '' }),
    onSuccess: async ({ taken }) => {
      await renew()
      toast({ kind: 'done', text: t('workbooks.taken', { count: taken }) })
      onClose()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('workbooks.part-title')}
      size="60rem"
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <div className={styles.steps}>
        <ErrorSummary problem={taking.error ?? error} />
        {reading && (
          <ReadPart
            {...{ report, reading, chosen, onClose }}
            title={part.fileName}
            isHanded
            onChoose={setChosen}
            isTaking={taking.isPending}
            onTake={() => taking.mutate(reading.digest)}
          />
        )}
      </div>
    </Modal>
  )
}

function LeaveDialog({ part, onClose }: { part: Part; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewReports()
  const leaving = useMutation({
    mutationFn: () => leavePart(part.id),
    onSuccess: async () => {
      await renew()
      toast({ kind: 'done', text: t('workbooks.part-left') })
      onClose()
    },
  })
  return (
    <Confirm
      isOpen
      title={part.fileName}
      act={t('workbooks.part-leave')}
      isPending={leaving.isPending}
      onConfirm={() => leaving.mutate()}
      onClose={onClose}
    >
      {t('workbooks.part-leave-words')}
      <ErrorSummary problem={leaving.error} />
    </Confirm>
  )
}
