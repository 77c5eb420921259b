import { Button, Checkbox } from '@mantine/core'
import { IconArrowBackUp, IconArrowMerge, IconCheck, IconPencil, IconScissors, IconX } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { addDuty, faultsOf, isDecided, matchDuty, type ProposedDuty, type ProposedItem } from '#documents/model'
import { StatusBadge, type Tone } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { BodyPicker } from './BodyPicker.tsx'
import { HeldBy } from './HeldBy.tsx'
import { SplitPanel } from './SplitPanel.tsx'
import { TaskEditor } from './TaskEditor.tsx'
import { lookAt, type Review } from './useReview.ts'
import { rowId, type TaskKeys } from './useTaskKeys.ts'
import { choice } from './choice.ts'
import styles from './TaskRow.module.css'

const tones: Record<ProposedItem['state'], Tone> = {
  proposed: 'guess',
  accepted: 'done',
  edited: 'done',
  rejected: 'note',
}

export interface TaskRowProps {
  item: ProposedItem
  depth: number
  review: Review
  keys: TaskKeys
}

/** One group or task under review: what it says, what state it is in, what can be done. */
export function TaskRow({ item, depth, review, keys }: TaskRowProps) {
  const t = useText()
  const format = useFormat()
  const isActive = keys.active === item.key
  const isTask = item.kind === 'task'
  const open = isActive ? keys.open : null
  return (
    <li
      id={rowId(item.key)}
      className={styles.row}
      data-kind={item.kind}
      data-state={item.state}
      data-depth={Math.min(depth, 3)}
      data-active={isActive || undefined}
      tabIndex={isActive ? 0 : -1}
      aria-label={t('documents.screen.item-name', {
        kind: item.kind,
        path: item.path,
        text: item.text.slice(0, 120),
        state: item.state,
      })}
      onFocus={(event) => {
        review.show(item.source)
        // A screen reader goes where it likes: the keys then act on the row it is at.
        if (event.target === event.currentTarget && !isActive) keys.goTo(item.key)
      }}
      onClick={() => !isActive && keys.goTo(item.key)}
    >
      <div className={styles.head}>
        {isTask && review.mayEdit && (
          <Checkbox
            size="sm"
            tabIndex={isActive ? 0 : -1}
            aria-label={t('documents.screen.select', { path: item.path })}
            checked={keys.selected.has(item.key)}
            onChange={() => keys.select(item.key)}
            onClick={(event) => event.stopPropagation()}
          />
        )}
        {isTask && <span className={styles.path}>{item.path}</span>}
        {(isTask || item.state === 'rejected') && (
          <StatusBadge tone={tones[item.state]}>{t('documents.screen.item-state', { state: item.state })}</StatusBadge>
        )}
        {item.source?.line != null && (
          <button
            type="button"
            className={styles.place}
            tabIndex={isActive ? 0 : -1}
            onClick={() => item.source && lookAt(review, item.source)}
          >
            {t('documents.screen.line', { line: format.number(item.source.line) })}
          </button>
        )}
      </div>
      {open === 'editor' ? (
        <TaskEditor
          key={item.key}
          item={item}
          review={review}
          onDone={() => keys.acts.accept(item.key)}
          onClose={() => keys.goTo(item.key)}
        />
      ) : (
        <>
          <p className={styles.text} data-closed={(!isActive && isTask) || undefined}>
            {isTask || item.path === '' ? item.text : `${item.path}. ${item.text}`}
          </p>
          {isTask && <Facts item={item} review={review} isActive={isActive} />}
        </>
      )}
      <Faults item={item} />
      {open === 'split' && <SplitPanel item={item} review={review} onClose={() => keys.goTo(item.key)} />}
      {isActive && open === null && review.mayEdit && <Acts item={item} keys={keys} />}
    </li>
  )
}

function Faults({ item }: { item: ProposedItem }) {
  const t = useText()
  const faults = item.state === 'rejected' ? [] : faultsOf(item)
  if (faults.length === 0) return null
  return (
    <ul className={styles.faults}>
      {faults.map((fault) => (
        <li key={`${fault.field} ${fault.code}`}>
          {t('documents.screen.fault', { field: fault.field, words: t(fault.code, fault.params) })}
        </li>
      ))}
    </ul>
  )
}

/** Duties by kind, time, output, money. */
function Facts({ item, review, isActive }: { item: ProposedItem; review: Review; isActive: boolean }) {
  const t = useText()
  const kinds = [...new Set(item.duties.map((duty) => duty.kind))]
  return (
    <dl className={styles.facts}>
      {kinds.map((kind) => (
        <Fact key={kind} term={t('documents.screen.duty', { kind })}>
          {item.duties.map(
            (duty, index) =>
              duty.kind === kind && (
                <Duty
                  key={`${index} ${duty.raw}`}
                  at={{ key: item.key, index }}
                  duty={duty}
                  review={review}
                  isActive={isActive}
                />
              ),
          )}
        </Fact>
      ))}
      {item.duties.length === 0 && (
        <Fact term={t('documents.screen.duty', { kind: 'lead' })}>
          <NoDuty item={item} review={review} isActive={isActive} />
        </Fact>
      )}
      {item.time !== null && (
        <Fact term={t('documents.screen.time')}>
          {item.time.text} <TimeMeaning time={item.time} />
        </Fact>
      )}
      {item.output !== null && <Fact term={t('documents.screen.output')}>{item.output}</Fact>}
      {item.funding !== null && <Fact term={t('documents.screen.funding')}>{item.funding}</Fact>}
    </dl>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function TimeMeaning({ time }: { time: NonNullable<ProposedItem['time']> }) {
  const t = useText()
  const format = useFormat()
  const from = time.from === null ? '' : format.date(time.from)
  const to = time.to === null ? '' : format.date(time.to)
  return (
    <span className={styles.meant}>
      {t('documents.screen.time-meaning', {
        kind: choice(time.kind),
        from,
        to,
        hasFrom: String(time.from !== null),
        frequency: choice(time.frequency ?? 'none'),
      })}
    </span>
  )
}

/** A body as printed and who is meant; opens the choice. */
function Duty({
  at,
  duty,
  review,
  isActive,
}: {
  at: { key: string; index: number }
  duty: ProposedDuty
  review: Review
  isActive: boolean
}) {
  const t = useText()
  const [isOpen, setOpen] = useState(false)
  const meant = review.nameOf(duty)
  const isKnown = duty.agencyId !== null || duty.classCode !== null
  const others =
    review.proposal.items.flatMap((item) => item.duties).filter((other) => other.raw === duty.raw).length - 1
  const said = isKnown
    ? (meant?.name ?? '…')
    : duty.state === 'proposed'
      ? t('documents.screen.nobody-yet')
      : t('documents.screen.words-stay')
  return (
    <span className={styles.duty} data-known={isKnown || duty.state !== 'proposed' || undefined}>
      <button
        type="button"
        className={styles.body}
        aria-expanded={isOpen}
        tabIndex={isActive ? 0 : -1}
        disabled={!review.mayEdit}
        onClick={() => setOpen(!isOpen)}
      >
        {duty.raw} <span className={styles.meant}>{said === duty.raw ? '✓' : `→ ${said}`}</span>
      </button>
      <HeldBy body={meant} />
      {isOpen && isActive && (
        <BodyPicker
          review={review}
          raw={duty.raw}
          chosen={duty}
          others={others}
          onClose={() => setOpen(false)}
          onChoose={(body, everywhere) => {
            review.apply((proposal) =>
              matchDuty(
                proposal,
                at,
                { agencyId: body?.agencyId ?? null, classCode: body?.classCode ?? null },
                everywhere,
              ),
            )
            setOpen(false)
          }}
        />
      )}
    </span>
  )
}

/** Nobody is named: a lead can be given here, to all such tasks at once. */
function NoDuty({ item, review, isActive }: { item: ProposedItem; review: Review; isActive: boolean }) {
  const t = useText()
  const [isOpen, setOpen] = useState(false)
  const lacking = review.proposal.items.filter(
    (other) => other.kind === 'task' && other.state !== 'rejected' && other.duties.length === 0,
  )
  return (
    <span className={styles.duty}>
      <button
        type="button"
        className={styles.body}
        aria-expanded={isOpen}
        tabIndex={isActive ? 0 : -1}
        disabled={!review.mayEdit}
        onClick={() => setOpen(!isOpen)}
      >
        <span className={styles.missing}>{t('documents.screen.no-duty')}</span>
      </button>
      {isOpen && isActive && (
        <BodyPicker
          review={review}
          raw={null}
          chosen={{ agencyId: null, classCode: null }}
          others={lacking.filter((other) => other.key !== item.key).length}
          onClose={() => setOpen(false)}
          onChoose={(body, everywhere) => {
            if (!body) return
            const { agencyId, classCode, name } = body
            review.apply((proposal) =>
              addDuty(proposal, item.key, { kind: 'lead', raw: name, agencyId, classCode }, everywhere),
            )
            setOpen(false)
          }}
        />
      )}
    </span>
  )
}

function Acts({ item, keys }: { item: ProposedItem; keys: TaskKeys }) {
  const t = useText()
  const { acts } = keys
  const isTask = item.kind === 'task'
  const many = keys.selected.size
  const button = (act: string, letter: string, icon: ReactNode, run: () => void, isPrimary = false) => (
    <Button
      size="compact-md"
      variant={isPrimary ? 'filled' : 'default'}
      leftSection={icon}
      onClick={run}
      aria-keyshortcuts={letter}
    >
      {act} <kbd className={styles.key}>{letter}</kbd>
    </Button>
  )
  return (
    <div className={`${styles.acts} screen-only`}>
      {isTask &&
        item.state !== 'accepted' &&
        item.state !== 'edited' &&
        button(
          t('documents.screen.accept'),
          'a',
          <IconCheck size={16} aria-hidden />,
          () => acts.accept(item.key),
          true,
        )}
      {button(t('documents.screen.edit'), 'e', <IconPencil size={16} aria-hidden />, () => keys.setOpen('editor'))}
      {isTask &&
        button(t('documents.screen.merge', { count: many }), 'm', <IconArrowMerge size={16} aria-hidden />, () =>
          acts.merge(item.key),
        )}
      {isTask &&
        button(t('documents.screen.split'), 's', <IconScissors size={16} aria-hidden />, () => keys.setOpen('split'))}
      {item.state !== 'rejected' &&
        button(t('documents.screen.reject', { kind: item.kind }), 'r', <IconX size={16} aria-hidden />, () =>
          acts.reject(item.key),
        )}
      {isDecided(item) && (
        <Button
          size="compact-md"
          variant="subtle"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          onClick={() => acts.reopen(item.key)}
        >
          {t('documents.screen.reopen')}
        </Button>
      )}
    </div>
  )
}
