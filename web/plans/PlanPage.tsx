import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { totalOf, type PlanDetail } from '#plans/model'
import { usePathId, useSetUrl, useUrl } from '../kit/address.ts'
import { LoadFailed } from '../kit/Empty.tsx'
import { pageName } from '../kit/filter-url.ts'
import { PageHeader, type Crumb } from '../kit/PageHeader.tsx'
import { Section } from '../kit/Section.tsx'
import { useMay } from '../kit/session.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { oneOf } from '../kit/url.ts'
import { useListUrl } from '../kit/useListUrl.ts'
import { HistorySection } from '../notifications/HistorySection.tsx'
import { TalkSection } from '../notifications/TalkSection.tsx'
import { coverageTo, derivationTo, draftValue, editorTo, names, planDraftTo, planTo, plansTo } from './addresses.ts'
import { WorkNumbers } from './Numbers.tsx'
import { OlderVersion } from './OlderVersion.tsx'
import { useIsOwner } from './own.ts'
import { PlanActs } from './PlanActs.tsx'
import { PlanFacts } from './PlanFacts.tsx'
import { PlanTree } from './PlanTree.tsx'
import { PlanProseParts } from './PlanProseParts.tsx'
import { planQuery } from './queries.ts'
import styles from './Plan.module.css'
import { Timeline } from './Timeline.tsx'
import { useScrollToHash } from './useScrollToHash.ts'
import { Views } from './Views.tsx'
import { numberAndDate, planTones, shorten } from './words.ts'

/** One plan as the document it is, and how its work stands. */
export function PlanPage() {
  const id = usePathId('planId')
  const url = useUrl()
  const isDraft = oneOf(url[names.draft]) === draftValue
  const versionId = oneOf(url[names.version])
  const { data: plan, error, refetch } = useQuery(planQuery(id, isDraft, versionId))
  useScrollToHash(plan !== undefined)
  if (error && !plan) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  return plan ? <Plan plan={plan} /> : null
}

/** The cascade from above down to this plan: each a document of a body. */
export function planCrumbs(plan: PlanDetail, here: string): Crumb[] {
  const [above] = plan.parents
  return [
    ...(above
      ? [{ label: `${above.issuer} · ${above.number ?? shorten(above.title, 50)}`, to: planTo(above.id) }]
      : []),
    { label: here },
  ]
}

/** `UBND tỉnh Lâm Đồng · 12/KH-UBND`: a plan in a few words. */
export function planInShort(plan: Pick<PlanDetail, 'issuer' | 'number' | 'title'>): string {
  return `${plan.issuer.name} · ${plan.number ?? shorten(plan.title, 50)}`
}

const timelineValue = 'dong-thoi-gian'

function Plan({ plan }: { plan: PlanDetail }) {
  const t = useText()
  const url = useUrl()
  const setUrl = useSetUrl()
  const list = useListUrl({})
  // Work comes with the issued document; an older one and a draft have none of their own.
  const hasWork = plan.versionState === 'issued' && plan.changedBy === null && totalOf(plan.numbers) > 0
  const view = hasWork && oneOf(url[names.view]) === timelineValue ? timelineValue : 'van-ban'
  const document = <PlanDocument plan={plan} />
  return (
    <>
      <PageHeader
        title={plan.title}
        state={<State plan={plan} />}
        crumbs={planCrumbs(plan, planInShort(plan))}
        acts={<PlanActs plan={plan} />}
      />
      <Notices plan={plan} />
      {hasWork ? (
        <Views
          label={t('plans.view')}
          views={[
            { id: 'van-ban', label: t('plans.view-document') },
            { id: timelineValue, label: t('plans.view-timeline') },
          ]}
          view={view}
          onView={(wanted) =>
            setUrl({ [names.view]: wanted === timelineValue ? wanted : undefined, [pageName]: undefined }, true)
          }
        >
          {view === timelineValue ? <Timeline of={{ planId: plan.id }} list={list} isOfOnePlan /> : document}
        </Views>
      ) : (
        document
      )}
    </>
  )
}

function PlanDocument({ plan }: { plan: PlanDetail }) {
  const t = useText()
  return (
    <div className={styles.page}>
      <div className={styles.main}>
        {plan.versionState === 'issued' && plan.changedBy === null && totalOf(plan.numbers) > 0 && (
          <WorkNumbers numbers={plan.numbers} of={{ plan: plan.id }} />
        )}
        {plan.changedBy === null && <Cascade plan={plan} />}
        <PlanProseParts prose={plan.header.prose} preamble={plan.header.preamble} />
        <Section title={t('plans.tasks-of-plan')}>
          <PlanTree plan={plan} />
        </Section>
        <TalkSection record={{ kind: 'plans.plan', id: plan.id }} />
        <HistorySection record={{ kind: 'plans.plan', id: plan.id }} />
      </div>
      <aside>
        <PlanFacts plan={plan} />
      </aside>
    </div>
  )
}

function State({ plan }: { plan: PlanDetail }) {
  const t = useText()
  const format = useFormat()
  const isAmendment = plan.versionState === 'draft' && plan.act !== 'original'
  return (
    <span className={styles.state}>
      <StatusBadge tone={plan.versionState === 'draft' ? 'draft' : planTones[plan.state]}>
        {isAmendment
          ? t('plans.draft-of-act', { act: plan.act })
          : t('plans.state-is', { state: plan.versionState === 'draft' ? 'draft' : plan.state })}
      </StatusBadge>
      <span>{numberAndDate(plan, t, format)}</span>
      <span>{plan.issuer.name}</span>
      {plan.isInvented && <span className={styles.invented}>{t('plans.invented')}</span>}
    </span>
  )
}

/** What one must know before reading on: another version is being written, or the plan is no longer in force. */
function Notices({ plan }: { plan: PlanDetail }) {
  const t = useText()
  const may = useMay()
  const isOwner = useIsOwner(plan)
  const draft = plan.versions.find((version) => version.state === 'draft')
  if (plan.changedBy !== null) return <OlderVersion plan={plan} by={plan.changedBy} />
  if (plan.versionState === 'issued' && draft) {
    return (
      <p className={styles.notice}>
        {t('plans.notice-draft', { act: draft.act })} <Link to={planDraftTo(plan.id)}>{t('plans.see-draft')}</Link>{' '}
        {isOwner && may('plans.draft') && <Link to={editorTo(plan.id)}>{t('plans.go-on-writing')}</Link>}
      </p>
    )
  }
  if (plan.versionState === 'draft' && plan.state === 'issued') {
    return (
      <p className={styles.notice}>
        {t('plans.notice-is-draft')} <Link to={planTo(plan.id)}>{t('plans.see-issued')}</Link>
      </p>
    )
  }
  if (plan.state === 'annulled') return <p className={styles.notice}>{t('plans.notice-annulled')}</p>
  return plan.state === 'replaced' ? <p className={styles.notice}>{t('plans.notice-replaced')}</p> : null
}

/** What stands above and below in the cascade. */
function Cascade({ plan }: { plan: PlanDetail }) {
  const t = useText()
  const format = useFormat()
  const { issued, drafting } = plan.children
  if (plan.parents.length === 0 && plan.state === 'draft') return null
  return (
    <ul className={styles.cascade}>
      {plan.parents.map((parent) => (
        <li key={parent.id}>
          {t('plans.carries-out')} <Link to={planTo(parent.id)}>{parent.number ?? parent.title}</Link> ({parent.issuer})
          · <Link to={derivationTo(plan.id)}>{t('plans.see-decisions')}</Link>
        </li>
      ))}
      {plan.state === 'issued' && (
        <li>
          <Link to={plansTo({ parent: plan.id })}>
            {t('plans.children', { issued, number: format.number(issued), drafting: format.number(drafting) })}
          </Link>{' '}
          · <Link to={coverageTo(plan.id)}>{t('plans.see-coverage')}</Link>
        </li>
      )}
    </ul>
  )
}
