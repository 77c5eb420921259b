import { Link } from '@tanstack/react-router'
import type { MeasureInShort, MeasureStanding, StandingLine } from '#indicators/model'
import { Figure } from '../../kit/Figure.tsx'
import { FigureNote } from '../../kit/FigureNote.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useText } from '../../kit/text.tsx'
import { choice } from '../../plans/words.ts'
import { indicatorTo } from '../addresses.ts'
import { useNames } from '../queries.ts'
import { SeriesTable } from '../SeriesTable.tsx'
import { Targets } from '../Targets.tsx'
import { periodWords, saysTones } from '../words.ts'
import styles from './Links.module.css'
import { SmallTrend } from './SmallTrend.tsx'

/** A measure with its newest figure, how it stands with its target in words, and its years; opens the page of its indicator. */
export function MeasureCard({ measure, standing }: { measure: MeasureInShort; standing: MeasureStanding | undefined }) {
  const t = useText()
  const known = useNames()
  const code = known.measure(measure.measureId)?.measure.code
  const unit = standing?.unit
  const targets = standing?.lines.flatMap((line) => line.targets.filter(({ year }) => year === standing.year)) ?? []
  return (
    <>
      <p className={styles.head}>
        <Link to={indicatorTo(measure.indicatorId, { measure: code, unit: unit?.id })}>{measure.name}</Link>
        {standing && targets.length !== 1 && (
          <StatusBadge tone={saysTones[standing.says]}>
            {t('linked.says-is', { says: choice(standing.says) })}
          </StatusBadge>
        )}
      </p>
      {standing && !unit && <p className={styles.quiet}>{t('linked.unseen')}</p>}
      {standing && unit && (
        <>
          {standing.lines.map((line) => (
            <Line key={line.breakdown} line={line} standing={standing} unitName={unit.name} />
          ))}
          {!standing.isNational && <p className={styles.quiet}>{t('linked.own-unit', { unit: unit.name })}</p>}
        </>
      )}
    </>
  )
}

function Line({ line, standing, unitName }: { line: StandingLine; standing: MeasureStanding; unitName: string }) {
  const t = useText()
  const part = useNames().breakdown(line.breakdown)
  const newest = line.series.findLast(({ value }) => value !== null)
  const targets = line.targets.filter(({ year }) => year === standing.year)
  const period = newest && periodWords(String(newest.year), t)
  const where =
    period &&
    (part === ''
      ? t('linked.where-when', { unit: unitName, period })
      : t('linked.part-where-when', { part, unit: unitName, period }))
  return (
    <div className={styles.block}>
      <p className={styles.number}>
        <Figure
          value={newest?.value ?? null}
          digits={Math.abs(newest?.value ?? 0) < 10 ? 2 : 1}
          {...(newest ? { isEstimate: newest.isEstimate } : {})}
        />{' '}
        <span>{newest ? `${standing.unitOfMeasure} · ${where ?? ''}` : t('linked.no-value')}</span>
      </p>
      {newest && period && (
        <FigureNote
          period={period}
          unit={standing.unitOfMeasure}
          asOf={standing.asOf}
          coverage={{ reported: newest.reported, owed: newest.expected }}
          source={t('indicators.from-reports')}
        />
      )}
      <SmallTrend line={{ ...line, targets }} name={standing.name} />
      {targets.length > 0 && <Targets targets={targets} unitOfMeasure={standing.unitOfMeasure} />}
      {line.series.length > 0 && (
        <details className={styles.more}>
          <summary>{t('linked.table')}</summary>
          <SeriesTable series={line.series} unitOfMeasure={standing.unitOfMeasure} />
        </details>
      )}
    </div>
  )
}
