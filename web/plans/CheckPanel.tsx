import { Button, Group } from '@mantine/core'
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { OccurrenceDetail, Progress } from '#plans/model'
import { Confirm } from '../kit/Confirm.tsx'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { LongTextField } from '../kit/fields.tsx'
import { Section } from '../kit/Section.tsx'
import { useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { Update } from './ProgressHistory.tsx'
import { useRenew } from './queries.ts'
import { write } from './requests.ts'
import styles from './Task.module.css'

/** An update that waits for this person's check: accept it, or return it with a reason. */
export function CheckPanel({ work, progress }: { work: OccurrenceDetail; progress: Progress }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenew()
  const [isReturning, setReturning] = useState(false)
  const [reason, setReason] = useState('')
  const { version } = progress
  const accept = useMutation({
    mutationFn: () => write('POST', `/progress/${progress.id}/acceptance`, { version }),
    onSuccess: () => done('plans.update-accepted'),
  })
  const giveBack = useMutation({
    mutationFn: () => write('POST', `/progress/${progress.id}/return`, { version, reason }),
    onSuccess: () => done('plans.update-returned'),
  })
  async function done(words: string) {
    setReturning(false)
    toast({ kind: 'done', text: t(words, { agency: work.agency.name }) })
    await renew()
  }
  return (
    <Section title={t('plans.to-check')}>
      <div id="kiem-tra" tabIndex={-1} className={styles.check}>
        <ErrorSummary problem={accept.error} />
        <Update progress={progress} />
        <Group gap="xs" className="screen-only">
          <Button
            leftSection={<IconCheck size={18} stroke={1.8} aria-hidden />}
            loading={accept.isPending}
            onClick={() => accept.mutate()}
          >
            {t('plans.accept')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={18} stroke={1.8} aria-hidden />}
            onClick={() => setReturning(true)}
          >
            {t('plans.return')}
          </Button>
        </Group>
      </div>
      <Confirm
        isOpen={isReturning}
        title={t('plans.return-title', { agency: work.agency.name })}
        act={t('plans.return')}
        isPending={giveBack.isPending}
        isBlocked={reason.trim() === ''}
        onConfirm={() => giveBack.mutate()}
        onClose={() => setReturning(false)}
      >
        <ErrorSummary problem={giveBack.error} />
        <LongTextField
          id="reason"
          label={t('plans.return-reason')}
          help={t('plans.return-reason-help')}
          value={reason}
          onChange={setReason}
          maxLength={4000}
          required
        />
      </Confirm>
    </Section>
  )
}
