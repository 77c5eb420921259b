import type { ReadDuty, ReadTask } from '../model.ts'
import { readAgencies, startsName } from './agencies.ts'
import { dutiesOf, operativeVerb, partnersOf, type Owner } from './duties.ts'
import type { DocumentGrammar } from './grammar.ts'
import { isHeading, roleOf, walk, type Node } from './outline.ts'
import { readCards } from './cards.ts'

/** A task of the running text with the last line it covers. */
export interface ProseTask extends ReadTask {
  lastLine: number
}

/**
 * Reads tasks from the running text: by agency where a section assigns work to owners, else as prose.
 *
 * Sections of purpose, targets, money and reporting hold no tasks of their own, unless a body is named that owes them.
 */
export function readItems(outline: readonly Node[], grammar: DocumentGrammar): ProseTask[] {
  return outline.flatMap((node) => readNode(node, null, grammar))
}

const noOwner: Owner = { agencies: [], isRequested: false, stem: null, raw: '', time: null }

function readNode(node: Node, owner: Owner | null, grammar: DocumentGrammar): ProseTask[] {
  switch (node.role) {
    case 'by-agency':
      return byAgency(node, owner, grammar)
    case 'purpose':
    case 'targets':
    case 'funding':
    case 'reporting':
      return readCards(node, grammar) ?? underRole(node, grammar)
    case 'tasks':
    case null:
      return isByOwner(node, grammar) ? byAgency(node, owner, grammar) : prose(node, owner, grammar)
  }
}

/** A section whose items are mostly headings that only name bodies is a list by owner, whatever it is called. */
function isByOwner(node: Node, grammar: DocumentGrammar): boolean {
  if (node.marker?.kind !== 'roman' || node.children.length < 2) return false
  const owned = node.children.filter((child) => ownerAt(child, grammar)?.isWhole === false)
  return owned.length > node.children.length / 2
}

/** Children of a section without tasks may open one of their own ("Các hoạt động chính" among the targets). */
function underRole(node: Node, grammar: DocumentGrammar): ProseTask[] {
  const owner = withTime(null, node, grammar)
  return node.children.flatMap((child) =>
    child.role === node.role
      ? (readCards(child, grammar) ?? underRole(child, grammar))
      : readNode(child, owner, grammar),
  )
}

/** Adds the time printed as a labelled line among the items of a node. */
function withTime(owner: Owner | null, node: Node, grammar: DocumentGrammar): Owner | null {
  const field = grammar.fields.find(({ role }) => role === 'time')
  const printed = node.children
    .map((child) => field?.pattern.exec(child.text)?.groups?.rest)
    .find((rest) => rest !== undefined)
  const time = printed === undefined ? null : grammar.readTime(printed, null)
  return time === null ? owner : { ...(owner ?? noOwner), time }
}

/** An owner found at the head of an item, and what stands after it. */
interface Headed {
  owner: Owner
  rest: string
  isWhole: boolean
}

/**
 * The bodies an item begins with. `rest` is empty when the item is a heading that only names them ("1. Sở Y tế"), the
 * words after a colon, or the whole sentence when a verb follows the names.
 */
export function ownerAt(node: Pick<Node, 'text' | 'children'>, grammar: DocumentGrammar): Headed | null {
  const first = node.text.split('\n')[0] ?? ''
  const request = grammar.duties.request.exec(first)
  const intro = grammar.agencies.intro.exec(first) ?? grammar.sentences.order.exec(first)
  const skipped = request ? request[0].length : (intro?.[0].length ?? 0)
  if (!startsName(first, skipped, grammar.agencies)) return null
  const isOnlyNames = isHeading({ text: first }) && !first.includes(':') && node.children.length > 0
  const run = readAgencies(first, skipped, grammar.agencies, isOnlyNames)
  if (run.agencies.length === 0) return null
  const after = first.slice(run.end)
  const order = grammar.sentences.orders.exec(after.trimStart())
  if (order && !request) return orderedAt(node, first.length - after.trimStart().length + order[0].length, grammar)
  const owner: Owner = {
    agencies: run.agencies,
    isRequested: request !== null,
    stem: null,
    raw: first.slice(0, run.end).trim(),
    time: null,
  }
  const more = node.text.slice(first.length + 1)
  const colon = /^\s*(?:\([^()]*\))?\s*[:-]\s*/u.exec(after)
  if (colon)
    return { owner, rest: [after.slice(colon[0].length), more].filter(Boolean).join('\n').trim(), isWhole: false }
  if (/^[\s.;,]*$/u.test(after)) return { owner, rest: more.trim(), isWhole: false }
  if (isOnlyNames)
    return { owner: { ...owner, agencies: extended(run.agencies, after), raw: first }, rest: '', isWhole: false }
  return { owner, rest: node.text, isWhole: true }
}

/** "Sở A yêu cầu các xã …": who orders owes nothing, who is ordered does. */
function orderedAt(node: Pick<Node, 'text'>, from: number, grammar: DocumentGrammar): Headed | null {
  const start = from + (/^\s*/.exec(node.text.slice(from))?.[0].length ?? 0)
  if (!startsName(node.text, start, grammar.agencies)) return null
  const run = readAgencies(node.text, start, grammar.agencies)
  const raw = node.text.slice(0, run.end)
  return {
    owner: { agencies: run.agencies, isRequested: false, stem: null, raw, time: null },
    rest: node.text,
    isWhole: true,
  }
}

/** A heading that only names bodies ends with the last one's name, however long. */
function extended(agencies: readonly string[], after: string): string[] {
  return agencies.map((agency, index) => (index === agencies.length - 1 ? `${agency}${after}`.trim() : agency))
}

function byAgency(section: Node, outer: Owner | null, grammar: DocumentGrammar): ProseTask[] {
  const cards = readCards(section, grammar)
  if (cards) return cards
  const tasks: ProseTask[] = []
  for (const child of section.children) {
    if (isSkipped(child, grammar)) continue
    if (child.role !== section.role) {
      tasks.push(...readNode(child, outer, grammar))
      continue
    }
    const headed = ownerAt(child, grammar) ?? (outer ? null : unknownOwner(child, grammar))
    if (headed) tasks.push(...ownedItem(child, headed, grammar))
    else if (outer) tasks.push(...ownedChild(child, outer, grammar))
    else if (child.children.length > 0)
      tasks.push(
        ...byAgency(child, null, grammar).map((task) =>
          child.marker ? { ...task, source: { ...task.source, where: 'prose' as const } } : task,
        ),
      )
    else tasks.push(...prose(child, null, grammar))
  }
  return tasks
}

/**
 * A body the words do not know: in a list by owner, a short heading without verb over unowned items, or a short name
 * before a colon and a verb, is taken as printed.
 */
function unknownOwner(node: Node, grammar: DocumentGrammar): Headed | null {
  const first = node.text.split('\n')[0] ?? ''
  const request = grammar.duties.request.exec(first)
  const bare = first.slice(request?.[0].length ?? 0)
  if (!node.marker || !/^\p{Lu}/u.test(bare) || grammar.sentences.verb.test(bare) || roleOf(bare, grammar)) return null
  const make = (agency: string, rest: string): Headed => ({
    owner: { agencies: [agency], isRequested: request !== null, stem: null, raw: agency, time: null },
    rest,
    isWhole: false,
  })
  const named = /^([^:.;]{3,90}):\s*(\S[^]*)$/u.exec(bare)
  if (named?.[1] && named[2] && grammar.sentences.verb.test(named[2])) return make(named[1].trim(), named[2])
  const isHead = isHeading(node) && !bare.includes(':') && bare.split(' ').length < 20
  const hasOwners = node.children.some((child) => ownerAt(child, grammar) !== null)
  return isHead && node.children.length > 0 && !hasOwners && holdsTasks(node, grammar) ? make(bare.trim(), '') : null
}

function isSkipped(node: Node, grammar: DocumentGrammar): boolean {
  return !node.marker && grammar.sentences.closing.test(node.text)
}

/** An item that names its owner: its own words, then what stands under it. */
function ownedItem(node: Node, headed: Headed, grammar: DocumentGrammar): ProseTask[] {
  const isStem = node.children.length > 0 && /:$/u.test(headed.rest)
  const tasks: ProseTask[] = []
  const isShort = node.children.length > 0 || headed.rest.split(' ').length < 8
  const lacksVerb = headed.isWhole && isShort && !hasVerb(headed, grammar)
  if (headed.rest !== '' && !isStem && !lacksVerb)
    tasks.push(taskOf(node, headed.rest, headed.owner, 'by-agency', grammar))
  return [...tasks, ...children(node, headed.owner, grammar)]
}

function hasVerb(headed: Headed, grammar: DocumentGrammar): boolean {
  const after = headed.rest.slice(headed.owner.raw.length)
  grammar.agencies.stopAt.lastIndex = 0
  return (
    (/[,.;]?\s/u.test(after) && after.trim().length > 12 && grammar.sentences.verb.test(after.trim())) ||
    grammar.agencies.stopAt.test(after.trim())
  )
}

/** Items under an owner; a stem before them ("Chủ trì, phối hợp với …:") gives its kind and partners to those after. */
function children(node: Node, owner: Owner, grammar: DocumentGrammar): ProseTask[] {
  const tasks: ProseTask[] = []
  let stem = owner
  node.children.forEach((child, index) => {
    if (isSkipped(child, grammar)) return
    const next = node.children[index + 1]
    const isPlainStem = !child.marker && /:$/u.test(child.text) && next?.marker !== null && next !== undefined
    if (isPlainStem) stem = withStem(owner, child.text, grammar)
    else tasks.push(...ownedChild(child, stem, grammar))
  })
  return tasks
}

function ownedChild(child: Node, owner: Owner, grammar: DocumentGrammar): ProseTask[] {
  const named = ownerAt(child, grammar)
  const isOwn =
    named && !named.isWhole && (named.rest === '' ? child.children.length > 0 : grammar.sentences.verb.test(named.rest))
  if (isOwn || (named && isOneOf(named, owner, grammar))) {
    return ownedItem(
      child,
      { ...named, owner: { ...named.owner, isRequested: owner.isRequested || named.owner.isRequested } },
      grammar,
    )
  }
  if (child.children.length === 0) return [taskOf(child, child.text, owner, 'by-agency', grammar)]
  if (isStem(child, grammar)) return children(child, withStem(owner, child.text, grammar), grammar)
  const own = taskOf(child, child.text, owner, 'by-agency', grammar)
  // A sentence followed by a list is the task and the list its parts.
  return /[.;]$/u.test(child.text) || !hasOperative(child, grammar)
    ? [own, ...children(child, owner, grammar)]
    : [{ ...own, lastLine: lastLineOf(child) }]
}

/** Under a class of bodies, an item that begins with one body and its verb is that body's. */
function isOneOf(named: Headed, owner: Owner, grammar: DocumentGrammar): boolean {
  const isClass = (agency: string): boolean => grammar.agencies.isClass.test(agency)
  return (
    named.isWhole && hasVerb(named, grammar) && owner.agencies.every(isClass) && !named.owner.agencies.some(isClass)
  )
}

function hasOperative(node: Node, grammar: DocumentGrammar): boolean {
  return node.children.every((child) => !grammar.sentences.verb.test(child.text))
}

function isStem(node: Node, grammar: DocumentGrammar): boolean {
  if (node.children.length === 0) return false
  const operative = node.children.filter((child) => grammar.sentences.verb.test(child.text)).length
  return isHeading(node) && (operative > node.children.length / 2 || grammar.sentences.stem.test(node.text))
}

function withStem(owner: Owner, text: string, grammar: DocumentGrammar): Owner {
  const kind = operativeVerb(text, grammar)
  if (kind !== 'lead' && kind !== 'support') return owner
  return { ...owner, stem: { kind, partners: kind === 'lead' ? partnersOf(text, grammar) : [] } }
}

function lastLineOf(node: Node): number {
  return walk([node]).reduce((last, one) => Math.max(last, one.lastLine), node.lastLine)
}

/** Prose: items that open with an operative verb or with a body that owes them. */
function prose(node: Node, outer: Owner | null, grammar: DocumentGrammar): ProseTask[] {
  const cards = readCards(node, grammar)
  if (cards) return cards
  if (isSkipped(node, grammar)) return []
  if (isLoose(node, grammar)) return []
  const isTop = node.marker?.kind === 'roman' || node.marker?.kind === 'part'
  const headed = isTop ? null : ownerAt(node, grammar)
  const owner = headed?.owner ?? outer
  if (node.children.length === 0) return isTop && isHeading(node) ? [] : proseLeaf(node, headed, owner, grammar)
  const isTask = !isTop && !isHeading(node) && !/:$/u.test(node.text) && !holdsTasks(node, grammar)
  const own = isTask ? proseLeaf(node, headed, owner, grammar) : []
  const inner = inProse(node, owner, grammar)
  return [...own, ...inner]
}

/** A paragraph outside all numbering is a headline or a preamble, unless it names who must do what. */
function isLoose(node: Node, grammar: DocumentGrammar): boolean {
  if (node.marker || node.path !== '') return false
  const headed = ownerAt(node, grammar)
  return !headed?.isWhole || !hasVerb(headed, grammar)
}

/** Whether what stands under an item is work itself, so that the item only groups it. */
function holdsTasks(node: Node, grammar: DocumentGrammar): boolean {
  const working = node.children.filter(
    (child) => grammar.sentences.verb.test(child.text) || readCards(child, grammar) !== null,
  )
  return working.length > node.children.length / 2
}

/** Under a heading, a sentence that names owners and ends with a colon gives them to the items after it. */
function inProse(node: Node, owner: Owner | null, grammar: DocumentGrammar): ProseTask[] {
  let current = withTime(owner, node, grammar)
  return node.children.flatMap((child) => {
    if (child.role !== node.role && child.role !== null) return readNode(child, current, grammar)
    const isIntro = !child.marker && /:$/u.test(child.text)
    if (isIntro) {
      const named = ownersWithin(child.text, grammar)
      if (named) current = { ...named, time: current?.time ?? null }
      return []
    }
    return prose(child, current, grammar)
  })
}

/** Owners named in an introduction before their verb: "Căn cứ tình hình, các cơ quan, đơn vị phối hợp thực hiện …:". */
function ownersWithin(text: string, grammar: DocumentGrammar): Owner | null {
  for (const comma of text.matchAll(/(?:^|,\s*)/gu)) {
    const from = comma.index + comma[0].length
    if (!startsName(text, from, grammar.agencies)) continue
    const run = readAgencies(text, from, grammar.agencies)
    const rest = text.slice(run.end).trim()
    if (run.agencies.length === 0 || !grammar.sentences.verb.test(rest)) continue
    const kind = operativeVerb(rest, grammar) === 'support' ? ('support' as const) : ('lead' as const)
    return {
      agencies: run.agencies,
      isRequested: false,
      stem: { kind, partners: [] },
      raw: text.slice(from, run.end),
      time: null,
    }
  }
  return null
}

function proseLeaf(node: Node, headed: Headed | null, owner: Owner | null, grammar: DocumentGrammar): ProseTask[] {
  if (grammar.sentences.statement.test(node.text) || grammar.sentences.inventory.test(node.text)) return []
  if (headed && (headed.isWhole || headed.rest !== '') && (!headed.isWhole || hasVerb(headed, grammar))) {
    return [taskOf(node, headed.rest, headed.owner, 'prose', grammar)]
  }
  const words = node.text.replace(/^\p{Lu}[^:.]{3,90}:\s*/u, (label) =>
    grammar.sentences.verb.test(node.text) ? label : '',
  )
  if (!grammar.sentences.verb.test(words) || node.text.split(' ').length < 5) return []
  return [taskOf(node, node.text, owner ?? noOwner, 'prose', grammar)]
}

function taskOf(
  node: Node,
  words: string,
  owner: Owner,
  where: 'prose' | 'by-agency',
  grammar: DocumentGrammar,
): ProseTask {
  const text = words.replace(/\n/g, ' ').replace(grammar.closing.endOfText, '.').trim()
  const body =
    text.startsWith(owner.raw) && owner.raw !== '' ? text.slice(owner.raw.length).replace(/^[\s,:]+/u, '') : text
  return {
    path: node.path,
    text: text.replace(/[\s;]+$/u, ''),
    duties: withOwn(dutiesOf(body, owner, grammar)),
    time: grammar.findTime(body, null) ?? owner.time,
    output: null,
    funding: null,
    source: { where, line: node.paragraph.line, page: node.paragraph.page, table: null, row: null },
    lastLine: node.lastLine,
  }
}

function withOwn(duties: readonly ReadDuty[]): ReadDuty[] {
  return duties.filter(
    (duty, index) => duties.findIndex((other) => other.agency === duty.agency && other.kind === duty.kind) === index,
  )
}
