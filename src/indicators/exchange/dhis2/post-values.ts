import { invalid, type DoorAnswer, type Visit } from '#platform'
import { importAnswer } from './answers.ts'
import { takePayload, type Payload } from './body.ts'
import { generationOf, systemOf } from './caller.ts'
import { readCsvValues } from './read-csv.ts'
import { readJsonValues } from './read-json.ts'
import { readAdxValues, readXmlValues } from './read-xml.ts'
import type { Strategy, TakeOptions, TakeParts } from './save-drafts.ts'
import { takeValues } from './take.ts'
import { schemeNames, type Batch } from './values.ts'

/** Names of strategies, those of older clients among them. */
const strategies: Readonly<Record<string, Strategy>> = {
  ...{ CREATE: 'CREATE', NEW: 'CREATE', UPDATE: 'UPDATE', UPDATES: 'UPDATE', CREATE_AND_UPDATE: 'CREATE_AND_UPDATE' },
  ...{ NEW_AND_UPDATES: 'CREATE_AND_UPDATE', DELETE: 'DELETE', DELETES: 'DELETE' },
}

type Format = 'json' | 'xml' | 'csv' | 'adx'

/** Takes data values in, in any of the formats DHIS2 takes. @throws invalid */
export async function postValues(visit: Visit, parts: TakeParts): Promise<DoorAnswer> {
  const { query } = visit
  const payload = await takePayload(visit)
  try {
    const format = await formatOf(visit, payload)
    const strategy =
      strategies[(query.get('importStrategy') ?? query.get('strategy') ?? 'CREATE_AND_UPDATE').toUpperCase()]
    if (strategy === undefined) throw invalid('platform.invalid-input')
    const isOn = (name: string) => query.get(name) === 'true'
    const options: TakeOptions = {
      ...{ system: systemOf(visit), generation: generationOf(visit), strategy, dryRun: isOn('dryRun') },
      schemes: Object.fromEntries(
        schemeNames.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? '']] : [])),
      ),
      usualScheme: format === 'adx' ? 'code' : 'uid',
      strict: { combo: isOn('requireCategoryOptionCombo'), attribute: isOn('requireAttributeOptionCombo') },
    }
    const batches = peeked(readAs(format, payload, query))
    const first = await batches.head
    const taken = await takeValues(visit, parts, batches.all, { ...options, dryRun: first?.dryRun ?? options.dryRun })
    return importAnswer(visit, taken, options)
  } finally {
    await payload.close()
  }
}

/** The batches, and the head of the first of them before any is used. */
function peeked(batches: AsyncGenerator<Batch>) {
  const first = batches.next()
  const all = async function* (): AsyncGenerator<Batch> {
    const begun = await first
    if (begun.done === true) return
    yield begun.value
    yield* batches
  }
  return { head: first.then((begun) => (begun.done === true ? undefined : begun.value.head)), all: all() }
}

function readAs(format: Format, payload: Payload, query: URLSearchParams): AsyncGenerator<Batch> {
  switch (format) {
    case 'json':
      return readJsonValues(payload)
    case 'xml':
      return readXmlValues(payload.open())
    case 'adx':
      return readAdxValues(payload.open())
    case 'csv':
      return readCsvValues(payload.open(), {
        hasHeads: query.get('firstRowIsHeader') !== 'false',
        head: { dataSet: query.get('dataSet') },
      })
  }
}

/** By what the caller says it sends; a packed payload, or one of no said kind, by how it begins. */
async function formatOf({ contentType }: Visit, payload: Payload): Promise<Format> {
  if (/adx/i.test(contentType)) return 'adx'
  if (/xml/i.test(contentType)) return 'xml'
  if (/csv/i.test(contentType)) return 'csv'
  if (/json/i.test(contentType)) return 'json'
  const begin = await beginning(payload)
  if (begin.startsWith('{')) return 'json'
  if (!begin.startsWith('<')) return 'csv'
  return /<(\w+:)?adx[\s>]/.test(begin) ? 'adx' : 'xml'
}

async function beginning(payload: Payload): Promise<string> {
  const bytes = payload.open()
  for await (const chunk of bytes) {
    bytes.destroy()
    return (chunk as Buffer)
      .subarray(0, 4096)
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .trimStart()
  }
  return ''
}
