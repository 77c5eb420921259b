import { Button } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import type { RecommendationDetail } from '#recommendations/model'
import { usePathId } from '../kit/address.ts'
import { LoadFailed } from '../kit/Empty.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Section } from '../kit/Section.tsx'
import { useMay } from '../kit/session.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { MeasuresSection } from '../indicators/links/MeasuresSection.tsx'
import { choice } from '../plans/words.ts'
import { reaches, recommendationsTo } from './addresses.ts'
import { AnswersSection } from './AnswersSection.tsx'
import { ImplementationSection } from './ImplementationSection.tsx'
import { LinkDialog } from './LinkDialog.tsx'
import { PartsSection } from './PartsSection.tsx'
import { recommendationQuery } from './queries.ts'
import { HistorySection } from '../notifications/HistorySection.tsx'
import styles from './Recommendations.module.css'
import { SameSection } from './SameSection.tsx'
import { StandpointSection } from './StandpointSection.tsx'
import { TagsSection } from './TagsSection.tsx'
import { paragraphWords, useNames } from './words.ts'
import { WordsSection } from './WordsSection.tsx'

/** One recommendation: what is asked, how far it is carried out, by whom, and what the State says. */
export function RecommendationPage() {
  const id = usePathId('recommendationId')
  const { data, error, refetch } = useQuery(recommendationQuery(id))
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  return data ? <Recommendation key={data.id} one={data} /> : null
}

function Recommendation({ one }: { one: RecommendationDetail }) {
  const t = useText()
  const may = useMay()
  const own = useNames()
  const [isLinking, setLinking] = useState(false)
  const mayKeep = one.keeps && may('recommendations.keep')
  const mechanism = own.mechanism(one.mechanism)
  const document = one.symbol ?? one.document.title
  return (
    <>
      <PageHeader
        title={paragraphWords(one, t)}
        state={<State one={one} mechanism={mechanism} />}
        crumbs={[
          { label: mechanism, to: recommendationsTo({ mechanism: one.mechanism, reach: reaches.own }) },
          ...(document === null
            ? []
            : [{ label: document, to: recommendationsTo({ document: one.documentId, reach: reaches.all }) }]),
          { label: paragraphWords(one, t) },
        ]}
        acts={
          may('plans.answer') &&
          !one.isSplit && (
            <Button leftSection={<IconLink size={18} stroke={1.6} aria-hidden />} onClick={() => setLinking(true)}>
              {t('recommendations.link-act')}
            </Button>
          )
        }
      />
      <div className={styles.page}>
        <div>
          <WordsSection one={one} mayKeep={mayKeep} />
          {!one.isSplit && <ImplementationSection one={one} mayKeep={mayKeep} />}
          {may('indicators.read-figures') && (
            <MeasuresSection
              subject={{ kind: 'recommendation', id: one.id }}
              mayLink={one.keeps && !one.isSplit && may('indicators.link-measures')}
            />
          )}
          {may('plans.read') && <AnswersSection one={one} />}
          <PartsSection one={one} mayKeep={mayKeep} />
          <HistorySection record={{ kind: 'recommendations.recommendation', id: one.id }} />
        </div>
        <aside>
          <StandpointSection one={one} mayKeep={mayKeep} />
          <TagsSection one={one} mayKeep={mayKeep} />
          <SameSection one={one} mayKeep={mayKeep} />
          <Facts one={one} mechanism={mechanism} />
        </aside>
      </div>
      {isLinking && <LinkDialog recommendations={[one]} onClose={() => setLinking(false)} />}
    </>
  )
}

function State({ one, mechanism }: { one: RecommendationDetail; mechanism: string }) {
  const t = useText()
  const format = useFormat()
  return (
    <span className={styles.state}>
      {one.isUrgent && <StatusBadge tone="overdue">{t('recommendations.urgent')}</StatusBadge>}
      <strong>{mechanism}</strong>
      {one.cycle !== null && <span>{t('recommendations.cycle-is', { cycle: one.cycle })}</span>}
      {one.publishedOn !== null && <span>{format.date(one.publishedOn)}</span>}
      {one.kind !== 'recommendation' && <span>{t('recommendations.kind-is', { code: one.kind })}</span>}
    </span>
  )
}

const nothing: readonly unknown[] = [null, undefined, false, '']

/** Where it stands in which document, and how it came here. */
function Facts({ one, mechanism }: { one: RecommendationDetail; mechanism: string }) {
  const t = useText()
  const format = useFormat()
  const own = useNames()
  const keeper = own.lists?.mechanisms.find(({ code }) => code === one.mechanism)?.keeperName
  const rows: [string, ReactNode][] = [
    [t('recommendations.by-mechanism'), mechanism],
    [
      t('recommendations.document'),
      one.symbol !== null && (
        <Link key="document" to={recommendationsTo({ document: one.documentId, reach: reaches.all })}>
          {one.symbol}
        </Link>
      ),
    ],
    [t('recommendations.published'), one.publishedOn && format.date(one.publishedOn)],
    [t('recommendations.by-cycle'), one.cycle],
    [t('recommendations.session'), one.document.session],
    [
      t('recommendations.paragraph'),
      one.paragraph && (one.part === null ? one.paragraph : `${one.paragraph} (${one.part})`),
    ],
    [t('recommendations.by-weight'), one.weight && t('recommendations.weight-is', { code: one.weight })],
    [t('recommendations.recommending'), one.recommendingStates.join('; ')],
    [t('recommendations.states'), one.states.join('; ')],
    [t('recommendations.source'), t('recommendations.source-is', { code: choice(one.source) })],
    [t('recommendations.keeper'), keeper],
  ]
  return (
    <Section title={t('recommendations.facts')}>
      <dl className={styles.facts}>
        {rows
          .filter(([, value]) => !nothing.includes(value))
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </Section>
  )
}
