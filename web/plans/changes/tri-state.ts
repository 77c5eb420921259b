/** How a thing stands over what was chosen: on all, on some, on none. */
export type TriState = 'all' | 'some' | 'none'

export function stateOf(on: number, total: number): TriState {
  if (on === 0) return 'none'
  return on === total ? 'all' : 'some'
}

/** The next state of a box that is pressed; what was on some can be left so again. */
export function pressed(now: TriState, start: TriState): TriState {
  if (now === 'some') return 'all'
  if (now === 'all') return 'none'
  return start === 'some' ? 'some' : 'all'
}
