import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { LikelyMeasure, LinkedMeasure } from '#indicators/model'
import { LoadFailed } from '../../kit/Empty.tsx'
import { Section } from '../../kit/Section.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { indicatorTo } from '../addresses.ts'
import { findMeasures } from './find.ts'
import { LinkDialog, UnlinkDialog } from './LinkDialog.tsx'
import styles from './Links.module.css'
import { MeasureCard } from './MeasureCard.tsx'
import { likelyQuery, linkedQuery, standingsQuery, type Subject } from './queries.ts'

/** The measures that tell of a recommendation or by which a task is followed, with their figures; laying more, taking off. */
export function MeasuresSection({ subject, mayLink }: { subject: Subject; mayLink: boolean }) {
  const t = useText()
  const format = useFormat()
  const { data, error, refetch } = useQuery(linkedQuery(subject))
  const ids = (data ?? []).map(({ measureId }) => measureId)
  const standings = useQuery(standingsQuery(ids))
  const [linking, setLinking] = useState<'some' | LikelyMeasure>()
  const [ending, setEnding] = useState<LinkedMeasure>()
  if (data?.length === 0 && !mayLink) return null
  const path = subject.kind === 'task' ? '/task-measures' : '/recommendation-measures'
  return (
    <Section
      title={t('linked.title')}
      acts={
        mayLink && (
          <Button variant="default" size="compact-sm" className="screen-only" onClick={() => setLinking('some')}>
            {t('linked.act')}
          </Button>
        )
      }
    >
      {error && !data && <LoadFailed problem={error} onRetry={() => void refetch()} />}
      {standings.error && !standings.data && (
        <LoadFailed problem={standings.error} onRetry={() => void standings.refetch()} />
      )}
      {data?.length === 0 && <p className={styles.quiet}>{t(`linked.none-${subject.kind}`)}</p>}
      <ul className={styles.cards}>
        {data?.map((link) => (
          <li key={link.id}>
            <MeasureCard measure={link} standing={standings.data?.get(link.measureId)} />
            <p className={styles.quiet}>
              {t('linked.by', { agency: link.agencyName, at: format.dateTime(link.linkedAt) })}
              {link.reason !== null && <> {t('linked.because', { reason: link.reason })}</>}
            </p>
            {link.mayEnd && mayLink && (
              <Button
                variant="subtle"
                size="compact-sm"
                className={`${styles.flush} screen-only`}
                aria-label={t('linked.end-of', { name: link.name })}
                onClick={() => setEnding(link)}
              >
                {t('linked.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayLink && <Likely subject={subject} onLink={setLinking} />}
      {linking && (
        <LinkDialog
          title={t('linked.dialog')}
          pick={{ label: t('linked.measures'), help: t('linked.measures-help'), what: 'measures', find: findMeasures }}
          path={path}
          linkOf={({ id }) => ({
            measureId: id,
            ...(subject.kind === 'task' ? { nodeId: subject.nodeId } : { recommendationId: subject.id }),
          })}
          likely={
            linking === 'some'
              ? undefined
              : { picked: { id: linking.measureId, name: linking.name }, reason: linking.words.join(', ') }
          }
          onClose={() => setLinking(undefined)}
        />
      )}
      {ending && <UnlinkDialog path={path} link={ending} onClose={() => setEnding(undefined)} />}
    </Section>
  )
}

/** Measures that may tell of it, each with why; a person lays them. */
function Likely({ subject, onLink }: { subject: Subject; onLink: (one: LikelyMeasure) => void }) {
  const t = useText()
  const { data } = useQuery(likelyQuery(subject))
  if (data === undefined || data.length === 0) return null
  return (
    <div className="screen-only">
      <h3 className={styles.part}>{t('linked.likely')}</h3>
      <ul className={styles.likely}>
        {data.map((one) => (
          <li key={one.measureId}>
            <div>
              <Link to={indicatorTo(one.indicatorId)}>{one.name}</Link>
              <Why one={one} />
            </div>
            <Button
              variant="default"
              size="compact-sm"
              aria-label={t('linked.link-of', { name: one.name })}
              onClick={() => onLink(one)}
            >
              {t('linked.link')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Why({ one }: { one: LikelyMeasure }) {
  const t = useText()
  const format = useFormat()
  const codes = (list: readonly string[]) => ({ count: list.length, codes: format.list(list) })
  const reasons = [
    one.sdgTargets.length > 0 && t('linked.why-sdg', codes(one.sdgTargets)),
    one.articles.length > 0 && t('linked.why-articles', codes(one.articles)),
    one.words.length > 0 &&
      t('linked.why-words', {
        words: format.list(one.words.map((word) => t('recommendations.likely-word', { word }))),
      }),
    one.isNear && t('linked.why-near'),
  ].filter((reason) => reason !== false)
  return <span className={styles.quiet}>{reasons.join(' ')}</span>
}
