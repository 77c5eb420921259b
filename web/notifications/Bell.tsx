import { ActionIcon } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useText } from '../kit/text.tsx'
import styles from './Notices.module.css'
import { unreadQuery } from './requests.ts'

/** Counts beyond this are told as “more than”. */
const most = 99

/** The way to the notices, with how many wait. */
export function Bell() {
  const t = useText()
  const { data } = useQuery(unreadQuery)
  const unread = data?.unread ?? 0
  const name = `${t('notifications.notices')}: ${t('notifications.notices-unread', { count: unread })}`
  return (
    <span className={styles.bell}>
      <ActionIcon component={Link} to="/thong-bao" aria-label={name} title={name}>
        <IconBell size={22} stroke={1.6} aria-hidden />
      </ActionIcon>
      {unread > 0 && (
        <span className={styles.count} aria-hidden>
          {unread > most ? `${most}+` : unread}
        </span>
      )}
    </span>
  )
}
