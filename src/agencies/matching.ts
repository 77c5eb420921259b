/**
 * Finds the body a document means by a printed name. It proposes and explains; a person decides. Pure: bodies, units
 * and words are handed in.
 */
import { similarity, splitPrefix } from '#territory/model'
import type { Succession, Unit } from '#territory/model'
import { canonical, vocabulary, withoutEnd, withoutStart } from './canonical.ts'
import type { Vocabulary } from './canonical.ts'
import { buildForms } from './forms.ts'
import type { Form, FormIndex } from './forms.ts'
import { followSuccession } from './succession.ts'
import type { Agency, AgencySuccession, AgencyWords } from './model.ts'

/** Whose document it is and when: relative names ("Công an tỉnh") mean the issuer's own province. */
export interface MatchContext {
  /** The issuer's unit; null when unknown, and then only names that carry their unit are found. */
  unitKey: string | null
  on: string
  /** The field of work, for names of bodies that ended; null when unknown. */
  function: string | null
}

export type MatchReason =
  /** the name as printed in full */
  | 'full-name'
  /** a short name or abbreviation that carries its unit or needs none */
  | 'short-name'
  /** a name without its unit, read in the issuer's territory */
  | 'relative'
  /** not the same letters, but close */
  | 'similar'
  /** the name of a body that ended, or a name a body no longer bears */
  | 'former-name'
  /** the body that took over from the one named */
  | 'successor'
  /** a person of the body is named by post */
  | 'post'
  /** named inside brackets after another body */
  | 'in-brackets'
  /** lies outside the issuer's territory */
  | 'elsewhere'
  /** did not exist yet on the day of the document */
  | 'later'

export interface Suggestion {
  agencyKey: string
  /** 0–1; 0.9 and more is safe to preset, below 0.5 is not shown. */
  score: number
  why: MatchReason[]
}

export interface AgencyIndex extends FormIndex {
  agencies: ReadonlyMap<string, Agency>
  edgesFrom: ReadonlyMap<string, readonly AgencySuccession[]>
  words: Vocabulary
}

/** Arranges a country's bodies and units for matching; build once, use for every phrase. */
export function buildAgencyIndex(
  agencies: readonly Agency[],
  succession: readonly AgencySuccession[],
  territory: { units: readonly Unit[]; succession: readonly Succession[] },
  agencyWords: AgencyWords,
): AgencyIndex {
  const words = vocabulary(agencyWords)
  return {
    ...buildForms(agencies, territory, words),
    agencies: new Map(agencies.map((agency) => [agency.key, agency])),
    edgesFrom: Map.groupBy(succession, (edge) => edge.fromKey),
    words,
  }
}

/** Whether a phrase in a list of recipients points at the document itself or a part of the issuer ("Lưu: VT"). */
export function isReference(raw: string, index: AgencyIndex): boolean {
  const phrase = canonical(raw, index.words)
  return index.words.references.some((pattern) => pattern.test(phrase))
}

/**
 * The bodies a printed name may mean, best first.
 *
 * @param raw one name as printed; brackets, "Đề nghị" and posts before it are dealt with, lists are not
 * @returns at most eight, score 0.5 and more; empty when nothing is near
 */
export function matchAgencyName(raw: string, context: MatchContext, index: AgencyIndex): Suggestion[] {
  const [outside, ...inside] = partsOf(raw)
  const found = matchPhrase(outside ?? '', context, index)
  const bracketed = inside.flatMap((part) => matchPhrase(part, context, index).filter((each) => each.score >= 0.9))
  return ranked([...found, ...bracketed.map((each) => weighed(each, 0.95, 'in-brackets'))])
}

/** The text outside brackets, then what each pair of brackets holds. */
function partsOf(raw: string): string[] {
  const inside = [...raw.matchAll(/\(([^)]*)\)/g)].map((match) => match[1] ?? '')
  return [raw.replace(/\([^)]*\)?/g, ' '), ...inside]
}

function matchPhrase(raw: string, context: MatchContext, index: AgencyIndex): Suggestion[] {
  const { words } = index
  const named = withoutStart(canonical(raw, words), words.leads)
  if (named === '') return []
  const direct = lookUp(named, context, index)
  if (direct.length > 0) return direct
  const bare = withoutEnd(withoutStart(named, words.posts), words.tails)
  const reasons: MatchReason[] = withoutStart(named, words.posts) === named ? [] : ['post']
  const found = bare === named ? [] : lookUp(bare, context, index)
  const near = found.length > 0 ? found : findSimilar(bare, context, index)
  return near.map((each) => ({
    ...each,
    score: reasons.length > 0 ? each.score * 0.95 : each.score,
    why: [...each.why, ...reasons],
  }))
}

function lookUp(phrase: string, context: MatchContext, index: AgencyIndex): Suggestion[] {
  return weighForms(index.byForm.get(phrase) ?? [], 1, [], context, index)
}

/** Scores the bodies that bear a form, by time and place; bodies that ended bring their successors. */
function weighForms(
  forms: readonly Form[],
  base: number,
  why: MatchReason[],
  context: MatchContext,
  index: AgencyIndex,
): Suggestion[] {
  const placed = forms.flatMap((form) => {
    const place = placeOf(form, context, index)
    return place === undefined ? [] : [{ form, place }]
  })
  const inTime = (form: Form) =>
    (form.from === null || form.from <= context.on) && (form.to === null || context.on < form.to)
  const suggestions = placed.flatMap(({ form, place }): Suggestion[] => {
    const reasons: MatchReason[] = [...why, form.kind, ...(place < 1 ? (['elsewhere'] as const) : [])]
    const score = base * place
    if (inTime(form)) return [{ agencyKey: form.agencyKey, score, why: reasons }]
    if (form.from !== null && form.from > context.on)
      return [{ agencyKey: form.agencyKey, score: score * 0.7, why: [...reasons, 'later'] }]
    return formerBody(form, score, reasons, context, index)
  })
  // Many units share a name: outside the issuer's territory none of them stands out.
  const best = ranked(suggestions)
  const rivals = best.filter((each) => each.score === best[0]?.score).length
  const isNamedApart = rivals > 1 && (best[0]?.why.includes('elsewhere') ?? false)
  return isNamedApart ? best.map((each) => ({ ...each, score: each.score * 0.8 })) : best
}

function formerBody(
  form: Form,
  score: number,
  why: MatchReason[],
  context: MatchContext,
  index: AgencyIndex,
): Suggestion[] {
  const agency = index.agencies.get(form.agencyKey)
  const former: Suggestion = { agencyKey: form.agencyKey, score: score * 0.75, why: [...why, 'former-name'] }
  const isStill = agency !== undefined && (agency.to === null || context.on < agency.to)
  if (isStill) return [{ ...former, score: score * 0.9 }]
  const since = agency?.to === null || agency === undefined ? context.on : dayBefore(agency.to)
  const followers = followSuccession(index, form.agencyKey, { function: context.function, since, on: context.on })
  const share = followers.isChoice ? 0.7 : 0.9
  return [
    former,
    ...followers.keys.map((key) => ({ agencyKey: key, score: score * share, why: [...why, 'successor' as const] })),
  ]
}

function dayBefore(date: string): string {
  const day = new Date(`${date}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() - 1)
  return day.toISOString().slice(0, 10)
}

/** How well a form's unit fits the issuer: 1 own line or territory, less elsewhere; undefined when it cannot be meant. */
function placeOf(form: Form, context: MatchContext, index: AgencyIndex): number | undefined {
  if (form.reach === 'nation') return 1
  const line = context.unitKey === null ? [] : index.lineOf(context.unitKey, context.on)
  const isOwn = line.includes(form.unitKey)
  if (form.reach === 'own-line') return isOwn ? 1 : undefined
  if (isOwn) return 1
  const top = line.at(-1)
  if (top === undefined) return 0.95
  if (index.isUnder(form.unitKey, top)) return 1
  // A province's body named with its province is meant even far away; a commune's name far away is a chance likeness.
  return index.agencies.get(form.agencyKey)?.level === 'commune' ? 0.75 : 0.92
}

/** Bodies of the issuer's line, its territory and the centre whose form is spelled nearly so. */
function findSimilar(phrase: string, context: MatchContext, index: AgencyIndex): Suggestion[] {
  if (phrase.length < 8) return []
  const { rest } = splitPrefix(phrase, ['cac'])
  const near = index.formsNear(context.unitKey, context.on).flatMap(([text, forms]) => {
    if (Math.abs(text.length - rest.length) > 0.2 * Math.max(text.length, rest.length)) return []
    const likeness = similarity(text, rest)
    return likeness < 0.85 ? [] : weighForms(forms, likeness * 0.9, ['similar'], context, index)
  })
  return ranked(near)
}

function weighed(suggestion: Suggestion, weight: number, reason: MatchReason): Suggestion {
  return { ...suggestion, score: suggestion.score * weight, why: [...suggestion.why, reason] }
}

/** One entry a body, its best; best first. */
function ranked(suggestions: Suggestion[]): Suggestion[] {
  const best = new Map<string, Suggestion>()
  for (const each of suggestions) {
    if (each.score >= 0.5 && each.score > (best.get(each.agencyKey)?.score ?? 0)) best.set(each.agencyKey, each)
  }
  return [...best.values()].sort((a, b) => b.score - a.score || (a.agencyKey < b.agencyKey ? -1 : 1)).slice(0, 8)
}
