import type { Example } from './examples.ts'

/** An id nothing has. */
export const none = '0190b0b0-0000-7000-8000-00000000000f'

const aPlace = { measureId: none, unitId: none, period: '2030', breakdown: '' }
const aGoal = { kind: 'level', yearFrom: null, year: 2031, comparator: '>=', value: 1, breakdown: '' }

/** One example request for every route of indicators and figures. */
export const figureExamples: Record<string, Example> = {
  'GET /indicators': {},
  'GET /indicators/dashboard': {},
  'GET /figures': {},
  'GET /figures/grid': {},
  'GET /figures/periods': {},
  'GET /figures/form': { query: '?period=2030' },
  'GET /figures/releases': {},
  'GET /figures/findings': {},
  'GET /figures/findings/facets': {},
  'POST /figures/findings/{id}/confirmation': { ids: ['finding'], body: () => ({ explanation: 'x' }) },
  'POST /figures/checks': { body: () => ({ period: '2030' }) },
  'PUT /figures': { body: () => ({ cells: [{ ...aPlace, status: 'A', numerator: 1, denominator: 2, seen: null }] }) },
  'POST /figures/decisions': {
    body: () => ({ cells: [{ cellId: none, vintage: 1 }], outcome: 'returned', reason: 'x' }),
  },
  'POST /figures/imports': { query: '?fileName=x.csv', file: 'measure,unit,period,numerator\n' },
  'GET /figures/imports': {},
  'GET /figures/imports/{id}': { ids: ['figureImport'] },
  'GET /figures/imports/{id}/rows': { ids: ['figureImport'] },
  'GET /figures/imports/{id}/problems': { ids: ['figureImport'] },
  'GET /figures/imports/{id}/problems/file': { ids: ['figureImport'] },
  'POST /figures/imports/{id}/acceptance': { ids: ['figureImport'], body: () => ({ takes: 'good' }) },
  'POST /figures/imports/{id}/cancellation': { ids: ['figureImport'] },
  'GET /figures/exchange/codes': {},
  'GET /figures/exchange/observations': { query: '?format=sdmx-csv' },
  'GET /figures/exchange/suggestions': { query: '?kind=unit&name=x' },
  'POST /figures/exchange/codes': {
    body: () => ({ system: 'dhis2', codes: [{ foreign: { uid: 'x' }, meaning: { kind: 'data-set' } }] }),
  },
  'POST /figures/exchange/codes/{id}/ending': { ids: ['exchangeCode'] },
  'GET /measures/{id}/picture': { ids: ['measure'], query: `?unitId=${none}&period=2030` },
  'GET /measures/{id}/parts': { ids: ['measure'], query: `?unitId=${none}&period=2030` },
  'GET /measures/{id}/common-areas': { ids: ['measure'], query: '?level=commune&from=2029-01-01&to=2031-01-01' },
  'GET /measures/{id}/progress': { ids: ['measure'], query: `?unitId=${none}` },
  'GET /measures/{id}/trend': { ids: ['measure'], query: `?unitId=${none}` },
  'GET /measures/{id}/ranking': { ids: ['measure'], query: `?unitId=${none}&period=2030` },
  'GET /measures/{id}/map': { ids: ['measure'], query: `?unitId=${none}&period=2030` },
  'GET /figures/locks': {},
  'POST /figures/locks': { body: () => ({ period: '2030', measureId: null, reason: null }) },
  'POST /figures/locks/{id}/ending': { ids: ['figureLock'], body: () => ({ reason: 'x' }) },
  'POST /measures/{id}/release-trials': { ids: ['measure'], body: () => ({ period: '2030' }) },
  'POST /measures/{id}/releases': { ids: ['measure'], body: () => ({ period: '2030' }) },
  'GET /measures/{id}/releases': { ids: ['measure'] },
  'GET /measures/{id}/released': { ids: ['measure'], query: `?unitId=${none}&period=2030` },
  'GET /measures/{id}/targets': { ids: ['measure'], query: `?unitId=${none}` },
  'GET /targets': { query: `?unitId=${none}` },
  'GET /targets/progress': { query: `?unitId=${none}&measureId=${none}` },
  'POST /targets': { body: () => ({ ...aGoal, measureId: none, unitId: none }) },
  'PUT /targets/{id}': { ids: ['target'], body: () => ({ version: 1, comparator: '>=', value: 1 }) },
  'POST /targets/{id}/ending': { ids: ['target'], body: () => ({ version: 1 }) },
}
