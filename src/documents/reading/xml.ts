import { UnreadableDocument } from './errors.ts'
import { limits } from './limits.ts'

/** What a reader of XML is told, in document order. Names keep their prefix. */
export interface XmlEvents {
  open: (name: string, attributes: Readonly<Record<string, string>>) => void
  close: (name: string) => void
  text: (text: string) => void
}

/**
 * Reads XML as events in one pass. Document type declarations are refused, so no entity can be defined and none
 * expands; nesting is bounded.
 *
 * @throws UnreadableDocument `damaged-xml`, `too-complex`
 */
export function readXml(xml: string, events: XmlEvents): void {
  const open: string[] = []
  let at = 0
  while (at < xml.length) {
    const next = xml.indexOf('<', at)
    if (next < 0) break
    if (next > at) events.text(decoded(xml.slice(at, next)))
    if (xml.startsWith('<!--', next)) at = after(xml, '-->', next)
    else if (xml.startsWith('<![CDATA[', next)) {
      at = after(xml, ']]>', next)
      events.text(xml.slice(next + 9, at - 3))
    } else if (xml.startsWith('<?', next)) at = after(xml, '?>', next)
    else if (xml.startsWith('<!', next)) throw new UnreadableDocument('damaged-xml')
    else at = element(xml, next, open, events)
  }
  if (open.length > 0) throw new UnreadableDocument('damaged-xml')
}

function after(xml: string, mark: string, from: number): number {
  const end = xml.indexOf(mark, from)
  if (end < 0) throw new UnreadableDocument('damaged-xml')
  return end + mark.length
}

function element(xml: string, from: number, open: string[], events: XmlEvents): number {
  const end = endOfTag(xml, from)
  const body = xml.slice(from + 1, end)
  if (body.startsWith('/')) {
    const name = body.slice(1).trim()
    if (open.pop() !== name) throw new UnreadableDocument('damaged-xml')
    events.close(name)
    return end + 1
  }
  const isEmpty = body.endsWith('/')
  const inner = isEmpty ? body.slice(0, -1) : body
  const name = /^[^\s/>]+/.exec(inner)?.[0]
  if (name === undefined) throw new UnreadableDocument('damaged-xml')
  events.open(name, attributesOf(inner.slice(name.length)))
  if (isEmpty) events.close(name)
  else open.push(name)
  if (open.length > limits.xmlDepth) throw new UnreadableDocument('too-complex', { depth: open.length })
  return end + 1
}

/** The closing bracket of a tag, quotes skipped. */
function endOfTag(xml: string, from: number): number {
  let quote = ''
  for (let at = from; at < xml.length; at += 1) {
    const letter = xml[at] ?? ''
    if (quote !== '') {
      if (letter === quote) quote = ''
    } else if (letter === '"' || letter === "'") quote = letter
    else if (letter === '>') return at
  }
  throw new UnreadableDocument('damaged-xml')
}

/** Name, equals, quoted value, from left to right in one pass: a tag without end must not cost the square of its length. */
function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  let at = 0
  for (let equals = text.indexOf('='); equals >= 0; equals = text.indexOf('=', at)) {
    const name = text.slice(at, equals).trim().split(/\s/u).at(-1)
    let from = equals + 1
    while (isSpace(text[from])) from += 1
    const quote = text[from]
    at = from
    if (quote !== '"' && quote !== "'") continue
    const end = text.indexOf(quote, from + 1)
    if (end < 0) break
    if (name) attributes[name] = decoded(text.slice(from + 1, end))
    at = end + 1
  }
  return attributes
}

function isSpace(letter: string | undefined): boolean {
  return letter === ' ' || letter === '\n' || letter === '\t' || letter === '\r'
}

const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{1,8}));/gi,
    (whole, hex: string, decimal: string, name: string) => {
      if (name !== undefined) return named.get(name) ?? whole
      const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
    },
  )
}
