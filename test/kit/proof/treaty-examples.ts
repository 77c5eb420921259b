import type { Example } from './examples.ts'

/** Example requests of the routes of reports to treaty bodies. */
export const treatyExamples: Record<string, Example> = {
  'GET /reporting/treaty-reports': {},
  'POST /reporting/treaty-reports': { body: () => ({ kind: 'periodic', cycle: 'x', languages: ['vi'] }) },
  'GET /reporting/treaty-sources': {},
  'GET /reporting/treaty-reports/{id}': { ids: ['treaty'] },
  'PUT /reporting/treaty-reports/{id}/sections/{cluster}': {
    ids: ['treaty', 'treaty'],
    body: () => ({ version: 1, paragraphs: [] }),
  },
  'GET /reporting/treaty-reports/{id}/document': { ids: ['treaty'], query: '?language=vi&format=docx' },
}
