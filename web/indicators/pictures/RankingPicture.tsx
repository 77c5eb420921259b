import type { MeasureRow, RankedRow, Ranking } from '#indicators/model'
import { useFormat, useText } from '../../kit/text.tsx'
import { about, valueWords } from '../words.ts'
import styles from './Pictures.module.css'
import type { Size } from './useSize.ts'
import { rankWords } from './picture-words.ts'

/** Units in their order: a bar from nothing for what is added up, a dot with its interval for a share; the whole as a line across. */
export function RankingPicture({ ranking, measure, size }: { ranking: Ranking; measure: MeasureRow; size: Size }) {
  const t = useText()
  const format = useFormat()
  const { width, rem } = size
  const isWide = width > rem * 36
  const row = isWide ? rem * 1.75 : rem * 3
  const head = rem * 1.75
  const left = isWide ? rem * 17 : rem * 0.5
  const right = rem * (isWide ? 5.5 : 0.75)
  const height = head + ranking.items.length * row + rem * 0.5
  const hasIntervals = ranking.items.some(({ interval }) => interval !== null)
  const { low, high } = scaleOf(ranking, hasIntervals)
  const x = (value: number) => left + ((value - low) / (high - low || 1)) * (width - left - right)
  const whole = ranking.whole?.value ?? null
  const isAcross = whole !== null && whole >= low && whole <= high && hasIntervals
  return (
    <svg
      data-picture
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      className={styles.picture}
      role="img"
      aria-label={t('pictures.ranking-words', {
        ...{ name: measure.name, unit: measure.unitOfMeasure },
        values: format.list(
          ranking.items
            .slice(0, 10)
            .map(({ unit, value }) =>
              t('pictures.unit-value', { unit: unit.name, value: value === null ? '' : valueWords(value, format) }),
            ),
        ),
        more: Math.max(0, ranking.ranked - Math.min(10, ranking.items.length)),
      })}
    >
      {isAcross && (
        <g>
          <path d={`M ${x(whole)} ${rem * 1.4} V ${height - rem * 0.5}`} className={styles.break} />
          <text x={x(whole)} y={rem} textAnchor={anchorAt(x(whole), width)} className={styles.tick}>
            {t('pictures.unit-value', { unit: ranking.whole?.unit.name ?? '', value: valueWords(whole, format) })}
          </text>
        </g>
      )}
      {ranking.items.map((item, at) => (
        <Row
          key={item.unit.id}
          {...{ item, isWide, rem, row, width, left }}
          top={head + at * row}
          x={x}
          zero={hasIntervals ? null : x(Math.max(0, low))}
        />
      ))}
    </svg>
  )
}

type RowProps = {
  item: RankedRow
  isWide: boolean
  rem: number
  row: number
  width: number
  left: number
  top: number
  x: (value: number) => number
  /** Where bars begin; null: dots with intervals. */
  zero: number | null
}

function Row({ item, isWide, rem, row, width, left, top, x, zero }: RowProps) {
  const t = useText()
  const format = useFormat()
  const { value, interval, isEstimate, unit } = item
  if (value === null) return null
  const line = isWide ? top + row / 2 : top + row * 0.72
  const words = isWide ? line + rem * 0.3 : top + row * 0.38
  const number = about(isEstimate) + valueWords(value, format)
  return (
    <g>
      <title>{t('pictures.unit-value', { unit: unit.name, value: number })}</title>
      <text x={rem * 0.5} y={words} className={styles.mark}>
        {rankWords(item, t)} {shortened(unit.name, isWide ? left / (rem * 0.52) - 8 : 40)}
      </text>
      <text x={width - rem * 0.5} y={words} textAnchor="end" className={styles.mark}>
        {number}
      </text>
      {zero === null ? (
        <g>
          <path d={`M ${left} ${line} H ${width - rem * (isWide ? 5.5 : 0.75)}`} className={styles.track} />
          {interval !== null && (
            <path
              d={`M ${x(interval.low)} ${line - rem * 0.25} v ${rem * 0.5} m 0 ${-rem * 0.25} H ${x(interval.high)} m 0 ${-rem * 0.25} v ${rem * 0.5}`}
              className={styles.interval}
            />
          )}
          <circle cx={x(value)} cy={line} r={rem * 0.3} className={isEstimate ? styles.guessDot : styles.dot} />
        </g>
      ) : (
        <rect
          x={zero}
          y={line - rem * 0.35}
          width={Math.max(1, x(value) - zero)}
          height={rem * 0.7}
          className={isEstimate ? styles.guessBar : styles.bar}
        />
      )}
    </g>
  )
}

function scaleOf({ scale, whole }: Ranking, hasIntervals: boolean): { low: number; high: number } {
  const found = scale ?? { low: 0, high: 1 }
  if (!hasIntervals) return { low: Math.min(0, found.low), high: found.high }
  const value = whole?.value ?? found.low
  return { low: Math.min(found.low, value), high: Math.max(found.high, value) }
}

function anchorAt(x: number, width: number): 'start' | 'middle' | 'end' {
  return x < width * 0.25 ? 'start' : x > width * 0.75 ? 'end' : 'middle'
}

function shortened(words: string, most: number): string {
  return words.length <= most ? words : `${words.slice(0, Math.max(4, Math.floor(most) - 1)).trimEnd()}…`
}
