import './no-eval.ts'
import '../kit/base.css'
import '../kit/print.css'
import { QueryCache, QueryClient } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiProblem } from '../kit/problem.ts'
import { sessionQuery } from '../kit/session.tsx'
import { adoptTextSize } from '../kit/text-size.ts'
import { adoptTheme } from '../kit/theme.ts'
import { App, languageAtStart } from './App.tsx'
import { loadCatalogue } from './catalogue.ts'
import { followNewerBuild } from './newer-build.ts'
import { createAppRouter } from './router.tsx'

function isOver(problem: unknown): boolean {
  return problem instanceof ApiProblem && problem.status === 401
}

/** What was refused stays refused; only silence is asked again, once. */
function shouldRetry(failures: number, problem: unknown): boolean {
  return failures < 1 && problem instanceof ApiProblem && (problem.status === 0 || problem.status === 503)
}

async function start(container: HTMLElement): Promise<void> {
  const language = languageAtStart()
  document.documentElement.lang = language
  adoptTheme()
  adoptTextSize()
  const queries = new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, retry: shouldRetry, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
    queryCache: new QueryCache({
      onError: (problem) => {
        if (!isOver(problem)) return
        queries.setQueryData(sessionQuery.queryKey, null)
        void router.invalidate()
      },
    }),
  })
  const router = createAppRouter(queries)
  const catalogue = await loadCatalogue(language)
  createRoot(container).render(
    <StrictMode>
      <App queries={queries} router={router} first={{ language, catalogue }} />
    </StrictMode>,
  )
}

followNewerBuild()
const container = document.getElementById('root')
if (!container) throw new Error('The page has no #root')
void start(container)
