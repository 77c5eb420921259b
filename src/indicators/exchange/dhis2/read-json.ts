import type { Readable } from 'node:stream'
import { invalid } from '#platform'
import type { Payload } from './body.ts'
import { headOf, valueOf, word, type Batch, type RawValue } from './values.ts'

/** As much as all that stands beside the list may come to, and how deep anything may lie. */
const mostBeside = 1024 * 1024
const deepest = 20
/** As many values as a deletion by units, periods and elements may stand for. */
const mostDeleted = 100_000

/** Reads a data value set as JSON: first what stands beside its values, wherever it stands, then the values. @throws invalid */
export async function* readJsonValues(payload: Payload): AsyncGenerator<Batch> {
  const fields = await besideList(payload.open(), 'dataValues')
  const head = headOf(fields)
  let index = 0
  for await (const items of itemsOf(payload.open(), 'dataValues'))
    yield { group: 0, head, values: items.map((item) => valueOf(item, index++, head)) }
  const deleted = deletion(fields.deletion, index)
  if (deleted.length > 0) yield { group: 0, head, values: deleted }
}

type Fields = Record<string, unknown>

/** What an object says beside one of its lists. */
async function besideList(bytes: Readable, list: string): Promise<Fields> {
  const fields: Fields = {}
  for await (const part of scan(bytes, list, false)) if (part.kind === 'field') fields[part.key] = part.value
  return fields
}

/** The objects of one list of an object, some at a time. */
async function* itemsOf(bytes: Readable, list: string): AsyncGenerator<Fields[]> {
  for await (const part of scan(bytes, list, true)) if (part.kind === 'items') yield part.items
}

type Part = { kind: 'field'; key: string; value: unknown } | { kind: 'items'; items: Fields[] }

const [quote, backslash, open, close, openList, closeList, comma, colon] = [
  0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x2c, 0x3a,
]

const byteOrderMark: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf])

/**
 * Finds the fields of the outermost object and the items of one list in it, byte by byte; what lies between is parsed by the
 * platform. Only one item, or one field, is held beside the piece at hand.
 */
async function* scan(bytes: Readable, list: string, wantsItems: boolean): AsyncGenerator<Part> {
  const scanner = openScanner(list)
  for await (const chunk of bytes) {
    const from = scanner.begin(chunk as Buffer)
    for (let at = from; at < scanner.length(); at++) {
      const part = scanner.step(at)
      if (part !== undefined && (wantsItems || part.kind === 'field')) yield part
    }
    const part = scanner.end(wantsItems)
    if (part !== undefined) yield part
  }
  if (!scanner.isOver()) throw unreadable()
}

function openScanner(list: string) {
  let piece: Buffer = Buffer.alloc(0)
  let [depth, inWord, isEscaped, inList, isKey, isOver] = [0, false, false, false, true, false]
  let key = ''
  let [start, itemsFrom, itemsTo] = [-1, -1, -1]

  function inText(sign: number, at: number): void {
    if (isEscaped) isEscaped = false
    else if (sign === backslash) isEscaped = true
    else if (sign === quote) {
      inWord = false
      if (depth !== 1 || !isKey) return
      key = String(parse(piece.subarray(start, at + 1)))
      start = -1
    }
  }
  function opened(sign: number, at: number): undefined {
    if (++depth > deepest) throw unreadable()
    if (depth === 2 && start < 0) {
      inList = key === list && sign === openList
      if (!inList) start = at
    } else if (inList && depth === 3) {
      if (sign !== open) throw unreadable()
      if (itemsFrom < 0) itemsFrom = at
    }
    return undefined
  }
  function closed(at: number): Part | undefined {
    depth--
    if (inList && depth === 2) itemsTo = at + 1
    if (inList && depth === 1) {
      const part = itemsFrom >= 0 ? items(piece.subarray(itemsFrom, itemsTo)) : undefined
      ;[itemsFrom, itemsTo, inList, key] = [-1, -1, false, '']
      return part
    }
    if (depth !== 0) return undefined
    isOver = true
    return fieldUntil(at)
  }
  function fieldUntil(at: number): Part | undefined {
    const part = key !== '' && start >= 0 ? field(key, piece.subarray(start, at)) : undefined
    ;[start, key, isKey] = [-1, '', true]
    return part
  }
  function begun(at: number): undefined {
    if (inList && depth === 2) throw unreadable()
    if (depth === 1 && start < 0) start = at
    return undefined
  }

  return {
    /** Takes the next piece; what is held of the one before stands in front of it. @returns where to go on */
    begin(chunk: Buffer): number {
      const from = piece.length
      piece = from === 0 ? chunk : Buffer.concat([piece, chunk])
      return from
    },
    length: () => piece.length,
    isOver: () => isOver,
    step(at: number): Part | undefined {
      const sign = piece[at] ?? 0
      if (inWord) {
        inText(sign, at)
        return undefined
      }
      if (sign <= 0x20) return undefined
      if (isOver || (depth === 0 && sign !== open && !byteOrderMark.has(sign))) throw unreadable()
      switch (sign) {
        case quote:
          inWord = true
          return begun(at)
        case open:
        case openList:
          return opened(sign, at)
        case close:
        case closeList:
          return closed(at)
        case colon:
          if (depth === 1) isKey = false
          return undefined
        case comma:
          return depth === 1 ? fieldUntil(at) : undefined
        default:
          return begun(at)
      }
    },
    /** What lies whole in the piece; the rest is held. */
    end(wantsItems: boolean): Part | undefined {
      const isWhole = itemsFrom >= 0 && itemsTo > itemsFrom
      const part = isWhole && wantsItems ? items(piece.subarray(itemsFrom, itemsTo)) : undefined
      if (isWhole) [itemsFrom, itemsTo] = [depth > 2 ? piece.indexOf(open, itemsTo) : -1, -1]
      const from = itemsFrom >= 0 ? itemsFrom : start >= 0 ? start : piece.length
      piece = piece.subarray(from)
      if (piece.length > mostBeside) throw unreadable()
      if (itemsFrom >= 0) itemsFrom = 0
      else if (start >= 0) start = 0
      return part
    },
  }
}

function items(bytes: Buffer): Part {
  const list = parse(`[${bytes.toString('utf8')}]`)
  if (!Array.isArray(list)) throw unreadable()
  return { kind: 'items', items: list as Fields[] }
}

function field(key: string, bytes: Buffer): Part {
  return { kind: 'field', key, value: parse(bytes) }
}

function parse(words: Buffer | string): unknown {
  try {
    return JSON.parse(words.toString()) as unknown
  } catch (cause) {
    throw unreadable(cause)
  }
}

const unreadable = (cause?: unknown) => Object.assign(invalid('platform.unreadable-request'), { cause })

/** Every value a deletion stands for: all its elements of all its units and periods. @throws invalid `platform.too-large` */
function deletion(said: unknown, from: number): RawValue[] {
  if (typeof said !== 'object' || said === null) return []
  const { orgUnits, periods, elements } = said as Fields
  const words = (list: unknown) => (Array.isArray(list) ? list.flatMap((one) => word(one) ?? []) : [])
  const [units, times] = [words(orgUnits), words(periods)]
  const things = Array.isArray(elements) ? (elements as Fields[]) : []
  if (units.length * times.length * things.length > mostDeleted) throw invalid('platform.too-large')
  const head = headOf({})
  let index = from
  return things.flatMap((thing) =>
    units.flatMap((orgUnit) =>
      times.map((period) => valueOf({ ...thing, orgUnit, period, deleted: 'true', value: null }, index++, head)),
    ),
  )
}
