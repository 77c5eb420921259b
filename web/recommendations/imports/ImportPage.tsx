import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { mayResume, RecommendationKind, type RecommendationImport } from '#recommendations/model'
import { usePathId } from '../../kit/address.ts'
import { LoadFailed } from '../../kit/Empty.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { JobProgress } from '../../kit/JobProgress.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { reaches, recommendationsTo } from '../addresses.ts'
import { importsTo, registryTo } from './addresses.ts'
import { Differences } from './Differences.tsx'
import { useRenewRecommendations } from '../queries.ts'
import styles from './Imports.module.css'
import { importTones } from './ImportsPage.tsx'
import { Outcome } from './Outcome.tsx'
import { Problems } from './Problems.tsx'
import { changeImport, importQuery, isAtWork, type ImportAct } from './queries.ts'
import { useScrollToHash } from '../../plans/useScrollToHash.ts'

/** One file: how far it is read, what became of each record, what was wrong, what it would change. */
export function ImportPage() {
  const t = useText()
  const format = useFormat()
  const renew = useRenewRecommendations()
  const id = usePathId('importId')
  const { data: one, error, refetch } = useQuery(importQuery(id))
  const acting = useMutation({ mutationFn: (act: ImportAct) => changeImport(id, act), onSettled: renew })
  const works = one !== undefined && isAtWork(one)
  useEffect(() => {
    if (!works) void renew()
  }, [works, renew])
  useScrollToHash(one !== undefined)
  if (error && !one) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (!one) return null
  return (
    <>
      <PageHeader
        title={one.fileName}
        crumbs={[
          { label: t('bring.registry'), to: registryTo },
          { label: t('bring.title'), to: importsTo },
          { label: one.fileName },
        ]}
        state={
          <span className={styles.facts}>
            {!works && (
              <StatusBadge tone={importTones[one.state]}>{t('bring.state-is', { state: one.state })}</StatusBadge>
            )}
            <span>
              {[
                t(`bring.source-${one.source}`),
                format.size(one.fileBytes),
                format.dateTime(one.startedAt),
                one.startedBy,
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </span>
          </span>
        }
        acts={
          <>
            {!works && one.added > 0 && (
              <Button component={Link} to={broughtTo(id)} variant="default">
                {t('bring.brought')}
              </Button>
            )}
            {mayResume(one) && (
              <Button loading={acting.isPending} onClick={() => acting.mutate('resumption')}>
                {t('bring.resume')}
              </Button>
            )}
          </>
        }
      />
      <ErrorSummary problem={acting.error} />
      {works && <Running one={one} onCancel={() => acting.mutate('cancellation')} />}
      {isRefused(one) && (
        <div className={styles.choice} role="status">
          <p>{t('bring.rows-refused')}</p>
          <div className={styles.acts}>
            <Button loading={acting.isPending} onClick={() => acting.mutate('partial')}>
              {t('bring.take-good')}
            </Button>
          </div>
        </div>
      )}
      {!works && <Outcome one={one} />}
      {one.problems > 0 && <Problems one={one} />}
      {!works && (one.open > 0 || one.changed > 0) && <Differences one={one} />}
    </>
  )
}

/** The list of what a file brought that was not here before, of whatever State, cycle and kind. */
function broughtTo(id: string): string {
  return recommendationsTo({ import: id, reach: reaches.all, kind: RecommendationKind.options })
}

/** Rows of a table were refused and nothing was taken in: a person chooses. */
function isRefused(one: RecommendationImport): boolean {
  return one.state === 'failed' && one.problemCode === 'recommendations.rows-refused'
}

/** Records of a file are not known before its end: how many there will be is told from the part that was read. */
function Running({ one, onCancel }: { one: RecommendationImport; onCancel: () => void }) {
  const t = useText()
  const isIndexing = one.state === 'indexing'
  const expected = one.byteAt === 0 ? null : Math.round((one.counted * one.fileBytes) / one.byteAt)
  return (
    <JobProgress
      title={t(isIndexing ? 'bring.indexing' : 'bring.reading')}
      state={one.state === 'waiting' ? 'waiting' : 'running'}
      done={isIndexing ? one.indexed : one.counted}
      total={isIndexing ? one.toIndex : expected}
      outcome={!isIndexing && expected !== null && t('bring.estimated')}
      onCancel={onCancel}
    />
  )
}
