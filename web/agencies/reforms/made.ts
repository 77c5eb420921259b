import type { BodyChange, NewBody } from '#agencies/model'
import type { NewUnit, UnitChange } from '#territory/model'
import type { Picked } from '../../kit/Picker.tsx'
import { bodyPointer, unitPointer } from './sentences.ts'

/** The units a draft makes, as they may be picked by its other changes. */
export function madeUnits(changes: readonly UnitChange[]): Picked[] {
  const made = changes.flatMap((change): NewUnit[] =>
    change.kind === 'create'
      ? [change.made]
      : change.kind === 'split'
        ? change.into
        : 'into' in change
          ? [change.into]
          : [],
  )
  return made.map((unit) => ({ id: unitPointer(unit), name: `${unit.name} (${unit.code})` }))
}

/** The bodies a draft makes; those just added have no key until the draft is saved. */
export function madeBodies(changes: readonly BodyChange[]): Picked[] {
  const made = changes.flatMap((change): (NewBody | null)[] => {
    switch (change.kind) {
      case 'create':
        return [change.made]
      case 'merge':
        return [change.into.made]
      case 'transfer':
        return [change.to.made]
      case 'split':
        return change.into.map((heir) => heir.to.made)
      case 'rename':
      case 'move':
      case 'abolish':
        return []
    }
  })
  return made.flatMap((body) =>
    body === null || body.slug === null ? [] : [{ id: bodyPointer(body), name: body.name }],
  )
}
