import type { Example } from './examples.ts'
import { none } from './none.ts'

const ofRound = '/reporting/rounds/{id}/joint-workbook'
const ofPart = '/reporting/workbook-parts/{id}'

/** Example requests of the routes of workbooks of many bodies. */
export const jointExamples: Record<string, Example> = {
  [`POST ${ofRound}`]: { ids: ['round'] },
  [`POST ${ofRound}/reading`]: { ids: ['round'], query: '?name=x.xlsx', file: 'x' },
  [`POST ${ofRound}/handing`]: { ids: ['round'], body: () => ({ partIds: [none] }) },
  [`GET ${ofPart}`]: { ids: ['part'] },
  [`POST ${ofPart}`]: { ids: ['part'], query: `?digest=${'0'.repeat(64)}` },
  [`POST ${ofPart}/leaving`]: { ids: ['part'] },
}
