import { idOfKey, invalid, type DoorAnswer, type Visit } from '#platform'
import { answer, failed } from './answers.ts'
import { takePayload } from './body.ts'
import { openBook, type Book } from './book.ts'
import { systemOf } from './caller.ts'
import { endCompletions, readCompletions, sayCompletions, type Completion } from './completions.ts'
import { schemesFor, type Schemes } from './resolve.ts'
import { schemesOf, word } from './values.ts'

const mostBytes = 8 * 1024 * 1024

/** Takes in that forms are complete, or no longer are. @throws invalid */
export async function postCompletions(visit: Visit): Promise<DoorAnswer> {
  const payload = await takePayload(visit)
  let fields: Record<string, unknown>
  try {
    if (payload.size > mostBytes) throw invalid('platform.too-large')
    const parts: Buffer[] = []
    for await (const chunk of payload.open()) parts.push(chunk as Buffer)
    fields = parse(Buffer.concat(parts).toString('utf8'))
  } finally {
    await payload.close()
  }
  const list = fields.completeDataSetRegistrations
  if (!Array.isArray(list)) throw invalid('platform.invalid-input')
  const dryRun = (word(fields.dryRun) ?? visit.query.get('dryRun')) === 'true'
  const said = { ...Object.fromEntries(visit.query), ...schemesOf(fields) }
  const schemes = schemesFor(said, 'uid')
  const conflicts: { object: string; value: string; errorCode: string }[] = []
  const [complete, open]: [Completion[], Completion[]] = [[], []]
  const book = await visit.work({ onlyReads: true }, (ctx) => openBook(ctx, systemOf(visit)))
  const today = visit.ground.now().toISOString().slice(0, 10)
  for (const row of list as Record<string, unknown>[]) {
    const read = readRow(book, schemes, row, today)
    if ('fault' in read) conflicts.push(read.fault)
    else (row.completed === false || word(row.completed) === 'false' ? open : complete).push(read)
  }
  const once = [...new Map(complete.map((one) => [`${one.dataSet} ${one.unitId} ${one.period}`, one])).values()]
  const result = dryRun
    ? { made: once.length, changed: 0, ended: open.length }
    : await visit.work({ onlyReads: false }, async (ctx) => ({
        ...(await sayCompletions(ctx, systemOf(visit), once)),
        ended: open.length === 0 ? 0 : await endCompletions(ctx, systemOf(visit), open),
      }))
  const status = conflicts.length === 0 ? 'SUCCESS' : complete.length + open.length === 0 ? 'ERROR' : 'WARNING'
  const code = status === 'SUCCESS' ? 200 : 409
  return answer(visit, code, {
    ...{
      httpStatus: code === 200 ? 'OK' : 'Conflict',
      httpStatusCode: code,
      status: status === 'SUCCESS' ? 'OK' : status,
    },
    message:
      status === 'SUCCESS' ? 'Import was successful.' : 'One more conflicts encountered, please check import summary.',
    response: {
      ...{ responseType: 'ImportSummary', status, description: 'Import process completed successfully', conflicts },
      importCount: { imported: result.made, updated: result.changed, ignored: conflicts.length, deleted: result.ended },
    },
  })
}

function parse(words: string): Record<string, unknown> {
  try {
    const found = JSON.parse(words) as unknown
    if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found as Record<string, unknown>
  } catch (cause) {
    throw Object.assign(invalid('platform.unreadable-request'), { cause })
  }
  throw invalid('platform.unreadable-request')
}

type Fault = { fault: { object: string; value: string; errorCode: string } }

function readRow(book: Book, schemes: Schemes, row: Record<string, unknown>, today: string): Completion | Fault {
  const [dataSet, unitName, period] = [
    word(row.dataSet) ?? '',
    word(row.organisationUnit) ?? word(row.orgUnit) ?? '',
    word(row.period) ?? '',
  ]
  const on = /^\d{4}-\d{2}-\d{2}/.exec(word(row.date) ?? '')?.[0] ?? today
  const form = book.form(dataSet, schemes.dataSet)
  if (form === undefined)
    return {
      fault: { object: dataSet, value: `Data set not found or not accessible: \`${dataSet}\``, errorCode: 'E7600' },
    }
  const unit = book.unit(unitName, schemes.unit, on)
  if (unit === undefined)
    return {
      fault: {
        object: unitName,
        value: `Organisation unit not found or not accessible: \`${unitName}\``,
        errorCode: 'E7612',
      },
    }
  if (!/^[\w:/-]{4,40}$/.test(period))
    return { fault: { object: period, value: `Period not valid: \`${period}\``, errorCode: 'E7611' } }
  return { dataSet: form.code, unitId: idOfKey(unit), period, on }
}

/** What one's body said to be complete. */
export async function getCompletions(visit: Visit): Promise<DoorAnswer> {
  const { query } = visit
  if (!query.has('dataSet')) return failed(visit, 409, 'At least one data set must be specified', 'E2013')
  if (!query.has('orgUnit'))
    return failed(visit, 409, 'At least one organisation unit or organisation unit group must be specified', 'E2006')
  const schemes = schemesFor(Object.fromEntries(query), 'uid')
  const { rows, book } = await visit.work({ onlyReads: true }, async (ctx) => {
    const opened = await openBook(ctx, systemOf(visit))
    const found = await readCompletions(ctx, systemOf(visit), {
      dataSets: query.getAll('dataSet').flatMap((name) => opened.form(name, schemes.dataSet)?.code ?? []),
      periods: query.getAll('period'),
      unitIds: query.getAll('orgUnit').flatMap((name) => {
        const key = opened.unit(name, schemes.unit, ctx.today)
        return key === undefined ? [] : [idOfKey(key)]
      }),
      most: Math.min(Number(query.get('limit') ?? 10_000) || 10_000, 50_000),
    })
    return { rows: found, book: opened }
  })
  const completeDataSetRegistrations = rows.flatMap(({ dataSet, unitId, period, on, saidAt }) => {
    const key = book.land.keyOf.get(unitId)
    return key === undefined
      ? []
      : [
          {
            ...{ period, dataSet, organisationUnit: book.names.unit(key, schemes.unit, on) },
            ...{
              attributeOptionCombo: book.names.combo('', schemes.attribute),
              date: on,
              created: saidAt,
              completed: true,
            },
          },
        ]
  })
  return answer(visit, 200, { completeDataSetRegistrations }, 'completeDataSetRegistrations')
}

/** Takes back that a form is complete. */
export async function deleteCompletion(visit: Visit): Promise<DoorAnswer> {
  const { query } = visit
  const done = await visit.work({ onlyReads: false }, async (ctx) => {
    const book = await openBook(ctx, systemOf(visit))
    const form = book.form(query.get('ds') ?? '', 'uid')
    const key = book.unit(query.get('ou') ?? '', 'uid', ctx.today)
    if (form === undefined || key === undefined) return undefined
    return endCompletions(ctx, systemOf(visit), [
      { dataSet: form.code, unitId: idOfKey(key), period: query.get('pe') ?? '' },
    ])
  })
  if (done === undefined) return failed(visit, 409, 'Illegal data set or organisation unit identifier')
  return { status: 204, mediaType: 'application/json', body: '' }
}
