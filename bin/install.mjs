import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './node24.mjs'
import { run } from './run.mjs'
import { inTurn } from './turn.mjs'

const lockFile = path.join(root, 'package-lock.json')
const modules = path.join(root, 'node_modules')
const stampFile = path.join(modules, '.mangnon-installed')

/** Installs the dependencies exactly as the lockfile says, when they are not. Ends the process when that fails. */
export async function ensureInstalled() {
  if (isInstalled()) return
  if (isShared()) {
    console.error(
      `${modules} là liên kết tới thư mục khác và không khớp package-lock.json. Hãy chạy npm ci ở thư mục gốc của nó.\n` +
        `${modules} is a link to another directory and does not match package-lock.json. Run npm ci where it leads to.`,
    )
    process.exit(1)
  }
  await inTurn(async (keep) => {
    if (isInstalled()) return
    console.log(
      'Đang cài đặt các gói phụ thuộc (chỉ lần đầu, vài phút)…\nInstalling dependencies (first time only, some minutes)…',
    )
    const begun = Date.now()
    const status = await npm(
      ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--loglevel=error'],
      keep,
    )
    if (status !== 0) {
      console.error(
        'Cài đặt không thành công. Kiểm tra mạng và dung lượng đĩa rồi chạy lại.\n' +
          'The installation failed. Check network and disk space, then run again.',
      )
      process.exit(1)
    }
    writeStamp()
    console.log(`Đã cài xong · Installed (${Math.round((Date.now() - begun) / 1000)} s)`)
  })
}

/** npm ci empties node_modules first; through a link it would empty what other checkouts use. */
function isShared() {
  return lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink() === true
}

/** npm as it started us, else the one on the path. */
function npm(parameters, keep) {
  const script = process.env.npm_execpath ?? ''
  const byScript = /npm-cli\.c?js$/.test(script) && existsSync(script)
  const command = byScript ? process.execPath : 'npm'
  return run(command, byScript ? [script, ...parameters] : parameters, { cwd: root, onStart: keep })
}

/** Our stamp says so, or else npm's own record of what it installed agrees with the lockfile in every package. */
function isInstalled() {
  if (!existsSync(modules)) return false
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hashOfLock()) return true
  if (!recordAgrees()) return false
  writeStamp()
  return true
}

function recordAgrees() {
  const record = path.join(modules, '.package-lock.json')
  if (!existsSync(record)) return false
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages
  return Object.entries(wanted).every(([name, { version, integrity, optional }]) => {
    if (name === '') return true
    const there = installed[name]
    if (there === undefined) return optional === true && !isForUs(wanted[name])
    return there.version === version && there.integrity === integrity && existsSync(path.join(root, name))
  })
}

/** Whether an optional package is one this machine needs; the rest npm may leave out. */
function isForUs({ os, cpu, libc }) {
  const names = (list, own) => list?.includes(own) === true
  return names(os, process.platform) && names(cpu, process.arch) && (libc === undefined || libc.includes('glibc'))
}

function hashOfLock() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex')
}

/** A checkout whose packages belong to someone else is used as it is. */
function writeStamp() {
  try {
    writeFileSync(stampFile, hashOfLock())
  } catch (error) {
    if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error
  }
}
