import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { changeLimits, type ChangeSetDetail } from '#plans/model'
import { TextField } from '../../kit/fields.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { DialogForm } from '../DialogForm.tsx'
import { write } from '../requests.ts'
import { changeSetTo } from './addresses.ts'
import { wishesOf } from './bulk.ts'
import styles from './Changes.module.css'
import { labelsQuery } from './queries.ts'
import { TriBox } from './TriBox.tsx'
import { stateOf, type TriState } from './tri-state.ts'

export interface LabelsDialogProps {
  /** The chosen pieces of work, each with the labels of its task. */
  chosen: readonly { id: string; labels: readonly string[] }[]
  onClose: () => void
}

/** Labels on all, some or none of the chosen work, and new ones. */
export function LabelsDialog({ chosen, onClose }: LabelsDialogProps) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const { data: known = [] } = useQuery(labelsQuery)
  const [added, setAdded] = useState<readonly string[]>([])
  const [boxes, setBoxes] = useState<ReadonlyMap<string, TriState>>(new Map())
  const [fresh, setFresh] = useState('')
  const all = [...new Set([...known, ...chosen.flatMap((work) => work.labels), ...added])].map((label) => {
    const on = chosen.filter((work) => work.labels.includes(label)).length
    const start = stateOf(on, chosen.length)
    return { label, on, start, value: boxes.get(label) ?? start }
  })
  const wishes = wishesOf(all.map(({ label, start, value }) => ({ thing: label, start, value })))
  const looking = useMutation({
    mutationFn: () =>
      write<ChangeSetDetail>('POST', '/labels/changes', {
        workIds: chosen.map((work) => work.id),
        labels: wishes.map(({ thing, isOn }) => ({ label: thing, isOn })),
      }),
    onSuccess: ({ id }) => navigate({ to: changeSetTo(id) }),
  })
  function add() {
    const label = fresh.trim().normalize('NFC')
    if (label === '') return
    setAdded([...added, label])
    setBoxes(new Map(boxes).set(label, 'all'))
    setFresh('')
  }
  return (
    <DialogForm
      title={t('changes.labels-title', { count: chosen.length, number: format.number(chosen.length) })}
      act={t('changes.preview')}
      isPending={looking.isPending}
      isBlocked={wishes.length === 0}
      problem={looking.error}
      onSend={() => looking.mutate()}
      onClose={onClose}
    >
      <p>{t('changes.labels-help')}</p>
      {all.length === 0 && <p>{t('changes.labels-none')}</p>}
      <div className={styles.states}>
        {all.map(({ label, on, start, value }) => (
          <TriBox
            key={label}
            label={label}
            detail={on > 0 ? t('changes.on-count', { on, total: chosen.length }) : undefined}
            start={start}
            value={value}
            onChange={(to) => setBoxes(new Map(boxes).set(label, to))}
          />
        ))}
      </div>
      <div className={styles.add}>
        <TextField
          id="label"
          label={t('changes.label-new')}
          value={fresh}
          onChange={setFresh}
          letters={30}
          maxLength={changeLimits.label}
        />
        <Button variant="default" disabled={fresh.trim() === ''} onClick={add}>
          {t('changes.label-add')}
        </Button>
      </div>
    </DialogForm>
  )
}

/** The labels of a task, where it is listed. */
export function Labels({ labels }: { labels: readonly string[] }) {
  const t = useText()
  if (labels.length === 0) return null
  return (
    <span className={styles.labels} role="list" aria-label={t('changes.labels')}>
      {labels.map((label) => (
        <span key={label} role="listitem" className={styles.label}>
          {label}
        </span>
      ))}
    </span>
  )
}
