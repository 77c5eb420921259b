import type { RegimeWordsRead } from '#reporting/model'
import { useFormat, useText } from '../../kit/text.tsx'
import styles from './Regimes.module.css'

/** The sentences a regime was begun from, as the document prints them, with their places. */
export function WordsRead({ words }: { words: RegimeWordsRead }) {
  const t = useText()
  const format = useFormat()
  const date = words.issuedOn === null ? null : t('regimes.dated', { date: format.date(words.issuedOn) })
  return (
    <>
      <p>{[words.number, date, words.title].filter(Boolean).join(' ')}</p>
      <ul className={styles.printed}>
        {words.quotes.map(({ raw, source }, at) => (
          <li key={at}>
            <blockquote className={styles.quote}>{raw}</blockquote>
            {source.line !== null && <p className={styles.detail}>{t('regimes.at-line', { line: source.line })}</p>}
          </li>
        ))}
      </ul>
    </>
  )
}
