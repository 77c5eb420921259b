import { OutOfBounds, runApart } from '../apart.ts'
import { invalid } from '../errors.ts'
import type { BookLimits, readBook } from './read.ts'

/** A workbook of many sheets and rows takes seconds and some hundred MB. */
const bounds = { memoryMb: 768, timeoutMs: 60_000 }

/**
 * Reads every sheet of a large .xlsx file as `readBook` does, in a thread of its own, so that the server goes on meanwhile.
 * @throws as `readBook`, also where it takes more than it may; unavailable `platform.busy`
 */
export async function readBookApart(bytes: Uint8Array, limits: BookLimits): ReturnType<typeof readBook> {
  const thread = new URL('./reading-thread.ts', import.meta.url)
  try {
    const answer = await runApart<Awaited<ReturnType<typeof readBook>>>(thread, { bytes, limits }, bounds)
    if ('refused' in answer) throw invalid(answer.refused.code, answer.refused.params)
    return answer.value
  } catch (fault) {
    if (fault instanceof OutOfBounds) throw invalid('platform.sheet-too-large', { most: 0 })
    throw fault
  }
}
