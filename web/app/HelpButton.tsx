import { Button, Kbd, Modal } from '@mantine/core'
import { IconHelp } from '@tabler/icons-react'
import { useState } from 'react'
import { useText } from '../kit/text.tsx'
import styles from './HelpButton.module.css'

const keys = ['search', 'rows', 'open', 'select', 'tree', 'close'] as const
const pressed: Record<(typeof keys)[number], readonly string[]> = {
  search: ['Ctrl', 'K'],
  rows: ['↑', '↓'],
  open: ['Enter'],
  select: ['Space'],
  tree: ['←', '→'],
  close: ['Esc'],
}

/** How to work with the keyboard, and how to read the marks used on every page. */
export function HelpButton() {
  const t = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        c="var(--ink)"
        px="xs"
        leftSection={<IconHelp size={20} stroke={1.6} aria-hidden />}
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
      >
        {t('app.help')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('app.help-title')}
        closeButtonProps={{ 'aria-label': t('kit.close') }}
      >
        <p>{t('app.help-intro')}</p>
        <dl className={styles.keys}>
          {keys.map((key) => (
            <div key={key}>
              <dt>
                {pressed[key].map((cap) => (
                  <Kbd key={cap}>{cap}</Kbd>
                ))}
              </dt>
              <dd>{t(`app.key-${key}`)}</dd>
            </div>
          ))}
        </dl>
        <p>{t('app.help-marks')}</p>
      </Modal>
    </>
  )
}
