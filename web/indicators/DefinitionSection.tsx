import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { IndicatorRow, MeasureRow } from '#indicators/model'
import { agencyTo } from '../agencies/addresses.ts'
import { choice } from '../plans/words.ts'
import { Section } from '../kit/Section.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import styles from './Indicators.module.css'
import { useNames } from './queries.ts'

/** What is counted and how: definition, formula, unit of measure, who answers, when and by what it is broken down. */
export function DefinitionSection({ one, measure }: { one: IndicatorRow; measure: MeasureRow }) {
  const t = useText()
  const format = useFormat()
  const known = useNames()
  const rhythms = measure.periods.map(({ frequency }) => t('indicators.frequency-is', { frequency: choice(frequency) }))
  const rows: [string, ReactNode][] = [
    [t('indicators.definition'), one.definition],
    [
      t('indicators.ages'),
      one.ages && t('indicators.ages-are', { from: one.ages.fromAge, to: one.ages.toAge, basis: one.ages.basis }),
    ],
    [t('indicators.formula'), formula()],
    [t('indicators.unit-of-measure'), measure.unitOfMeasure],
    [t('indicators.direction'), t('indicators.direction-is', { direction: measure.direction })],
    [t('indicators.aggregation'), t('indicators.aggregation-is', { rule: measure.aggregation })],
    [t('indicators.level'), t('territory.level', { level: measure.level })],
    [t('indicators.field'), measure.functionName],
    [t('indicators.owner'), measure.owners.length > 0 && <Bodies bodies={measure.owners} />],
    [
      t('indicators.supporting'),
      one.supporting.length > 0 && (
        <ul className={styles.plain}>
          {one.supporting.map((field) => (
            <li key={field.function}>
              {field.name}
              {field.bodies.length > 0 && <Bodies bodies={field.bodies} />}
            </li>
          ))}
        </ul>
      ),
    ],
    [
      t('indicators.data-sources'),
      one.dataSources.length > 0 && (
        <ol className={styles.ordered}>
          {one.dataSources.map((source) => (
            <li key={source}>{source}</li>
          ))}
        </ol>
      ),
    ],
    [t('indicators.periods'), t('indicators.periods-are', { periods: format.list(rhythms), days: measure.dueDays })],
    [
      t('indicators.breakdowns'),
      measure.breakdowns.length > 0 &&
        format.list(
          measure.breakdowns.map(({ dimension, everyYears, frequency }) =>
            t('indicators.breakdown-every', {
              name: known.dimension(dimension)?.name ?? dimension,
              frequency: t('indicators.frequency-is', { frequency: choice(frequency) }),
              years: everyYears,
            }),
          ),
        ),
    ],
    [t('indicators.source'), t('indicators.source-is', { document: one.source.document, item: one.source.item })],
    [
      t('linked.tells-of'),
      [
        one.sdgTargets.length > 0 &&
          t('linked.sdg-targets', { count: one.sdgTargets.length, codes: format.list(one.sdgTargets) }),
        one.articles.length > 0 &&
          t('linked.articles', { count: one.articles.length, codes: format.list(one.articles) }),
      ]
        .filter((words) => words !== false)
        .join('; '),
    ],
    [t('indicators.remark'), one.remark],
    [t('indicators.kept-by'), one.keptBy && <Bodies bodies={[one.keptBy]} />],
  ]
  return (
    <Section title={t('indicators.what-it-is')}>
      <dl className={styles.facts}>
        {rows
          .filter(([, value]) => value !== null && value !== false && value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </Section>
  )

  function formula(): string {
    const { numerator, denominator, factor } = measure
    if (numerator === null || denominator === null) return measure.name
    return t('indicators.formula-is', { numerator, denominator, factor: format.number(factor) })
  }
}

function Bodies({ bodies }: { bodies: readonly { id: string; name: string }[] }) {
  return (
    <ul className={styles.plain}>
      {bodies.map(({ id, name }) => (
        <li key={id}>
          <Link to={agencyTo(id)}>{name}</Link>
        </li>
      ))}
    </ul>
  )
}
