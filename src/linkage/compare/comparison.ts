import type { ComparisonConfig } from '../model.ts'
import type { Field, Records } from '../input/records.ts'
import type { Laid } from '../input/rows.ts'
import { lettersOfNames } from '../values/name-letters.ts'
import type { Texts } from '../values/text-book.ts'
import { dateLevel, dateLevels, nearDateLevel, nearDateLevels } from './dates.ts'
import { nameLevel, nameLevels } from './names.ts'
import { numberLevel, numberLevels } from './numbers.ts'
import { jaroWinkler, mostAlike } from './similarity.ts'

/** Compares `count` pairs of records by one field and writes their levels; 0 where either side is missing. */
export type FillLevels = (field: Laid, left: Int32Array, right: Int32Array, count: number, levels: Uint8Array) => void

/** One comparison: a field, how, and what its levels are called. Level `n` is `labels[n - 1]`; 0 is missing. */
export type Comparison = {
  field: string
  method: ComparisonConfig['method']
  labels: readonly string[]
  fill: FillLevels
  /** The strongest levels that pairs can have, told at little cost: 1 and 0 only where they are so; null where nothing cheap tells. */
  fillBest: FillLevels | null
  /** Whether it costs more than a few operations a pair: such come last, where a bound has left few pairs. */
  isDear: boolean
  /** Levels up to this one say that both have the same value, rare or frequent; 0: frequency does not matter. */
  frequencyLevels: number
  /** Of likeness of letters: from which on each level but the first and the last is reached; else none. */
  thresholds: readonly number[]
}

/** The comparison of a field as configured. @param field a field of `records` */
export function comparisonOf(config: ComparisonConfig, field: Field, records: Records): Comparison {
  const base = { field: field.name, method: config.method, fillBest: null, thresholds: [] }
  const frequency = (levels: number) => (config.termFrequency === false ? 0 : levels)
  switch (config.method) {
    case 'names':
      return { ...base, labels: nameLevels, fill: fillNames(records), isDear: true, frequencyLevels: frequency(3) }
    case 'dates':
      return { ...base, labels: dateLevels, fill: fillBy(dateLevel), isDear: false, frequencyLevels: frequency(1) }
    case 'near-dates':
      return {
        ...base,
        labels: nearDateLevels,
        fill: fillBy(nearDateLevel),
        isDear: false,
        frequencyLevels: frequency(1),
      }
    case 'numbers':
      return { ...base, labels: numberLevels, fill: fillNumbers, isDear: false, frequencyLevels: 0 }
    case 'same': {
      const { today } = field
      const labels = today ? ['same', 'same-today', 'different'] : ['same', 'different']
      return {
        ...base,
        labels,
        fill: today ? fillPlaces(today) : fillSame,
        isDear: false,
        frequencyLevels: frequency(field.kind === 'sex' ? 0 : 1),
      }
    }
    case 'similarity': {
      const labels = ['same', ...config.levels.map((level) => `similar-${level}`), 'different']
      const letters = field.texts ?? lettersOfNames(records.names)
      const numbers = field.kind === 'name' ? records.names.folded : null
      const fillBest = fillBestSimilarity(letters, config.levels, numbers)
      const fill = fillSimilarity(letters, config.levels, fillBest)
      return {
        ...base,
        ...{ labels, fill, fillBest, isDear: true, thresholds: config.levels },
        frequencyLevels: frequency(1),
      }
    }
  }
}

function fillNames({ names }: Records): FillLevels {
  return ({ data, width, at: place }, left, right, count, levels) => {
    for (let at = 0; at < count; at++) {
      const a = data[(left[at] ?? 0) * width + place] ?? 0
      const b = data[(right[at] ?? 0) * width + place] ?? 0
      levels[at] = a === 0 || b === 0 ? 0 : nameLevel(names, a, b)
    }
  }
}

/** A comparison of two integers; made once per method, so that each loop knows what it calls. */
function fillBy(level: (a: number, b: number) => number): FillLevels {
  return ({ data, width, at: place }, left, right, count, levels) => {
    for (let at = 0; at < count; at++) {
      const a = data[(left[at] ?? 0) * width + place] ?? 0
      const b = data[(right[at] ?? 0) * width + place] ?? 0
      levels[at] = a === 0 || b === 0 ? 0 : a === b ? 1 : level(a, b)
    }
  }
}

function fillSame(
  { data, width, at: place }: Laid,
  left: Int32Array,
  right: Int32Array,
  count: number,
  levels: Uint8Array,
): void {
  for (let at = 0; at < count; at++) {
    const a = data[(left[at] ?? 0) * width + place] ?? 0
    const b = data[(right[at] ?? 0) * width + place] ?? 0
    levels[at] = a === 0 || b === 0 ? 0 : a === b ? 1 : 2
  }
}

function fillPlaces(today: Int32Array): FillLevels {
  return ({ data, width, at: place }, left, right, count, levels) => {
    for (let at = 0; at < count; at++) {
      const a = data[(left[at] ?? 0) * width + place] ?? 0
      const b = data[(right[at] ?? 0) * width + place] ?? 0
      if (a === 0 || b === 0) levels[at] = 0
      else if (a === b) levels[at] = 1
      else levels[at] = today[a] !== 0 && today[a] === today[b] ? 2 : 3
    }
  }
}

function fillNumbers(
  { data, width, at: place, lows, lowAt }: Laid,
  left: Int32Array,
  right: Int32Array,
  count: number,
  levels: Uint8Array,
): void {
  for (let at = 0; at < count; at++) {
    const [l, r] = [(left[at] ?? 0) * width, (right[at] ?? 0) * width]
    const a = data[l + place] ?? 0
    const b = data[r + place] ?? 0
    levels[at] = a === 0 || b === 0 ? 0 : numberLevel(a, lows[l + lowAt] ?? 0, b, lows[r + lowAt] ?? 0)
  }
}

/** Likeness letter by letter, of pairs that a glance does not tell. */
function fillSimilarity({ starts, letters }: Texts, thresholds: readonly number[], fillBest: FillLevels): FillLevels {
  const least = thresholds.at(-1) ?? 1
  const different = thresholds.length + 2
  return (own, left, right, count, levels) => {
    fillBest(own, left, right, count, levels)
    for (let at = 0; at < count; at++) {
      const best = levels[at] ?? 0
      if (best < 2 || best === different) continue
      const a = firsts[at] ?? 0
      const b = seconds[at] ?? 0
      const alike = jaroWinkler(letters, starts[a] ?? 0, starts[a + 1] ?? 0, starts[b] ?? 0, starts[b + 1] ?? 0, least)
      levels[at] = levelOf(alike, thresholds)
    }
  }
}

/**
 * The strongest level of similarity that the letters of two values allow.
 * @param numbers for names: the run of letters of each name, null where values are runs themselves
 */
function fillBestSimilarity({ glances }: Texts, thresholds: readonly number[], numbers: Int32Array | null): FillLevels {
  const least = thresholds.at(-1) ?? 1
  const different = thresholds.length + 2
  return (own, left, right, count, levels) => {
    if (firsts.length < count) [firsts, seconds] = [new Int32Array(count), new Int32Array(count)]
    textsOf(own, left, count, numbers, firsts)
    textsOf(own, right, count, numbers, seconds)
    for (let at = 0; at < count; at++) {
      const a = firsts[at] ?? 0
      const b = seconds[at] ?? 0
      if (a === 0 || b === 0 || a === b) {
        levels[at] = a === 0 || b === 0 ? 0 : 1
        continue
      }
      const most = mostAlike(glances, a, b)
      levels[at] = most < least ? different : levelOf(most, thresholds)
    }
  }
}

function levelOf(alike: number, thresholds: readonly number[]): number {
  let level = 2
  for (const threshold of thresholds) {
    if (alike >= threshold) break
    level++
  }
  return level
}

/** Texts of the pairs at hand: looked for in one go each, so that memory is called for before it is needed. */
let [firsts, seconds] = [new Int32Array(0), new Int32Array(0)]

function textsOf(
  { data, width, at: place }: Laid,
  records: Int32Array,
  count: number,
  numbers: Int32Array | null,
  to: Int32Array,
): void {
  for (let at = 0; at < count; at++) to[at] = data[(records[at] ?? 0) * width + place] ?? 0
  if (numbers !== null) for (let at = 0; at < count; at++) to[at] = numbers[to[at] ?? 0] ?? 0
}
