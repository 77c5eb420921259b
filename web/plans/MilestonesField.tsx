import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { NamedMilestone } from '#plans/model'
import { DateField } from '../kit/DateField.tsx'
import { TextField } from '../kit/fields.tsx'
import { useSession } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import styles from './Editor.module.css'

export interface MilestonesFieldProps {
  milestones: readonly NamedMilestone[]
  onChange: (milestones: NamedMilestone[]) => void
}

/** Milestones the document names for a task: its words, and the day they mean. */
export function MilestonesField({ milestones, onChange }: MilestonesFieldProps) {
  const t = useText()
  const { today } = useSession()
  const set = (at: number, to: Partial<NamedMilestone>) =>
    onChange(milestones.map((one, index) => (index === at ? { ...one, ...to } : one)))
  return (
    <fieldset className={styles.duties} id="node.milestones" tabIndex={-1}>
      <legend>{t('plans.milestones')}</legend>
      <p className={styles.quiet}>{t('plans.milestones-help')}</p>
      {milestones.map((milestone, at) => (
        <div key={at} className={styles.milestone}>
          <TextField
            id={`node.milestones.${at}.text`}
            label={t('plans.milestone-as-printed')}
            value={milestone.text}
            onChange={(text) => set(at, { text })}
            maxLength={500}
          />
          <DateField
            id={`node.milestones.${at}.dueOn`}
            label={t('plans.milestone-due')}
            value={milestone.dueOn}
            onChange={(dueOn) => set(at, { dueOn })}
            today={today}
          />
          <ActionIcon
            className={styles.dutyRemove}
            aria-label={t('plans.milestone-remove', { name: milestone.text })}
            title={t('plans.milestone-remove', { name: milestone.text })}
            onClick={() => onChange(milestones.filter((_one, index) => index !== at))}
          >
            <IconTrash size={18} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      {milestones.length < 20 && (
        <div>
          <Button
            variant="default"
            leftSection={<IconPlus size={18} stroke={1.6} aria-hidden />}
            onClick={() => onChange([...milestones, { text: '', dueOn: null }])}
          >
            {t('plans.milestone-add')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
