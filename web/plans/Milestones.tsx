import { Button, Group } from '@mantine/core'
import { IconSquareRotated, IconSquareRotatedFilled, IconPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Milestone, OccurrenceDetail } from '#plans/model'
import { DateField } from '../kit/DateField.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { LongTextField, TextField } from '../kit/fields.tsx'
import { Section } from '../kit/Section.tsx'
import { useSession } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { DialogForm } from './DialogForm.tsx'
import { MilestoneDue } from './MilestoneDue.tsx'
import { useRenew } from './queries.ts'
import { write } from './requests.ts'
import styles from './Task.module.css'

type Act = { kind: 'add' } | { kind: 'change' | 'pass' | 'cancel'; milestone: Milestone }

/** The dated milestones of a piece of work; none of them counts in the four numbers, and that is said. */
export function Milestones({ work }: { work: OccurrenceDetail }) {
  const t = useText()
  const [act, setAct] = useState<Act | undefined>()
  const { milestones } = work
  const mayKeep = work.may.keepMilestones
  const mayAdd = mayKeep && work.doneOn === null
  if (milestones.length === 0 && !mayAdd) return null
  return (
    <Section
      title={t('plans.milestones')}
      acts={
        mayAdd && (
          <Button
            variant="default"
            className="screen-only"
            leftSection={<IconPlus size={18} stroke={1.6} aria-hidden />}
            onClick={() => setAct({ kind: 'add' })}
          >
            {t('plans.milestone-add')}
          </Button>
        )
      }
    >
      <div id="moc" tabIndex={-1} className={styles.milestones}>
        <p className={styles.quiet}>{t('plans.milestones-words')}</p>
        <ul>
          {milestones.map((milestone) => (
            <li key={milestone.id}>
              <Stand milestone={milestone} />
              {mayKeep && (
                <Group gap="xs" className="screen-only">
                  {milestone.doneOn === null && (
                    <Button variant="default" size="compact-sm" onClick={() => setAct({ kind: 'pass', milestone })}>
                      {t('plans.milestone-pass')}
                    </Button>
                  )}
                  {(milestone.doneOn !== null || !milestone.isOfPlan) && (
                    <Button variant="subtle" size="compact-sm" onClick={() => setAct({ kind: 'change', milestone })}>
                      {t('plans.milestone-change')}
                    </Button>
                  )}
                  {!milestone.isOfPlan && milestone.doneOn === null && (
                    <Button variant="subtle" size="compact-sm" onClick={() => setAct({ kind: 'cancel', milestone })}>
                      {t('plans.milestone-cancel')}
                    </Button>
                  )}
                </Group>
              )}
            </li>
          ))}
        </ul>
      </div>
      {act && <MilestoneDialog workId={work.id} act={act} onClose={() => setAct(undefined)} />}
    </Section>
  )
}

/** A milestone as it stands: its shape, name, day, and what shows that it was passed. */
function Stand({ milestone }: { milestone: Milestone }) {
  const t = useText()
  const format = useFormat()
  const { name, dueOn, doneOn, proof, isOfPlan } = milestone
  const Shape = doneOn === null ? IconSquareRotated : IconSquareRotatedFilled
  return (
    <div className={styles.milestone} data-passed={doneOn !== null || undefined}>
      <Shape size={18} stroke={1.8} aria-hidden />
      <div>
        <p>
          <strong>{name}</strong>
          {isOfPlan && <span className={styles.quiet}> · {t('plans.milestone-of-plan-short')}</span>}
        </p>
        <p>
          {doneOn === null ? (
            <MilestoneDue dueOn={dueOn} />
          ) : (
            t('plans.milestone-passed-on', { date: format.date(doneOn), due: format.date(dueOn) })
          )}
        </p>
        {proof !== null && <p className={styles.quiet}>{t('plans.milestone-shown-by', { proof })}</p>}
      </div>
    </div>
  )
}

function MilestoneDialog({ workId, act, onClose }: { workId: string; act: Act; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenew()
  const { today } = useSession()
  const before = act.kind === 'add' ? undefined : act.milestone
  const [name, setName] = useState(before?.name ?? '')
  const [dueOn, setDueOn] = useState(before?.dueOn ?? null)
  const [doneOn, setDoneOn] = useState(act.kind === 'pass' ? today : (before?.doneOn ?? null))
  const [proof, setProof] = useState(before?.proof ?? '')
  const isPassing = act.kind === 'pass' || (act.kind === 'change' && before?.doneOn !== null)
  const mayRename = act.kind === 'add' || (act.kind === 'change' && before?.isOfPlan === false)
  const send = useMutation({
    mutationFn: () => {
      if (!before) return write('POST', `/tasks/${workId}/milestones`, { name, dueOn })
      const { id, version } = before
      if (act.kind === 'cancel') return write('POST', `/milestones/${id}/cancellation`, { version })
      const said = proof.trim() === '' ? null : proof
      return write('PUT', `/milestones/${id}`, { version, name, dueOn, doneOn, proof: said })
    },
    onSuccess: async () => {
      toast({ kind: 'done', text: t('plans.milestone-saved') })
      onClose()
      await renew()
    },
  })
  return (
    <DialogForm
      title={t('plans.milestone-act', { act: act.kind })}
      act={t('plans.milestone-act', { act: act.kind })}
      isPending={send.isPending}
      isBlocked={
        name.trim() === '' || dueOn === null || (act.kind === 'pass' && (doneOn === null || proof.trim() === ''))
      }
      isDestructive={act.kind === 'cancel'}
      problem={send.error}
      onSend={() => send.mutate()}
      onClose={onClose}
    >
      {!mayRename && <p>{name}</p>}
      {act.kind === 'cancel' && <p>{t('plans.milestone-cancel-words')}</p>}
      {mayRename && (
        <>
          <TextField
            id="name"
            label={t('plans.milestone-name')}
            error={problemAt(send.error, 'name')}
            value={name}
            onChange={setName}
            maxLength={500}
            required
          />
          <DateField
            id="dueOn"
            label={t('plans.milestone-due')}
            error={problemAt(send.error, 'dueOn')}
            value={dueOn}
            onChange={setDueOn}
            today={today}
            required
          />
        </>
      )}
      {isPassing && (
        <>
          <DateField
            id="doneOn"
            label={t('plans.milestone-done')}
            help={act.kind === 'change' ? t('plans.milestone-done-help') : undefined}
            error={problemAt(send.error, 'doneOn')}
            value={doneOn}
            onChange={(date) => {
              setDoneOn(date)
              if (date === null) setProof('')
            }}
            today={today}
            max={today}
            required={act.kind === 'pass'}
          />
          <LongTextField
            id="proof"
            label={t('plans.milestone-proof')}
            help={t('plans.milestone-proof-help')}
            error={problemAt(send.error, 'proof')}
            value={proof}
            onChange={setProof}
            rows={3}
            maxLength={4000}
            required={doneOn !== null}
          />
        </>
      )}
    </DialogForm>
  )
}
