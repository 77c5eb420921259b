import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AgencyPage } from '#agencies/model'
import { LoadFailed } from '../kit/Empty.tsx'
import { FigureNote } from '../kit/FigureNote.tsx'
import { Section } from '../kit/Section.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { read } from '../territory/read.ts'
import { agencyTo } from './addresses.ts'
import styles from './agencies.module.css'

const shown = 12

/** The bodies of a unit on a date. */
export function BodiesHere({ unitId, asOf }: { unitId: string; asOf: string }) {
  const t = useText()
  const format = useFormat()
  const asked = { unitId, inBeing: true, asOf, size: shown }
  const { data, error, refetch } = useQuery({
    queryKey: ['agencies', 'here', asked],
    queryFn: ({ signal }) => read<AgencyPage>('/agencies', asked, signal),
  })
  if (data?.total === 0) return null
  return (
    <Section title={t('agencies.here')}>
      {error && <LoadFailed problem={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <FigureNote asOf={asOf} />
          <ul className={styles.plain}>
            {data.items.map((agency) => (
              <li key={agency.id}>
                <Link to={agencyTo(agency.id)}>{agency.name}</Link>
              </li>
            ))}
          </ul>
          {data.total > shown && (
            <Link to={`/co-quan?dia-ban=${unitId}&tai-ngay=${asOf}`}>
              {t('agencies.all-here', { count: data.total, number: format.number(data.total) })}
            </Link>
          )}
        </>
      )}
    </Section>
  )
}
