import { Problem } from '#platform'
import type { Basis } from '../model.ts'

/**
 * The figures of a basis; without one those the asker may see, and where these are not his, those told to everyone.
 * @throws notFound where neither is known to the asker
 */
export async function orReleased<Answer>(
  basis: Basis | undefined,
  of: { accepted: () => Promise<Answer>; released: () => Promise<Answer> },
): Promise<Answer> {
  if (basis === 'released') return of.released()
  try {
    return await of.accepted()
  } catch (fault) {
    if (basis === 'accepted' || !(fault instanceof Problem) || fault.kind !== 'notFound') throw fault
    return of.released()
  }
}
