import { changeUrl, socketUrl, withConnection } from './connect.ts'
import type { Connections } from './database.ts'
import { chooseAccount } from './embedded/account.ts'
import { prepareBinaries } from './embedded/binaries.ts'
import { fitPlaces, leavePlaces, preparePlaces } from './embedded/places.ts'
import { type Cluster, initialise, isServing, isUp, startServer, stopServer } from './embedded/server.ts'
import { HomeInUse, type HomeLock, lockHome } from './home-lock.ts'
import { closeDatabase, closeServerFunctions, ensureAppGroup, ensureLogin } from './roles.ts'
import { readSecrets, type Secrets } from './secrets.ts'

export type OpenEmbedded = {
  home: string
  /** Use the server of a running product instead of refusing; for commands beside it. */
  besideRunning?: boolean
  maxConnections?: number
  /** Trade durability for speed, for a database that nobody needs tomorrow. */
  forTests?: boolean
}

const database = 'mangnon'
const owner = 'mangnon_owner'
const app = `${database}_login`

/**
 * Opens the database in a data directory: makes it at the first start, starts the server or takes over one that a
 * killed start left, and makes the two roles. This process answers for the server until `stop`.
 *
 * @throws HomeInUse when a product runs on the directory and `besideRunning` is not set
 * @throws UnsupportedPlatform
 */
export async function openEmbedded(options: OpenEmbedded): Promise<Connections & { bootstrapUrl: string }> {
  const prepared = preparePlaces(options.home)
  const lock = await takeHome(prepared.home, options.besideRunning === true)
  try {
    const secrets = readSecrets(prepared.home)
    const cluster = describeCluster(prepared.home, secrets, options)
    if (lock === undefined) await waitForRunning(cluster)
    else await bringUp(cluster, secrets)
    const { run: directory } = cluster.places
    return {
      ownerUrl: socketUrl({ directory, user: owner, password: secrets.ownerPassword, database }),
      appUrl: socketUrl({ directory, user: app, password: secrets.appPassword, database }),
      bootstrapUrl: bootstrapUrl(cluster),
      place: cluster.places.data,
      embedded: true,
      notes: [],
      hasEnded: () => lock !== undefined && !isServing(cluster),
      announceLeaving: () => lock?.announceLeaving(),
      stop: async () => {
        if (lock === undefined) return
        lock.announceLeaving()
        await stopServer(cluster)
        leavePlaces(cluster.places)
        lock.release()
      },
    }
  } catch (error) {
    lock?.release()
    throw error
  }
}

/** @returns undefined when a running product keeps it and we come beside it */
async function takeHome(home: string, besideRunning: boolean): Promise<HomeLock | undefined> {
  try {
    return await lockHome(home)
  } catch (error) {
    if (besideRunning && error instanceof HomeInUse) return undefined
    throw error
  }
}

function describeCluster(home: string, secrets: Secrets, options: OpenEmbedded): Cluster {
  const prepared = preparePlaces(home)
  const account = chooseAccount(prepared.data)
  const places = fitPlaces(prepared, account)
  return {
    places,
    account,
    binaries: prepareBinaries(account, places.binaries),
    name: `mangnon.${secrets.instance}`,
    superuser: { name: 'mangnon_bootstrap', password: secrets.bootstrapPassword },
    maxConnections: options.maxConnections ?? 60,
    durable: options.forTests !== true,
  }
}

async function bringUp(cluster: Cluster, secrets: Secrets): Promise<void> {
  initialise(cluster)
  await startServer(cluster)
  await ensureDatabase(cluster, secrets)
}

/** The product that holds the directory may itself be starting. */
async function waitForRunning(cluster: Cluster): Promise<void> {
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 100) {
    if (await isUp(cluster)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('The running product does not answer for its database')
}

/** Safe to run again at every start, and to be killed in: each step looks first. */
async function ensureDatabase(cluster: Cluster, secrets: Secrets): Promise<void> {
  const url = bootstrapUrl(cluster)
  await withConnection(url, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
    if (rowCount === 1) return
    await ensureAppGroup(client)
    await ensureLogin(client, owner, secrets.ownerPassword, { memberOfApp: false })
    await ensureLogin(client, app, secrets.appPassword, { memberOfApp: true })
    await client.query(`create database ${database} owner ${owner}`)
  })
  await withConnection(url, async (client) => closeDatabase(client, database, app))
  await withConnection(changeUrl(url, { database }), closeServerFunctions)
}

/** The superuser of the cluster: for the roles and databases of this file, never for the product. */
function bootstrapUrl(cluster: Cluster): string {
  const { name: user, password } = cluster.superuser
  return socketUrl({ directory: cluster.places.run, user, password, database: 'postgres' })
}
