import { foldName } from '#territory/model'

/** A task as the search for duplicates reads it. */
export type Likened = {
  nodeId: string
  planId: string
  text: string
  output: string | null
  /** What its time comes to: kind, last day, frequency; tasks without a time share none. */
  timeKey: string | null
  /** Tasks above that it carries out. */
  parentIds: readonly string[]
}

export type Kinship = 'derived' | 'same-parent'
export type LikelyPair = {
  /** Places of the two tasks in the list given; the first comes first there. */
  one: number
  other: number
  likeness: number
  hasSameTime: boolean
  hasSameOutput: boolean
  kinship: Kinship | null
}

/** Words as like as this are offered; those that carry out the same task above are, where they share anything to speak of. */
const enough = 0.5
const enoughOfKin = 0.05

type Weights = Map<string, number>

/**
 * Likely duplicates among tasks of different plans, the likest first: cosine of their words and pairs of words, each
 * weighted by how rare it is among these tasks (TF-IDF), on text without marks. One task that carries out the other is
 * offered whatever its words; two that carry out the same one above need little. Tasks meet over the words they share, so that a body's thousands
 * of tasks take no more than a blink.
 */
export function likelyPairs(tasks: readonly Likened[]): LikelyPair[] {
  const vectors = weigh(tasks.map((task) => task.text))
  const cosines = meet(vectors)
  letDerivedMeet(tasks, cosines)
  const outputs = tasks.map((task) => (task.output === null ? '' : foldName(task.output)))
  const pairs = tasks.flatMap((one, at) =>
    [...(cosines[at] ?? [])].flatMap(([second, cosine]): LikelyPair[] => {
      const other = tasks[second]
      if (other === undefined || other.planId === one.planId) return []
      const likeness = Math.min(1, cosine)
      const kinship = kinshipOf(one, other)
      if (likeness < enough && kinship === null) return []
      return [
        {
          one: at,
          other: second,
          likeness,
          kinship,
          hasSameTime: one.timeKey !== null && one.timeKey === other.timeKey,
          hasSameOutput: outputs[at] !== '' && outputs[at] === outputs[second],
        },
      ]
    }),
  )
  return pairs.sort((a, b) => rankOf(b) - rankOf(a) || a.one - b.one || a.other - b.other)
}

/** A task and the one it carries out meet whatever their words. */
function letDerivedMeet(tasks: readonly Likened[], cosines: readonly Map<number, number>[]): void {
  const places = new Map(tasks.map((task, at) => [task.nodeId, at]))
  tasks.forEach((task, at) => {
    for (const parent of task.parentIds.flatMap((id) => places.get(id) ?? [])) {
      const near = cosines[Math.min(at, parent)]
      const other = Math.max(at, parent)
      if (near?.has(other) === false) near.set(other, 0)
    }
  })
}

/** Likeness first; kin, the same time and the same output each bring a pair a little forward. */
function rankOf(pair: LikelyPair): number {
  return (
    pair.likeness + (pair.kinship === null ? 0 : 0.3) + (pair.hasSameTime ? 0.1 : 0) + (pair.hasSameOutput ? 0.1 : 0)
  )
}

function kinshipOf(one: Likened, other: Likened): Kinship | null {
  if (one.parentIds.includes(other.nodeId) || other.parentIds.includes(one.nodeId)) return 'derived'
  return one.parentIds.some((id) => other.parentIds.includes(id)) ? 'same-parent' : null
}

function wordsOf(text: string): string[] {
  return foldName(text)
    .split(' ')
    .filter((word) => word !== '')
}

/** Each text as its words and pairs of neighbouring words, weighted, of length one. */
function weigh(texts: readonly string[]): Weights[] {
  const counted = texts.map((text) => {
    const words = wordsOf(text)
    const counts: Weights = new Map()
    words.forEach((word, at) => {
      const next = words[at + 1]
      for (const term of next === undefined ? [word] : [word, `${word} ${next}`])
        counts.set(term, (counts.get(term) ?? 0) + 1)
    })
    return counts
  })
  const holders = new Map<string, number>()
  for (const counts of counted) for (const term of counts.keys()) holders.set(term, (holders.get(term) ?? 0) + 1)
  return counted.map((counts) => {
    const weights: Weights = new Map()
    for (const [term, count] of counts)
      weights.set(term, (1 + Math.log(count)) * Math.log(1 + texts.length / (holders.get(term) ?? 1)))
    const length = Math.hypot(...weights.values())
    for (const [term, weight] of weights) weights.set(term, length === 0 ? 0 : weight / length)
    return weights
  })
}

/** For each text the later ones it shares a word with, and the cosine of the two. */
function meet(vectors: readonly Weights[]): Map<number, number>[] {
  const holders = new Map<string, { at: number[]; weights: number[] }>()
  vectors.forEach((vector, at) => {
    for (const [term, weight] of vector) {
      const those = holders.get(term)
      if (those === undefined) holders.set(term, { at: [at], weights: [weight] })
      else {
        those.at.push(at)
        those.weights.push(weight)
      }
    }
  })
  const sums = new Float64Array(vectors.length)
  return vectors.map((vector, at) => {
    sums.fill(0)
    for (const [term, weight] of vector) {
      const those = holders.get(term)
      for (let k = (those?.at.length ?? 0) - 1; k >= 0; k--) {
        const other = those?.at[k] ?? at
        if (other <= at) break
        sums[other] = (sums[other] ?? 0) + weight * (those?.weights[k] ?? 0)
      }
    }
    const near = new Map<number, number>()
    for (let other = at + 1; other < sums.length; other++) {
      const sum = sums[other] ?? 0
      if (sum >= enoughOfKin) near.set(other, sum)
    }
    return near
  })
}

/**
 * Runs of at least two words both texts have, as the first one writes them, longest first: what a reader recognises the
 * likeness by.
 */
export function sharedWords(one: string, other: string, most: number): string[] {
  const written = one.split(/\s+/).filter((word) => foldName(word) !== '')
  const words = written.map((word) => foldName(word))
  const theirs = ` ${wordsOf(other).join(' ')} `
  const runs: { at: number; length: number }[] = []
  for (let at = 0; at < words.length;) {
    let length = 0
    while (at + length < words.length && theirs.includes(` ${words.slice(at, at + length + 1).join(' ')} `)) length++
    if (length >= 2) runs.push({ at, length })
    at += Math.max(1, length)
  }
  return runs
    .sort((a, b) => b.length - a.length || a.at - b.at)
    .slice(0, most)
    .map(({ at, length }) =>
      written
        .slice(at, at + length)
        .join(' ')
        .replace(/^[\p{P}\s]+|[\p{P}\s]+$/gu, ''),
    )
}
