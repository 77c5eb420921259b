import { Link } from '@tanstack/react-router'
import type { AgencyRef } from '#agencies/model'
import { useFormat, useText } from '../kit/text.tsx'
import { agencyTo } from './addresses.ts'
import styles from './agencies.module.css'

/** A body by its name, and the day it ended when it has. */
export function AgencyLink({ agency }: { agency: AgencyRef }) {
  const t = useText()
  const format = useFormat()
  return (
    <span>
      <Link to={agencyTo(agency.id)}>{agency.name}</Link>
      {agency.endedOn !== null && (
        <span className={styles.ended}> {t('agencies.ended-on', { date: format.date(agency.endedOn) })}</span>
      )}
    </span>
  )
}
