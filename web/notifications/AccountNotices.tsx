import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { act } from '../access/requests.ts'
import { useSession } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import styles from './AccountNotices.module.css'
import { noticeSentence } from './notice-words.ts'
import { noticesKey, noticesQuery } from './requests.ts'

/** Above every page: what touches the safety of the own account, one line a kind, until it is read. */
export function AccountNotices() {
  const t = useText()
  const format = useFormat()
  const queries = useQueryClient()
  const { isFactorPostponed } = useSession()
  const { data } = useQuery({ ...noticesQuery({ view: 'security', page: 1, size: 10 }), staleTime: 60_000 })
  const notices = data?.items ?? []
  const done = useMutation({
    mutationFn: (id: string) => act<void>(`/notices/${id}/reading`),
    onSuccess: () => queries.invalidateQueries({ queryKey: [noticesKey] }),
  })
  if (notices.length === 0 && !isFactorPostponed) return null
  return (
    <aside className={`${styles.notices} screen-only`} aria-label={t('notifications.notices')}>
      {isFactorPostponed && (
        <p>
          {t('access.factor-postponed')} <Link to="/tai-khoan">{t('access.factor-postponed-go')}</Link>
        </p>
      )}
      {notices.map((notice) => (
        <p key={notice.id}>
          {noticeSentence(t, format, notice)} <Link to="/tai-khoan">{t('notifications.go-account')}</Link>{' '}
          <Button variant="subtle" size="compact-sm" onClick={() => done.mutate(notice.id)}>
            {t('notifications.read')}
          </Button>
        </p>
      ))}
    </aside>
  )
}
