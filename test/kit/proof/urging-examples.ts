import type { Example } from './examples.ts'
import { none } from './none.ts'

const letter = { number: null, issuedOn: null, powers: null, post: 'x', signer: null, words: null, reportBy: null }

/** Example requests of the routes by which those who have not reported are found and urged. */
export const urgingExamples: Record<string, Example> = {
  'GET /reporting/awaited': {},
  'GET /reporting/rounds/{id}/urgings': { ids: ['round'] },
  'POST /reporting/urgings': { body: () => ({ roundId: none, filter: {}, ...letter }) },
  'GET /reporting/urgings/{id}/document': { ids: ['urging'], query: '?format=docx' },
  'POST /reporting/urgings/{id}/files': { ids: ['urging'], body: () => ({ format: 'docx' }) },
}
