import { SegmentedControl } from '@mantine/core'
import { useFormat, useText } from '../kit/text.tsx'
import { shorten } from '../plans/words.ts'
import { keyOf, sharedWish, type BulkTerm as Row, type Suggested, type Wish, type Wishes } from './bulk-tags.ts'
import styles from './Recommendations.module.css'
import { placeWords, termWords } from './words.ts'

interface Props {
  row: Row
  wishes: Wishes
  onWish: (of: readonly Suggested[], wish: Wish) => void
}

/** A suggested term: decided for all recommendations at once, or for each of them, which says why. */
export function BulkTerm({ row: { term, of }, wishes, onWish }: Props) {
  const t = useText()
  const format = useFormat()
  const shared = sharedWish(wishes, of)
  const bySource = of.filter(({ origin }) => origin === 'source').length
  return (
    <li>
      <span>
        {termWords(term)}
        <span className={styles.detail}>
          {t('recommendations.suggested-by', {
            source: bySource,
            sourceNumber: format.number(bySource),
            likely: of.length - bySource,
            likelyNumber: format.number(of.length - bySource),
          })}
          {shared === undefined && ` · ${t('recommendations.wishes-differ')}`}
        </span>
      </span>
      <WishControl label={termWords(term)} value={shared} onChange={(wish) => onWish(of, wish)} />
      <details className={styles.each}>
        <summary>{t('recommendations.each-of', { count: of.length, number: format.number(of.length) })}</summary>
        <ul className={styles.wishes}>
          {of.map((each) => (
            <li key={keyOf(each)}>
              <span>
                {placeWords(each.one, t)}
                <span className={styles.detail}>{shorten(each.one.translation ?? each.one.text, 120)}</span>
                <Why each={each} />
              </span>
              <WishControl
                label={t('recommendations.term-of', { term: termWords(term), place: placeWords(each.one, t) })}
                value={wishes.get(keyOf(each)) ?? 'left'}
                onChange={(wish) => onWish([each], wish)}
              />
            </li>
          ))}
        </ul>
      </details>
    </li>
  )
}

function Why({ each: { origin, words } }: { each: Suggested }) {
  const t = useText()
  const format = useFormat()
  if (origin === 'source') return <span className={styles.suggested}>{t('recommendations.suggested')}</span>
  if (words.length === 0) return null
  return (
    <span className={styles.detail}>
      {t('recommendations.likely-words', {
        words: format.list(words.map((word) => t('recommendations.likely-word', { word }))),
        isNamed: 'no',
      })}
    </span>
  )
}

/** Three states; none of them is marked where those below differ. */
function WishControl({
  label,
  value,
  onChange,
}: {
  label: string
  value: Wish | undefined
  onChange: (wish: Wish) => void
}) {
  const t = useText()
  return (
    <SegmentedControl
      size="xs"
      aria-label={label}
      value={value ?? ''}
      onChange={(wish) => onChange(wish as Wish)}
      data={(['confirmed', 'refused', 'left'] as const).map((wish) => ({
        value: wish,
        label: t('recommendations.wish-is', { wish }),
      }))}
    />
  )
}
