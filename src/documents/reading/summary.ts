import type { Reading, ReadTask } from '../model.ts'
import { wordsOf } from './words.ts'

/** Where something stands; the page where the file knows pages. */
type Place = { line: number | null; page: number | null }

/** What was read, for a person at a terminal. */
export function summaryOf(reading: Reading, language: string): string {
  const say = (key: string, params: Record<string, string | number> = {}): string =>
    wordsOf(language, `documents.reading.${key}`, params)
  const known = (value: string | null): string => value ?? say('unknown')
  const line = ({ line: at, page }: Place): string =>
    at === null
      ? ''
      : ` (${page === null ? say('summary.line', { line: at }) : say('summary.page-line', { page, line: at })})`
  const item = (path: string, text: string, source: Place): string =>
    `  ${[path, text].filter(Boolean).join('  ')}${line(source)}`
  const tasks = reading.tasks.flatMap((task) => [item(task.path, task.text, task.source), ...detailsOf(task, say)])
  const targets = reading.targets.map((target) =>
    item(
      target.path,
      `${target.measure}: ${target.comparator ?? ''} ${target.value ?? ''} ${target.unit ?? ''} ${target.year ?? ''}`.trim(),
      target.source,
    ),
  )
  const reporting = reading.reporting.map((one) =>
    item('', `${known(one.who)} → ${known(one.to)}: ${known(one.due)}`, one.source),
  )
  const warnings = reading.warnings.map(
    (warning) => `  ! ${warning.message}${warning.source ? line(warning.source) : ''}`,
  )
  const { capacity, post, name } = reading.signature
  const count = {
    basis: reading.basis.length,
    sections: reading.sections.length,
    recipients: reading.recipients.length,
  }
  const counts = {
    ...count,
    tasks: reading.tasks.length,
    targets: reading.targets.length,
    reporting: reading.reporting.length,
  }
  return [
    say('summary.header', {
      kind: known(reading.kind),
      number: known(reading.number),
      place: known(reading.place),
      date: known(reading.date),
    }),
    say('summary.issuer', { issuer: known(reading.issuer) }),
    say('summary.title', { title: known(reading.title) }),
    say('summary.signature', { capacity: capacity ?? '', post: post ?? '', name: known(name) }).replace(/ {2,}/g, ' '),
    say('summary.counts', counts),
    ...headed(say('summary.tasks'), tasks),
    ...headed(say('summary.targets'), targets),
    ...headed(say('summary.reporting'), reporting),
    ...headed(say('summary.warnings'), warnings),
    '',
  ].join('\n')
}

function headed(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines]
}

function detailsOf(task: ReadTask, say: (key: string) => string): string[] {
  const duties = task.duties.map((duty) => `${say(`duty.${duty.kind}`)}: ${duty.agency}`).join('; ')
  return [duties, task.time?.text ?? ''].filter((text) => text !== '').map((text) => `      ${text}`)
}
