import type { RecommendationImport } from '#recommendations/model'
import { StatusBadge, type Tone } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { anchors } from './addresses.ts'
import styles from './Imports.module.css'

const kinds = ['added', 'same', 'changed', 'doubled', 'refused'] as const
const tones: Record<(typeof kinds)[number], Tone> = {
  added: 'done',
  same: 'pending',
  changed: 'guess',
  doubled: 'note',
  refused: 'overdue',
}
/** Labels shown; the rest is counted. */
const mostLabels = 30

/** What became of the records of a file that is no longer at work: one sentence, five counts that make the whole, words nobody knows. */
export function Outcome({ one }: { one: RecommendationImport }) {
  const t = useText()
  const format = useFormat()
  const sentence = useSentence(one)
  const places = { changed: anchors.differences, refused: anchors.problems }
  return (
    <>
      {one.isCutShort && (
        <p className={styles.warning} role="status">
          {t('bring.cut-short', { number: format.number(one.counted - one.refused) })}
        </p>
      )}
      {sentence !== null && <p>{sentence}</p>}
      {one.sameFileAt !== null && <p>{t('bring.same-file', { at: format.dateTime(one.sameFileAt) })}</p>}
      {one.counted > 0 && (
        <ul className={styles.counts} aria-label={t('bring.counts', { number: format.number(one.counted) })}>
          {kinds.map((kind) => {
            const badge = (
              <StatusBadge tone={one[kind] === 0 ? 'pending' : tones[kind]}>
                {t(`bring.count-${kind}`, { count: one[kind], number: format.number(one[kind]) })}
              </StatusBadge>
            )
            const place = kind === 'changed' || kind === 'refused' ? places[kind] : undefined
            return (
              <li key={kind}>{place !== undefined && one[kind] > 0 ? <a href={`#${place}`}>{badge}</a> : badge}</li>
            )
          })}
        </ul>
      )}
      {one.unknownLabels.length > 0 && (
        <details className={styles.labels}>
          <summary>{t('bring.unknown-labels', { count: one.unknownLabels.length })}</summary>
          <p>{t('bring.unknown-labels-words')}</p>
          <ul>
            {one.unknownLabels.slice(0, mostLabels).map(({ label, count }) => (
              <li key={label}>{t('bring.label-count', { label, number: format.number(count) })}</li>
            ))}
          </ul>
          {one.unknownLabels.length > mostLabels && (
            <p>{t('bring.more-labels', { count: one.unknownLabels.length - mostLabels })}</p>
          )}
        </details>
      )}
    </>
  )
}

/** Of a file cut short that is read: nothing, as its own sentence says it. */
function useSentence(one: RecommendationImport): string | null {
  const t = useText()
  const format = useFormat()
  const number = format.number(one.counted)
  if (one.problemCode === 'recommendations.rows-refused') return t('bring.nothing-taken')
  if (one.problemCode === 'recommendations.head-missing')
    return t('bring.head-missing', { head: t(`recommendations.column-${one.problemParams['head']}`) })
  if (one.problemCode !== null)
    return t(one.problemCode, {
      ...{ type: one.fileName.split('.').at(-1) ?? '', bytes: one.fileBytes, limit: 0 },
      ...one.problemParams,
    })
  if (one.state === 'cancelled') return t('bring.cancelled', { number })
  if (one.counted === 0) return t('bring.empty-file')
  if (one.same + one.doubled === one.counted) return t('bring.nothing-new', { number })
  if (one.isCutShort && one.state === 'done') return null
  return t('bring.done', { number })
}
