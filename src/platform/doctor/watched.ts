import { statfs } from 'node:fs/promises'
import type { Config } from '../config.ts'
import { systemActor } from '../context.ts'
import type { Metrics } from '../metrics.ts'
import { inTransaction, type Ground } from '../transaction.ts'
import { newestBackup } from './place.ts'

/** What an alarm can be set on beside requests: jobs that wait, age of the newest backup, room on the disk. */
export function watchOperation(metrics: Metrics, config: Config, ground: Ground): void {
  const seconds = (since: number) => Math.max(0, (ground.now().getTime() - since) / 1000)
  metrics.watch('mangnon_oldest_job_seconds', 'Since when the oldest job waits to be taken up', async () => {
    const doing = { actor: systemActor, language: ground.language, requestId: 'metrics' }
    const oldest = await inTransaction(ground, doing, ({ db }) =>
      db
        .selectFrom('platform.job')
        .select((eb) => eb.fn.min('createdAt').as('at'))
        .where('state', '=', 'queued')
        .executeTakeFirst(),
    )
    return oldest?.at ? seconds(Date.parse(oldest.at)) : 0
  })
  metrics.watch('mangnon_backup_age_seconds', 'Age of the newest backup in the folder of backups', async () => {
    const newest = await newestBackup(config)
    return newest === undefined ? undefined : seconds(newest.at)
  })
  metrics.watch('mangnon_disk_free_bytes', 'Free space where the data lie', async () => {
    const { bavail, bsize } = await statfs(config.home)
    return bavail * bsize
  })
}
