/** How one thing stands. A warning wants looking at; a fault wants doing. */
export type State = 'ok' | 'warning' | 'fault'

/** One line of the doctor: what was looked at, how it stands, and its words under `platform.doctor-<code>`. */
export type Finding = {
  check: string
  state: State
  code: string
  params: Record<string, string | number>
}

export function finding(check: string, state: State, code: string, params: Finding['params'] = {}): Finding {
  return { check, state, code: `platform.doctor-${code}`, params }
}
