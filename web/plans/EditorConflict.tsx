import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { NodeInput, PlanProse } from '#plans/model'
import type { Say } from '../kit/catalogue.ts'
import { FieldConflicts } from '../kit/FieldConflicts.tsx'
import type { FieldPath } from '../kit/merge.ts'
import { useFormat, useText } from '../kit/text.tsx'
import type { MergedDraft } from '../kit/useMergedDraft.ts'
import type { PlanDraft } from './draft.ts'
import { proseParts } from './PlanProseParts.tsx'
import { choicesQuery } from './queries.ts'
import { shorten, timeMeaning, withPath } from './words.ts'

interface EditorConflictProps {
  draft: MergedDraft<PlanDraft, number>
  conflict: NonNullable<MergedDraft<PlanDraft, number>['conflict']>
}

/** Somebody else saved the same fields meanwhile: this person says, field by field, whose words stand. */
export function EditorConflict({ draft, conflict }: EditorConflictProps) {
  const t = useText()
  const words = useFieldWords(draft.value)
  return (
    <FieldConflicts
      merged={conflict.merged}
      nameOf={(path, clash) => fieldName(path, draft.value, t, clash.theirs ?? clash.base)}
      wordsOf={words}
      onSettle={conflict.settle}
    />
  )
}

const headerFields: Record<string, string> = {
  kind: 'plans.document-kind',
  number: 'plans.number',
  place: 'plans.place',
  issuedOn: 'plans.issued-on',
  title: 'plans.title',
  preamble: 'plans.preamble',
  bases: 'plans.bases',
  recipients: 'plans.recipients',
  periodFrom: 'plans.period-from',
  periodTo: 'plans.period-to',
  powers: 'plans.signed-for',
  post: 'plans.signer-post',
  name: 'plans.signer-name',
}

const nodeFields: Record<string, string> = {
  kind: 'plans.node-kind',
  path: 'plans.path',
  parentKey: 'plans.node-place',
  text: 'plans.node-words',
  output: 'plans.output',
  funding: 'plans.funding',
  time: 'plans.due',
  duties: 'plans.duties',
  programmes: 'plans.programmes',
  bases: 'plans.task-bases',
  source: 'plans.source',
  milestones: 'plans.milestones',
}

/**
 * What a field of a draft is called: its label, and for a field of a task which task.
 *
 * @param other what the field holds elsewhere, for a task that is no longer in this draft
 */
export function fieldName(path: FieldPath, draft: PlanDraft, t: Say, other?: unknown): string {
  const [part, first = '', second] = path
  const last = path.at(-1) ?? ''
  if (part === 'header') {
    if (first === 'prose') {
      const isPart = proseParts.some((one) => one === second)
      return isPart ? t('plans.prose-part', { part: second }) : t('plans.prose-others')
    }
    return t(headerFields[last] ?? 'plans.document-head')
  }
  if (first === '#order') return t('plans.nodes-order')
  const found = draft.nodes.find((node) => node.key === first) ?? (other as NodeInput | null | undefined)
  const task = found ? shorten(withPath(found.path, found.text), 80) : t('plans.task')
  return second === undefined ? task : t('plans.field-of-task', { field: t(nodeFields[second] ?? 'plans.task'), task })
}

/** What stands in a field of a draft, as one reads it. */
function useFieldWords(draft: PlanDraft): (path: FieldPath, value: unknown) => ReactNode {
  const t = useText()
  const format = useFormat()
  const { data: choices } = useQuery(choicesQuery)
  const nodeText = (key: string) => {
    const node = draft.nodes.find((one) => one.key === key)
    return node ? shorten(withPath(node.path, node.text), 60) : t('plans.task')
  }
  return (path, value) => {
    const last = path.at(-1)
    if (path[0] === 'nodes' && path.length === 2) {
      if (last === '#order') return lines((value as string[]).map(nodeText))
      const { path: number, text } = value as NodeInput
      return withPath(number, text)
    }
    if (last === 'parentKey') return typeof value === 'string' ? nodeText(value) : t('plans.highest-level')
    if (last === 'kind' && path[0] === 'nodes') return t(value === 'group' ? 'plans.group' : 'plans.task')
    if (last === 'kind') return choices?.kinds.find(({ code }) => code === value)?.name ?? String(value)
    if (last === 'time') {
      const time = value as NonNullable<NodeInput['time']>
      return lines([time.text, timeMeaning(time, t, format)])
    }
    if (last === 'duties') {
      const duties = value as NodeInput['duties']
      return lines(duties.map(({ kind, raw }) => `${t('plans.duty-kind', { kind })}: ${raw}`))
    }
    if (last === 'milestones') {
      const named = value as NonNullable<NodeInput['milestones']>
      return lines(
        named.map(({ text, dueOn }) =>
          dueOn ? t('plans.milestone-line', { date: format.date(dueOn), name: text }) : text,
        ),
      )
    }
    if (last === 'programmes') return lines(texts(value).map(programmeName))
    if (typeof value === 'string') return /^\d{4}-\d\d-\d\d$/.test(value) ? format.date(value) : value
    return lines(texts(value))
  }
  function programmeName(code: string): string {
    return choices?.programmes.find((programme) => programme.code === code)?.name ?? code
  }
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map((entry) => textOf(entry)) : []
}

/** The words in an entry of a list: itself, or its heading with its paragraphs. */
function textOf(entry: unknown): string {
  if (typeof entry === 'string') return entry
  const { heading, paragraphs } = entry as PlanProse['others'][number]
  return [heading, ...paragraphs].join('\n')
}

function lines(all: readonly string[]): ReactNode {
  return all.map((line, at) => <p key={at}>{line}</p>)
}
