import { sql } from 'kysely'
import { explainFailure, openInstance, readConfig, type Instance } from '#platform'
import { startApp } from './app.ts'

/** Starts the server and runs until it is told to stop. Exit status 1 = could not start. */
async function main(): Promise<void> {
  const began = performance.now()
  const config = readConfig(process.env)
  console.log('Đang mở cơ sở dữ liệu, lần đầu khoảng một phút… · Opening the database, the first time about a minute…')
  const watch: DatabaseWatch = { instance: undefined, isLooking: false, isStopping: false }
  const instance = await openInstance(config, { onConnectionLost: (error) => reportLostConnection(error, watch) })
  watch.instance = instance
  const app = await startApp({ config, db: instance.db, ownerDb: instance.ownerDb, country: config.country }).catch(
    async (error: unknown) => {
      await instance.close()
      throw error
    },
  )
  stopWhenTold(app, instance, watch)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  for (const note of instance.connections.notes) console.warn(note)
  console.log(`\nMăng Non: ${app.address}   (${seconds} s)\n${app.welcome.join('\n')}\nCtrl+C: dừng · stop`)
}

/** SIGTERM, SIGINT, or the end of the front door that started us: answer what is under way, then close everything. */
function stopWhenTold(app: { stop: () => Promise<void> }, instance: Instance, watch: DatabaseWatch): void {
  const stop = async () => {
    if (watch.isStopping) return
    watch.isStopping = true
    console.log('Đang dừng… · Stopping…')
    instance.connections.announceLeaving()
    await app.stop()
    await instance.close()
    process.exit(0)
  }
  const begin = () => {
    stop().catch((error: unknown) => {
      console.error(error)
      process.exit(1)
    })
  }
  process.on('SIGTERM', begin)
  process.on('SIGINT', begin)
  process.on('disconnect', begin)
}

type DatabaseWatch = { instance: Instance | undefined; isLooking: boolean; isStopping: boolean }

/** The exit status on which the front door starts the server again, and with it the embedded database. */
const databaseGone = 75

/**
 * Code and message only: the pool opens a new connection by itself. An embedded database that has ended, or does not come
 * back within some seconds, is this product's own, so the product starts again with it.
 */
function reportLostConnection(error: Error, watch: DatabaseWatch): void {
  console.error(`Mất kết nối cơ sở dữ liệu · Database connection lost: ${error.message}`)
  if (watch.instance?.connections.embedded !== true || watch.isLooking) return
  watch.isLooking = true
  untilBack(watch.instance)
    .then((isBack) => {
      if (!isBack && !watch.isStopping) process.exit(databaseGone)
      watch.isLooking = false
    })
    .catch((fault: unknown) => {
      console.error(fault)
      process.exit(databaseGone)
    })
}

async function untilBack({ db, connections }: Instance): Promise<boolean> {
  for (let attempt = 0; attempt < 6 && !connections.hasEnded(); attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    const isBack = await sql`select 1`.execute(db).then(
      () => true,
      () => false,
    )
    if (isBack) return true
  }
  return false
}

main().catch((error: unknown) => {
  console.error(explainFailure(error) ?? error)
  process.exit(1)
})
