import type { Example } from './examples.ts'
import { none } from './none.ts'

const at = (path: string) => `/reporting/reports/{id}${path}`
const sent = (path: string) => at(`/submissions/{number}/${path}`)
const act = () => ({ words: 'x', version: 1 })
const order = { number: 1, orderNumber: '1/QĐ', orderOn: '2031-01-01', reason: 'x', until: '2031-04-01', lines: [] }

/** Example requests of the routes of obstacles and of what is drawn from reports below. */
export const consolidationExamples: Record<string, Example> = {
  'GET /reporting/obstacles': {},
  'GET /reporting/obstacles/facets': {},
  'GET /reporting/obstacles/board': {},
  'GET /reporting/obstacles/{id}': { ids: ['obstacle'] },
  'POST /reporting/obstacles': { body: () => ({ theme: 'other', words: 'x', proposal: '', reportId: null }) },
  'POST /reporting/obstacles/{id}/answer': { ids: ['obstacle'], body: act },
  'POST /reporting/obstacles/{id}/passing-on': { ids: ['obstacle'], body: () => ({ ...act(), toAgencyId: none }) },
  'POST /reporting/obstacles/{id}/not-resolved': { ids: ['obstacle'], body: act },
  'POST /reporting/obstacles/{id}/closing': { ids: ['obstacle'], body: act },
  [`GET ${at('/below')}`]: { ids: ['report'] },
  [`POST ${at('/drawing')}`]: { ids: ['report'], body: () => ({ all: true, take: [], leave: [] }) },
  [`GET ${sent('trace')}`]: { ids: ['report', 'report'], query: '?line=a/b' },
  [`GET ${sent('drift')}`]: { ids: ['report', 'report'] },
  [`GET ${sent('document')}`]: { ids: ['report', 'report'], query: '?format=docx' },
  [`GET ${sent('figures')}`]: { ids: ['report', 'report'] },
  [`GET ${sent('drift/table')}`]: { ids: ['report', 'report'], query: '?format=csv' },
  [`PUT ${sent('paper')}`]: {
    ids: ['report', 'report'],
    body: () => ({ version: 0, documentNumber: '1/BC', issuedOn: null, recipients: ['x'] }),
  },
  [`GET ${at('/standing')}`]: { ids: ['report'] },
  [`POST ${at('/approval')}`]: { ids: ['report'], body: () => ({ number: 1 }) },
  [`POST ${at('/reopening')}`]: { ids: ['report'], body: () => order },
  'POST /reporting/rounds/{id}/locking': { ids: ['round'] },
}
