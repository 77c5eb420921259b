import type { DoorAnswer, Visit } from '#platform'
import type { Generation } from './conflicts.ts'
import type { Taken, TakeOptions } from './save-drafts.ts'

type Field = string | number | boolean | null | undefined | readonly Field[] | { readonly [name: string]: Field }
export type Fields = { readonly [name: string]: Field }

/** The kind of answer a caller reads: XML where it asks for it and for no JSON. */
function readsXml({ accept }: Pick<Visit, 'accept'>): boolean {
  return /xml/i.test(accept) && !/json|\*\/\*/i.test(accept)
}

/** Answers in the kind the caller reads; `root` names the outermost element of XML. */
export function answer(visit: Pick<Visit, 'accept'>, status: number, fields: Fields, root = 'webMessage'): DoorAnswer {
  if (!readsXml(visit)) return { status, mediaType: 'application/json;charset=UTF-8', body: JSON.stringify(fields) }
  const body = `<?xml version="1.0" encoding="UTF-8"?>${element(root, fields, ' xmlns="http://dhis2.org/schema/dxf/2.0"')}`
  return { status, mediaType: 'application/xml;charset=UTF-8', body }
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
/** Text as it stands in XML; signs XML cannot hold are left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign)
}

function element(name: string, value: Field, attributes = ''): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'object') return `<${name}${attributes}>${escapeXml(String(value))}</${name}>`
  if (Array.isArray(value))
    return `<${name}${attributes}>${value.map((one: Field) => element(singular(name), one)).join('')}</${name}>`
  const inside = Object.entries(value as Fields).map(([key, one]) => element(key, one))
  return `<${name}${attributes}>${inside.join('')}</${name}>`
}

const singular = (name: string) =>
  name.endsWith('Indexes') || name === 'indexes' ? 'index' : name.endsWith('s') ? name.slice(0, -1) : `${name}Item`

const reasons: Record<number, string> = {
  ...{ 200: 'OK', 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 409: 'Conflict' },
  ...{ 413: 'Payload Too Large', 422: 'Unprocessable Entity', 429: 'Too Many Requests', 503: 'Service Unavailable' },
}

/** A failed request in the words of DHIS2. */
export function failed(visit: Pick<Visit, 'accept'>, status: number, message: string, errorCode?: string): DoorAnswer {
  return answer(visit, status, {
    ...{ httpStatus: reasons[status] ?? 'Error', httpStatusCode: status, status: 'ERROR', message },
    ...(errorCode === undefined ? {} : { errorCode }),
  })
}

/**
 * Tells what became of data values: statuses, counts and words of the generation the caller reads.
 * @source interop-formats 3.1, by `WebMessageUtils.importSummary` of either generation
 */
export function importAnswer(visit: Pick<Visit, 'accept'>, taken: Taken, options: TakeOptions): DoorAnswer {
  const { conflicts } = taken
  const isOld = options.generation === '2.42'
  const done = taken.imported + taken.updated + taken.deleted
  const hasConflicts = conflicts.count() > 0
  const status = taken.isFatal || (hasConflicts && done === 0) ? 'ERROR' : hasConflicts ? 'WARNING' : 'SUCCESS'
  const code = status === 'ERROR' || (status === 'WARNING' && isOld) ? 409 : 200
  const counted = isOld
    ? { imported: taken.imported, updated: taken.updated }
    : { imported: 0, updated: taken.imported + taken.updated }
  return answer(visit, code, {
    ...{ httpStatus: reasons[code], httpStatusCode: code, status: status === 'SUCCESS' ? 'OK' : status },
    message: messages[status][options.generation],
    response: {
      ...{ responseType: 'ImportSummary', status },
      importOptions: {
        ...{ idSchemes: options.schemes, dryRun: options.dryRun, async: false, importStrategy: options.strategy },
        ...{ skipExistingCheck: false, ignoreEmptyCollection: false, firstRowIsHeader: true },
      },
      description: status === 'ERROR' ? 'The import process failed' : 'Import process completed successfully',
      importCount: { ...counted, ignored: taken.ignored, deleted: taken.deleted },
      conflicts: conflicts.list(),
      rejectedIndexes: conflicts.rejected(),
      dataSetComplete: taken.completed[0] ?? 'false',
    },
  })
}

const messages: Record<'SUCCESS' | 'WARNING' | 'ERROR', Record<Generation, string>> = {
  SUCCESS: { '2.42': 'Import was successful.', '2.43': 'Import was successful.' },
  WARNING: {
    '2.42': 'One more conflicts encountered, please check import summary.',
    '2.43': 'Import completed with warnings, please check import summary.',
  },
  ERROR: {
    '2.42': 'An error occurred, please check import summary.',
    '2.43': 'An error occurred, please check import summary.',
  },
}
