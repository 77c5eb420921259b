import { explainFailure, openInstance, readConfig, type Instance } from '#platform'
import { startApp } from './app.ts'

/** Starts the server and runs until it is told to stop. Exit status 1 = could not start. */
async function main(): Promise<void> {
  const began = performance.now()
  const config = readConfig(process.env)
  console.log('Đang mở cơ sở dữ liệu, lần đầu khoảng một phút… · Opening the database, the first time about a minute…')
  const instance = await openInstance(config, { onConnectionLost: reportLostConnection })
  const app = await startApp({ config, db: instance.db, ownerDb: instance.ownerDb, country: config.country }).catch(
    async (error: unknown) => {
      await instance.close()
      throw error
    },
  )
  stopWhenTold(app, instance)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`\nMăng Non: ${app.address}   (${seconds} s)\n${app.welcome.join('\n')}\nCtrl+C: dừng · stop`)
}

/** SIGTERM, SIGINT, or the end of the front door that started us: answer what is under way, then close everything. */
function stopWhenTold(app: { stop: () => Promise<void> }, instance: Instance): void {
  let isStopping = false
  const stop = async () => {
    if (isStopping) return
    isStopping = true
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

/** Code and message only: the pool opens a new connection by itself. */
function reportLostConnection(error: Error): void {
  console.error(`Mất kết nối cơ sở dữ liệu · Database connection lost: ${error.message}`)
}

main().catch((error: unknown) => {
  console.error(explainFailure(error) ?? error)
  process.exit(1)
})
