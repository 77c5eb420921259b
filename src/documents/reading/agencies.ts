import type { AgencyGrammar } from './grammar.ts'

/** A run of names read from one place in a text: the names as printed and where the run ends. */
export interface AgencyRun {
  agencies: string[]
  end: number
}

/** A sticky pattern tried at one place. */
function at(pattern: RegExp, text: string, index: number): string | null {
  pattern.lastIndex = index
  const match = pattern.exec(text)
  return match && match[0].length > 0 ? match[0] : null
}

/** Longest name a generic head may open; beyond it the words are a sentence. */
const longestName = 180

/**
 * Reads names of bodies one after another from `index`.
 *
 * Separators inside a name ("Sở Văn hóa, Thể thao và Du lịch", "Trung tâm Xúc tiến đầu tư, thương mại và du lịch") do
 * not split it: a separator counts only where a new name begins after it. Names may also follow without any separator,
 * as when a cell's line breaks were lost.
 *
 * @param isList the text holds nothing but names, so that a verb does not end a name of unknown length
 */
export function readAgencies(text: string, index: number, grammar: AgencyGrammar, isList = false): AgencyRun {
  const agencies: string[] = []
  let end = index
  let next = index
  while (next < text.length) {
    const name = nameAt(text, next, grammar, isList)
    if (!name) break
    agencies.push(tidy(text.slice(next, name.end)))
    end = name.end
    const parenthesis = /^\s*\([^()]{0,200}\)/u.exec(text.slice(end))
    if (parenthesis) end += parenthesis[0].length
    const separator = at(grammar.separatorAt, text, end)
    next = end + (separator ?? /^\s*/.exec(text.slice(end))?.[0] ?? '').length
    if (next === end && !separator) break
  }
  return { agencies: agencies.filter((name) => name !== ''), end }
}

function tidy(name: string): string {
  return name.replace(/[\s,;.:–-]+$/u, '').trim()
}

/** Whether a name of a body begins here. */
export function startsName(text: string, index: number, grammar: AgencyGrammar): boolean {
  return [grammar.classAt, grammar.knownAt, grammar.headAt].some((pattern) => at(pattern, text, index) !== null)
}

function nameAt(text: string, index: number, grammar: AgencyGrammar, isList: boolean): { end: number } | null {
  const whole = at(grammar.classAt, text, index) ?? at(grammar.knownAt, text, index)
  if (whole)
    return {
      end: isList
        ? restOfListed(text, withQualifiers(text, index + whole.length, grammar), grammar)
        : withQualifiers(text, index + whole.length, grammar),
    }
  const head = at(grammar.headAt, text, index)
  return head ? { end: genericEnd(text, index + head.length, grammar, isList) } : null
}

/** In a list, lower-case words between a known name and the next separator belong to the name. */
function restOfListed(text: string, end: number, grammar: AgencyGrammar): number {
  const rest = /^\s+[^,;:.()]+?(?=\s*[,;:.(]|$)/u.exec(text.slice(end))
  if (!rest || separated(text, end, grammar) || startsName(text, end + 1, grammar)) return end
  const inner = /\s(?:\p{L}+\s)?/gu
  for (const gap of rest[0].matchAll(inner)) {
    if (separated(text, end + gap.index, grammar)) return end + gap.index
  }
  return end + rest[0].length
}

function withQualifiers(text: string, from: number, grammar: AgencyGrammar): number {
  let end = from
  for (let round = 0; round < 4; round += 1) {
    const qualifier = at(grammar.qualifierAt, text, end)
    if (!qualifier) break
    end += qualifier.length
  }
  return end
}

/** Whether a separator stands here with a new name behind it. */
function separated(text: string, index: number, grammar: AgencyGrammar): boolean {
  const separator = at(grammar.separatorAt, text, index)
  return separator !== null && startsName(text, index + separator.length, grammar)
}

/** End of a name of unknown length: a closing mark, a separator before a new name, a verb, a new capital name. */
function genericEnd(text: string, from: number, grammar: AgencyGrammar, isList: boolean): number {
  const limit = Math.min(text.length, from + longestName)
  let end = from
  while (end < limit) {
    const rest = text[end] ?? ''
    if (/[;:.()\n]/.test(rest)) break
    if (separated(text, end, grammar)) break
    const word = /^[\s,]+/u.exec(text.slice(end, end + 4))
    if (word) {
      const next = end + word[0].length
      if (!isList && at(grammar.stopAt, text, next)) break
      if (rest !== ',' && at(grammar.knownAt, text, next)) break
      if (rest !== ',' && /\p{Lu}/u.test(text[next] ?? '') && at(grammar.classAt, text, next)) break
      end = next
    } else end += 1
  }
  return end
}

/** Splits a text that holds only names ("Sở A; Sở B", "các sở, ban, ngành, UBND các xã"). */
export function splitAgencies(text: string, grammar: AgencyGrammar): string[] {
  const bare = text.replace(/^[-–+•\s]+/u, '').replace(/[.;,\s]+$/u, '')
  const found: string[] = []
  for (const part of bare.split(/\s*[;\n]\s*/u).flatMap((line) => itemsOf(line, grammar))) {
    if (part.trim() === '') continue
    const run = readAgencies(part, 0, grammar, true)
    if (run.agencies.length > 0 && isRest(part.slice(run.end))) found.push(...run.agencies)
    else if (run.agencies.length > 0) found.push(...run.agencies)
    else found.push(tidy(part))
  }
  return [...new Set(found)]
}

/** A dash parts two names where one begins after it; else it stands inside a name ("chính trị - xã hội"). */
function itemsOf(line: string, grammar: AgencyGrammar): string[] {
  const items: string[] = []
  let from = 0
  for (const dash of line.matchAll(/(?:^|\s)[-–+]\s+/gu)) {
    const next = dash.index + dash[0].length
    if (!startsName(line, next, grammar)) continue
    items.push(line.slice(from, dash.index))
    from = next
  }
  return [...items, line.slice(from)]
}

function isRest(text: string): boolean {
  return /^[\s.,;:)]*$/u.test(text)
}

/** Whether a text is nothing but names of bodies. */
export function isAgencyList(text: string, grammar: AgencyGrammar): boolean {
  const run = readAgencies(text, 0, grammar, false)
  return run.agencies.length > 0 && isRest(text.slice(run.end))
}
