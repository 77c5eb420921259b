import { Button } from '@mantine/core'
import { useText } from '../kit/text.tsx'
import styles from './Recommendations.module.css'

interface Props {
  /** Of what is suggested, for who does not see the row. */
  name: string
  isPending: boolean
  onLink: () => void
  onRefuse: () => void
}

/** What a person does with a suggested link. */
export function LikelyActs({ name, isPending, onLink, onRefuse }: Props) {
  const t = useText()
  return (
    <span className={styles.likelyActs}>
      <Button
        variant="default"
        size="compact-sm"
        disabled={isPending}
        aria-label={t('recommendations.likely-link-of', { name })}
        onClick={onLink}
      >
        {t('recommendations.likely-link')}
      </Button>
      <Button
        variant="subtle"
        size="compact-sm"
        disabled={isPending}
        aria-label={t('recommendations.likely-refuse-of', { name })}
        onClick={onRefuse}
      >
        {t('recommendations.likely-refuse')}
      </Button>
    </span>
  )
}
