import { Button } from '@mantine/core'
import { IconScissors } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { splitItem, type ProposedItem } from '#documents/model'
import { useText } from '../../kit/text.tsx'
import { piecesOf } from './split-points.ts'
import type { Review } from './useReview.ts'
import styles from './SplitPanel.module.css'

/** The task's text in its pieces, with a cut after each that can be made with a click or Enter. */
export function SplitPanel({ item, review, onClose }: { item: ProposedItem; review: Review; onClose: () => void }) {
  const t = useText()
  const box = useRef<HTMLDivElement>(null)
  const pieces = piecesOf(item.text)
  useEffect(() => box.current?.querySelector('button')?.focus(), [])
  return (
    <div className={styles.panel} ref={box} role="group" aria-label={t('documents.screen.split-where')}>
      <p>{pieces.length > 1 ? t('documents.screen.split-where') : t('documents.screen.split-nowhere')}</p>
      <p className={styles.text}>
        {pieces.map((piece, index) => (
          <span key={piece.end}>
            {piece.text}
            {index < pieces.length - 1 && (
              <button
                type="button"
                className={styles.cut}
                aria-label={t('documents.screen.split-after', {
                  words: piece.text.trim().split(/\s+/).slice(-5).join(' '),
                })}
                onClick={() => {
                  review.apply((proposal) => splitItem(proposal, item.key, piece.end))
                  onClose()
                }}
              >
                <IconScissors size={14} aria-hidden />
              </button>
            )}
          </span>
        ))}
      </p>
      <Button variant="default" size="compact-md" onClick={onClose}>
        {t('kit.cancel')}
      </Button>
    </div>
  )
}
