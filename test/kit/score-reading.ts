import type { Reading } from '#documents'
import type { Gold } from './gold.ts'

/** Right, wrongly proposed, missed; the words of each miss for a person who mends the reader. */
export interface Count {
  right: number
  wrong: number
  missed: number
}

export interface Score {
  header: { right: number; of: number }
  annex: Count
  annexDuties: { right: number; of: number }
  prose: Count
  proseDuties: { right: number; of: number }
  forbidden: number
  times: { right: number; of: number }
  targets: Count
  reporting: Count
  notes: string[]
}

type GoldTask = Gold['tasks'][number]
type Task = Reading['tasks'][number]

/** Words without marks, case and punctuation, for comparing. */
function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/giu, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim()
}

function syllables(text: string): string[] {
  return folded(text).split(' ').slice(0, 8)
}

/** Share of the first eight syllables that stand in the same places. */
function likeness(a: string, b: string): number {
  const [first, second] = [syllables(a), syllables(b)]
  const same = first.filter((word, index) => second[index] === word).length
  return same / Math.max(first.length, second.length, 1)
}

export function f1(count: Count): number {
  const all = 2 * count.right + count.wrong + count.missed
  return all === 0 ? 1 : (2 * count.right) / all
}

/**
 * Scores one reading against its gold notes.
 *
 * @param byLine whether lines of the reading are those of the gold file (not after re-wrapping or in another format)
 */
export function scoreReading(reading: Reading, gold: Gold, byLine: boolean): Score {
  const notes: string[] = []
  const pairs = align(reading.tasks, gold.tasks, byLine)
  const annex = countTasks(pairs, gold, 'annex', notes)
  const prose = countTasks(pairs, gold, 'prose', notes)
  const matched = pairs.flatMap(({ task, note }) => (task && note && note.optional !== true ? [{ task, note }] : []))
  const inAnnex = matched.filter(({ note }) => note.where === 'annex')
  const inProse = matched.filter(({ note }) => note.where !== 'annex')
  const forbidden = byLine ? reading.tasks.filter((task) => isForbidden(task, gold, notes)).length : 0
  return {
    header: scoreHeader(reading, gold, notes),
    annex,
    annexDuties: { right: inAnnex.filter((pair) => dutiesRight(pair, notes)).length, of: inAnnex.length },
    prose,
    proseDuties: { right: inProse.filter((pair) => dutiesRight(pair, notes)).length, of: inProse.length },
    forbidden,
    times: scoreTimes(matched, notes),
    targets: scoreTargets(reading, gold, byLine, notes),
    reporting: scoreReporting(reading, gold, byLine, notes),
    notes,
  }
}

interface Pair {
  task: Task | null
  note: GoldTask | null
}

/** Pairs tasks with notes, best likeness first; lines decide among equals. */
function align(tasks: readonly Task[], golds: readonly GoldTask[], byLine: boolean): Pair[] {
  const options = tasks.flatMap((task, at) =>
    golds.flatMap((note, index) => {
      const sameKind = (task.source.where === 'annex') === (note.where === 'annex')
      const like = likeness(task.text, note.start)
      const distance = byLine ? Math.abs((task.source.line ?? 0) - note.lines[0]) : Math.abs(at - index) / 10
      const near = !byLine || distance <= 12
      return sameKind && like >= 0.6 && near ? [{ at, index, weight: like * 100 - distance }] : []
    }),
  )
  options.sort((a, b) => b.weight - a.weight)
  const taskOf = new Map<number, number>()
  const usedTasks = new Set<number>()
  for (const { at, index } of options) {
    if (usedTasks.has(at) || taskOf.has(index)) continue
    usedTasks.add(at)
    taskOf.set(index, at)
  }
  const paired = golds.map((note, index) => ({ note, task: tasks[taskOf.get(index) ?? -1] ?? null }))
  return [...paired, ...tasks.flatMap((task, at) => (usedTasks.has(at) ? [] : [{ task, note: null }]))]
}

function countTasks(pairs: readonly Pair[], gold: Gold, group: 'annex' | 'prose', notes: string[]): Count {
  const count = { right: 0, wrong: 0, missed: 0 }
  for (const { task, note } of pairs) {
    const where = note?.where ?? task?.source.where
    if ((where === 'annex') !== (group === 'annex')) continue
    if (note?.optional === true) continue
    if (task && note) count.right += 1
    else if (note) {
      count.missed += 1
      notes.push(`missed ${note.where} ${note.lines.join('-')} ${note.start}`)
    } else if (task && !isPartOfOptional(task, gold)) {
      count.wrong += 1
      notes.push(`extra ${task.source.where} ${task.source.line} ${task.text.slice(0, 60)}`)
    }
  }
  return count
}

/** A piece of an item that may be proposed or not. */
function isPartOfOptional(task: Task, gold: Gold): boolean {
  const line = task.source.line ?? -1
  return gold.tasks.some((note) => note.optional === true && note.lines[0] <= line && line <= note.lines[1])
}

function isForbidden(task: Task, gold: Gold, notes: string[]): boolean {
  const line = task.source.line ?? -1
  const isTask = gold.tasks.some((note) => note.lines[0] <= line && line <= note.lines[1])
  const found = isTask ? undefined : gold.notTasks.find(({ lines }) => lines[0] <= line && line <= lines[1])
  if (found) notes.push(`forbidden ${line} ${task.text.slice(0, 50)} (${found.why})`)
  return found !== undefined
}

function scoreHeader(reading: Reading, gold: Gold, notes: string[]): { right: number; of: number } {
  const { header } = gold
  const optional = header.optional ?? []
  const signature = header.signature ?? { capacity: null, post: null, name: null }
  const checks: [string, boolean][] = [
    ...(['kind', 'number', 'issuer', 'place', 'date'] as const).map((key): [string, boolean] => [
      key,
      optional.includes(key) || reading[key] === header[key],
    ]),
    [
      'title',
      header.title === null ? reading.title === null : folded(reading.title ?? '').startsWith(folded(header.title)),
    ],
    ['basis', header.basisCount === null || reading.basis.length === header.basisCount],
    ['recipients', header.recipientCount === null || reading.recipients.length === header.recipientCount],
    ['capacity', sameCapacity(reading.signature.capacity, signature.capacity)],
    ['post', reading.signature.post === signature.post],
    ['name', reading.signature.name === signature.name],
  ]
  for (const [key, isRight] of checks)
    if (!isRight)
      notes.push(
        `header ${key}: ${JSON.stringify(key in reading ? reading[key as 'kind'] : reading.signature)} basis ${reading.basis.length} recipients ${reading.recipients.length}`,
      )
  return { right: checks.filter(([, isRight]) => isRight).length, of: checks.length }
}

/** Notes give the whole block of powers, or only the power of the one who signs. */
function sameCapacity(read: string | null, noted: string | null): boolean {
  return (
    read === noted ||
    (read !== null &&
      noted !== null &&
      read
        .split(/\s+(?=\p{Lu}+\.)/u)
        .at(-1)
        ?.startsWith(noted) === true)
  )
}

function dutiesRight({ task, note }: { task: Task; note: GoldTask }, notes: string[]): boolean {
  const noted = note.duties.map((duty) => ({ ...duty, key: folded(duty.agency) }))
  const read = task.duties.map((duty) => ({ ...duty, key: folded(duty.agency) }))
  const missing = noted.filter(
    (duty) => duty.optional !== true && !read.some((one) => one.key === duty.key && duty.kinds.includes(one.kind)),
  )
  const extra = read.filter((one) => !noted.some((duty) => duty.key === one.key && duty.kinds.includes(one.kind)))
  if (missing.length + extra.length > 0) {
    notes.push(
      `duties ${note.lines.join('-')}: missing ${missing.map((duty) => `${duty.agency}=${duty.kinds.join('/')}`).join('; ')} extra ${extra.map((duty) => `${duty.agency}=${duty.kind}`).join('; ')}`,
    )
  }
  return missing.length + extra.length === 0
}

function scoreTimes(pairs: readonly { task: Task; note: GoldTask }[], notes: string[]): { right: number; of: number } {
  const timed = pairs.filter(
    ({ task, note }) => note.time?.optional !== true && (task.time !== null || note.time !== null),
  )
  const right = timed.filter(({ task, note }) => {
    const [read, noted] = [task.time, note.time]
    const isRight =
      read !== null &&
      noted !== null &&
      noted.kinds.includes(read.kind) &&
      (!noted.to || !read.to || read.to === noted.to) &&
      (!noted.from || !read.from || read.from === noted.from) &&
      (read.kind !== 'recurring' || !noted.frequency || read.frequency === noted.frequency)
    if (!isRight)
      notes.push(`time ${note.lines.join('-')}: read ${JSON.stringify(read)} noted ${JSON.stringify(noted)}`)
    return isRight
  })
  return { right: right.length, of: timed.length }
}

function within(line: number | null, lines: readonly [number, number]): boolean {
  return line !== null && line >= lines[0] - 12 && line <= lines[1]
}

function scoreTargets(reading: Reading, gold: Gold, byLine: boolean, notes: string[]): Count {
  const left = [...reading.targets]
  const count = { right: 0, wrong: 0, missed: 0 }
  for (const note of gold.targets) {
    const at = left.findIndex(
      (target) =>
        (!byLine || within(target.source.line, note.lines)) &&
        target.value === note.value &&
        target.comparator === note.comparator &&
        target.year === note.year &&
        (note.unit === null || folded(target.unit ?? '').split(' ')[0] === folded(note.unit).split(' ')[0]),
    )
    if (at >= 0) {
      left.splice(at, 1)
      count.right += 1
    } else if (note.optional !== true) {
      count.missed += 1
      notes.push(
        `target missed ${note.lines.join('-')} ${note.start} ${note.comparator}${note.value} ${note.unit} ${note.year}`,
      )
    }
  }
  count.wrong = left.length
  for (const target of left)
    notes.push(
      `target extra ${target.source.line} ${target.measure} ${target.comparator}${target.value} ${target.unit} ${target.year}`,
    )
  return count
}

function scoreReporting(reading: Reading, gold: Gold, byLine: boolean, notes: string[]): Count {
  const left = [...reading.reporting]
  const count = { right: 0, wrong: 0, missed: 0 }
  for (const note of [...gold.reporting].sort((a, b) => Number(a.optional === true) - Number(b.optional === true))) {
    const at = left.findIndex(
      (report) =>
        (!byLine || within(report.source.line, note.lines)) &&
        (note.to === null || folded(report.to ?? '').startsWith(folded(note.to).split(' ').slice(0, 4).join(' '))) &&
        report.frequency === note.frequency &&
        (note.due === null) === (report.due === null) &&
        (note.due === null ||
          folded(report.due ?? '').replace(/^truoc /, '') === folded(note.due).replace(/^truoc /, '')),
    )
    if (at >= 0) {
      left.splice(at, 1)
      if (note.optional !== true) count.right += 1
    } else if (note.optional !== true) {
      count.missed += 1
      notes.push(`report missed ${note.lines.join('-')} ${note.who} → ${note.to} ${note.due} ${note.frequency}`)
    }
  }
  const extra = left.filter(
    (report) =>
      !gold.reporting.some((note) => note.optional === true && byLine && within(report.source.line, note.lines)),
  )
  count.wrong = extra.length
  for (const report of extra)
    notes.push(`report extra ${report.source.line} ${report.who} → ${report.to} ${report.due} ${report.frequency}`)
  return count
}

/** Adds up counts of several documents. */
export function total(counts: readonly Count[]): Count {
  return counts.reduce(
    (sum, one) => ({ right: sum.right + one.right, wrong: sum.wrong + one.wrong, missed: sum.missed + one.missed }),
    { right: 0, wrong: 0, missed: 0 },
  )
}

/** Adds up shares of several documents. */
export function share(parts: readonly { right: number; of: number }[]): number {
  const of = parts.reduce((sum, part) => sum + part.of, 0)
  return of === 0 ? 1 : parts.reduce((sum, part) => sum + part.right, 0) / of
}
