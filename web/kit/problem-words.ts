import { useCallback } from 'react'
import { ApiProblem, isUnreachable } from './problem.ts'
import { useText } from './text.tsx'

/** What went wrong, what is safe and what to do, in one or two sentences. */
export function useProblemWords(): (problem: unknown) => string {
  const t = useText()
  return useCallback(
    (problem) => {
      if (isUnreachable(problem)) return t('kit.unreachable')
      if (!(problem instanceof ApiProblem)) return t('kit.unexpected')
      if (problem.message !== '') return problem.message
      return t('kit.refused', { status: problem.status })
    },
    [t],
  )
}
