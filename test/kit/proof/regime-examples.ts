import { aFormDefinition, aRegimeDefinition } from '../report-round.ts'
import type { Example } from './examples.ts'

const seen = () => ({ version: 1 })
const aDraft = () => ({ definition: aRegimeDefinition(), effectiveFrom: '2030-12-01' })

/** Example requests of the routes of regimes, forms and rounds. */
export const regimeExamples: Record<string, Example> = {
  'GET /reporting/regimes': {},
  'GET /reporting/regime-choices': {},
  'GET /reporting/regimes-in-documents/{id}': { ids: ['imported'] },
  'GET /reporting/regimes/{id}': { ids: ['regime'] },
  'GET /reporting/regimes/{id}/rounds': { ids: ['regime'] },
  'GET /reporting/rounds/{id}': { ids: ['round'] },
  'GET /reporting/obligations': {},
  'GET /reporting/obligations/facets': {},
  'POST /reporting/obligations/{id}/exemption': { ids: ['obligation'], body: () => ({ reason: 'x', version: 1 }) },
  'POST /reporting/obligations/{id}/restoration': { ids: ['obligation'], body: () => ({ reason: 'x', version: 1 }) },
  'POST /reporting/obligations/{id}/extension': {
    ids: ['obligation'],
    body: () => ({ dueOn: '2031-06-01', reason: 'x', version: 1 }),
  },
  'POST /reporting/regimes': { body: () => ({ ...aDraft(), code: 'RX-1' }) },
  'PUT /reporting/regimes/{id}/draft': { ids: ['regime'], body: () => ({ ...aDraft(), version: 1 }) },
  'POST /reporting/regimes/{id}/draft/discarding': { ids: ['regime'], body: seen },
  'POST /reporting/regimes/{id}/issue': { ids: ['regime'], body: seen },
  'POST /reporting/regimes/{id}/ending': { ids: ['regime'], body: seen },
  'PUT /reporting/regimes/{id}/form': {
    ids: ['regime'],
    body: () => ({ definition: aFormDefinition(), version: null }),
  },
  'POST /reporting/regimes/{id}/form/discarding': { ids: ['regime'], body: seen },
  'POST /reporting/regimes/{id}/form/issue': { ids: ['regime'], body: seen },
  'GET /reporting/regimes/{id}/trial': { ids: ['regime'], query: '?period=tl-report:2031-S1' },
  'POST /reporting/regimes/{id}/rounds': { ids: ['regime'], body: () => ({ period: 'tl-report:2031-S1' }) },
}
