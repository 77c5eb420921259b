import { readXml } from './xml.ts'
import { roman } from '../roman.ts'

/** One level of a list: its format, its text with %1 %2 … for the numbers, and where it starts. */
interface Level {
  format: string
  text: string
  start: number
}

interface NumberingPart {
  /** Levels of each list by its id. */
  lists: Map<string, { abstract: string; starts: Map<number, number> }>
  levels: Map<string, Map<number, Level>>
}

/** Which list and level a paragraph or style belongs to. */
export interface NumberedAs {
  list: string
  level: number
}

/**
 * Counts the automatic numbers of a word-processor file: the number a person sees before a paragraph is not in its text.
 *
 * @returns a function that gives the next label of a list's level ("III.", "2.1", "a)", "-"), `''` for none
 * @source ECMA-376 part 1, 17.9
 */
export function numbererOf(xml: string | null): (as: NumberedAs) => string {
  const part: NumberingPart = xml === null ? { lists: new Map(), levels: new Map() } : readNumbering(xml)
  const counters = new Map<string, number[]>()
  const restarted = new Set<string>()
  return ({ list, level }) => {
    const found = part.lists.get(list)
    const levels = found ? part.levels.get(found.abstract) : undefined
    const own = levels?.get(level)
    if (!found || !levels || !own) return ''
    const counts = counters.get(found.abstract) ?? []
    const start = (at: number): number => levels.get(at)?.start ?? 1
    for (let at = 0; at < level; at += 1) counts[at] ??= start(at)
    // Lists of one kind share a counter; one that overrides the start restarts it where it is first used.
    const restart = restarted.has(`${list}:${level}`) ? undefined : found.starts.get(level)
    restarted.add(`${list}:${level}`)
    const before = counts[level]
    counts[level] = restart ?? (before === undefined ? start(level) : before + 1)
    counts.length = level + 1
    counters.set(found.abstract, counts)
    if (own.format === 'bullet') return '-'
    if (own.format === 'none') return ''
    return own.text.replace(/%(\d)/g, (_whole: string, digit: string) => {
      const at = Number(digit) - 1
      return formatted(counts[at] ?? start(at), levels.get(at)?.format ?? 'decimal')
    })
  }
}

function readNumbering(xml: string): NumberingPart {
  const part: NumberingPart = { lists: new Map(), levels: new Map() }
  let abstract = ''
  let list = ''
  let level = 0
  let current: Level | null = null
  readXml(xml, {
    open: (name, attributes) => {
      const local = name.slice(name.indexOf(':') + 1)
      const value = attributes['w:val'] ?? ''
      switch (local) {
        case 'abstractNum':
          abstract = attributes['w:abstractNumId'] ?? ''
          part.levels.set(abstract, new Map())
          break
        case 'num':
          list = attributes['w:numId'] ?? ''
          break
        case 'abstractNumId':
          part.lists.set(list, { abstract: value, starts: new Map() })
          break
        case 'lvlOverride':
          level = Number(attributes['w:ilvl'] ?? 0)
          break
        case 'startOverride':
          part.lists.get(list)?.starts.set(level, Number(value))
          break
        case 'lvl':
          level = Number(attributes['w:ilvl'] ?? 0)
          current = { format: 'decimal', text: '', start: 1 }
          if (list === '') part.levels.get(abstract)?.set(level, current)
          break
        case 'start':
          if (current) current.start = Number(value)
          break
        case 'numFmt':
          if (current) current.format = value
          break
        case 'lvlText':
          if (current) current.text = value
          break
        default:
          break
      }
    },
    close: (name) => {
      if (name.endsWith(':lvl')) current = null
      if (name.endsWith(':num')) list = ''
    },
    text: () => undefined,
  })
  return part
}

function formatted(count: number, format: string): string {
  switch (format) {
    case 'upperRoman':
      return roman(count)
    case 'lowerRoman':
      return roman(count).toLowerCase()
    case 'upperLetter':
      return letter(count).toUpperCase()
    case 'lowerLetter':
      return letter(count)
    case 'decimalZero':
      return String(count).padStart(2, '0')
    default:
      return String(count)
  }
}

function letter(count: number): string {
  return String.fromCharCode(97 + ((count - 1) % 26)).repeat(Math.floor((count - 1) / 26) + 1)
}
