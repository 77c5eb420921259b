import type { Field, Records } from './input/records.ts'
import type { ComparisonConfig } from './model.ts'

/** Of texts nearly all are somebody's own, as an address of mail or a telephone number is. */
const ownShare = 0.5

/** Whether a text is somebody's own: agreement is enough to compare, and likeness is mostly chance or the name within it. */
export function isOwn(field: Field | undefined): boolean {
  if (field?.kind !== 'text') return false
  const distinct = (field.texts?.starts.length ?? 2) - 2
  let present = 0
  for (const value of field.values) if (value !== 0) present++
  return present > 0 && distinct >= ownShare * present
}

/** The comparison of a field where none is configured; null for fields that are compared only when asked. */
function defaultComparison(field: Field): ComparisonConfig {
  switch (field.kind) {
    case 'name':
      return { field: field.name, method: 'names', levels: [] }
    case 'date':
      return { field: field.name, method: 'dates', levels: [] }
    case 'identifier':
      return { field: field.name, method: 'numbers', levels: [] }
    case 'sex':
    case 'code':
    case 'place':
      return { field: field.name, method: 'same', levels: [] }
    case 'text':
      return { field: field.name, method: 'similarity', levels: isOwn(field) ? [0.98] : [0.92, 0.8] }
  }
}

/** Comparisons configured, and the kind's own for every other field. Ordered by field, so that columns may stand anywhere. */
export function comparisonsFor(
  records: Records,
  { comparisons, termFrequency }: { comparisons: readonly ComparisonConfig[]; termFrequency: boolean },
): ComparisonConfig[] {
  const chosen = comparisons.length > 0 ? [...comparisons] : records.fields.map((field) => defaultComparison(field))
  return chosen.map((one) => (termFrequency ? one : { ...one, termFrequency: false }))
}
