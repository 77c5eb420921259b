import { createHash } from 'node:crypto'
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { notWritten } from './output/write.ts'
import type { Scored } from './scoring/score-rule.ts'
import { LinkageModel } from './training/model.ts'

/**
 * What a run has worked out so far, in a folder beside its result: the model, and pairs stretch by stretch. An interrupted run of
 * the same files and configuration goes on from there. Holds record numbers and weights, nobody's data.
 */
export type Kept = {
  /** Stretches found of a run before. */
  parts: number
  model: () => LinkageModel | null
  keepModel: (model: LinkageModel) => void
  part: (name: string) => Scored | null
  keepPart: (name: string, scored: Scored) => void
  /** Removes all of it: the result is written. */
  forget: () => void
}

/** Of files this much is looked at from their beginning and their end. */
const looked = 1 << 20

/** Changes with the files, the configuration and what the format of kept parts is. @throws as `openSync` does */
export function fingerprintOf(files: readonly string[], settings: object): string {
  const hash = createHash('sha256').update(`kept/1 ${JSON.stringify(settings)}`)
  for (const file of files) {
    if (!existsSync(file)) continue
    const descriptor = openSync(file, 'r')
    try {
      const { size, mtimeMs } = fstatSync(descriptor)
      hash.update(` ${path.resolve(file)} ${size} ${mtimeMs} `)
      for (const from of [0, Math.max(0, size - looked)]) {
        const bytes = Buffer.alloc(Math.min(looked, size))
        hash.update(bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, from)))
      }
    } finally {
      closeSync(descriptor)
    }
  }
  return hash.digest('hex')
}

/**
 * Opens the folder of a run. What another run left there is removed, unless it was the same and is to be gone on with.
 * @param isResumed whether to go on
 * @throws invalid `linkage.not-written` where something else stands in its place
 */
export function openKept(folder: string, fingerprint: string, isResumed: boolean): Kept {
  const mark = path.join(folder, 'fingerprint')
  const isSame = isResumed && existsSync(mark) && readFileSync(mark, 'utf8') === fingerprint
  const parts = isSame ? readdirSync(folder).filter((name) => name.endsWith('.pairs')).length : 0
  if (!isSame) clear(folder, mark)
  const model = path.join(folder, 'model.json')
  const keep = (file: string, data: string | Uint8Array) => {
    try {
      if (!existsSync(mark)) {
        mkdirSync(folder, { recursive: true })
        writeFileSync(mark, fingerprint)
      }
      writeFileSync(`${file}.part`, data)
      renameSync(`${file}.part`, file)
    } catch (cause) {
      throw notWritten(folder, cause)
    }
  }
  const fileOf = (name: string) => path.join(folder, `${name}.pairs`)
  return {
    parts,
    model: () => (existsSync(model) ? LinkageModel.parse(JSON.parse(readFileSync(model, 'utf8'))) : null),
    keepModel: (learnt) => keep(model, JSON.stringify(learnt)),
    part: (name) => (existsSync(fileOf(name)) ? unpacked(readFileSync(fileOf(name))) : null),
    keepPart: (name, scored) => keep(fileOf(name), packed(scored)),
    forget: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Removes what another run left; what is not of a run is somebody else's. @throws invalid `linkage.not-written` */
function clear(folder: string, mark: string): void {
  const isOther =
    existsSync(folder) && !existsSync(mark) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0)
  if (isOther) throw notWritten(folder, 'EEXIST')
  rmSync(folder, { recursive: true, force: true })
}

const headBytes = 16

function packed({ left, right, weights, codes, length, compared }: Scored): Uint8Array {
  const bytes = new Uint8Array(headBytes + length * 24)
  new Float64Array(bytes.buffer, 0, 2).set([length, compared])
  new Float64Array(bytes.buffer, headBytes, length).set(weights.subarray(0, length))
  new Float64Array(bytes.buffer, headBytes + length * 8, length).set(codes.subarray(0, length))
  new Int32Array(bytes.buffer, headBytes + length * 16, length).set(left.subarray(0, length))
  new Int32Array(bytes.buffer, headBytes + length * 20, length).set(right.subarray(0, length))
  return bytes
}

/** Null where the file is not whole: then the stretch is worked out again. */
function unpacked(file: Uint8Array): Scored | null {
  const { buffer } = Uint8Array.from(file)
  if (buffer.byteLength < headBytes) return null
  const [length = 0, compared = 0] = new Float64Array(buffer, 0, 2)
  if (buffer.byteLength !== headBytes + length * 24) return null
  return {
    weights: new Float64Array(buffer, headBytes, length),
    codes: new Float64Array(buffer, headBytes + length * 8, length),
    left: new Int32Array(buffer, headBytes + length * 16, length),
    right: new Int32Array(buffer, headBytes + length * 20, length),
    ...{ length, compared },
  }
}
