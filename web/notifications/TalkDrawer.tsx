import { Button, Drawer } from '@mantine/core'
import { IconMessage } from '@tabler/icons-react'
import { useState } from 'react'
import type { RecordOf } from '#notifications/model'
import { useText } from '../kit/text.tsx'
import { HistorySection } from './HistorySection.tsx'
import styles from './Talk.module.css'
import { TalkSection } from './TalkSection.tsx'

/** For records that have no page of their own: a button that opens what is said about one, and what was done to it. */
export function TalkDrawer({ record, title }: { record: RecordOf; title: string }) {
  const t = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <div className={`${styles.open} screen-only`}>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconMessage size={16} stroke={1.6} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('notifications.talk-and-history')}
      </Button>
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={title}
        position="right"
        size="36rem"
        closeButtonProps={{ 'aria-label': t('kit.close') }}
      >
        {isOpen && (
          <>
            <TalkSection record={record} />
            <HistorySection record={record} />
          </>
        )}
      </Drawer>
    </div>
  )
}
