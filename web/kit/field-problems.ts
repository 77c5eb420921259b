import { ApiProblem } from './problem.ts'

/** The field's id in the page for a pointer of the server: `/dueOn` → `dueOn`, `/duties/0/agencyId` → `duties.0.agencyId`. */
export function fieldIdOf(pointer: string): string {
  return pointer.replace(/^\//, '').replaceAll('/', '.')
}

/** `error={problemAt(problem, 'dueOn')}`: the words for one field, those of the summary. */
export function problemAt(problem: unknown, id: string): string | undefined {
  if (!(problem instanceof ApiProblem)) return undefined
  return problem.errors.find((error) => fieldIdOf(error.pointer) === id)?.title
}
