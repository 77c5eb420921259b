import type { Example } from './examples.ts'
import { none } from './none.ts'

const number = () => ({ number: 1 })
const at = (path: string) => `/reporting/reports/{id}${path}`
const words = { kind: 'narrative', paragraphs: [] }
const anOrder = { orderNumber: '1/QĐ', orderOn: '2031-01-01', validFrom: '2031-01-01', validTo: null }

/** Example requests of the routes of reports and of delegations to sign them. */
export const reportExamples: Record<string, Example> = {
  'GET /reporting/work': {},
  'GET /reporting/reports': {},
  'GET /reporting/reports/received': {},
  'GET /reporting/reports/reviews': { query: `?roundId=${none}` },
  'GET /reporting/boards': {},
  'GET /reporting/rounds/{id}/cockpit': { ids: ['round'] },
  'POST /reporting/reports': { body: () => ({ obligationId: none }) },
  [`GET ${at('')}`]: { ids: ['report'] },
  [`GET ${at('/findings')}`]: { ids: ['report'] },
  [`GET ${at('/submissions/{number}')}`]: { ids: ['report', 'report'] },
  [`PUT ${at('/sections/{section}')}`]: { ids: ['report', 'report'], body: () => ({ version: 1, content: words }) },
  [`POST ${at('/sections/{section}/files')}`]: { ids: ['report', 'report'], query: '?fileName=x.txt', file: 'x' },
  [`GET ${at('/files/{fileId}')}`]: { ids: ['report', 'report'] },
  [`GET ${at('/workbook')}`]: { ids: ['report'] },
  [`POST ${at('/workbook/reading')}`]: { ids: ['report'], file: 'x' },
  [`POST ${at('/workbook')}`]: { ids: ['report'], query: `?digest=${'0'.repeat(64)}`, file: 'x' },
  [`POST ${at('/submission')}`]: { ids: ['report'], body: () => ({ versions: {}, isNil: false }) },
  [`POST ${at('/withdrawal')}`]: { ids: ['report'], body: number },
  [`POST ${at('/seen')}`]: { ids: ['report'], body: number },
  [`POST ${at('/review')}`]: { ids: ['report'], body: number },
  [`PUT ${at('/marks')}`]: { ids: ['report'], body: () => ({ number: 1, line: 'a/*', reason: 'x' }) },
  [`POST ${at('/return')}`]: { ids: ['report'], body: () => ({ number: 1, dueOn: '2031-04-01', reason: null }) },
  [`POST ${at('/acceptance')}`]: { ids: ['report'], body: number },
  'POST /reporting/reports/acceptances': { body: () => ({ reports: [{ id: none, number: 1 }] }) },
  'GET /reporting/delegations': {},
  'GET /reporting/delegations/colleagues': {},
  'POST /reporting/delegations': { body: () => ({ toPersonId: none, regimeId: null, ...anOrder }) },
  'POST /reporting/delegations/{id}/end': { ids: ['delegation'] },
}
