import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { localeOf, sayer, type Catalogue, type Say } from './catalogue.ts'
import { formatter, type Formatter } from './format.ts'

interface Words {
  language: string
  languages: readonly string[]
  say: Say
  format: Formatter
  choose: (language: string) => void
}

const WordsContext = createContext<Words | undefined>(undefined)

export interface WordsProviderProps {
  catalogue: Catalogue
  language: string
  languages: readonly string[]
  /** Where instants are shown; the country's time zone, or the machine's when unknown. */
  timeZone?: string
  onChoose: (language: string) => void
  children: ReactNode
}

/** Gives every component below the words, dates and numbers of one language. */
export function WordsProvider({ catalogue, language, languages, timeZone, onChoose, children }: WordsProviderProps) {
  const words = useMemo<Words>(
    () => ({
      language,
      languages,
      say: sayer(catalogue, language, import.meta.env.MODE !== 'production'),
      format: formatter(localeOf(catalogue, language), timeZone),
      choose: onChoose,
    }),
    [catalogue, language, languages, timeZone, onChoose],
  )
  return <WordsContext value={words}>{children}</WordsContext>
}

function useWords(): Words {
  const words = useContext(WordsContext)
  if (!words) throw new Error('No WordsProvider above this component')
  return words
}

/** `const t = useText(); t('plans.list-title', { count })` */
export function useText(): Say {
  return useWords().say
}

/** Dates, times, numbers and lists as the reader writes them. */
export function useFormat(): Formatter {
  return useWords().format
}

/** The language in use, those one may choose, and the act of choosing. */
export function useLanguage(): Pick<Words, 'language' | 'languages' | 'choose'> {
  return useWords()
}
