import type { DutyKind, ReadDuty, ReadTime } from '../model.ts'
import { readAgencies, splitAgencies, startsName } from './agencies.ts'
import type { DocumentGrammar } from './grammar.ts'

/** Who owes an item before its own words are read: the owners of the heading and what the stem above says. */
export interface Owner {
  agencies: readonly string[]
  isRequested: boolean
  /** Kind and partners a stem gives to the items under it. */
  stem: { kind: DutyKind; partners: readonly string[] } | null
  raw: string
  /** Time printed beside the items ("Thời gian: …"), for those without their own. */
  time: ReadTime | null
}

/**
 * Duties of an item: the owner's kind by the first operative verb, and the partners named after it.
 *
 * Chủ trì or a plain verb = lead; phối hợp = support; tham mưu = advise; tổng hợp, báo cáo = consolidate; a request
 * stays a request whatever the verb. Whoever is advised or reported to owes nothing.
 */
export function dutiesOf(text: string, owner: Owner, grammar: DocumentGrammar): ReadDuty[] {
  const verb = operativeVerb(text, grammar)
  const kind = owner.stem ? owner.stem.kind : (verb ?? 'lead')
  const partners = kind === 'lead' ? partnersOf(text, grammar) : []
  const own = owner.agencies.map((agency) => ({
    kind: owner.isRequested ? ('requested' as const) : kind,
    agency,
    raw: owner.raw,
  }))
  const support = [...(owner.stem?.partners ?? []), ...partners]
    .filter((agency, index, all) => all.indexOf(agency) === index && !owner.agencies.includes(agency))
    .map((agency) => ({ kind: 'support' as const, agency, raw: excerpt(text) }))
  return [...own, ...support]
}

/** Enough of the words for a person to see where a duty was read. */
function excerpt(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 157).trimEnd()}…`
}

/** The kind the first operative verb carries, `null` for a plain verb. Subordinate openings are skipped. */
export function operativeVerb(text: string, grammar: DocumentGrammar): DutyKind | null {
  let rest = text.trim()
  for (let round = 0; round < 6; round += 1) {
    const special = grammar.duties.kinds.find(({ at }) => at.test(rest))
    if (special) return special.kind
    const adverb = grammar.duties.adverb.exec(rest)
    if (adverb && startsOperative(rest.slice(adverb[0].length), grammar)) {
      rest = rest.slice(adverb[0].length)
      continue
    }
    if (!grammar.duties.subordinate.test(rest)) return null
    const next = afterClause(rest, grammar)
    if (next === null) return null
    rest = next
  }
  return null
}

function startsOperative(text: string, grammar: DocumentGrammar): boolean {
  return grammar.duties.kinds.some(({ at }) => at.test(text)) || grammar.sentences.verb.test(text)
}

/** What follows a subordinate clause: after the first comma or name behind which a verb stands. */
function afterClause(text: string, grammar: DocumentGrammar): string | null {
  for (const comma of text.slice(0, 600).matchAll(/[,;:]\s*/gu)) {
    const from = comma.index + comma[0].length
    const named = startsName(text, from, grammar.agencies) ? readAgencies(text, from, grammar.agencies).end : from
    const rest = text.slice(named).trimStart()
    if (startsOperative(rest, grammar) && (named > from || !isListed(text.slice(0, comma.index)))) return rest
  }
  return null
}

/** A comma right after the opening words still belongs to an enumeration ("Căn cứ chức năng, nhiệm vụ"). */
function isListed(before: string): boolean {
  return before.trim().split(' ').length < 3
}

/** Partners named after "(chủ trì,) phối hợp với". */
export function partnersOf(text: string, grammar: DocumentGrammar): string[] {
  const opening = text.slice(0, 600)
  if (!grammar.duties.leadAnywhere.test(opening.slice(0, 80))) return []
  const match = grammar.duties.partners.exec(opening)
  if (!match) return []
  const from = match.index + match[0].length
  return startsName(opening, from, grammar.agencies) ? readAgencies(opening, from, grammar.agencies).agencies : []
}

/**
 * Duties of a cell or label that names bodies. A clause may follow a name ("Sở A chủ trì hướng dẫn; các sở thực hiện"):
 * the names count, and partners in it are support.
 */
export function cellDuties(text: string, kind: DutyKind, grammar: DocumentGrammar): ReadDuty[] {
  const duties: ReadDuty[] = []
  const add = (agency: string, as: DutyKind): void => {
    if (agency !== '' && !duties.some((duty) => duty.agency === agency))
      duties.push({ kind: as, agency, raw: excerpt(text) })
  }
  let current = kind
  for (const printed of text.split(/\s*[;\n]\s*/u).flatMap((part) => partsByLabel(part, grammar))) {
    const label = labelledKind(printed, grammar)
    current = label?.kind ?? current
    const part = label?.rest ?? printed
    const clause = clauseOf(part, grammar)
    if (clause) {
      clause.agencies.forEach((agency) => add(agency, clause.isSupport ? 'support' : current))
      clause.partners.forEach((agency) => add(agency, 'support'))
    } else if (part.trim() !== '') splitAgencies(part, grammar.agencies).forEach((agency) => add(agency, current))
  }
  return duties
}

/** Labels that follow one another on one line, where the line breaks of a cell were lost. */
function partsByLabel(line: string, grammar: DocumentGrammar): string[] {
  const parts: string[] = []
  let from = 0
  for (const gap of line.matchAll(/\s+(?=[-–+•\s]*\p{Lu}[^:;.]{2,40}:)/gu)) {
    if (labelledKind(line.slice(gap.index), grammar) === null) continue
    parts.push(line.slice(from, gap.index))
    from = gap.index + gap[0].length
  }
  return [...parts, line.slice(from)]
}

/** "Chủ trì: Sở A" and "Phối hợp: Sở B" within one cell. */
function labelledKind(part: string, grammar: DocumentGrammar): { kind: DutyKind; rest: string } | null {
  const bare = part.replace(/^[-–+•\s]+/u, '')
  for (const { role, pattern } of grammar.fields) {
    const rest = role === 'lead' || role === 'support' ? pattern.exec(bare)?.groups?.rest : undefined
    if (rest !== undefined) return { kind: role === 'support' ? 'support' : 'lead', rest }
  }
  return null
}

interface Clause {
  agencies: string[]
  partners: string[]
  isSupport: boolean
}

/** A name followed by a verb, as in "Sở A chủ trì, phối hợp với Sở B". */
function clauseOf(part: string, grammar: DocumentGrammar): Clause | null {
  const bare = part.replace(/^[-–+•\s]+/u, '')
  const run = readAgencies(bare, 0, grammar.agencies)
  const rest = bare.slice(run.end).replace(/^[\s,:]+/u, '')
  if (run.agencies.length === 0 || rest === '') return null
  grammar.agencies.stopAt.lastIndex = 0
  if (!grammar.agencies.stopAt.test(rest)) return null
  const verb = operativeVerb(rest, grammar)
  return { agencies: run.agencies, partners: partnersOf(rest, grammar), isSupport: verb === 'support' }
}
