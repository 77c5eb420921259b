import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { z } from 'zod'
import { Language } from './model.ts'

/** Says a message of the catalogues in a language; an unknown key is a fault of ours and is thrown. */
export type Catalogue = (language: Language, key: string, params?: Record<string, string | number>) => string

const Messages = z.record(z.string(), z.string())

/** Reads `messages/{vi,en,fr}.json` below each given folder. Keys are unique over all of them. */
export function readMessages(folders: string[]): Record<Language, Record<string, string>> {
  const all: Record<Language, Record<string, string>> = { vi: {}, en: {}, fr: {} }
  for (const folder of folders) {
    for (const language of Language.options) {
      const file = path.join(folder, `${language}.json`)
      const messages = Messages.parse(JSON.parse(readFileSync(file, 'utf8')))
      for (const [key, message] of Object.entries(messages)) {
        if (key in all[language]) throw new Error(`message ${key} stands twice (${file})`)
        all[language][key] = message
      }
    }
  }
  return all
}

/** The message folders of all modules below `root` (`src`, say). */
export function messageFolders(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name === 'messages')
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}

export function openCatalogue(messages: Record<Language, Record<string, string>>): Catalogue {
  const compiled = new Map<string, IntlMessageFormat>()
  return (language, key, params = {}) => {
    const known = compiled.get(`${language} ${key}`)
    if (known) return String(known.format(params))
    const message = messages[language][key]
    if (message === undefined) throw new Error(`no message ${key} in ${language}`)
    const made = new IntlMessageFormat(message, language)
    compiled.set(`${language} ${key}`, made)
    return String(made.format(params))
  }
}

/** The language a reader asks for: the first of `Accept-Language` that we have, else the country's. */
export function pickLanguage(accept: string | undefined, otherwise: Language): Language {
  for (const part of (accept ?? '').split(',')) {
    const wanted = Language.safeParse(part.trim().slice(0, 2).toLowerCase())
    if (wanted.success) return wanted.data
  }
  return otherwise
}
