/** The ways a request can fail; each becomes one HTTP status, in `http/problem.ts` only. */
export type ProblemKind =
  'invalid' | 'unauthenticated' | 'forbidden' | 'notFound' | 'conflict' | 'tooMany' | 'unavailable'

export type ProblemParams = Record<string, string | number>

/** One fault of one field: `pointer` is a JSON pointer (RFC 6901) into the request body. */
export type FieldFault = { pointer: string; code: string; params?: ProblemParams }

/**
 * What went wrong, in a form every reader's language can say: `code` is `module.what-is-wrong` and stands in the message
 * catalogues. Parameters never hold personal data.
 */
export class Problem extends Error {
  readonly kind: ProblemKind
  readonly code: string
  readonly params: ProblemParams
  readonly fields: FieldFault[]

  constructor(kind: ProblemKind, code: string, params: ProblemParams = {}, fields: FieldFault[] = [], cause?: unknown) {
    super(code, { cause })
    this.name = 'Problem'
    this.kind = kind
    this.code = code
    this.params = params
    this.fields = fields
  }
}

/** What was sent cannot be accepted as it is (422). */
export function invalid(code: string, params: ProblemParams = {}, fields: FieldFault[] = []): Problem {
  return new Problem('invalid', code, params, fields)
}

/** The actor may see the thing but not do this to it (403). What lies outside one's scope is `notFound`. */
export function forbidden(code: string, params: ProblemParams = {}): Problem {
  return new Problem('forbidden', code, params)
}

/** No such thing, or none within the actor's scope: the two are indistinguishable (404). */
export function notFound(code = 'platform.not-found', params: ProblemParams = {}): Problem {
  return new Problem('notFound', code, params)
}

/** The thing is no longer as the actor saw it, or its state does not allow this (409). */
export function conflict(code: string, params: ProblemParams = {}): Problem {
  return new Problem('conflict', code, params)
}

/** Temporarily impossible; trying again later is right (503). */
export function unavailable(code: string, params: ProblemParams = {}, cause?: unknown): Problem {
  return new Problem('unavailable', code, params, [], cause)
}

/** Nobody is signed in, or the session has ended (401). */
export function unauthenticated(code = 'platform.not-signed-in'): Problem {
  return new Problem('unauthenticated', code)
}

/** Tried too often; `retryAfterSeconds` is said to the caller (429). */
export function tooMany(retryAfterSeconds: number): Problem {
  return new Problem('tooMany', 'platform.too-many-tries', { retryAfterSeconds })
}
