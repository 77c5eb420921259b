import { useId, type ReactNode } from 'react'
import type { MapPicture as Drawn, MapUnit, MeasureRow } from '#indicators/model'
import type { MapGround } from '#territory/model'
import { useFormat, useText } from '../../kit/text.tsx'
import { coverageWords } from '../../kit/FigureNote.tsx'
import { valueWords } from '../words.ts'
import { shownWords } from './picture-words.ts'
import styles from './Pictures.module.css'
import type { Size } from './useSize.ts'

type MapProps = { map: Drawn; ground: MapGround; measure: MeasureRow; size: Size }

/** The style of a unit: the class of its value, or why it has none. */
function lookOf(unit: MapUnit | undefined): string {
  if (unit?.apart === 'hidden') return `${styles.area} ${styles.hiddenArea}`
  if (unit?.apart === 'not-comparable') return `${styles.area} ${styles.brokenArea}`
  const step = unit?.step ?? null
  return `${styles.area} ${step === null ? styles.bareArea : styles[`step${step}`]}`
}

/** Hatching over a unit of low coverage, and in one that is hidden: told apart without colour. */
function Patterns({ id, rem, scale = [1, 1] }: { id: string; rem: number; scale?: readonly [number, number] }) {
  const step = rem * 0.45
  const undone = `scale(${1 / scale[0]} ${1 / scale[1]})`
  return (
    <defs>
      <pattern
        id={`${id}-low`}
        width={step}
        height={step}
        patternUnits="userSpaceOnUse"
        patternTransform={`${undone} rotate(45)`}
      >
        <path d={`M 0 0 V ${step}`} className={styles.hatchLine} />
      </pattern>
      <pattern id={`${id}-hidden`} width={step} height={step} patternUnits="userSpaceOnUse" patternTransform={undone}>
        <circle cx={step / 2} cy={step / 2} r={step * 0.16} className={styles.hatchDot} />
      </pattern>
    </defs>
  )
}

/** What lies over a unit that is not simply known. */
function overOf(unit: MapUnit | undefined, id: string): string | undefined {
  if (unit?.apart === 'low-coverage') return `url(#${id}-low)`
  return unit?.apart === 'hidden' ? `url(#${id}-hidden)` : undefined
}

function Frame({ props, height, children }: { props: MapProps; height: number; children: ReactNode }) {
  const t = useText()
  const format = useFormat()
  const { map, measure, size } = props
  const known = map.units.flatMap((unit) =>
    unit.apart === null && unit.value !== null ? [{ ...unit, value: unit.value }] : [],
  )
  const sorted = known.toSorted((one, other) => one.value - other.value)
  const [least, most] = [sorted[0], sorted.at(-1)]
  const say = (unit: (typeof known)[number] | undefined) =>
    unit === undefined ? '' : t('pictures.unit-value', { unit: unit.name, value: valueWords(unit.value, format) })
  return (
    <svg
      data-picture
      viewBox={`0 0 ${size.width} ${height}`}
      width={size.width}
      height={height}
      className={styles.picture}
      role="img"
      aria-label={t('pictures.map-words', {
        ...{ name: measure.name, unit: measure.unitOfMeasure, known: known.length, all: map.units.length },
        ...{ least: say(least), most: say(most) },
      })}
    >
      {children}
    </svg>
  )
}

function useTitle(): (unit: MapUnit | undefined, islands: string | null) => string {
  const t = useText()
  const format = useFormat()
  return (unit, islands) => {
    if (unit === undefined) return islands ?? ''
    const name = islands === null ? unit.name : t('pictures.islands-of', { islands, unit: unit.name })
    const coverage = coverageWords({ reported: unit.reported, owed: unit.expected }, t, format)
    return `${t('pictures.unit-value', { unit: name, value: shownWords(unit, t, format) })}. ${coverage}`
  }
}

/** Every unit as a tile of one size near where it lies, with its name and number: none is too small to be seen. */
export function TilesPicture(props: MapProps) {
  const { map, ground, size } = props
  const format = useFormat()
  const title = useTitle()
  const id = useId()
  const { width, rem } = size
  const units = new Map(map.units.map((unit) => [unit.id, unit]))
  const columns = Math.max(...ground.tiles.map(({ column }) => column)) + 1
  const rows = Math.max(...ground.tiles.map(({ row }) => row)) + 1
  const gap = rem * 0.2
  const wide = Math.min(rem * 6, (width - rem * 0.5) / columns)
  const high = rem * 2.75
  const left = (width - wide * columns) / 2
  const small = wide < rem * 3.75
  return (
    <Frame props={props} height={rows * high + gap}>
      <Patterns id={id} rem={rem} />
      {ground.tiles.map((tile) => {
        const unit = units.get(tile.unitId)
        const over = overOf(unit, id)
        const at = { x: left + tile.column * wide, y: gap + tile.row * high }
        const box = { ...at, width: wide - gap, height: high - gap, rx: rem * 0.2 }
        const dark = (unit?.step ?? 0) > 3 && unit?.apart !== 'hidden'
        const number = unit === undefined || unit.value === null ? '' : valueWords(unit.value, format)
        return (
          <g key={`${tile.column} ${tile.row}`}>
            <title>{title(unit, tile.islands)}</title>
            <rect {...box} className={lookOf(unit)} />
            {over !== undefined && <rect {...box} fill={over} />}
            {tile.islands !== null && <rect {...box} className={styles.islandFrame} />}
            <text
              x={at.x + (wide - gap) / 2}
              y={at.y + rem * 1.05}
              textAnchor="middle"
              className={`${dark ? styles.onDark : styles.onLight} ${small ? styles.smallLabel : ''}`}
            >
              {tile.label}
            </text>
            <text
              x={at.x + (wide - gap) / 2}
              y={at.y + rem * 2.1}
              textAnchor="middle"
              className={`${dark ? styles.onDark : styles.onLight} ${small ? styles.smallLabel : ''}`}
            >
              {unit?.apart === 'hidden' ? '•' : number}
            </text>
          </g>
        )
      })}
    </Frame>
  )
}

/** How much narrower a degree of longitude is than one of latitude, half-way down a picture. */
function narrowing(top: number, bottom: number): number {
  return Math.cos(((top + bottom) / 2000 / 180) * Math.PI)
}

/** Units in their outlines; islands far away in frames of their own, whose place and name every map shows. */
export function OutlinePicture(props: MapProps) {
  const { map, ground, size } = props
  const title = useTitle()
  const id = useId()
  const { width, rem } = size
  const { outlines, insets } = ground
  if (outlines === null) return null
  const units = new Map(map.units.map((unit) => [unit.id, unit]))
  const shownInsets = insets.filter((_, at) => outlines.units.some(({ islets }) => (islets[at]?.length ?? 0) > 0))
  const side = shownInsets.length === 0 ? 0 : Math.min(rem * 11, width * 0.3)
  const squeeze = narrowing(outlines.top, outlines.bottom)
  const [across, down] = [(outlines.right - outlines.left) * squeeze, outlines.bottom - outlines.top]
  const scale = Math.min((width - side - rem) / across, (rem * 44) / down)
  const height = down * scale + rem
  const left = (width - side - across * scale) / 2
  const labels = outlines.units.length <= 70 && width > rem * 30
  return (
    <Frame props={props} height={Math.max(height, shownInsets.length * (side + rem * 2))}>
      <Patterns id={id} rem={rem} scale={[scale * squeeze, scale]} />
      <g
        transform={`translate(${left} ${rem / 2}) scale(${scale * squeeze} ${scale}) translate(${-outlines.left} ${-outlines.top})`}
      >
        {outlines.units.map(({ unitId, path }) => {
          const unit = units.get(unitId)
          const over = overOf(unit, id)
          return (
            <g key={unitId}>
              <title>{title(unit, null)}</title>
              <path d={path} fillRule="evenodd" vectorEffect="non-scaling-stroke" className={lookOf(unit)} />
              {over !== undefined && <path d={path} fillRule="evenodd" fill={over} />}
            </g>
          )
        })}
      </g>
      {labels &&
        outlines.units.map(({ unitId, path }) => {
          const step = units.get(unitId)?.step ?? null
          const middle = middleOf(path)
          if (step === null || middle === null) return null
          return (
            <text
              key={unitId}
              x={left + (middle.x - outlines.left) * scale * squeeze}
              y={rem * 0.8 + (middle.y - outlines.top) * scale}
              textAnchor="middle"
              className={`${step > 3 ? styles.onDark : styles.onLight} ${styles.smallLabel}`}
            >
              {step}
            </text>
          )
        })}
      {shownInsets.map((inset, at) => {
        const place = insets.indexOf(inset)
        const top = rem + at * (side + rem * 2)
        const x0 = width - side
        const put = (x: number, y: number) => ({
          cx: x0 + rem * 0.4 + ((x - inset.left) / (inset.right - inset.left)) * (side - rem * 0.8),
          cy: top + rem * 0.4 + ((y - inset.top) / (inset.bottom - inset.top)) * (side - rem * 0.8),
        })
        return (
          <g key={inset.name}>
            <rect x={x0} y={top} width={side - 1} height={side} className={styles.insetFrame} />
            <text x={x0 + side / 2} y={top + side + rem * 1.1} textAnchor="middle" className={styles.tick}>
              {inset.name}
            </text>
            {outlines.units.map(({ unitId, islets }) => (
              <g key={unitId}>
                <title>{title(units.get(unitId), inset.name)}</title>
                {(islets[place] ?? []).map(({ x, y }) => (
                  <circle key={`${x} ${y}`} {...put(x, y)} r={rem * 0.22} className={lookOf(units.get(unitId))} />
                ))}
              </g>
            ))}
          </g>
        )
      })}
    </Frame>
  )
}

/** The middle of the ring with the most steps: where a number stands. */
function middleOf(path: string): { x: number; y: number } | null {
  const ring = path.split('z').reduce((longest, one) => (one.length > longest.length ? one : longest), '')
  const numbers = (ring.match(/-?\d+/g) ?? []).map(Number)
  let [x, y] = [0, 0]
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    x += numbers[at] ?? 0
    y += numbers[at + 1] ?? 0
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return Number.isFinite(left) ? { x: (left + right) / 2, y: (top + bottom) / 2 } : null
}
