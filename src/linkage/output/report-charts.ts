import type { KeyPart } from '../model.ts'
import { probabilityOf } from '../scoring/weights.ts'
import { escaped, type ReportInput } from './report.ts'

/** Bars of m and u for every level of every comparison, with the weight each is worth. */
export function levelChart({ outcome, say, language }: ReportInput): string {
  const share = new Intl.NumberFormat(language, { maximumSignificantDigits: 3, style: 'percent' })
  const bits = new Intl.NumberFormat(language, { maximumFractionDigits: 1, signDisplay: 'always' })
  const head = ['level', 'match', 'chance', 'bits'].map(
    (key) => `<th scope="col"${key === 'bits' ? ' class="number"' : ''}>${escaped(say(`linkage.report-${key}`))}</th>`,
  )
  return outcome.model.comparisons
    .map((comparison) => {
      const rows = comparison.labels.map((label, level) => {
        const [m, u] = [comparison.match[level] ?? 0, comparison.chance[level] ?? 0]
        return `<tr><td>${escaped(labelText(say, label))}</td><td>${bar('match', m)} ${share.format(m)}</td><td>${bar('chance', u)} ${share.format(u)}</td><td class="number">${bits.format(Math.log2(Math.max(m, 1e-9) / Math.max(u, 1e-9)))}</td></tr>`
      })
      return `<h3>${escaped(fieldText(say, comparison.config.field))}</h3><table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`
    })
    .join('\n')
}

function bar(kind: 'match' | 'chance', share: number): string {
  return `<span class="bar ${kind}" style="width:${Math.max(1, Math.round(share * 120))}px"></span>`
}

/** A level as people say it; thresholds of likeness keep their number. */
export function labelText(say: ReportInput['say'], label: string): string {
  const similar = /^similar-(.+)$/.exec(label)
  return similar ? say('linkage.level-similar', { least: Number(similar[1]) }) : say(`linkage.level-${label}`)
}

/** A blocking rule as people say it. */
export function ruleText(say: ReportInput['say'], rule: readonly KeyPart[]): string {
  return rule
    .map(({ field, part }) =>
      part === 'whole' ? fieldText(say, field) : `${fieldText(say, field)}, ${say(`linkage.part-${part}`)}`,
    )
    .join(' + ')
}

/** A field as people say it: its kind, whose, and its own heading where it has one. */
export function fieldText(say: ReportInput['say'], name: string): string {
  const parts = /^(\w+)(?: of (mother|father|guardian))?(?: (.+))?$/.exec(name)
  if (!parts) return name
  const kind = say(`linkage.kind-${parts[1] ?? 'text'}`)
  const whose = parts[2] === undefined ? kind : `${kind} (${say(`linkage.of-${parts[2]}`)})`
  return parts[3] === undefined ? whose : `${whose}: ${parts[3]}`
}

const [width, height, edge] = [640, 220, 36]

/** Expected precision and recall at each threshold, by the probabilities themselves. */
export function thresholdChart({ outcome, say }: ReportInput): string {
  const { scored, threshold } = outcome
  const probabilities = Array.from(scored.weights.subarray(0, scored.length), probabilityOf).sort((a, b) => b - a)
  const total = probabilities.reduce((sum, one) => sum + one, 0)
  if (total === 0) return `<p>${escaped(say('linkage.report-no-pairs'))}</p>`
  const precision: string[] = []
  const recall: string[] = []
  let right = 0
  let at = 0
  for (let step = 100; step >= 1; step--) {
    const cut = step / 100
    while (at < probabilities.length && (probabilities[at] ?? 0) >= cut) right += probabilities[at++] ?? 0
    const x = edge + cut * (width - 2 * edge)
    const y = (share: number) => (height - edge - share * (height - 2 * edge)).toFixed(1)
    precision.push(`${x.toFixed(1)},${y(at === 0 ? 1 : right / at)}`)
    recall.push(`${x.toFixed(1)},${y(right / total)}`)
  }
  const chosen = edge + threshold * (width - 2 * edge)
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(say('linkage.report-threshold'))}">
<line x1="${edge}" y1="${height - edge}" x2="${width - edge}" y2="${height - edge}" stroke="#55635b"/><line x1="${edge}" y1="${edge}" x2="${edge}" y2="${height - edge}" stroke="#55635b"/>
<text x="${edge - 8}" y="${edge + 4}" text-anchor="end">1</text><text x="${edge - 8}" y="${height - edge}" text-anchor="end">0</text><text x="${width - edge}" y="${height - edge + 16}" text-anchor="end">1</text>
<polyline fill="none" stroke="#1f7a4d" stroke-width="2" points="${precision.join(' ')}"/><polyline fill="none" stroke="#9a5b00" stroke-width="2" stroke-dasharray="6 3" points="${recall.join(' ')}"/>
<line x1="${chosen.toFixed(1)}" y1="${edge}" x2="${chosen.toFixed(1)}" y2="${height - edge}" stroke="#1b2a22" stroke-dasharray="2 3"/>
<text x="${edge + 8}" y="16">▬ ${escaped(say('linkage.fact-precision'))}   ╍ ${escaped(say('linkage.fact-recall'))}   ┊ ${escaped(say('linkage.fact-threshold'))}</text>
</svg>`
}
