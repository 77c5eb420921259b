import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { gather, layOut, startGathering } from '../src/recommendations/likeness/corpus.ts'
import { featuresOf } from '../src/recommendations/likeness/features.ts'
import { learn, suggestTerms, type Learned } from '../src/recommendations/likeness/suggest.ts'
import { findTerm, listedTerms } from '../src/recommendations/lists/lists.ts'
import { codedLists, measureTasks } from './likeness/others.ts'
import { measure, places, type Coded, type Measured, type Quality, type Way } from './likeness/measure.ts'

/**
 * `npm run bench -- likeness`: how good suggestions of terms are, on the one list coded by the UN human rights office that is at
 * hand (a review's recommendations with themes, groups and goals; `../shared`, not part of the repository).
 */
const list = path.join(import.meta.dirname, '../../shared/reference/un/upr-sample/upr34-slovenia-thematic-list.csv')
if (!existsSync(list)) {
  console.log(`There is no coded list to measure on: ${path.relative(process.cwd(), list)}`)
  process.exit(2)
}
const Row = z.object({
  number: z.string(),
  text: z.string(),
  themes: z.string(),
  affected_persons: z.string(),
  sdg_goals: z.string(),
})
const columns = { themes: 'theme', affected_persons: 'group', sdg_goals: 'sdg' } as const
const unknown = new Set<string>()

const rows = z.array(Row).parse(parse(readFileSync(list), { columns: true, bom: true }))
const texts = rows.map((row): Coded => {
  const labels = Object.entries(columns).flatMap(([column, scheme]) =>
    row[column as keyof typeof columns].split('|').flatMap((label) => {
      if (label.trim() === '') return []
      const number = findTerm(scheme, label)
      if (number === undefined) unknown.add(`${scheme}: ${label.trim()}`)
      return number ?? []
    }),
  )
  return { id: row.number, features: featuresOf(row.text), terms: [...new Set(labels)] }
})
const terms = listedTerms
  .filter(({ scheme, code }) => scheme === 'theme' || scheme === 'group' || (scheme === 'sdg' && !code.includes('.')))
  .map(({ number, scheme, names, aliases }) => ({ number, scheme, names: [...Object.values(names), ...aliases] }))

const percent = (share: number) => `${(share * 100).toFixed(0)} %`.padStart(6)
const cells = (qualities: readonly Quality[], of: keyof Quality) => qualities.map((one) => percent(one[of])).join(' ')

function tell({ scheme, texts: count, terms: used, ours, frequent, best, shown }: Measured): void {
  console.log(`  ${scheme}: ${count} texts, ${used} terms`)
  for (const part of ['precision', 'recall'] as const)
    console.log(
      `    ${part.padEnd(9)} ${cells(ours, part)}   most frequent: ${cells(frequent, part)}${part === 'recall' ? `   at best: ${cells(best, part)}` : ''}`,
    )
  const each = shown.perText.toFixed(1)
  console.log(`    shown: ${each} a text, right ${percent(shown.precision)}, found ${percent(shown.recall)}`)
}

const ways: Record<Way, string> = {
  'one-out': 'all others known',
  'copies-out': 'those of nearly the same words not known',
  few: 'every tenth known',
  none: 'nothing known but the names of terms',
}
console.log(`${texts.length} recommendations; labels nobody knows: ${[...unknown].join('; ') || 'none'}`)
for (const [way, said] of Object.entries(ways)) {
  const started = performance.now()
  const measured = measure(texts, terms, way as Way)
  console.log(
    `\n${said}; at ${places.join(', ')} (${((performance.now() - started) / texts.length).toFixed(1)} ms a text)`,
  )
  measured.forEach(tell)
}

console.log('\nLists that code themselves, in other languages and kinds; all others known, then nothing but names')
for (const { name, language, texts: coded, terms: named } of codedLists())
  if (coded.length > 0) {
    console.log(` ${name}, ${language}`)
    for (const way of ['one-out', 'none'] as const) measure(coded, named, way).forEach(tell)
  }

const tasks = measureTasks()
console.log('\nTasks of the demonstration, Vietnamese, answers by its writer')
for (const [way, { pairs, at, shown }] of Object.entries(tasks))
  console.log(
    `  ${way}: ${pairs} pairs; precision ${cells(at, 'precision')}; recall ${cells(at, 'recall')}; shown: right ${percent(shown.precision)}, found ${percent(shown.recall)}`,
  )

/** As many texts as an instance learns from at most, made of the words of these in any order: how long, how much memory. */
const many = 4000
const words = rows.flatMap(({ text }) => text.split(' '))
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
function memoryUsed(): number {
  collect()
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
}
const before = memoryUsed()
let place = 1
const anyWord = () => words[(place = (place * 16_807) % 2_147_483_647) % words.length] ?? ''
const begun = performance.now()
function learnMany(): Learned {
  const gathering = startGathering()
  for (let at = 0; at < many; at++)
    gather(
      gathering,
      { id: String(at), terms: texts[at % texts.length]?.terms ?? [] },
      featuresOf(Array.from({ length: 80 }, anyWord).join(' ')),
    )
  return learn(layOut(gathering), terms)
}
const learned = learnMany()
const laidOut = performance.now()
const asked = 20
for (const { features } of texts.slice(0, asked)) suggestTerms(learned, features)
const done = performance.now()
const used = (memoryUsed() - before) / 1e6
console.log(
  `\n${many} texts of 80 words, ${learned.corpus.numbers.size} features: laid out in ${(laidOut - begun).toFixed(0)} ms, ${((done - laidOut) / asked).toFixed(1)} ms a text asked, ${used.toFixed(0)} MB kept`,
)
