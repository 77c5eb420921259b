import { Button, Menu, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { act } from '../access/requests.ts'
import { DateField } from '../kit/DateField.tsx'
import type { DateText } from '../kit/format.ts'
import { useProblemWords } from '../kit/problem-words.ts'
import { useSession } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import styles from './Notices.module.css'
import { noticesKey } from './requests.ts'
import { daysAfter, nextMonday } from './snooze.ts'

/** Puts a notice off until tomorrow morning, next Monday or a day one chooses. */
export function SnoozeMenu({ noticeId }: { noticeId: string }) {
  const t = useText()
  const format = useFormat()
  const toast = useToast()
  const words = useProblemWords()
  const queries = useQueryClient()
  const { today } = useSession()
  const [isChoosing, setChoosing] = useState(false)
  const [day, setDay] = useState<DateText | null>(null)
  const snooze = useMutation({
    mutationFn: (until: DateText) => act<void>(`/notices/${noticeId}/snooze`, { until }),
    onSuccess: async (_answer, until) => {
      setChoosing(false)
      toast({ kind: 'done', text: t('notifications.done-snoozed', { day: format.date(until) }) })
      await queries.invalidateQueries({ queryKey: [noticesKey] })
    },
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  const tomorrow = daysAfter(today, 1)
  const monday = nextMonday(today)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="subtle" size="compact-sm" loading={snooze.isPending}>
            {t('notifications.snooze')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => snooze.mutate(tomorrow)}>{t('notifications.snooze-tomorrow')}</Menu.Item>
          {monday !== tomorrow && (
            <Menu.Item onClick={() => snooze.mutate(monday)}>{t('notifications.snooze-monday')}</Menu.Item>
          )}
          <Menu.Item onClick={() => setChoosing(true)}>{t('notifications.snooze-other')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={isChoosing}
        onClose={() => setChoosing(false)}
        title={t('notifications.snooze')}
        centered
        closeButtonProps={{ 'aria-label': t('kit.close') }}
      >
        <form
          className={styles.day}
          onSubmit={(event) => {
            event.preventDefault()
            if (day !== null) snooze.mutate(day)
          }}
        >
          <DateField
            id="until"
            label={t('notifications.snooze-until')}
            value={day}
            onChange={setDay}
            today={today}
            min={tomorrow}
            max={daysAfter(today, 365)}
          />
          <div>
            <Button type="submit" loading={snooze.isPending} disabled={day === null}>
              {t('notifications.snooze')}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  )
}
