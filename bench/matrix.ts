import { parseArgs } from 'node:util'
import { runDatabaseTest } from './proofs/suite.ts'

/**
 * `npm run bench -- matrix [--quick]`: route × role × standing × scope × state, asked of the running router whole; the
 * tests, and `--quick`, leave out what differs in the role alone.
 */
const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
runDatabaseTest('test/db/matrix.db.test.ts', values.quick ? {} : { MANGNON_MATRIX: 'whole' })
