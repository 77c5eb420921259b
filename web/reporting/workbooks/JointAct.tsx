import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../../kit/session.tsx'
import { useText } from '../../kit/text.tsx'
import { awaitedQuery } from '../urging/queries.ts'
import { JointDialog } from './JointDialog.tsx'

/** One workbook for all bodies whose reports of a round come here. Nothing where none is awaited. */
export function JointAct({ roundId }: { roundId: string }) {
  const t = useText()
  const may = useMay()
  const { data } = useQuery({ ...awaitedQuery, enabled: may('reporting.consolidate') })
  const [isOpen, setOpen] = useState(false)
  if (!data?.some((one) => one.roundId === roundId)) return null
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('workbooks.joint')}
      </Button>
      {isOpen && <JointDialog roundId={roundId} onClose={() => setOpen(false)} />}
    </>
  )
}
