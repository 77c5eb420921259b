import type { SuggestedBody } from '#documents/model'
import { useFormat, useText } from '../../kit/text.tsx'
import styles from './BodyPicker.module.css'

/** Of a body that is no more: who holds its duties today, and since when. */
export function HeldBy({ body }: { body: SuggestedBody | undefined }) {
  const t = useText()
  const format = useFormat()
  const held = body?.heldBy
  if (!held) return null
  const names = held.names.join('; ')
  const more = held.count - held.names.length
  return (
    <span className={styles.held}>
      {t('documents.screen.held-by', { since: format.date(held.since), names, more, count: held.count })}
    </span>
  )
}
