import type { ReactNode } from 'react'
import { useFormat, useText } from '../../kit/text.tsx'
import styles from '../../indicators/pictures/Pictures.module.css'
import { diamond } from '../../indicators/pictures/SmallTrend.tsx'
import type { Size } from '../../indicators/pictures/useSize.ts'

export type Shares = Record<'came' | 'on-time' | 'first-pass', number | null>
type Line = { key: string; name: string; shares: Shares }

/** Told apart by shape, so also without colour. */
export const shareMarks: Record<keyof Shares, (x: number, y: number, half: number) => ReactNode> = {
  came: (x, y, half) => <circle cx={x} cy={y} r={half} className={styles.dot} />,
  'on-time': (x, y, half) => <rect x={x - half} y={y - half} width={2 * half} height={2 * half} className={styles.provisional} />, // prettier-ignore
  'first-pass': (x, y, half) => <path d={diamond(x, y, half * 1.2)} className={styles.goal} />,
}
const kinds = ['came', 'on-time', 'first-pass'] as const

type Drawn = { lines: readonly Line[]; size: Size; subject: string; isTrend: boolean }

/** Three shares from nothing to all, on one scale: a row for each line, or, over rounds, a place on the way for each. */
export function SharesPicture({ lines, size, subject, isTrend }: Drawn) {
  const t = useText()
  const format = useFormat()
  const say = (share: number | null) => (share === null ? t('boards.no-share') : format.percent(share))
  const words = lines.slice(0, 12).map(({ name, shares }) =>
    t('boards.line-words', {
      name,
      came: say(shares.came),
      onTime: say(shares['on-time']),
      firstPass: say(shares['first-pass']),
    }),
  )
  const height = isTrend ? size.rem * 16 : size.rem * (2.5 + lines.length * 2.75)
  return (
    <svg
      data-picture
      viewBox={`0 0 ${size.width} ${height}`}
      width={size.width}
      height={height}
      className={styles.picture}
      role="img"
      aria-label={t('boards.picture-words', {
        subject,
        values: format.list(words),
        more: Math.max(0, lines.length - 12),
      })}
    >
      {isTrend ? <OverRounds {...{ lines, size, height }} /> : <ByLine {...{ lines, size, height }} />}
    </svg>
  )
}

type Inner = { lines: readonly Line[]; size: Size; height: number }

function ByLine({ lines, size: { width, rem }, height }: Inner) {
  const format = useFormat()
  const x = (share: number) => rem + share * (width - 2 * rem)
  return (
    <>
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <path d={`M ${x(share)} ${rem * 1.6} V ${height - rem * 0.4}`} className={styles.track} />
          <text
            x={x(share)}
            y={rem * 1.2}
            textAnchor={share === 0 ? 'start' : share === 1 ? 'end' : 'middle'}
            className={styles.tick}
          >
            {format.percent(share, 0)}
          </text>
        </g>
      ))}
      {lines.map(({ key, name, shares }, at) => {
        const top = rem * (2 + at * 2.75)
        return (
          <g key={key}>
            <title>{name}</title>
            <text x={rem} y={top + rem * 0.9} className={styles.mark}>
              {shortened(name, (width - 2 * rem) / (rem * 0.52))}
            </text>
            <path d={`M ${x(0)} ${top + rem * 1.8} H ${x(1)}`} className={styles.axis} />
            {kinds.map((kind) => {
              const share = shares[kind]
              return share === null ? null : <g key={kind}>{shareMarks[kind](x(share), top + rem * 1.8, rem * 0.35)}</g>
            })}
          </g>
        )
      })}
    </>
  )
}

function OverRounds({ lines, size: { width, rem }, height }: Inner) {
  const format = useFormat()
  const [left, right, top, floor] = [rem * 3.5, width - rem * 2.5, rem * 1.5, height - rem * 2.5]
  const x = (at: number) =>
    lines.length === 1 ? (left + right) / 2 : left + ((at + 0.25) / (lines.length - 0.5)) * (right - left)
  const y = (share: number) => floor - share * (floor - top)
  const every = Math.max(1, Math.ceil((lines.length * rem * 9) / (right - left)))
  return (
    <>
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <path d={`M ${left} ${y(share)} H ${right}`} className={share === 0 ? styles.axis : styles.track} />
          <text x={left - rem * 0.4} y={y(share) + rem * 0.3} textAnchor="end" className={styles.tick}>
            {format.percent(share, 0)}
          </text>
        </g>
      ))}
      {lines.map(({ key, name }, at) =>
        (lines.length - 1 - at) % every === 0 ? (
          <text key={key} x={x(at)} y={floor + rem * 1.4} textAnchor="middle" className={styles.tick}>
            {shortened(name, 26)}
          </text>
        ) : null,
      )}
      {kinds.map((kind) => (
        <g key={kind}>
          {lines.map(({ key, shares }, at) => {
            const [share, before] = [shares[kind], lines[at - 1]?.shares[kind] ?? null]
            if (share === null || before === null) return null
            return <path key={key} d={`M ${x(at - 1)} ${y(before)} L ${x(at)} ${y(share)}`} className={kind === 'came' ? styles.line : styles.revision} /> // prettier-ignore
          })}
          {lines.map(({ key, shares }, at) => {
            const share = shares[kind]
            return share === null ? null : <g key={key}>{shareMarks[kind](x(at), y(share), rem * 0.35)}</g>
          })}
        </g>
      ))}
    </>
  )
}

function shortened(name: string, most: number): string {
  return name.length <= most ? name : `${name.slice(0, Math.max(1, Math.floor(most) - 1))}…`
}
