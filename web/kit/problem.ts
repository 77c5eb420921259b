export interface FieldProblem {
  /** JSON pointer into the body sent: `/dueOn` */
  pointer: string
  code: string
  title: string
}

/** What the server answered when it would not: problem+json (RFC 9457), or code `kit.unreachable` when it did not answer. */
export class ApiProblem extends Error {
  readonly code: string
  readonly status: number
  readonly errors: readonly FieldProblem[]

  constructor(
    problem: { code: string; title: string; status: number; errors?: readonly FieldProblem[] },
    cause?: unknown,
  ) {
    super(problem.title, { cause })
    this.name = 'ApiProblem'
    this.code = problem.code
    this.status = problem.status
    this.errors = problem.errors ?? []
  }
}

export function isUnreachable(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === 'kit.unreachable'
}

function text(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}

function fields(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return []
  return value.map((item: unknown) => {
    const field: Record<string, unknown> = typeof item === 'object' && item !== null ? { ...item } : {}
    const code = text(field.code, '')
    return { pointer: text(field.pointer, ''), code, title: text(field.title, code) }
  })
}

/** Reads a problem out of any body; a body that is none (a proxy's page) keeps the status. */
export function problemOf(status: number, body: unknown): ApiProblem {
  const given: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {}
  return new ApiProblem({
    status,
    code: text(given.code, `http.${status}`),
    title: text(given.title, ''),
    errors: fields(given.errors),
  })
}
