import { useFormat, useText } from './text.tsx'
import type { SaveStatus } from './useDraft.ts'
import styles from './SaveState.module.css'

/** How saving stands, as a word: "Đã lưu 14:32". */
export function SaveState({ status, onRetry }: { status: SaveStatus; onRetry?: () => void }) {
  const t = useText()
  const format = useFormat()
  return (
    <span className={styles.state} data-kind={status.kind}>
      <span role="status">{words()}</span>
      {status.kind === 'failed' && onRetry && (
        <button type="button" className={styles.again} onClick={onRetry}>
          {t('kit.save-again')}
        </button>
      )}
    </span>
  )
  function words(): string {
    switch (status.kind) {
      case 'clean':
        return ''
      case 'unsaved':
        return t('kit.unsaved')
      case 'saving':
        return t('kit.saving')
      case 'saved':
        return t('kit.saved-at', { time: format.time(status.at) })
      case 'failed':
        return t('kit.save-failed')
      case 'disputed':
        return t('kit.save-disputed')
    }
  }
}
