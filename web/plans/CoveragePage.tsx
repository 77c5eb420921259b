import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Coverage } from '#plans/model'
import { usePathId, useSetUrl, useUrl } from '../kit/address.ts'
import { LoadFailed } from '../kit/Empty.tsx'
import { FigureNote } from '../kit/FigureNote.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { oneOf } from '../kit/url.ts'
import { coverageTo, names, planTo } from './addresses.ts'
import styles from './Coverage.module.css'
import { CoverageBodies, coverTones } from './CoverageBodies.tsx'
import { CoverageTasks } from './CoverageTasks.tsx'
import { DownloadButton } from './DownloadButton.tsx'
import { planInShort } from './PlanPage.tsx'
import { coverageQuery, planQuery } from './queries.ts'
import { Views } from './Views.tsx'

/** Value of `names.view` for the tasks of the plan; without it the bodies stand. */
const tasksView = 'nhiem-vu'

/** Who has issued a plan under this one, who is drafting, who has nothing; and the tasks nobody took. */
export function CoveragePage() {
  const t = useText()
  const format = useFormat()
  const id = usePathId('planId')
  const setUrl = useSetUrl()
  const isTasks = oneOf(useUrl()[names.view]) === tasksView
  const { data: plan } = useQuery(planQuery(id))
  const { data: coverage, error, refetch } = useQuery(coverageQuery(id))
  if (error && !coverage) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  const owed = coverage?.tiers.reduce((sum, tier) => sum + tier.owed, 0) ?? 0
  const issued = coverage?.tiers.reduce((sum, tier) => sum + tier.issued, 0) ?? 0
  return (
    <>
      <PageHeader
        title={t('plans.coverage-title')}
        state={
          coverage &&
          t('plans.coverage-state', {
            owed,
            total: format.number(owed),
            issued: format.number(issued),
            share: owed === 0 ? '–' : format.percent(issued / owed),
            untaken: coverage.untaken.length,
            nobody: format.number(coverage.untaken.length),
          })
        }
        crumbs={plan ? [{ label: planInShort(plan), to: planTo(id) }, { label: t('plans.coverage-title') }] : []}
        acts={
          <DownloadButton path={`/plans/${id}/status-report`} name="bao-cao">
            {t('plans.export-report')}
          </DownloadButton>
        }
      />
      {coverage && <Tiers id={id} coverage={coverage} />}
      <Views
        label={t('plans.views')}
        views={[
          { id: 'co-quan', label: t('plans.coverage-bodies') },
          {
            id: tasksView,
            label: t('plans.coverage-tasks', {
              count: coverage?.untaken.length ?? 0,
              number: format.number(coverage?.untaken.length ?? 0),
            }),
          },
        ]}
        view={isTasks ? tasksView : 'co-quan'}
        onView={(view) => setUrl({ [names.view]: view === tasksView ? view : undefined }, true)}
      >
        {isTasks ? coverage && <CoverageTasks planId={id} coverage={coverage} /> : <CoverageBodies planId={id} />}
      </Views>
    </>
  )
}

const states = ['issued', 'drafting', 'nothing'] as const

/** Each tier as a bar and three counts that open their lists. */
function Tiers({ id, coverage }: { id: string; coverage: Coverage }) {
  const t = useText()
  const format = useFormat()
  return (
    <section aria-label={t('plans.coverage-by-tier')} className={styles.tiers}>
      {coverage.tiers.map((tier) => (
        <div key={tier.level} className={styles.tier}>
          <h2>
            {t('plans.level-is', { level: tier.level })}
            <span className={styles.owed}>
              {t('plans.tier-share', {
                issued: format.number(tier.issued),
                owed: format.number(tier.owed),
                share: tier.owed === 0 ? '–' : format.percent(tier.issued / tier.owed),
              })}
            </span>
          </h2>
          <div className={styles.bar} aria-hidden>
            {states.map(
              (state) =>
                tier[state] > 0 && (
                  <span key={state} data-state={state} className={styles.part} style={{ flexGrow: tier[state] }} />
                ),
            )}
          </div>
          <ul className={styles.counts}>
            {states.map((state) => (
              <li key={state}>
                <Link to={coverageTo(id, { level: tier.level, state })}>
                  <StatusBadge tone={coverTones[state]}>
                    {t('plans.cover-count', { state, count: tier[state], number: format.number(tier[state]) })}
                  </StatusBadge>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <FigureNote asOf={coverage.asOf} unit={t('plans.unit-body')} />
    </section>
  )
}
