import { parseArgs } from 'node:util'
import { runDatabaseTest } from './proofs/suite.ts'

/**
 * `npm run bench -- probes [--quick] [--probes 100000] [--seed N]`: random people ask random routes of the whole product for
 * random records, with random faults in what they send; no answer may hold a word of what they may not see.
 */
const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, probes: { type: 'string' }, seed: { type: 'string' } },
})
runDatabaseTest('test/db/probes.db.test.ts', {
  MANGNON_PROBES: values.probes ?? (values.quick ? '2000' : '100000'),
  ...(values.seed === undefined ? {} : { MANGNON_SEED: values.seed }),
})
