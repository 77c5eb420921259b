import { Button } from '@mantine/core'
import { useState } from 'react'
import { useText } from '../kit/text.tsx'
import styles from './access.module.css'
import { PasskeyEnrolment } from './PasskeyEnrolment.tsx'
import { canUsePasskeys } from './passkeys.ts'
import { RecoveryPaper } from './RecoveryPaper.tsx'
import { TotpEnrolment } from './TotpEnrolment.tsx'

/** Takes up a second factor; with the first one come the codes on paper. */
export function EnrolFactor({ onDone }: { onDone: () => void }) {
  const t = useText()
  const [way, setWay] = useState<'totp' | 'passkey'>()
  const [codes, setCodes] = useState<readonly string[]>()
  if (codes) return <RecoveryPaper codes={codes} onDone={onDone} />
  const take = (given: readonly string[]) => (given.length > 0 ? setCodes(given) : onDone())
  if (way === 'totp') return <TotpEnrolment onDone={take} onBack={() => setWay(undefined)} />
  if (way === 'passkey') return <PasskeyEnrolment onDone={take} onBack={() => setWay(undefined)} />
  return (
    <ul className={styles.list}>
      <li className={styles.post}>
        <p>
          {t('access.totp')}
          <span className={styles.quiet}>{t('access.totp-words')}</span>
        </p>
        <Button onClick={() => setWay('totp')}>{t('access.totp-begin')}</Button>
      </li>
      <li className={styles.post}>
        <p>
          {t('access.passkey')}
          <span className={styles.quiet}>
            {t(canUsePasskeys() ? 'access.passkey-words' : 'access.passkey-not-here')}
          </span>
        </p>
        {canUsePasskeys() && <Button onClick={() => setWay('passkey')}>{t('access.passkey-begin')}</Button>}
      </li>
    </ul>
  )
}
