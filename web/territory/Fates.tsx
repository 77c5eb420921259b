import { Link } from '@tanstack/react-router'
import type { Extent, UnitFate } from '#territory/model'
import { useText } from '../kit/text.tsx'
import { unitTo } from './addresses.ts'
import styles from './territory.module.css'

/** How much of the ground, in a word. */
export function ExtentWord({ extent }: { extent: Extent }) {
  const t = useText()
  return (
    <span className={styles.extent} data-extent={extent}>
      {t('territory.extent', { extent })}
    </span>
  )
}

/** Where the ground of a unit lies now: each unit, and how much of the old one it holds. */
export function Fates({ fates }: { fates: readonly UnitFate[] }) {
  const t = useText()
  if (fates.length === 0) return <p className={styles.quiet}>{t('territory.no-successor')}</p>
  return (
    <ul className={styles.fates}>
      {fates.map(({ unit, extent }) => (
        <li key={unit.id}>
          <Link to={unitTo(unit.id)}>{unit.name}</Link> <span className={styles.code}>{unit.code}</span>{' '}
          <ExtentWord extent={extent} />
        </li>
      ))}
    </ul>
  )
}
