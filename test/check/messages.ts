import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { z } from 'zod'

const languages = ['vi', 'en', 'fr'] as const
const Messages = z.record(z.string(), z.string())

/** One language's arguments of a message: `count:number`, `name:value`, and the choices of a `select`. */
function argumentsOf(message: string, language: string): string[] {
  const found = new Set<string>()
  collect(new IntlMessageFormat(message, language).getAst(), found)
  return [...found].sort()
}

/** Kinds of element in a parsed message; a language with one plural form prints the number where another inflects. @source intl-messageformat, icu-messageformat-parser `TYPE` */
const kinds: Record<number, string> = {
  1: 'value',
  2: 'number',
  3: 'date',
  4: 'time',
  5: 'select',
  6: 'number',
  8: 'tag',
}

const Element: z.ZodType<{
  type: number
  value?: unknown
  options?: Record<string, { value: unknown[] }>
  children?: unknown[]
}> = z.object({
  type: z.number(),
  value: z.unknown().optional(),
  options: z.record(z.string(), z.object({ value: z.array(z.unknown()) })).optional(),
  children: z.array(z.unknown()).optional(),
})

function collect(elements: unknown, found: Set<string>): void {
  for (const element of z.array(Element).parse(elements)) {
    const kind = kinds[element.type]
    const choices =
      element.type === 5
        ? ` ${Object.keys(element.options ?? {})
            .sort()
            .join('|')}`
        : ''
    if (kind !== undefined) found.add(`${String(element.value)}:${kind}${choices}`)
    for (const option of Object.values(element.options ?? {})) collect(option.value, found)
    if (element.children !== undefined) collect(element.children, found)
  }
}

/** What is wrong with one folder of catalogues: a missing file or key, an empty text, arguments that differ. */
export function faultsOfFolder(folder: string): string[] {
  const missing = languages.filter((language) => !existsSync(path.join(folder, `${language}.json`)))
  if (missing.length > 0) return missing.map((language) => `${folder}: ${language}.json is missing`)
  const catalogues = languages.map((language) => ({
    language,
    messages: Messages.parse(JSON.parse(readFileSync(path.join(folder, `${language}.json`), 'utf8'))),
  }))
  const keys = new Set(catalogues.flatMap(({ messages }) => Object.keys(messages)))
  return [...keys].flatMap((key) => faultsOfKey(folder, key, catalogues))
}

function faultsOfKey(
  folder: string,
  key: string,
  catalogues: { language: string; messages: Record<string, string> }[],
): string[] {
  const at = `${folder} ${key}`
  const absent = catalogues.filter(({ messages }) => (messages[key] ?? '').trim() === '')
  if (absent.length > 0) return absent.map(({ language }) => `${at}: missing in ${language}`)
  try {
    const forms = catalogues.map(({ language, messages }) => argumentsOf(messages[key] ?? '', language).join(', '))
    return new Set(forms).size === 1 ? [] : [`${at}: arguments differ: ${forms.join(' / ')}`]
  } catch (error) {
    return [`${at}: not a message: ${error instanceof Error ? error.message : String(error)}`]
  }
}

/** Keys that two folders give different words: the browser reads all folders as one. */
export function faultsBetween(folders: readonly string[], language = 'vi'): string[] {
  const seen = new Map<string, { folder: string; text: string }>()
  return folders.flatMap((folder) => {
    const file = path.join(folder, `${language}.json`)
    if (!existsSync(file)) return []
    return Object.entries(Messages.parse(JSON.parse(readFileSync(file, 'utf8')))).flatMap(([key, text]) => {
      const other = seen.get(key)
      seen.set(key, { folder, text })
      return other === undefined || other.text === text ? [] : [`${folder} ${key}: said otherwise in ${other.folder}`]
    })
  })
}

/** Folders of catalogues below the given ones. */
export function findFolders(root: string, tops: string[]): string[] {
  return tops
    .map((top) => path.join(root, top))
    .filter((top) => existsSync(top))
    .flatMap((top) => readdirSync(top, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && entry.name === 'messages')
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}

if (process.argv[1] === import.meta.filename) {
  const root = path.resolve(import.meta.dirname, '..', '..')
  const folders = findFolders(root, ['src', 'web', 'countries'])
  const faults = [...folders.flatMap(faultsOfFolder), ...faultsBetween(folders)]
  for (const fault of faults) console.error(path.relative(root, fault))
  if (folders.length === 0) console.error('No catalogue was found')
  console.log(`${folders.length} catalogues`)
  process.exitCode = faults.length > 0 || folders.length === 0 ? 1 : 0
}
