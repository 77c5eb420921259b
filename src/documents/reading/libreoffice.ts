import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { UnreadableDocument } from './errors.ts'
import { limits } from './limits.ts'

/**
 * Turns a file of an older office program into .docx with LibreOffice, where the machine has it. The program runs on a
 * profile of its own in a new folder that is removed afterwards, without macros and without a way to the network, and
 * is killed with all it started when it takes too long.
 *
 * @throws UnreadableDocument `converter-missing`, `converter-failed`, `encrypted`, `too-long`, `too-large`
 */
export async function convertToDocx(bytes: Uint8Array): Promise<Uint8Array> {
  if (isEncrypted(bytes)) throw new UnreadableDocument('encrypted')
  const folder = await mkdtemp(path.join(tmpdir(), 'mangnon-office-'))
  try {
    const profile = path.join(folder, 'profile')
    await mkdir(path.join(profile, 'user'), { recursive: true })
    await writeFile(path.join(profile, 'user', 'registrymodifications.xcu'), settings)
    // The content tells the program what it is; the name is ours.
    await writeFile(path.join(folder, 'source.doc'), bytes)
    await run(folder, profile)
    const docx = path.join(folder, 'out', 'source.docx')
    const made = await stat(docx).catch((cause: unknown) => {
      throw new UnreadableDocument('converter-failed', {}, cause)
    })
    if (made.size > limits.archiveBytes)
      throw new UnreadableDocument('too-large', { bytes: made.size, limit: limits.archiveBytes })
    return new Uint8Array(await readFile(docx))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** No macros, no linked content, every address through a proxy that is not there. */
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
`

function run(folder: string, profile: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  const child = spawn(
    'soffice',
    [
      `-env:UserInstallation=file://${profile}`,
      '--headless',
      '--norestore',
      '--nologo',
      '--nodefault',
      '--nolockcheck',
      '--convert-to',
      'docx:MS Word 2007 XML',
      '--outdir',
      path.join(folder, 'out'),
      path.join(folder, 'source.doc'),
    ],
    { cwd: folder, env: environment(folder), stdio: 'ignore', detached: true },
  )
  const deadline = setTimeout(() => {
    // Its own group: the launcher starts the program proper.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    reject(new UnreadableDocument('too-long'))
  }, limits.converterMs)
  child.once('error', (cause) => {
    const isMissing = 'code' in cause && cause.code === 'ENOENT'
    reject(new UnreadableDocument(isMissing ? 'converter-missing' : 'converter-failed', {}, cause))
  })
  child.once('exit', () => resolve(undefined))
  return promise.finally(() => clearTimeout(deadline))
}

/** Only what the program needs; nothing of the server's settings. */
function environment(folder: string): NodeJS.ProcessEnv {
  const proxy = 'http://127.0.0.1:9'
  return {
    PATH: process.env.PATH,
    HOME: folder,
    TMPDIR: folder,
    LANG: 'C.UTF-8',
    http_proxy: proxy,
    https_proxy: proxy,
    all_proxy: proxy,
  }
}

/** A Word file under a password is an old container that holds a package named so, in letters of two bytes. */
function isEncrypted(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 65_536)).includes(
    Buffer.from('EncryptedPackage', 'utf16le'),
  )
}
