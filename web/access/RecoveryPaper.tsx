import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useText } from '../kit/text.tsx'
import styles from './access.module.css'

/** The codes for the day the factor is lost: shown once, to be printed or written down. */
export function RecoveryPaper({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const t = useText()
  return (
    <section aria-label={t('access.recovery-codes')}>
      <h2>{t('access.recovery-codes')}</h2>
      <p>{t('access.recovery-words')}</p>
      <ol className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className={`${styles.acts} screen-only`}>
        <Button onClick={onDone}>{t('access.recovery-kept')}</Button>
        <Button
          variant="default"
          leftSection={<IconPrinter size={18} stroke={1.6} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('access.recovery-print')}
        </Button>
      </div>
    </section>
  )
}
