import type { ReadTask } from '../model.ts'
import type { AnnexTask } from './annex.ts'
import type { ProseTask } from './items.ts'

/**
 * Puts together what the annex, prose and agency lists say. A task printed twice with the same words and the same owners
 * is one; the same words under other owners stay apart, for a person to merge.
 */
export function mergeRepeats(annex: readonly AnnexTask[], prose: readonly ProseTask[]): ReadTask[] {
  const kept: ReadTask[] = []
  const seen = new Map<string, ReadTask>()
  for (const { lastLine: _last, isIndicator: _indicator, unreadTime: _unread, ...task } of [
    ...prose.map((one) => ({ ...one, isIndicator: false, unreadTime: null })),
    ...annex,
  ]) {
    const key = `${task.source.where}|${task.text.toLowerCase()}|${task.duties.map((duty) => `${duty.kind}:${duty.agency}`).join('|')}`
    const before = seen.get(key)
    if (before && !before.time && !task.time) continue
    seen.set(key, task)
    kept.push(task)
  }
  return kept
}
