import path from 'node:path'
import { InvalidSettings, readConfig, type Config, type Environment } from '../config.ts'
import { openCatalogue, readMessages } from '../languages.ts'
import type { Language } from '../model.ts'
import { explainFailure } from '../start/explain.ts'
import { hasDatabase, openConnections } from '../start/instance.ts'
import { checkDatabase, unreachable } from './database.ts'
import { finding, type Finding, type State } from './finding.ts'
import { checkBackups, checkDisk, checkHome, checkServer } from './place.ts'

/**
 * `mangnon doctor`: looks at everything an operator answers for, changes nothing, and can run beside the server. An
 * embedded database that does not run is started for the time of the look.
 *
 * @param deep also reads the newest backup from end to end
 */
export async function examine(env: Environment, options: { deep: boolean; now: Date }): Promise<Finding[]> {
  const config = tryConfig(env)
  if (!('home' in config)) return [config]
  return [
    finding('settings', 'ok', 'settings-ok', { count: config.given.length }),
    checkHome(config),
    ...(await checkDisk(config)),
    ...(await openAndCheck(config, options.now)),
    await checkServer(config),
    await checkBackups(config, options.now, options.deep),
  ]
}

/** 0 = all well, 1 = something wants looking at, 2 = something wants doing. */
export function statusOf(findings: readonly Finding[]): 0 | 1 | 2 {
  const states = new Set(findings.map((found) => found.state))
  return states.has('fault') ? 2 : states.has('warning') ? 1 : 0
}

/** The findings as lines of text in one language. */
export function describeFindings(findings: readonly Finding[], language: Language): string[] {
  const folders = [import.meta.dirname, path.join(import.meta.dirname, '..', 'start')]
  const say = openCatalogue(readMessages(folders.map((folder) => path.join(folder, 'messages'))))
  const mark = (state: State) => say(language, `platform.doctor-state-${state}`)
  const width = Math.max(...(['ok', 'warning', 'fault'] as const).map((state) => mark(state).length))
  return findings.map(
    ({ check, state, code, params }) =>
      `${mark(state).padEnd(width)}  ${check.padEnd(10)}  ${say(language, code, params)}`,
  )
}

function tryConfig(env: Environment): Config | Finding {
  try {
    return readConfig(env)
  } catch (fault) {
    if (!(fault instanceof InvalidSettings)) throw fault
    return finding('settings', 'fault', 'settings-unreadable', { detail: fault.message.replaceAll('\n', '; ') })
  }
}

async function openAndCheck(config: Config, now: Date): Promise<Finding[]> {
  if (!hasDatabase(config)) return [finding('database', 'warning', 'migrations-none')]
  const connections = await openConnections(config, true).catch((fault: unknown) =>
    unreachable(fault, explainFailure(fault)),
  )
  if ('check' in connections) return [connections]
  try {
    return await checkDatabase(config, connections, now)
  } finally {
    await connections.stop()
  }
}
