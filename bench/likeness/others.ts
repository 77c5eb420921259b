import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { nationalNodes } from '../../countries/vn/demo/national.ts'
import { recommendations } from '../../countries/vn/demo/recommendations.ts'
import { gather, layOut, startGathering } from '../../src/recommendations/likeness/corpus.ts'
import { featuresOf } from '../../src/recommendations/likeness/features.ts'
import { likeAnyWording, likeWordings } from '../../src/recommendations/likeness/match.ts'
import { findTerm, listedTerms } from '../../src/recommendations/lists/lists.ts'
import type { TermScheme } from '../../src/recommendations/model.ts'
import type { Named } from '../../src/recommendations/likeness/suggest.ts'
import { places, qualityOf, type Coded, type Quality } from './measure.ts'

const folder = path.join(import.meta.dirname, '../../../shared/reference/un')
const Row = z.record(z.string(), z.string())

function rowsOf(name: string): z.infer<typeof Row>[] {
  const file = path.join(folder, name)
  return existsSync(file) ? z.array(Row).parse(parse(readFileSync(file), { columns: true, bom: true })) : []
}

const namesOf = (wanted: (term: (typeof listedTerms)[number]) => boolean): Named[] =>
  listedTerms
    .filter(wanted)
    .map(({ number, scheme, names, aliases }) => ({ number, scheme, names: [...Object.values(names), ...aliases] }))

/** Lists that stand in one table with their code: the words of the one are asked for the other. */
export type CodedList = { name: string; language: string; texts: Coded[]; terms: Named[] }

function codedList(
  name: string,
  rows: z.infer<typeof Row>[],
  of: { language: string; scheme: TermScheme; code: (row: z.infer<typeof Row>) => string[]; terms: Named[] },
): CodedList {
  const texts = rows.flatMap((row, at): Coded[] => {
    const terms = of.code(row).flatMap((code) => findTerm(of.scheme, code) ?? [])
    const text = row[`title_${of.language}`] ?? ''
    return terms.length === 0 || text === '' ? [] : [{ id: String(at), features: featuresOf(text), terms }]
  })
  return { name, language: of.language, texts, terms: of.terms }
}

/**
 * What the reference lists code by themselves: titles of the Convention's articles by cluster (vi, en, fr), targets of sustainable
 * development by goal (en, fr), general comments by the articles they name (en). Short texts, and not recommendations.
 */
export function codedLists(): CodedList[] {
  const clusters = namesOf(({ scheme }) => scheme === 'cluster')
  const goals = namesOf(({ scheme, code }) => scheme === 'sdg' && !code.includes('.'))
  const articles = namesOf(({ scheme }) => scheme === 'article')
  const cluster = (row: z.infer<typeof Row>) => [row.principal_cluster ?? ''].filter((code) => code !== '')
  const comments = rowsOf('crc-general-comments.csv')
  return [
    ...['vi', 'en', 'fr'].map((language) =>
      codedList('titles of articles, by cluster', rowsOf('crc-articles.csv'), {
        ...{ language, scheme: 'cluster', code: cluster, terms: clusters },
      }),
    ),
    ...['en', 'fr'].map((language) =>
      codedList('targets, by goal', rowsOf('sdg-targets.csv'), {
        ...{ language, scheme: 'sdg', code: (row) => [row.goal ?? ''], terms: goals },
      }),
    ),
    codedList('general comments, by the articles they name', comments, {
      ...{ language: 'en', scheme: 'article', code: articlesNamed, terms: articles },
    }),
  ]
}

/** "(arts. 19; 28, para. 2; and 37, inter alia)" are articles 19, 28 and 37. */
function articlesNamed(row: z.infer<typeof Row>): string[] {
  const named = /\(arts?\.\s*(?<list>[^)]*)\)/iu.exec(row.title_en ?? '')?.groups?.list ?? ''
  return [...named.replace(/para\.\s*\d+/giu, '').matchAll(/\d+/g)].map(([number]) => number)
}

/** At how many, and of what a page shows. */
export type TasksMeasured = { pairs: number; at: Quality[]; shown: Quality }
const mostShown = 5
const leastLikeness = 0.1

/**
 * Tasks of the invented national plan for the invented recommendations of the demonstration, in Vietnamese, by the answers their writer
 * gave them; and the other way round. Few, of one hand, and made to be shown: a measure of last resort.
 */
export function measureTasks(): { fromRecommendations: TasksMeasured; fromTasks: TasksMeasured } {
  const tasks = nationalNodes(
    '2026-01-01',
    (date) => date,
    (date) => date,
  ).filter(({ kind }) => kind === 'task')
  const asked = recommendations.all.map(({ row, translation, plain, answers = [] }) => ({
    key: row.key,
    wordings: [row.text, translation, ...(plain === undefined ? [] : [plain])].map((text) => featuresOf(text ?? '')),
    names: featuresOf(''),
    answers: answers.map(({ key }) => key),
  }))
  const [ofTasks, wordings] = [startGathering(), startGathering()]
  for (const { key, text } of tasks) gather(ofTasks, { id: key, terms: [] }, featuresOf(text))
  for (const one of asked) for (const wording of one.wordings) gather(wordings, { id: one.key, terms: [] }, wording)
  const [corpus, corpusOfAsked, none] = [layOut(ofTasks), layOut(wordings), layOut(startGathering())]
  const numberOf = new Map([...tasks.map(({ key }) => key), ...asked.map(({ key }) => key)].map((key, at) => [key, at]))
  const numbers = (keys: readonly string[]) => keys.flatMap((key) => numberOf.get(key) ?? [])
  return {
    fromRecommendations: told(
      asked.map((one) => ({
        truth: numbers(one.answers),
        said: likeAnyWording(corpus, one).map(({ id, likeness }) => ({ number: numberOf.get(id) ?? -1, likeness })),
      })),
    ),
    fromTasks: told(
      tasks.map(({ key, text }) => ({
        truth: numbers(asked.filter(({ answers }) => answers.includes(key)).map((one) => one.key)),
        said: likeWordings(corpusOfAsked, none, featuresOf(text)).map(({ id, likeness }) => ({
          number: numberOf.get(id) ?? -1,
          likeness,
        })),
      })),
    ),
  }
}

type Told = { truth: number[]; said: { number: number; likeness: number }[] }

function told(all: readonly Told[]): TasksMeasured {
  const answered = all.filter(({ truth }) => truth.length > 0)
  return {
    pairs: answered.reduce((sum, { truth }) => sum + truth.length, 0),
    at: places.map((most) =>
      qualityOf(answered.map(({ truth, said }) => ({ truth, said: said.slice(0, most).map(({ number }) => number) }))),
    ),
    shown: qualityOf(
      all.map(({ truth, said }) => ({
        truth,
        said: said
          .filter(({ likeness }) => likeness >= leastLikeness)
          .slice(0, mostShown)
          .map(({ number }) => number),
      })),
    ),
  }
}
