import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Person, Slip as SlipCode } from '#access/model'
import { useFormat, useText } from '../kit/text.tsx'
import { personTo } from './addresses.ts'
import styles from './Slip.module.css'

/** The paper handed to a person: how to sign in the first time. The code is on it and nowhere else. */
export function Slip({ person, slip }: { person: Person; slip: SlipCode }) {
  const t = useText()
  const format = useFormat()
  const post = person.posts.find((one) => one.state !== 'ended')
  const address = `${window.location.origin}/loi-moi`
  return (
    <>
      <article className={styles.slip} aria-label={t('access.slip-title')}>
        <p className={styles.product}>{t('app.name')}</p>
        <h2>{t('access.slip-title')}</h2>
        <dl>
          <dt>{t('access.name')}</dt>
          <dd>{person.name}</dd>
          {post && (
            <>
              <dt>{t('access.agency')}</dt>
              <dd>{post.agencyName}</dd>
              <dt>{t('access.role')}</dt>
              <dd>{t(`access.role.${post.role}`)}</dd>
            </>
          )}
          <dt>{t('app.login')}</dt>
          <dd className={styles.typed}>{person.login}</dd>
          <dt>{t('access.slip-code')}</dt>
          <dd className={styles.code}>{slip.code}</dd>
        </dl>
        <ol>
          <li>{t('access.slip-step-open', { address })}</li>
          <li>{t('access.slip-step-code')}</li>
          <li>{t('access.slip-step-password')}</li>
        </ol>
        <p className={styles.note}>{t('access.slip-until', { at: format.dateTime(slip.endsAt) })}</p>
        <p className={styles.note}>{t('access.slip-care')}</p>
      </article>
      <div className={`${styles.acts} screen-only`}>
        <Button leftSection={<IconPrinter size={18} stroke={1.6} aria-hidden />} onClick={() => window.print()}>
          {t('access.slip-print')}
        </Button>
        <Button variant="default" component={Link} to={personTo(person.id)}>
          {t('access.slip-done')}
        </Button>
      </div>
    </>
  )
}
