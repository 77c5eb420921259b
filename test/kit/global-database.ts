import type { TestProject } from 'vitest/node'
import { withConnection } from '../../src/platform/database/connect.ts'
import { openEmbedded } from '../../src/platform/database/embedded.ts'
import { prepareTestServer, testHome, type TestServer } from './test-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer
  }
}

/**
 * One server for the whole run: that of MANGNON_TEST_DATABASE_URL when set (its role must be allowed to create roles
 * and databases), else an embedded one. The embedded one keeps its files between runs.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.MANGNON_TEST_DATABASE_URL ?? ''
  const server =
    given === ''
      ? await openEmbedded({ home: testHome(), besideRunning: true, maxConnections: 300, forTests: true })
      : undefined
  project.provide('testServer', await prepareTestServer(server?.bootstrapUrl ?? given))
  return async () => {
    // another run that came beside ours keeps the server; the next run takes it over
    if (server !== undefined && !(await isUsedByOthers(server.bootstrapUrl))) await server.stop()
  }
}

async function isUsedByOthers(url: string): Promise<boolean> {
  return withConnection(url, async (client) => {
    const { rowCount } = await client.query(`select 1 from pg_stat_activity where datname like 'clone\\_%' limit 1`)
    return rowCount === 1
  })
}
