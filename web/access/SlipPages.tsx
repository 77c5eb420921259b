import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { Role, type NamedSlip } from '#access/model'
import { useFormat, useText } from '../kit/text.tsx'
import styles from './Slip.module.css'

/** The slips of many, four on a sheet of paper; shown once. */
export function SlipPages({ slips, onDone }: { slips: readonly NamedSlip[]; onDone: () => void }) {
  const t = useText()
  const format = useFormat()
  const address = `${window.location.origin}/loi-moi`
  return (
    <>
      <p className="screen-only">{t('access.slips-once', { count: slips.length })}</p>
      <div className={`${styles.acts} screen-only`}>
        <Button leftSection={<IconPrinter size={18} stroke={1.6} aria-hidden />} onClick={() => window.print()}>
          {t('access.slips-print')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('access.slip-done')}
        </Button>
      </div>
      {slips.map((slip) => (
        <article key={slip.personId} className={styles.small} aria-label={t('access.slip-of', { name: slip.name })}>
          <p className={styles.product}>
            {t('app.name')} · {t('access.slip-title')}
          </p>
          <p>
            <strong>{slip.name}</strong>
            <br />
            {slip.agencyName}
            <br />
            {t(`access.role.${Role.parse(slip.role)}`)}
          </p>
          <p>
            {t('app.login')}: <span className={styles.typed}>{slip.login}</span>
          </p>
          <p className={styles.code}>{slip.code}</p>
          <p className={styles.note}>
            {t('access.slip-step-open', { address })} {t('access.slip-until', { at: format.dateTime(slip.endsAt) })}
          </p>
        </article>
      ))}
    </>
  )
}
