import type { Comparator, ReadDuty, ReadTarget, SourcePlace } from '../model.ts'
import type { AnnexTask } from './annex.ts'
import { placeOf } from './blocks.ts'
import type { DocumentGrammar } from './grammar.ts'
import { isHeading, type Node } from './outline.ts'

/**
 * Targets: every measured value in the sections of objectives, and elsewhere only where a sentence sets out to reach a
 * share. A printed target with two figures gives two.
 *
 * @param title the document's title, whose year counts where neither item nor heading has one
 */
export function readTargets(outline: readonly Node[], title: string | null, grammar: DocumentGrammar): ReadTarget[] {
  return outline.flatMap((node) => ofNode(node, [], title, grammar))
}

function ofNode(node: Node, headings: readonly string[], title: string | null, grammar: DocumentGrammar): ReadTarget[] {
  const isOwn =
    node.marker?.kind !== 'roman' && !(isHeading(node) && node.children.length > 0 && node.text.length < 120)
  const isOpen = node.role === 'targets'
  const own =
    isOwn && (isOpen || grammar.targets.elsewhere.test(node.text)) && node.role !== 'purpose'
      ? targetsIn(
          node.text.replace(/\n/g, ' '),
          { path: node.path, headings, title, duties: [], source: placeOf(node.paragraph), sharesOnly: !isOpen },
          grammar,
        )
      : []
  return [...own, ...node.children.flatMap((child) => ofNode(child, [...headings, node.text], title, grammar))]
}

/** Targets of an annex whose rows are indicators with owners. */
export function targetsOfRow(task: AnnexTask, heading: string | null, grammar: DocumentGrammar): ReadTarget[] {
  const { where: _where, ...source } = task.source
  return targetsIn(
    task.text,
    {
      path: task.path,
      headings: heading ? [heading] : [],
      title: heading,
      duties: task.duties,
      source,
      sharesOnly: false,
    },
    grammar,
  )
}

interface Setting {
  path: string
  headings: readonly string[]
  title: string | null
  duties: ReadDuty[]
  source: SourcePlace
  /** Outside a section of objectives only shares (percent) are targets. */
  sharesOnly: boolean
}

function targetsIn(text: string, setting: Setting, grammar: DocumentGrammar): ReadTarget[] {
  const targets: ReadTarget[] = []
  let carried: Comparator | null = null
  for (const clause of clausesOf(text.replace(grammar.targets.label, ''), grammar)) {
    const value = grammar.targets.present.test(clause) ? null : bestValue(clause, grammar)
    if (!value || (setting.sharesOnly && !value.unit.startsWith('%'))) continue
    const isCarried = value.comparator === '=' && value.at === 0 && carried !== null && !value.unit.startsWith('%')
    const comparator: Comparator = isCarried ? (carried ?? '=') : value.comparator
    carried = value.comparator === '=' ? carried : value.comparator
    targets.push({
      path: setting.path,
      text: text.trim(),
      measure: measureOf(clause, value, grammar) || (targets.at(-1)?.measure ?? text.trim()),
      comparator,
      value: value.number,
      unit: value.unit,
      year: yearOf(clause, grammar) ?? yearOf(text, grammar) ?? headingYear(setting, grammar),
      duties: setting.duties,
      source: setting.source,
    })
  }
  return targets
}

function clausesOf(text: string, grammar: DocumentGrammar): string[] {
  return text
    .split(grammar.targets.clause)
    .map((clause) => clause.trim())
    .filter((clause) => /\d|\p{L}/u.test(clause))
}

interface Value {
  at: number
  end: number
  number: number
  unit: string
  comparator: Comparator
}

/** The value a clause sets: the one reached ("đạt", "xuống", "ít nhất"), else the first. */
function bestValue(clause: string, grammar: DocumentGrammar): Value | null {
  const values = [...clause.matchAll(grammar.targets.value)].flatMap((match): (Value & { weight: number })[] => {
    const before = clause.slice(0, match.index)
    const number = grammar.targets.number(match.groups?.number ?? '')
    if (number === null || grammar.targets.ignore.test(before)) return []
    const found = grammar.targets.comparators.find(({ pattern }) => pattern.test(before))
    const isRange = /\d\s*[-–]\s*\d/.test(match[0])
    const reached = grammar.targets.reached.test(before)
    const opens = before.replace(grammar.targets.leading, '').trim() === ''
    const weight = (reached ? 2 : 0) + (found ? 1 : 0) + (opens ? 4 : 0)
    const unit = (match.groups?.unit ?? '').trim()
    return [
      {
        at: match.index,
        end: match.index + match[0].length,
        number,
        unit,
        comparator: found?.comparator ?? (isRange ? '>=' : '='),
        weight,
      },
    ]
  })
  return values.reduce<(Value & { weight: number }) | null>(
    (best, value) => (best && best.weight >= value.weight ? best : value),
    null,
  )
}

function measureOf(clause: string, value: Value, grammar: DocumentGrammar): string {
  const before = clause
    .slice(0, value.at)
    .replace(grammar.targets.leading, '')
    .replace(grammar.targets.trailing, '')
    .trim()
  const after = clause
    .slice(value.end)
    .replace(grammar.targets.leading, '')
    .replace(grammar.targets.trailing, '')
    .trim()
  const isNamed = before.split(' ').length >= 3
  return (isNamed ? before : `${before} ${value.unit.startsWith('%') ? '' : value.unit} ${after}`)
    .replace(/\s+/g, ' ')
    .replace(/[.;,\s]+$/u, '')
    .trim()
}

function yearOf(text: string, grammar: DocumentGrammar): number | null {
  const last = [...text.replace(grammar.targets.compared, '').matchAll(grammar.targets.year)].at(-1)
  return last?.groups?.year ? Number(last.groups.year) : null
}

function headingYear(setting: Setting, grammar: DocumentGrammar): number | null {
  for (const heading of [...setting.headings].reverse()) {
    const year = heading.length < 200 ? yearOf(heading, grammar) : null
    if (year !== null) return year
  }
  return setting.title && !setting.sharesOnly ? yearOf(setting.title, grammar) : null
}
