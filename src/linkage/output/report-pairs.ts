import type { Language } from '#platform/model'
import type { Field } from '../input/records.ts'
import { explainPair } from '../scoring/explain.ts'
import type { Scorer } from '../scoring/scorer.ts'
import { weightOf } from '../scoring/weights.ts'
import { datePartsOf, dateText } from '../values/dates.ts'
import { digitsOf } from '../values/identifiers.ts'
import { nameText } from '../values/name-book.ts'
import { fieldText, labelText } from './report-charts.ts'
import { escaped, type ReportInput } from './report.ts'
import { idOf, type PairRow } from './results.ts'

const shownPairs = 60

/** Pairs with their weights taken apart as a waterfall: those nearest the threshold on both sides, and a few of the surest. */
export function pairCards(input: ReportInput, scorer: Scorer): string {
  const least = weightOf(input.outcome.threshold)
  const nearest = [...input.rows]
    .sort((a, b) => Math.abs(a.weight - least) - Math.abs(b.weight - least))
    .slice(0, shownPairs)
  const sure = input.rows.slice(0, 5).filter((row) => !nearest.includes(row))
  return [...sure, ...nearest.sort((a, b) => b.weight - a.weight)].map((row) => card(input, scorer, row)).join('\n')
}

function card(input: ReportInput, scorer: Scorer, row: PairRow): string {
  const { say, records, books, language } = input
  const explained = explainPair(records, scorer, row.left, row.right)
  const bits = new Intl.NumberFormat(language, {
    maximumFractionDigits: 1,
    minimumFractionDigits: 1,
    signDisplay: 'always',
  })
  let sum = 0
  const line = (cells: [string] | [string, string, string, string], value: number): string => {
    const from = sum
    sum += value
    const span = cells.length === 1 ? ' colspan="4"' : ''
    const texts = cells.map((cell) => `<td${span}>${escaped(cell)}</td>`).join('')
    return `<tr>${texts}<td class="step">${step(from, sum)}</td><td class="number">${bits.format(value)}</td></tr>`
  }
  const lines = [
    line([say('linkage.report-start')], explained.priorBits),
    ...explained.parts.map((part) => {
      const field = records.fields.find((one) => one.name === part.field)
      const [left, right] = field ? [valueText(input, field, row.left), valueText(input, field, row.right)] : ['', '']
      const label = part.label === null ? say('linkage.level-missing') : labelText(say, part.label)
      return line([fieldText(say, part.field), left, right, label], part.bits)
    }),
    ...(explained.guardBits === 0 ? [] : [line([say('linkage.report-guard')], explained.guardBits)]),
  ]
  const verdict = say(row.isLinked ? 'linkage.report-linked' : 'linkage.report-not-linked')
  const probability = new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(row.probability)
  return `<div class="pair"><p><span class="verdict">${escaped(verdict)}</span> · ${escaped(idOf(books, row.left))} – ${escaped(idOf(books, row.right))} · ${escaped(say('linkage.report-weight', { weight: bits.format(row.weight), probability }))}</p><table><tbody>${lines.join('')}</tbody></table></div>`
}

/** One step of the waterfall: from where the sum stood to where it stands, on a scale of −40 to 40 bits. */
function step(from: number, to: number): string {
  const at = (bits: number) => 120 + Math.max(-40, Math.min(40, bits)) * 3
  const [low, high] = [Math.min(at(from), at(to)), Math.max(at(from), at(to))]
  const colour = to >= from ? '#1f7a4d' : '#9a5b00'
  return `<svg viewBox="0 0 240 12" width="240" height="12" aria-hidden="true"><line x1="120" y1="0" x2="120" y2="12" stroke="#c3ccc7"/><rect x="${low.toFixed(1)}" y="2" width="${Math.max(1, high - low).toFixed(1)}" height="8" fill="${colour}"/></svg>`
}

function valueText({ books, say, language }: ReportInput, field: Field, record: number): string {
  const value = field.values[record] ?? 0
  if (value === 0) return '–'
  switch (field.kind) {
    case 'name':
      return titled(nameText(books.names, value), language)
    case 'date':
      return dayText(value, language)
    case 'sex':
      return say(value === 1 ? 'linkage.sex-male' : 'linkage.sex-female')
    case 'identifier':
      return digitsOf(value, field.low?.[record] ?? 0) ?? say('linkage.report-other-number')
    case 'code':
    case 'place':
    case 'text':
      return books.texts.get(field.name)?.texts[value] ?? ''
  }
}

/** A name as it is written: names are compared in small letters. */
function titled(name: string, language: Language): string {
  return name.replace(/(?<![\p{L}\p{M}’'])\p{L}/gu, (letter) => letter.toLocaleUpperCase(language))
}

/** A whole date as the language writes it; what is known of others. */
function dayText(date: number, language: Language): string {
  const { year, month, day } = datePartsOf(date)
  if (month < 1 || month > 12 || day < 1) return dateText(date)
  const format = new Intl.DateTimeFormat(language, {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return format.format(new Date(Date.UTC(year, month - 1, day)))
}

/** Personal numbers that contradict sex or year of birth, or begin with no known place: to be looked at, never proof. */
export function numberWarnings({ records, knowledge, say, books }: ReportInput): string {
  const number = records.fields.find((field) => field.name === 'identifier')
  const date = records.fields.find((field) => field.name === 'date')
  const sex = records.fields.find((field) => field.name === 'sex')
  if (!number) return `<p>${escaped(say('linkage.warning-none'))}</p>`
  const found: Record<'sex' | 'year' | 'place', number[]> = { sex: [], year: [], place: [] }
  for (let record = 0; record < records.count; record++) {
    const read = knowledge.readNumber(digitsOf(number.values[record] ?? 0, number.low?.[record] ?? 0) ?? '')
    if (read === null) continue
    const [year, written] = [datePartsOf(date?.values[record] ?? 0).year, sex?.values[record] ?? 0]
    if (written !== 0 && written !== (read.sex === 'male' ? 1 : 2)) found.sex.push(record)
    if (year !== 0 && year !== read.birthYear) found.year.push(record)
    if (!read.isPlaceKnown) found.place.push(record)
  }
  const lines = (['sex', 'year', 'place'] as const).map((kind) => {
    const examples = found[kind].slice(0, 10).map((record) => idOf(books, record))
    return `<li>${escaped(say(`linkage.warning-${kind}`, { count: found[kind].length }))}${examples.length > 0 ? ` ${escaped(examples.join(', '))}` : ''}</li>`
  })
  return `<ul>${lines.join('')}</ul>`
}
