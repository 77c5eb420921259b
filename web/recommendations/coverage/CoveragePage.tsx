import { useQuery } from '@tanstack/react-query'
import { CoverageOf } from '#plans/model'
import { useSetUrl, useUrl } from '../../kit/address.ts'
import { SelectField } from '../../kit/fields.tsx'
import { FigureNote } from '../../kit/FigureNote.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useSession } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { oneOf } from '../../kit/url.ts'
import { Views } from '../../plans/Views.tsx'
import { boardNames } from './addresses.ts'
import styles from './Coverage.module.css'
import { CoverageTable } from './CoverageTable.tsx'
import { coverageQuery, workQuery } from './queries.ts'
import { WorkWithout } from './WorkWithout.tsx'

const tasksView = 'nhiem-vu'
const own = 'own'

/** Recommendations no task answers and tasks that answer none, told apart by what one likes; each number opens its list. */
export function CoveragePage() {
  const t = useText()
  const format = useFormat()
  const { today } = useSession()
  const url = useUrl()
  const setUrl = useSetUrl()
  const by = CoverageOf.catch('cluster').parse(oneOf(url[boardNames.by]))
  const reach = oneOf(url[boardNames.reach]) === own ? own : undefined
  const isTasks = oneOf(url[boardNames.view]) === tasksView
  const { data: whole } = useQuery(coverageQuery('mechanism', reach))
  const { data: without } = useQuery(workQuery('without'))
  const total = whole?.rows.reduce((sum, row) => sum + row.total, 0) ?? 0
  const unanswered = whole?.rows.reduce((sum, row) => sum + row.unanswered, 0) ?? 0
  return (
    <>
      <PageHeader
        title={t('answered.title')}
        crumbs={[{ label: t('bring.registry'), to: '/khuyen-nghi' }, { label: t('answered.title') }]}
        state={
          whole &&
          t('answered.state', {
            total,
            totalNumber: format.number(total),
            unanswered,
            unansweredNumber: format.number(unanswered),
          })
        }
      />
      <Views
        label={t('answered.views')}
        views={[
          { id: 'khuyen-nghi', label: t('answered.view-recommendations') },
          {
            id: tasksView,
            label: t('answered.view-tasks', { number: without ? format.number(without.total) : '…' }),
          },
        ]}
        view={isTasks ? tasksView : 'khuyen-nghi'}
        onView={(view) => setUrl({ [boardNames.view]: view === tasksView ? view : undefined }, true)}
      >
        {isTasks ? (
          <WorkWithout />
        ) : (
          <>
            <div className={styles.choices}>
              <SelectField
                id="by"
                label={t('answered.by')}
                value={by}
                onChange={(value) => setUrl({ [boardNames.by]: value }, true)}
                choices={CoverageOf.options.map((value) => ({ value, label: t(`answered.by-${value}`) }))}
              />
              <SelectField
                id="reach"
                label={t('answered.reach')}
                value={reach ?? ''}
                onChange={(value) => setUrl({ [boardNames.reach]: value || undefined }, true)}
                choices={[
                  { value: '', label: t('answered.reach-latest') },
                  { value: own, label: t('answered.reach-own') },
                ]}
              />
            </div>
            <CoverageTable by={by} reach={reach} />
          </>
        )}
      </Views>
      <FigureNote
        asOf={today}
        period={isTasks ? undefined : t(reach === own ? 'answered.reach-own' : 'answered.reach-latest')}
        unit={t(isTasks ? 'plans.unit-work' : 'answered.unit')}
        source={t('answered.source')}
      />
    </>
  )
}
