import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { scratchDirectory } from '../../../test/kit/children.ts'
import { HomeInUse, lockHome } from './home-lock.ts'

const scratch = scratchDirectory()
afterAll(() => scratch.remove())

let homes = 0
async function aHeldHome(change: Record<string, unknown>, silentForMs = 0): Promise<string> {
  const home = path.join(scratch.path, String(homes++))
  mkdirSync(home)
  const lock = await lockHome(home)
  const holder: Record<string, unknown> = JSON.parse(readFileSync(path.join(home, 'lock.json'), 'utf8'))
  lock.release()
  const file = path.join(home, 'lock.json')
  writeFileSync(file, JSON.stringify({ ...holder, ...change }))
  const touched = new Date(Date.now() - silentForMs)
  utimesSync(file, touched, touched)
  return home
}

test('a directory held by a living process is refused', async () => {
  await expect(lockHome(await aHeldHome({}))).rejects.toThrow(HomeInUse)
})

test.each([
  ['its number belongs to another process by now', { startedAt: '1' }],
  ['the process is gone', { pid: 2 ** 22 + 1 }],
  ['the machine was started again', { boot: 'another-boot' }],
])('a lock is taken over when %s', async (_, change) => {
  const home = await aHeldHome(change)
  const lock = await lockHome(home)
  lock.release()
  expect(existsSync(path.join(home, 'lock.json'))).toBe(false)
})

test('a holder in another container keeps the lock as long as it touches it', async () => {
  await expect(lockHome(await aHeldHome({ processes: 'pid:[1]' }))).rejects.toThrow(HomeInUse)
  const lock = await lockHome(await aHeldHome({ processes: 'pid:[1]' }, 30_000))
  lock.release()
})

test('a start that comes while the holder is stopping waits for its end', async () => {
  const home = path.join(scratch.path, 'stopping')
  mkdirSync(home)
  const first = await lockHome(home)
  first.announceLeaving()
  const second = lockHome(home)
  setTimeout(() => first.release(), 300)
  ;(await second).release()
  expect(existsSync(path.join(home, 'leaving'))).toBe(false)
})
