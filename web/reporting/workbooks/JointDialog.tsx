import { Button, Checkbox, Modal } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { JointReading } from '#reporting/model'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { FileDrop } from '../../kit/FileDrop.tsx'
import { WritingFile } from '../../kit/lists/WritingFile.tsx'
import { useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { askForJoint, handParts, lookAtJoint } from './queries.ts'
import { SignField } from './SignField.tsx'
import styles from './Workbooks.module.css'
import { WrongCells } from './WrongCells.tsx'

const rule = { endings: ['.xlsx'], maxBytes: 24_000_000 }

/** One spreadsheet for many bodies: made by a job, filled in, looked at body by body, handed to those one chooses. */
export function JointDialog({ roundId, onClose }: { roundId: string; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const [file, setFile] = useState<File | null>(null)
  const [sign, setSign] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const asking = useMutation({ mutationFn: () => askForJoint(roundId) })
  const looking = useMutation({
    mutationFn: (given: File) => lookAtJoint(roundId, given, { decimalSign: sign || undefined }),
    onSuccess: (reading) => setChosen(new Set(handable(reading))),
  })
  const handing = useMutation({
    mutationFn: () => handParts(roundId, [...chosen]),
    onSuccess: ({ handed }) => {
      toast({ kind: 'done', text: t('workbooks.joint-handed', { count: handed }) })
      onClose()
    },
  })
  const forget = () => {
    looking.reset()
    handing.reset()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('workbooks.joint-title')}
      size="60rem"
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <div className={styles.steps}>
        <section className={styles.step}>
          <h3>{t('workbooks.get')}</h3>
          <p className={styles.quiet}>{t('workbooks.joint-get-words')}</p>
          <ErrorSummary problem={asking.error} />
          {asking.data ? (
            <WritingFile jobId={asking.data.jobId} onClose={() => asking.reset()} />
          ) : (
            <Button
              variant="default"
              leftSection={<IconDownload size={18} stroke={1.6} aria-hidden />}
              loading={asking.isPending}
              onClick={() => asking.mutate()}
            >
              {t('workbooks.get-act')}
            </Button>
          )}
        </section>
        <section className={styles.step}>
          <h3>{t('workbooks.give')}</h3>
          <p className={styles.quiet}>{t('workbooks.joint-give-words')}</p>
          <ErrorSummary problem={handing.error ?? looking.error} />
          <FileDrop
            id="joint-workbook"
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
              variant={looking.data ? 'default' : 'filled'}
              disabled={file === null}
              loading={looking.isPending}
              onClick={() => file && looking.mutate(file)}
            >
              {t('workbooks.joint-look')}
            </Button>
          </div>
        </section>
        {looking.data && (
          <Bodies
            {...{ reading: looking.data, chosen, onClose }}
            onChoose={setChosen}
            isHanding={handing.isPending}
            onHand={() => handing.mutate()}
          />
        )}
      </div>
    </Modal>
  )
}

const handable = ({ bodies }: JointReading): string[] => bodies.flatMap(({ partId }) => partId ?? [])

interface BodiesProps {
  reading: JointReading
  chosen: ReadonlySet<string>
  onChoose: (chosen: ReadonlySet<string>) => void
  isHanding: boolean
  onHand: () => void
  onClose: () => void
}

function Bodies({ reading, chosen, onChoose, isHanding, onHand, onClose }: BodiesProps) {
  const t = useText()
  const all = handable(reading)
  const toggle = (partId: string) => {
    const next = new Set(chosen)
    if (!next.delete(partId)) next.add(partId)
    onChoose(next)
  }
  const findings = reading.findings.map(({ agencyName, ...one }) => ({
    ...one,
    title: agencyName === '' ? one.title : t('workbooks.joint-of', { name: agencyName, words: one.title }),
  }))
  return (
    <section className={styles.step} aria-live="polite">
      <h3>{t('workbooks.joint-seen')}</h3>
      <p>
        {t('workbooks.joint-seen-words', {
          bodies: reading.bodies.length,
          findings: reading.findings.length + reading.more,
        })}
      </p>
      <WrongCells findings={findings} more={reading.more} />
      {all.length > 1 && (
        <Checkbox
          label={t('workbooks.joint-choose-all', { count: all.length })}
          checked={all.every((one) => chosen.has(one))}
          indeterminate={chosen.size > 0 && !all.every((one) => chosen.has(one))}
          onChange={(event) => onChoose(new Set(event.currentTarget.checked ? all : []))}
        />
      )}
      <ul className={styles.list}>
        {reading.bodies.map(({ partId, agencyName, cells, findings: wrong, refusal }) => (
          <li key={partId ?? agencyName}>
            <Checkbox
              label={t('workbooks.joint-body', { name: agencyName, cells, findings: wrong })}
              checked={partId !== null && chosen.has(partId)}
              disabled={partId === null}
              onChange={() => partId !== null && toggle(partId)}
            />
            {refusal !== null && <p className={styles.wrong}>{refusal}</p>}
          </li>
        ))}
      </ul>
      <div className={styles.acts}>
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        <Button disabled={chosen.size === 0} loading={isHanding} onClick={onHand}>
          {t('workbooks.joint-hand', { count: chosen.size })}
        </Button>
      </div>
    </section>
  )
}
