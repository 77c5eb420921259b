import { ActionIcon, Button } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconFolderPlus,
  IconIndentDecrease,
  IconIndentIncrease,
  IconListNumbers,
  IconPlus,
  IconTrash,
  type Icon,
} from '@tabler/icons-react'
import { useText } from '../kit/text.tsx'
import styles from './Editor.module.css'
import type { OutlineAct } from './Outline.tsx'
import { choice } from './words.ts'

const steps: readonly [OutlineAct, Icon][] = [
  ['outdent', IconIndentDecrease],
  ['indent', IconIndentIncrease],
  ['up', IconArrowUp],
  ['down', IconArrowDown],
  ['remove', IconTrash],
]

/** What can be done with the outline; the keys are those of the outline in a word processor. */
export function OutlineTools({ onAct, hasSelected }: { onAct: (act: OutlineAct) => void; hasSelected: boolean }) {
  const t = useText()
  return (
    <div className={styles.tools} role="toolbar" aria-label={t('plans.outline-tools')}>
      <Button
        variant="default"
        leftSection={<IconPlus size={18} stroke={1.6} aria-hidden />}
        onClick={() => onAct('add-task')}
      >
        {t('plans.outline-act', { act: choice('add-task') })}
      </Button>
      <Button
        variant="default"
        leftSection={<IconFolderPlus size={18} stroke={1.6} aria-hidden />}
        onClick={() => onAct('add-group')}
      >
        {t('plans.outline-act', { act: choice('add-group') })}
      </Button>
      {steps.map(([act, ActIcon]) => {
        const words = t('plans.outline-act', { act: choice(act) })
        return (
          <ActionIcon key={act} aria-label={words} title={words} disabled={!hasSelected} onClick={() => onAct(act)}>
            <ActIcon size={20} stroke={1.6} />
          </ActionIcon>
        )
      })}
      <Button
        variant="subtle"
        leftSection={<IconListNumbers size={18} stroke={1.6} aria-hidden />}
        onClick={() => onAct('renumber')}
      >
        {t('plans.outline-act', { act: 'renumber' })}
      </Button>
      <span className={styles.keys}>{t('plans.outline-keys')}</span>
    </div>
  )
}
