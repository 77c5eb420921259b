import type { Readable } from 'node:stream'
import { Parser } from 'htmlparser2'
import { invalid } from '#platform'
import { headOf, valueOf, word, type Batch, type Head, type RawValue } from './values.ts'

const deepest = 10
/** How long anything may be before it ends: a name, an attribute, a text. */
const longest = 1024 * 1024

type Tag = { name: string; attributes: Record<string, string>; text: string }
type Fields = Record<string, string>

const unreadable = () => invalid('platform.unreadable-request')

/**
 * The elements of a document as they end, with those they lie in. Documents that define entities, or nest deeper than any of these
 * formats does, are refused.
 */
async function* endsOf(bytes: Readable): AsyncGenerator<{ tag: Tag; within: readonly Tag[] }[]> {
  const within: Tag[] = []
  let ended: { tag: Tag; within: readonly Tag[] }[] = []
  let [fault, hasRoot]: [Error | undefined, boolean] = [undefined, false]
  let quiet = 0
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        quiet = 0
        hasRoot = true
        within.push({ name: name.slice(name.indexOf(':') + 1), attributes, text: '' })
        if (within.length > deepest) fault = unreadable()
      },
      ontext(text) {
        const last = within.at(-1)
        if (last === undefined) {
          if (text.trim() !== '') fault = unreadable()
        } else if ((last.text += text).length > longest) fault = unreadable()
      },
      onclosetag(_name, isImplied) {
        quiet = 0
        const tag = within.pop()
        if (tag === undefined || (isImplied && Object.keys(tag.attributes).length === 0)) fault = unreadable()
        else ended.push({ tag, within: [...within] })
      },
      onprocessinginstruction(name) {
        if (name.startsWith('!')) fault = unreadable()
      },
      onerror(found) {
        fault = found
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const write = (chunk?: Uint8Array) => {
    try {
      parser.write(chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true }))
    } catch {
      throw unreadable()
    }
  }
  for await (const chunk of bytes) {
    quiet += (chunk as Uint8Array).byteLength
    write(chunk as Uint8Array)
    if (fault !== undefined || quiet > longest) throw unreadable()
    if (ended.length > 0) yield ended
    ended = []
  }
  write()
  if (within.length > 0 || !hasRoot) throw unreadable()
  parser.end()
  if (fault !== undefined) throw unreadable()
  if (ended.length > 0) yield ended
}

/** Reads a data value set as DHIS2 writes it in XML. @throws invalid `platform.unreadable-request` */
export async function* readXmlValues(bytes: Readable): AsyncGenerator<Batch> {
  let head: Head | undefined
  let index = 0
  for await (const ended of endsOf(bytes)) {
    const values: RawValue[] = []
    for (const { tag, within } of ended) {
      const [root = tag] = within
      if (root.name !== 'dataValueSet') throw unreadable()
      head ??= headOf(root.attributes)
      if (tag.name === 'dataValue') values.push(valueOf(tag.attributes, index++, head))
    }
    if (head !== undefined) yield { group: 0, head, values }
  }
}

const groupWords = new Set(['dataSet', 'completeDate', 'period', 'orgUnit', 'attributeOptionCombo', 'comment'])
const valueWords = new Set([
  'dataElement',
  'value',
  'categoryOptionCombo',
  'followup',
  'followUp',
  'comment',
  'created',
  'lastUpdated',
  'storedBy',
  'deleted',
])

/** Reads ADX: groups of values whose breakdowns are attributes named for their categories. @throws invalid `platform.unreadable-request` */
export async function* readAdxValues(bytes: Readable): AsyncGenerator<Batch> {
  const heads = new Map<Tag, { group: number; head: Head }>()
  const notes = new Map<Tag, string>()
  let index = 0
  let groups = 0
  for await (const ended of endsOf(bytes)) {
    let batch: Batch | undefined
    const batches: Batch[] = []
    for (const { tag, within } of ended) {
      const [root = tag, group] = within
      if (root.name !== 'adx') throw unreadable()
      const parent = within.at(-1)
      if (tag.name === 'annotation' && parent !== undefined) notes.set(parent, tag.text.trim())
      if (tag.name === 'group') heads.delete(tag)
      if (tag.name !== 'dataValue' || group === undefined) continue
      const known = heads.get(group) ?? { group: groups++, head: adxHead(group.attributes) }
      heads.set(group, known)
      if (batch?.group !== known.group) batches.push((batch = { ...known, values: [] }))
      const value = valueOf({ ...tag.attributes, categoryOptionCombo: undefined }, index++, known.head)
      const combo = word(tag.attributes.categoryOptionCombo) ?? others(tag.attributes, valueWords)
      batch.values.push({ ...value, combo, comment: notes.get(tag) ?? value.comment })
      notes.delete(tag)
    }
    yield* batches
  }
  if (groups === 0) yield { group: 0, head: adxHead({}), values: [] }
}

function adxHead(attributes: Fields): Head {
  const head = headOf({ ...attributes, attributeOptionCombo: undefined })
  return { ...head, attribute: word(attributes.attributeOptionCombo) ?? others(attributes, groupWords) }
}

/** The attributes that are no words of the format: categories with their options; null where there are none. */
function others(attributes: Fields, known: ReadonlySet<string>): Record<string, string> | null {
  const left = Object.entries(attributes).filter(([name]) => !known.has(name) && !/^xmlns|:/.test(name))
  return left.length === 0 ? null : Object.fromEntries(left)
}
