import type { PeopleImport, PeopleImportRow } from '#access/model'
import { Section } from '../kit/Section.tsx'
import { useText } from '../kit/text.tsx'
import styles from './access.module.css'

/** The rows of a spreadsheet: those with faults first, each fault with its cell. */
export function ImportRows({ found }: { found: PeopleImport }) {
  const t = useText()
  const wrong = found.total - found.good
  return (
    <>
      {found.faulty.length > 0 && (
        <Section title={t('access.import-faulty', { count: wrong })}>
          {wrong > found.faulty.length && <p>{t('access.import-first', { count: found.faulty.length })}</p>}
          <ul className={styles.list}>
            {found.faulty.map((row) => (
              <Row key={row.number} row={row} />
            ))}
          </ul>
        </Section>
      )}
      {found.goodRows.length > 0 && (
        <Section title={t('access.import-good', { count: found.good })}>
          {found.good > found.goodRows.length && <p>{t('access.import-first', { count: found.goodRows.length })}</p>}
          <ul className={styles.list}>
            {found.goodRows.map((row) => (
              <Row key={row.number} row={row} />
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function Row({ row }: { row: PeopleImportRow }) {
  const t = useText()
  const { name, login, role, agency, agencyKey } = row.cells
  return (
    <li className={styles.post}>
      <div>
        <p>
          {t('access.import-row', { number: row.number })} {[name, login, role].filter(Boolean).join(' · ')}
          <span className={styles.quiet}>{agency ?? agencyKey}</span>
        </p>
        {row.faults.map((fault) => (
          <p key={fault.cell + fault.code} className={styles.fault}>
            {fault.cell}: {fault.title}
          </p>
        ))}
      </div>
    </li>
  )
}
