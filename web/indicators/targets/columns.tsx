import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { UnitTarget } from '#indicators/model'
import type { Column } from '../../kit/DataTable.tsx'
import { Figure } from '../../kit/Figure.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { choice } from '../../plans/words.ts'
import { indicatorTo } from '../addresses.ts'
import styles from '../Indicators.module.css'
import { useNames } from '../queries.ts'
import { ProgressWords } from '../ProgressWords.tsx'
import { signs, targetTones, valueWords } from '../words.ts'
import type { Standing, useStandings } from './queries.ts'
import { TargetPicture } from './TargetPicture.tsx'
import own from './Targets.module.css'

type Of = {
  standingOf: ReturnType<typeof useStandings>
  onChange?: (target: UnitTarget) => void
  onEnd?: (target: UnitTarget) => void
}

/** The columns of all targets of a unit. */
export function useTargetColumns({ standingOf, onChange, onEnd }: Of): Column<UnitTarget>[] {
  const t = useText()
  const format = useFormat()
  const known = useNames()
  const goalOf = (target: UnitTarget) => {
    const unit = known.measure(target.measureId)?.measure.unitOfMeasure ?? ''
    return t('indicators.targets-goal', {
      ...{ kind: choice(target.kind), year: String(target.year), from: String(target.yearFrom ?? ''), unit },
      goal: signs[target.comparator] + valueWords(target.value, format),
    })
  }
  return [
    {
      id: 'measure',
      title: t('indicators.measure'),
      width: '16rem',
      cell: (one) => {
        const found = known.measure(one.measureId)
        const part = known.breakdown(one.breakdown)
        return (
          <span className={styles.named}>
            {found && (
              <Link
                to={indicatorTo(found.indicator.id, {
                  measure: found.measure.code,
                  breakdown: one.breakdown || undefined,
                })}
              >
                {found.measure.name}
              </Link>
            )}
            <span className={styles.detail}>
              {[part, found?.measure.functionName].filter((word) => word !== undefined && word !== '').join(' · ')}
            </span>
          </span>
        )
      },
    },
    {
      id: 'goal',
      title: t('indicators.targets-to-reach'),
      width: '12rem',
      cell: (one) => (
        <span className={styles.named}>
          {goalOf(one)}
          <span className={styles.detail}>
            {t('indicators.targets-set-by', {
              by: one.isAbove ? 'above' : 'own',
              whose: one.isOwn ? 'body' : 'data',
              unit: one.unit.name,
              body: one.agencyName ?? '',
            })}
          </span>
          {one.against !== null && (
            <span className={styles.detail}>{t('indicators.targets-against', { against: one.against })}</span>
          )}
        </span>
      ),
    },
    {
      id: 'now',
      title: t('indicators.targets-now'),
      align: 'end',
      width: '8rem',
      cell: (one) => <Now standing={standingOf(one)} />,
    },
    {
      id: 'picture',
      title: t('indicators.trend'),
      width: '10.5rem',
      cell: (one) => {
        const standing = standingOf(one)
        if (standing === undefined || standing === 'unseen') return null
        return <TargetPicture series={standing.series} target={one} label={known.measure(one.measureId)?.measure} />
      },
    },
    {
      id: 'state',
      title: t('indicators.status'),
      width: '15rem',
      cell: (one) => <State standing={standingOf(one)} target={one} />,
    },
    ...(onChange === undefined || onEnd === undefined
      ? []
      : [
          {
            id: 'acts',
            title: t('indicators.targets-acts'),
            width: '7rem',
            cell: (one: UnitTarget) =>
              one.mayChange && (
                <span className={own.acts}>
                  <Button variant="default" size="compact-sm" onClick={() => onChange(one)}>
                    {t('indicators.targets-change')}
                  </Button>
                  <Button variant="default" size="compact-sm" onClick={() => onEnd(one)}>
                    {t('indicators.targets-end')}
                  </Button>
                </span>
              ),
          },
        ]),
  ]
}

/** The newest yearly figure, of which year, and from how many of those who owe it. */
function Now({ standing }: { standing: Standing }) {
  const t = useText()
  const format = useFormat()
  if (standing === undefined || standing === 'unseen') return null
  const newest = standing.series.findLast(({ value }) => value !== null)
  if (newest === undefined) return <Figure value={null} />
  return (
    <span className={styles.named}>
      <Figure value={newest.value} digits={2} isEstimate={newest.isEstimate} />
      <span className={styles.detail}>
        {t('indicators.targets-of-year', {
          year: String(newest.year),
          reported: format.number(newest.reported),
          expected: format.number(newest.expected),
        })}
      </span>
    </span>
  )
}

function State({ standing, target }: { standing: Standing; target: UnitTarget }) {
  const t = useText()
  if (standing === undefined) return <span className={styles.detail}>{t('kit.table-loading')}</span>
  if (standing === 'unseen') return <span className={styles.detail}>{t('indicators.targets-unseen')}</span>
  const { progress } = standing
  return (
    <span className={styles.named}>
      <StatusBadge tone={targetTones[progress.state]}>
        {t('indicators.target-state', { state: choice(progress.state) })}
      </StatusBadge>
      <span className={styles.detail}>
        <ProgressWords progress={progress} year={target.year} />
      </span>
    </span>
  )
}
