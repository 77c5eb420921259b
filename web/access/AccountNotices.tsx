import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Notice } from '#access/model'
import { useSession } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import styles from './AccountNotices.module.css'
import { act, read } from './requests.ts'

const key = ['account', 'notices']

/** Above every page: what one must hear about the own account, until it is read. */
export function AccountNotices() {
  const t = useText()
  const format = useFormat()
  const queries = useQueryClient()
  const { isFactorPostponed } = useSession()
  const { data: notices = [] } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => read<Notice[]>('/account/notices', {}, signal),
    staleTime: 60_000,
  })
  const done = useMutation({
    mutationFn: (id: string) => act<void>(`/account/notices/${id}/read`),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  })
  if (notices.length === 0 && !isFactorPostponed) return null
  return (
    <aside className={`${styles.notices} screen-only`} aria-label={t('access.notices')}>
      {isFactorPostponed && (
        <p>
          {t('access.factor-postponed')} <Link to="/tai-khoan">{t('access.factor-postponed-go')}</Link>
        </p>
      )}
      {notices.map((notice) => (
        <p key={notice.id}>
          {t(`access.notice-${notice.kind}`, {
            ...notice.params,
            at: format.dateTime(notice.madeAt),
            from: notice.params.from ? format.date(notice.params.from) : '',
            to: notice.params.to ? format.date(notice.params.to) : '',
          })}{' '}
          <Link to="/tai-khoan">{t('access.notice-look')}</Link>{' '}
          <Button variant="subtle" size="compact-sm" onClick={() => done.mutate(notice.id)}>
            {t('access.notice-done')}
          </Button>
        </p>
      ))}
    </aside>
  )
}
