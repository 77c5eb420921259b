import type { MeasureRow, Trend, TrendPoint } from '#indicators/model'
import { useFormat, useText } from '../../kit/text.tsx'
import { about, signs, valueWords } from '../words.ts'
import styles from './Pictures.module.css'
import { diamond } from './SmallTrend.tsx'
import type { Size } from './useSize.ts'

type Mark = { year: number; value: number; point: TrendPoint }

/**
 * Years as a line that stops where nothing is known and where the unit's ground became another; what is not final, what was said otherwise
 * before and what is to be reached each have a mark of their own.
 */
export function YearsPicture({ trend, measure, size }: { trend: Trend; measure: MeasureRow; size: Size }) {
  const t = useText()
  const format = useFormat()
  const { width, rem } = size
  const marks = trend.points.flatMap((point): Mark[] =>
    point.value === null ? [] : [{ year: point.year, value: point.value, point }],
  )
  const goals = trend.targets.filter(({ kind, breakdown }) => kind === 'level' && breakdown === '')
  const years = [...trend.points.map(({ year }) => year), ...goals.map(({ year }) => year)]
  const [first, last] = [Math.min(...years), Math.max(...years)]
  const values = [
    ...marks.map(({ value }) => value),
    ...marks.flatMap(({ point }) => point.first ?? []),
    ...goals.map(({ value }) => value),
  ]
  const say = (value: number) => valueWords(value, format)
  const frame = { left: rem, right: rem * 1.5, top: rem * 2.75, bottom: rem * 2.25 }
  const height = rem * 18
  const { x, y } = scaleOf({ first, last, values }, { width, height, frame, inset: rem * 1.75 })
  const floor = height - frame.bottom
  const isBroken = (from: number, to: number) =>
    trend.view === 'as-was' && trend.breaks.some((day) => yearOf(day) > from && yearOf(day) <= to)
  const every = Math.max(1, Math.ceil(((last - first + 1) * rem * 2.75) / (width - frame.left - frame.right)))
  const labelled = labelledOf(marks, (mark) => x(mark.year), rem * 3)
  return (
    <svg
      data-picture
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      className={styles.picture}
      role="img"
      aria-label={t('pictures.years-words', {
        ...{ name: measure.name, unit: measure.unitOfMeasure, place: trend.unit.name },
        values: format.list(
          trend.points.map(({ year, value }) =>
            t('indicators.in-year', { year: String(year), value: value === null ? t('pictures.none') : say(value) }),
          ),
        ),
        breaks: trend.breaks.length,
        days: format.list(trend.breaks.map((day) => format.date(day))),
      })}
    >
      <path d={`M ${frame.left} ${floor} H ${width - frame.right}`} className={styles.axis} />
      {trend.breaks.map((day) => {
        const place = x(Math.min(last + 0.4, Math.max(first - 0.4, yearOf(day) - 0.5)))
        const isRight = place > width * 0.6
        return (
          <g key={day}>
            <path d={`M ${place} ${rem * 1.4} V ${floor}`} className={styles.break} />
            <text
              x={place + (isRight ? -rem * 0.3 : rem * 0.3)}
              y={rem}
              textAnchor={isRight ? 'end' : 'start'}
              className={styles.tick}
            >
              {t('pictures.break', { date: format.date(day) })}
            </text>
          </g>
        )
      })}
      {Array.from({ length: last - first + 1 }, (_, at) => first + at)
        .filter((year) => (year - first) % every === 0)
        .map((year) => (
          <text key={year} x={x(year)} y={floor + rem * 1.25} textAnchor="middle" className={styles.tick}>
            {year}
          </text>
        ))}
      {trend.points
        .filter(({ value }) => value === null)
        .map(({ year }) => (
          <text key={year} x={x(year)} y={floor - rem * 0.4} textAnchor="middle" className={styles.gap}>
            {t('pictures.gap')}
          </text>
        ))}
      {marks.slice(1).map(({ year, value }, at) => {
        const before = marks[at]
        if (before === undefined || before.year !== year - 1 || isBroken(before.year, year)) return null
        return (
          <path
            key={year}
            d={`M ${x(before.year)} ${y(before.value)} L ${x(year)} ${y(value)}`}
            className={styles.line}
          />
        )
      })}
      {marks.map(({ year, value, point }) => (
        <g key={year}>
          {point.first !== null && point.first !== value && (
            <g>
              <path d={`M ${x(year)} ${y(point.first)} V ${y(value)}`} className={styles.revision} />
              <path d={`M ${x(year) - rem * 0.4} ${y(point.first)} h ${rem * 0.8}`} className={styles.revision} />
            </g>
          )}
          <Dot x={x(year)} y={y(value)} point={point} rem={rem} />
          <text
            display={labelled.has(year) ? undefined : 'none'}
            x={x(year)}
            y={y(value) + (goals.some((goal) => goal.year === year && goal.value > value) ? rem * 1.3 : -rem * 0.7)}
            textAnchor="middle"
            className={styles.mark}
          >
            {about(point.isEstimate) + say(value)}
          </text>
        </g>
      ))}
      {goals.map((goal) => {
        const isLow = marks.some((mark) => mark.year === goal.year && mark.value > goal.value)
        return (
          <g key={goal.id}>
            <path d={diamond(x(goal.year), y(goal.value), rem * 0.4)} className={styles.goal} />
            <text
              x={x(goal.year)}
              y={y(goal.value) + (isLow ? rem * 1.3 : -rem * 0.7)}
              textAnchor={goal.year === last && goal.year !== first ? 'end' : 'middle'}
              className={styles.goalMark}
            >
              {t('indicators.goal', { goal: signs[goal.comparator] + say(goal.value) })}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

/** The years whose numbers are written: the newest, and as many before it as have room. */
function labelledOf(marks: readonly Mark[], place: (mark: Mark) => number, room: number): ReadonlySet<number> {
  const shown = new Set<number>()
  let next = Infinity
  for (const mark of marks.toReversed()) {
    if (next - place(mark) < room) continue
    shown.add(mark.year)
    next = place(mark)
  }
  return shown
}

/** A final figure is a full dot, a provisional one a square, an estimate a hollow dot. */
function Dot({ x, y, point, rem }: { x: number; y: number; point: TrendPoint; rem: number }) {
  const half = rem * 0.3
  if (point.isEstimate) return <circle cx={x} cy={y} r={half} className={styles.guessDot} />
  if (point.provisional > 0)
    return <rect x={x - half} y={y - half} width={2 * half} height={2 * half} className={styles.provisional} />
  return <circle cx={x} cy={y} r={half} className={styles.dot} />
}

/** The year whose figure is the first of the new ground: units answer for a year as they are on its last day. */
function yearOf(day: string): number {
  return Number(day.slice(0, 4))
}

function scaleOf(
  of: { first: number; last: number; values: readonly number[] },
  on: {
    width: number
    height: number
    frame: { left: number; right: number; top: number; bottom: number }
    inset: number
  },
) {
  const { frame, inset } = on
  const [low, high] = [Math.min(...of.values), Math.max(...of.values)]
  const air = (high - low || Math.abs(high) || 1) * 0.2
  const [bottom, top] = [low - air, high + air]
  const wide = on.width - frame.left - frame.right - 2 * inset
  return {
    x: (year: number) =>
      frame.left + inset + (of.last === of.first ? wide / 2 : ((year - of.first) / (of.last - of.first)) * wide),
    y: (value: number) => frame.top + ((top - value) / (top - bottom)) * (on.height - frame.top - frame.bottom),
  }
}
