import { Button } from '@mantine/core'
import { IconTable } from '@tabler/icons-react'
import { useState } from 'react'
import type { ReportDetail } from '#reporting/model'
import { useText } from '../../kit/text.tsx'
import { WorkbookDialog } from './WorkbookDialog.tsx'

/** Opens the report as a spreadsheet: out to be filled in, and in again. Nothing where nothing may be written. */
export function WorkbookAct({ report }: { report: ReportDetail }) {
  const t = useText()
  const [isOpen, setOpen] = useState(false)
  if (!report.isOwn || !report.mayWrite) return null
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconTable size={18} stroke={1.6} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('workbooks.act')}
      </Button>
      {isOpen && <WorkbookDialog report={report} onClose={() => setOpen(false)} />}
    </>
  )
}
