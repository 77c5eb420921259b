import { ActionIcon, Button, CloseButton, Popover } from '@mantine/core'
import { IconCalendarEvent } from '@tabler/icons-react'
import { useState } from 'react'
import { useAsOf } from '../kit/address.ts'
import { DateField } from '../kit/DateField.tsx'
import { useSession } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import styles from './AsOfChip.module.css'

/** The date everything is read on: quiet when today, amber and always in sight when it is not. */
export function AsOfChip() {
  const t = useText()
  const format = useFormat()
  const { today } = useSession()
  const { asOf, isToday, setAsOf } = useAsOf()
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState<string | null>(asOf)
  function open() {
    setTyped(asOf)
    setOpen(!isOpen)
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus width={280} position="bottom-end">
      <Popover.Target>
        {isToday ? (
          <ActionIcon onClick={open} aria-label={t('app.as-of-today')} title={t('app.as-of-today')}>
            <IconCalendarEvent size={20} stroke={1.6} />
          </ActionIcon>
        ) : (
          <div className={styles.chip}>
            <button type="button" onClick={open} className={styles.words}>
              <IconCalendarEvent size={18} stroke={1.8} aria-hidden />
              <span className={styles.long}>{t('app.as-of', { date: format.date(asOf) })}</span>
              <span className={styles.short} aria-hidden>
                {format.date(asOf)}
              </span>
            </button>
            <CloseButton c="inherit" aria-label={t('app.as-of-back')} onClick={() => setAsOf(undefined)} />
          </div>
        )}
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            setAsOf(typed ?? undefined)
            setOpen(false)
          }}
        >
          <DateField
            label={t('app.as-of-label')}
            help={t('app.as-of-help')}
            value={typed}
            onChange={setTyped}
            today={today}
          />
          <Button type="submit" mt="sm" disabled={typed === null}>
            {t('app.as-of-read')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
