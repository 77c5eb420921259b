import type { WorkbookFinding } from '#reporting/model'
import { useText } from '../../kit/text.tsx'
import { placeWords } from './place.ts'
import styles from './Workbooks.module.css'

const mostShown = 100

/** Cells that cannot be taken as they are, each with its place in the workbook and what to do. */
export function WrongCells({ findings, more: untold = 0 }: { findings: readonly WorkbookFinding[]; more?: number }) {
  const t = useText()
  if (findings.length === 0) return null
  const more = Math.max(0, findings.length - mostShown) + untold
  return (
    <>
      <h4 className={styles.head}>{t('workbooks.wrong')}</h4>
      <ul className={styles.list}>
        {findings.slice(0, mostShown).map(({ place, code, title, excerpt }) => (
          <li key={`${place} ${code}`}>
            <p className={styles.wrong}>
              <strong>{placeWords(place, t)}</strong>: {title}
            </p>
            {excerpt !== '' && <p className={styles.quiet}>{t('workbooks.says', { words: excerpt })}</p>}
          </li>
        ))}
      </ul>
      {more > 0 && <p className={styles.quiet}>{t('workbooks.more', { count: more })}</p>}
    </>
  )
}
