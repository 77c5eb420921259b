import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import {
  DutyKind,
  editItem,
  faultsOf,
  Frequency,
  TimeKind,
  type ItemChanges,
  type ProposedDuty,
  type ProposedItem,
  type ProposedTime,
} from '#documents/model'
import { DateField } from '../../kit/DateField.tsx'
import { LongTextField, SelectField, TextField } from '../../kit/fields.tsx'
import { useSession } from '../../kit/session.tsx'
import { useText } from '../../kit/text.tsx'
import { BodyPicker } from './BodyPicker.tsx'
import type { Review } from './useReview.ts'
import { choice } from './choice.ts'
import styles from './TaskEditor.module.css'

export interface TaskEditorProps {
  item: ProposedItem
  review: Review
  /** Done: accepts it as it now is. */
  onDone: () => void
  onClose: () => void
}

/** All of an item, to be put right. What is typed is kept at once; "done" accepts it, "cancel" puts it back. */
export function TaskEditor({ item, review, onDone, onClose }: TaskEditorProps) {
  const t = useText()
  const before = useRef(item)
  const first = useRef<HTMLDivElement>(null)
  const hasBegun = useRef(false)
  useEffect(() => first.current?.querySelector('textarea')?.focus(), [])
  /** The first change can be undone as one; the keystrokes after it belong to it. */
  function change(changes: ItemChanges) {
    review.apply((proposal) => editItem(proposal, item.key, changes), hasBegun.current ? 'forget' : undefined)
    hasBegun.current = true
  }
  function cancel() {
    review.apply(
      (proposal) => ({
        ...proposal,
        items: proposal.items.map((each) => (each.key === item.key ? before.current : each)),
      }),
      'forget',
    )
    onClose()
  }
  const isTask = item.kind === 'task'
  const id = (name: string) => `edit-${item.key}-${name}`
  return (
    <div
      className={styles.editor}
      ref={first}
      role="group"
      aria-label={t('documents.screen.edit')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') cancel()
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && faultsOf(item).length === 0) onDone()
      }}
    >
      <LongTextField
        id={id('text')}
        label={t('documents.screen.text', { kind: item.kind })}
        value={item.text}
        rows={isTask ? 5 : 2}
        onChange={(text) => change({ text })}
      />
      <TextField
        id={id('path')}
        label={t('documents.screen.path')}
        value={item.path}
        letters={14}
        onChange={(path) => change({ path })}
      />
      <Parent item={item} review={review} onChange={(parentKey) => change({ parentKey })} />
      {isTask && (
        <>
          <Duties item={item} review={review} onChange={(duties) => change({ duties })} />
          <Time item={item} time={item.time} onChange={(time) => change({ time })} />
          <LongTextField
            id={id('output')}
            label={t('documents.screen.output')}
            value={item.output ?? ''}
            rows={2}
            onChange={(output) => change({ output: output === '' ? null : output })}
          />
          <LongTextField
            id={id('funding')}
            label={t('documents.screen.funding')}
            value={item.funding ?? ''}
            rows={2}
            onChange={(funding) => change({ funding: funding === '' ? null : funding })}
          />
        </>
      )}
      <div className={styles.acts}>
        <Button onClick={onDone} disabled={faultsOf(item).length > 0}>
          {t('documents.screen.done-accept')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('documents.screen.decide-later')}
        </Button>
        <Button variant="subtle" onClick={cancel}>
          {t('kit.cancel')}
        </Button>
      </div>
    </div>
  )
}

/** The group it lies in; never itself or what lies under it. */
function Parent({
  item,
  review,
  onChange,
}: {
  item: ProposedItem
  review: Review
  onChange: (key: string | null) => void
}) {
  const t = useText()
  const below = new Set([item.key])
  for (const each of review.proposal.items)
    if (each.parentKey !== null && below.has(each.parentKey)) below.add(each.key)
  const groups = review.proposal.items.filter(
    (each) => each.kind === 'group' && each.state !== 'rejected' && !below.has(each.key),
  )
  return (
    <SelectField
      id={`edit-${item.key}-parent`}
      label={t('documents.screen.group')}
      value={item.parentKey ?? ''}
      choices={[
        { value: '', label: t('documents.screen.no-group') },
        ...groups.map((group) => ({ value: group.key, label: `${group.path} ${group.text}`.trim().slice(0, 100) })),
      ]}
      onChange={(key) => onChange(key === '' ? null : key)}
    />
  )
}

function Duties({
  item,
  review,
  onChange,
}: {
  item: ProposedItem
  review: Review
  onChange: (duties: ProposedDuty[]) => void
}) {
  const t = useText()
  const [isAdding, setAdding] = useState(false)
  const [open, setOpen] = useState<number | null>(null)
  const kinds = DutyKind.options.map((kind) => ({ value: kind, label: t('documents.screen.duty', { kind }) }))
  const put = (index: number, changes: Partial<ProposedDuty>) =>
    onChange(item.duties.map((duty, at) => (at === index ? { ...duty, ...changes, state: 'edited' } : duty)))
  return (
    <fieldset className={styles.duties}>
      <legend>{t('documents.screen.duties')}</legend>
      {item.duties.map((duty, index) => (
        <div key={`${index} ${item.duties.length}`} className={styles.duty}>
          <SelectField
            id={`edit-${item.key}-kind-${index}`}
            label={t('documents.screen.duty-kind')}
            value={duty.kind}
            choices={kinds}
            onChange={(kind) => put(index, { kind: DutyKind.parse(kind) })}
          />
          <TextField
            id={`edit-${item.key}-raw-${index}`}
            label={t('documents.screen.words-printed')}
            value={duty.raw}
            onChange={(raw) => put(index, { raw })}
          />
          <ActionIcon
            className={styles.remove}
            aria-label={t('documents.screen.remove-duty', { raw: duty.raw })}
            onClick={() => onChange(item.duties.filter((_each, at) => at !== index))}
          >
            <IconTrash size={18} />
          </ActionIcon>
          <div className={styles.whole}>
            <Button
              variant="subtle"
              size="compact-sm"
              aria-expanded={open === index}
              onClick={() => setOpen(open === index ? null : index)}
            >
              → {review.nameOf(duty)?.name ?? t('documents.screen.nobody-yet')}
            </Button>
            {open === index && (
              <BodyPicker
                review={review}
                raw={duty.raw}
                chosen={duty}
                onChoose={(body) => {
                  put(index, { agencyId: body?.agencyId ?? null, classCode: body?.classCode ?? null })
                  setOpen(null)
                }}
              />
            )}
          </div>
        </div>
      ))}
      {isAdding ? (
        <BodyPicker
          review={review}
          raw={null}
          chosen={{ agencyId: null, classCode: null }}
          onClose={() => setAdding(false)}
          onChoose={(body) => {
            if (!body) return
            const kind = item.duties.some((duty) => duty.kind === 'lead') ? 'support' : 'lead'
            onChange([
              ...item.duties,
              { kind, raw: body.name, agencyId: body.agencyId, classCode: body.classCode, state: 'edited' },
            ])
            setAdding(false)
          }}
        />
      ) : (
        <Button
          variant="default"
          size="compact-md"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          {t('documents.screen.add-duty')}
        </Button>
      )}
    </fieldset>
  )
}

const noTime: ProposedTime = { kind: 'by', text: '', from: null, to: null, frequency: null }

function Time({
  item,
  time,
  onChange,
}: {
  item: ProposedItem
  time: ProposedTime | null
  onChange: (time: ProposedTime | null) => void
}) {
  const t = useText()
  const { today } = useSession()
  const id = (name: string) => `edit-${item.key}-time-${name}`
  const set = (changes: Partial<ProposedTime>) => onChange({ ...(time ?? noTime), ...changes })
  const kinds = TimeKind.options.map((kind) => ({
    value: kind,
    label: t('documents.screen.time-kind', { kind: choice(kind) }),
  }))
  const hasDates = time !== null && time.kind !== 'continuous' && time.kind !== 'on-event'
  return (
    <fieldset className={styles.duties}>
      <legend>{t('documents.screen.time')}</legend>
      <div className={styles.pair}>
        <SelectField
          id={id('kind')}
          label={t('documents.screen.time-kind-label')}
          value={time?.kind ?? ''}
          choices={[{ value: '', label: t('documents.screen.no-time') }, ...kinds]}
          onChange={(kind) => (kind === '' ? onChange(null) : set(changesFor(TimeKind.parse(kind))))}
        />
        {time !== null && (
          <TextField
            id={id('text')}
            label={t('documents.screen.words-printed')}
            value={time.text}
            onChange={(text) => set({ text })}
          />
        )}
      </div>
      {time?.kind === 'recurring' && (
        <SelectField
          id={id('frequency')}
          label={t('documents.screen.frequency-label')}
          value={time.frequency ?? ''}
          choices={[
            { value: '', label: t('documents.screen.choose') },
            ...Frequency.options.map((each) => ({
              value: each,
              label: t('documents.screen.frequency', { frequency: choice(each) }),
            })),
          ]}
          onChange={(frequency) => set({ frequency: frequency === '' ? null : Frequency.parse(frequency) })}
        />
      )}
      {hasDates && (
        <div className={styles.pair}>
          {time.kind !== 'by' && (
            <DateField
              id={id('from')}
              label={t('documents.screen.from')}
              value={time.from}
              today={today}
              onChange={(from) => set({ from })}
            />
          )}
          <DateField
            id={id('to')}
            label={t('documents.screen.to', { kind: time.kind })}
            value={time.to}
            today={today}
            onChange={(to) => set({ to })}
          />
        </div>
      )}
    </fieldset>
  )
}

/** What a kind of time cannot have is taken away with the change to it. */
function changesFor(kind: ProposedTime['kind']): Partial<ProposedTime> {
  switch (kind) {
    case 'continuous':
    case 'on-event':
      return { kind, from: null, to: null, frequency: null }
    case 'by':
      return { kind, from: null, frequency: null }
    case 'range':
      return { kind, frequency: null }
    case 'recurring':
      return { kind }
  }
}
