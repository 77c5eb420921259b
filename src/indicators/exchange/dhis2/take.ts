import { idOfKey, invalid, type Visit } from '#platform'
import type { CodeKind } from '../../model.ts'
import type { UnitKey } from '#territory/model'
import { readAnswerers, type Answerers } from '../../store.ts'
import { keepUnknown } from '../things/commands.ts'
import type { Unknown } from '../things/store.ts'
import { openBook, type Book } from './book.ts'
import { sayCompletions } from './completions.ts'
import { openConflicts, type Conflicts } from './conflicts.ts'
import { partsOf } from './dictionary.ts'
import { openResolver, schemesFor, type Placed, type Schemes } from './resolve.ts'
import { saveDrafts, type Draft, type Taken, type TakeOptions, type TakeParts } from './save-drafts.ts'
import type { Batch, Head } from './values.ts'

/** As many figures as are saved in one transaction, as are saved at a time, and as wait for their other half. */
const [batchFigures, batchesAtOnce, mostHalves] = [5000, 3, 200_000]

/** Takes values in as they are read: each is found, judged and saved as any figure, or refused with its reason. */
export async function takeValues(
  visit: Pick<Visit, 'work'>,
  parts: TakeParts,
  batches: AsyncIterable<Batch>,
  options: TakeOptions,
): Promise<Taken> {
  const conflicts = openConflicts(options.generation)
  const taken: Taken = {
    ...{ imported: 0, updated: 0, deleted: 0, ignored: 0 },
    conflicts,
    isFatal: false,
    completed: [],
  }
  const book = await visit.work({ onlyReads: true }, (ctx) => openBook(ctx, options.system))
  const unknown = openUnknown()
  const groups = openGroups(book, { conflicts, taken, options, miss: unknown.add })
  const find = openResolver({
    ...{ book, conflicts, schemes: groups.schemes, strict: options.strict, deletes: options.strategy === 'DELETE' },
    calendars: parts.calendars,
    miss: unknown.add,
  })
  const gather = openGatherer()
  const refuse = (draft: Draft, raws: number) => {
    taken.ignored += raws
    groups.fail(draft.group)
  }
  const answerers = openAnswerers(visit)
  const save = (drafts: readonly Draft[]) =>
    saveDrafts(visit, parts, { drafts, options, taken, refuse, answerers: answerers.known })
  const running = new Set<Promise<void>>()
  const start = async (drafts: readonly Draft[]) => {
    if (drafts.length === 0) return
    await answerers.find(drafts)
    while (running.size >= batchesAtOnce) await Promise.race(running)
    const work = save(drafts).finally(() => running.delete(work))
    running.add(work)
    work.catch(() => undefined) // told where it is awaited
  }
  try {
    for await (const batch of batches) {
      const isRefused = groups.open(batch)
      for (const raw of batch.values) {
        const placed = isRefused ? undefined : find(batch.head, raw)
        const what = placed === undefined ? 'refused' : gather.add(placed, batch.group)
        if (what === 'taken') continue
        if (what === 'contradicts') conflicts.add('twice', raw)
        taken.ignored++
        if (what !== 'again') groups.fail(batch.group)
      }
      if (gather.readyCount() >= batchFigures) await start(gather.takeReady())
    }
    await start(gather.takeReady())
    for (const drafts of gather.takeHalves()) await start(drafts)
    await Promise.all(running)
  } finally {
    await Promise.allSettled(running)
  }
  await groups.complete(visit)
  const missed = unknown.list()
  if (missed.length > 0 && !options.dryRun)
    await visit.work({ onlyReads: false }, (ctx) => keepUnknown(ctx, options.system, missed))
  return taken
}

/** Finds who answers for the units of figures before they are judged: batches follow one another about the same units. */
function openAnswerers(visit: Pick<Visit, 'work'>) {
  const known: Answerers = new Map()
  const asked = new Set<UnitKey>()
  return {
    known,
    async find(drafts: readonly Draft[]): Promise<void> {
      const units = [...new Set(drafts.flatMap(({ unit }) => (asked.has(unit) ? [] : unit)))]
      if (units.length === 0) return
      for (const unit of units) asked.add(unit)
      await visit.work({ onlyReads: true }, (ctx) => readAnswerers(ctx, units.map(idOfKey), known))
    },
  }
}

/** As many names as are kept of one payload, and as long as one may be. */
const [mostUnknown, longestName] = [5000, 250]

/** Gathers names that are no thing of ours, with how many values were refused for each. */
function openUnknown() {
  const found = new Map<string, Unknown>()
  return {
    add(kind: CodeKind, scheme: string, said: string): void {
      if ((scheme !== 'uid' && scheme !== 'code' && scheme !== 'name') || said === '' || said.length > longestName)
        return
      const key = `${kind} ${scheme} ${said}`
      const known = found.get(key)
      if (known !== undefined) known.values++
      else if (found.size < mostUnknown) found.set(key, { kind, scheme, said, values: 1 })
    },
    list: () => [...found.values()],
  }
}

/** What is said of groups as wholes: those that name nothing of ours are refused; those taken whole may be complete. */
function openGroups(
  book: Book,
  {
    conflicts,
    taken,
    options,
    miss,
  }: {
    conflicts: Conflicts
    taken: Taken
    options: TakeOptions
    miss: (kind: CodeKind, scheme: string, said: string) => void
  },
) {
  const known = new Map<Head, Schemes>()
  const seen = new Map<number, { head: Head; isRefused: boolean; hasFailed: boolean }>()
  const schemes = (head: Head): Schemes => {
    const found = known.get(head) ?? schemesFor({ ...options.schemes, ...head.schemes }, options.usualScheme)
    known.set(head, found)
    return found
  }
  return {
    schemes,
    /** @returns whether the group is refused as a whole */
    open({ group, head }: Batch): boolean {
      const before = seen.get(group)
      if (before !== undefined) return before.isRefused
      const by = schemes(head)
      const { attribute } = head
      const wrongs = [
        ...(head.dataSet !== null && book.form(head.dataSet, by.dataSet) === undefined
          ? [['data-set', head.dataSet] as const]
          : []),
        ...(attribute !== null &&
        (typeof attribute === 'string' ? book.combo(attribute, by.attribute) : book.comboOf(attribute)) === undefined
          ? [['attribute', typeof attribute === 'string' ? attribute : JSON.stringify(attribute)] as const]
          : []),
      ]
      for (const [wrong, words] of wrongs) {
        conflicts.add(wrong, null, words)
        if (wrong === 'data-set') miss('data-set', by.dataSet, words)
        else if (typeof attribute === 'string') miss('combo', by.attribute, words)
      }
      const isRefused = wrongs.length > 0
      if (isRefused) taken.isFatal = true
      seen.set(group, { head, isRefused, hasFailed: isRefused })
      return isRefused
    },
    fail(group: number): void {
      const found = seen.get(group)
      if (found !== undefined) found.hasFailed = true
    },
    async complete(visit: Pick<Visit, 'work'>): Promise<void> {
      const whole = [...seen.values()].filter(
        ({ head, hasFailed }) => !hasFailed && head.completeDate !== null && head.dataSet !== null,
      )
      if (whole.length === 0 || options.dryRun) return
      const said = whole.flatMap(({ head }) => {
        const by = schemes(head)
        const form = book.form(head.dataSet ?? '', by.dataSet)
        if (form === undefined || head.unit === null || head.period === null) return []
        const on = /^\d{4}-\d{2}-\d{2}/.exec(head.completeDate ?? '')?.[0]
        const unit = book.unit(head.unit, by.unit, on ?? '')
        return unit === undefined || on === undefined
          ? []
          : [{ dataSet: form.code, unitId: idOfKey(unit), period: head.period, on }]
      })
      await visit.work({ onlyReads: false }, (ctx) => sayCompletions(ctx, options.system, said))
      taken.completed.push(...said.map(({ on }) => on))
    },
  }
}

/** Adds values up to figures: a rate comes as two values, wherever in the payload they stand. */
function openGatherer() {
  const amounts = new Map<number, number | null>()
  const halves = new Map<string, Draft>()
  let ready: Draft[] = []
  const [ofMeasure, ofUnit, ofPeriod, ofBreakdown] = [numbering(12), numbering(17), numbering(12), numbering(12)]
  /** One whole number for measure with part, unit, period and breakdown: 53 bits are exact. */
  const cellOf = ({ measure, part, unit, period, breakdown }: Placed) =>
    ((ofMeasure(part + measure.id) * 2 ** 17 + ofUnit(unit)) * 2 ** 12 + ofPeriod(period.id)) * 2 ** 12 +
    ofBreakdown(breakdown)
  return {
    add(placed: Placed, group: number): 'taken' | 'again' | 'contradicts' {
      const cell = cellOf(placed)
      const before = amounts.get(cell)
      if (before !== undefined) return before === placed.amount ? 'again' : 'contradicts'
      amounts.set(cell, placed.amount)
      const { measure, unit, period, breakdown, raw, part, amount, comment } = placed
      const isHalf = partsOf(measure).length > 1
      const key = isHalf ? `${measure.id} ${unit} ${period.id} ${breakdown}` : ''
      const draft = halves.get(key)
      if (draft === undefined) {
        const made: Draft = {
          measure,
          unit,
          period,
          breakdown,
          comment,
          group,
          parts: { [part]: amount },
          raws: [raw],
        }
        if (isHalf && halves.size < mostHalves) halves.set(key, made)
        else ready.push(made)
        return 'taken'
      }
      draft.parts[part] = amount
      draft.raws.push(raw)
      draft.comment ??= comment
      halves.delete(key)
      ready.push(draft)
      return 'taken'
    },
    readyCount: () => ready.length,
    takeReady(): Draft[] {
      const all = ready
      ready = []
      return all
    },
    *takeHalves(): Generator<Draft[]> {
      const left = [...halves.values()]
      for (let at = 0; at < left.length; at += batchFigures) yield left.slice(at, at + batchFigures)
    },
  }
}

/** Numbers names in the order they come. @throws invalid `platform.too-large` where they are more than so many bits hold */
function numbering(bits: number): (name: string) => number {
  const numbers = new Map<string, number>()
  return (name) => {
    const found = numbers.get(name)
    if (found !== undefined) return found
    if (numbers.size >= 2 ** bits) throw invalid('platform.too-large')
    numbers.set(name, numbers.size)
    return numbers.size - 1
  }
}
