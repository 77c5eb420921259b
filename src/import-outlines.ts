import { existsSync } from 'node:fs'
import {
  dateIn,
  messageFolders,
  openCatalogue,
  openInstance,
  Problem,
  readConfig,
  readMessages,
  type Catalogue,
} from '#platform'
import { PlainDate } from '#platform/model'
import { importOutlines } from '#territory'
import { openCountry } from './app.ts'

type Asked = {
  file: string
  level: 'province' | 'district' | 'commune'
  source: string
  on?: string
  code: string
}

/** How many names of units a line says. */
const named = 12

/** `mangnon territory outlines`: takes in outlines of units, beside a running server or alone. @returns the exit code */
export async function bringOutlines(env: Record<string, string | undefined>, asked: Asked): Promise<number> {
  const on = asked.on === undefined ? undefined : PlainDate.safeParse(asked.on)
  if (on?.success === false) return refused('--on: YYYY-MM-DD')
  if (!existsSync(asked.file)) return refused(`Không có tệp · No such file: ${asked.file}`)
  const config = readConfig(env)
  const instance = await openInstance(config, { besideRunning: true })
  const say = openCatalogue(readMessages(messageFolders(import.meta.dirname)))
  try {
    const country = await openCountry(config.country)
    const now = new Date()
    const { file, level, source, code: codeProperty } = asked
    const outlines = { file, level, source, codeProperty, on: on?.data ?? dateIn(country.timeZone, now) }
    const { areas, units, lacking } = await importOutlines(instance.ownerDb, outlines, country.map, now)
    console.log(`Đã nạp ranh giới của ${areas}/${units} đơn vị · Outlines of ${areas} of ${units} units are kept`)
    if (lacking.length === 0) return 0
    console.error(
      `Chưa có ranh giới · Without outline (${lacking.length}): ${lacking.slice(0, named).join(', ')}${lacking.length > named ? ', …' : ''}`,
    )
    return 1
  } catch (fault) {
    if (fault instanceof Problem) return refused(inBoth(say, fault))
    throw fault
  } finally {
    await instance.close()
  }
}

function inBoth(say: Catalogue, { code, params }: Problem): string {
  return (['vi', 'en'] as const).map((language) => say(language, code, params)).join('\n')
}

function refused(words: string): number {
  console.error(words)
  return 2
}
