import path from 'node:path'
import {
  idOfKey,
  messageFolders,
  openCatalogue,
  openFileStore,
  openInstance,
  readConfig,
  readMessages,
  systemActor,
} from '#platform'
import { runImportCommand } from '#recommendations'
import { openCountry } from './app.ts'

/** `mangnon recommendations import`: reads a file in the name of the body that leads the work, beside a running server or alone. */
export async function importRecommendations(
  env: Record<string, string | undefined>,
  file: string,
  language: string,
): Promise<number> {
  const config = readConfig(env)
  const instance = await openInstance(config, { besideRunning: true })
  try {
    const country = await openCountry(config.country)
    return await runImportCommand({
      ground: {
        db: instance.db,
        timeZone: country.timeZone,
        language: country.language,
        now: () => new Date(),
        subscribers: [],
      },
      files: openFileStore(path.join(config.home, 'files')),
      own: country.ownState,
      say: openCatalogue(readMessages(messageFolders(import.meta.dirname))),
      actor: { ...systemActor, agencyId: idOfKey(country.lead.agencyKey) },
      file,
      language,
      out: (line) => console.log(line),
    })
  } finally {
    await instance.close()
  }
}
