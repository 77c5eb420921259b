import { MantineProvider } from '@mantine/core'
import { QueryClientProvider, useQuery, type QueryClient } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import type { Catalogue } from '../kit/catalogue.ts'
import { sessionQuery } from '../kit/session.tsx'
import { WordsProvider } from '../kit/text.tsx'
import { theme } from '../kit/theme.ts'
import { ToastProvider } from '../kit/Toast.tsx'
import { languagesKnown, loadCatalogue } from './catalogue.ts'
import type { createAppRouter } from './router.tsx'

const languageKept = 'mangnon.language'
const pageLanguage = document.documentElement.lang
const languages = languagesKnown(pageLanguage)

/** The language chosen on this machine, else that of the page. */
export function languageAtStart(): string {
  const kept = localStorage.getItem(languageKept)
  return kept && languages.includes(kept) ? kept : pageLanguage
}

export interface AppProps {
  queries: QueryClient
  router: ReturnType<typeof createAppRouter>
  first: { language: string; catalogue: Catalogue }
}

/** Theme, words, data and router around the pages. */
export function App({ queries, router, first }: AppProps) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queries}>
        <Worded first={first} queries={queries} router={router} />
      </QueryClientProvider>
    </MantineProvider>
  )
}

function Worded({ queries, router, first }: AppProps) {
  const [{ language, catalogue }, setWords] = useState(first)
  const { data: session } = useQuery({ ...sessionQuery, enabled: false })
  const show = useCallback(
    async (wanted: string) => {
      const loaded = await loadCatalogue(wanted)
      document.documentElement.lang = wanted
      setWords({ language: wanted, catalogue: loaded })
      await queries.invalidateQueries()
    },
    [queries],
  )
  const choose = useCallback(
    (wanted: string) => {
      localStorage.setItem(languageKept, wanted)
      void show(wanted)
    },
    [show],
  )
  const preferred = session?.person.language
  useEffect(() => {
    if (!preferred || localStorage.getItem(languageKept) || !languages.includes(preferred)) return
    if (preferred !== document.documentElement.lang) void show(preferred)
  }, [preferred, show])
  return (
    <WordsProvider
      catalogue={catalogue}
      language={language}
      languages={languages}
      timeZone={session?.country.timeZone}
      onChoose={choose}
    >
      <ToastProvider>
        <RouterProvider router={router} />
      </ToastProvider>
    </WordsProvider>
  )
}
