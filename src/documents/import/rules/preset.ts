import type { SuggestedBody } from '../../model.ts'

/** From this score on a match is without doubt (`#agencies`). */
const certain = 0.9

/** The body or class that alone is meant without doubt; neither when there is none or more than one. */
export function preset(options: readonly SuggestedBody[]): { agencyId: string | null; classCode: string | null } {
  const sure = options.filter((option) => option.score >= certain)
  const [only] = sure
  if (only === undefined) return { agencyId: null, classCode: null }
  const isAlone = sure.length === 1 || only.classCode !== null
  return isAlone ? { agencyId: only.agencyId, classCode: only.classCode } : { agencyId: null, classCode: null }
}
