import type { Context } from '#platform'
import { keptMechanisms, setTags, shortOf, tagsOf } from '#recommendations'
import type { TagValue } from '#recommendations/model'
import type { TagEdit } from '../model.ts'
import { isSame, type Decided, type Planned } from './rules.ts'

/** What confirming or refusing terms on many recommendations would change; those another body keeps are refused. */
export async function decideTagChanges(ctx: Context, { decisions }: TagEdit): Promise<Decided & { seen: number }> {
  const wanted = Map.groupBy(decisions, ({ recommendationId }) => recommendationId)
  const recommendations = await shortOf(ctx, [...wanted.keys()])
  const kept = await keptMechanisms(ctx)
  const now = await tagsOf(ctx, [...wanted.keys()])
  const changes: Planned[] = []
  const refused: Decided['refused'] = []
  for (const one of recommendations) {
    const name = nameOf(one)
    if (!kept.includes(one.mechanism)) {
      refused.push({ recordId: one.id, rowNumber: null, column: null, name, code: 'recommendations.not-keeper' })
      continue
    }
    const last = new Map((wanted.get(one.id) ?? []).map((decision) => [decision.term, decision]))
    const becomes = [...last.values()].flatMap(({ recommendationId: _id, ...tag }): TagValue[] =>
      now.get(one.id)?.get(tag.term)?.state === tag.state ? [] : [tag],
    )
    const was = becomes.map(({ term, origin }): TagValue => {
      const before = now.get(one.id)?.get(term)
      return before ?? { term, state: 'open', origin, reason: null }
    })
    if (!isSame('tags', was, becomes))
      changes.push({
        recordId: one.id,
        name,
        rowNumber: null,
        seenVersion: null,
        change: { field: 'tags', was, becomes },
      })
  }
  const gone = wanted.size - recommendations.length
  if (gone > 0) refused.push({ rowNumber: null, column: null, name: '', code: 'plans.change-record-gone' })
  return { changes, refused, seen: wanted.size }
}

type Short = Awaited<ReturnType<typeof shortOf>>[number]

/** The words by which a person knows a recommendation: its place in its document, then its words. */
function nameOf({ symbol, paragraph, part, text, translation }: Short): string {
  const place = [symbol, paragraph && (part === null ? paragraph : `${paragraph} (${part})`)].filter(Boolean).join(', ')
  return [place, translation ?? text]
    .filter((said) => said !== '')
    .join('. ')
    .slice(0, 300)
}

/** Makes the changes of a set of terms; recommendations whose terms stand otherwise by now are left. */
export async function applyTags(ctx: Context, changes: readonly Planned[]): Promise<Map<number, string>> {
  const wanted = changes.flatMap(({ recordId, change }) =>
    change.field === 'tags' ? [{ id: recordId, was: change.was, becomes: change.becomes }] : [],
  )
  const left = await setTags(ctx, wanted)
  return new Map(
    changes.flatMap(({ recordId }, at): [number, string][] =>
      left.has(recordId) ? [[at, 'plans.changed-since']] : [],
    ),
  )
}
