import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { UnusableBackup } from './unusable.ts'

/**
 * Encryption by a passphrase: a key by scrypt, then frames of 64 KiB, each sealed with AES-256-GCM under a nonce of a
 * random prefix, the frame's number and whether it is the last, so that frames cannot be dropped, moved or cut off.
 *
 * @source RFC 7914 (scrypt); NIST SP 800-38D (GCM); Hoang, Reyhanitabar, Rogaway, Vizár 2015 (STREAM)
 */
const magic = Buffer.from('mangnon-sealed-1')
const frame = 64 * 1024
const tagLength = 16
const headLength = magic.length + 16 + 7

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt)

function keyOf(passphrase: string, salt: Buffer): Promise<Buffer> {
  return derive(passphrase.normalize('NFC'), salt, 32, { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 1024 * 1024 })
}

function nonceOf(head: Buffer, at: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  head.copy(nonce, 0, magic.length + 16)
  nonce.writeUInt32BE(at, 7)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

export function isSealed(first: Buffer): boolean {
  return first.subarray(0, magic.length).equals(magic)
}

/** Seals a stream. */
export async function* seal(source: AsyncIterable<Buffer>, passphrase: string): AsyncGenerator<Buffer> {
  const head = Buffer.concat([magic, randomBytes(16), randomBytes(7)])
  const key = await keyOf(passphrase, head.subarray(magic.length, magic.length + 16))
  yield head
  for await (const { piece, at, isLast } of inFrames(source, frame)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(head, at, isLast)).setAAD(head)
    yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()])
  }
}

/** Opens what `seal` made. @throws UnusableBackup at the first frame that is not as it was sealed */
export async function* unseal(source: AsyncIterable<Buffer>, passphrase: string): AsyncGenerator<Buffer> {
  let head: Buffer | undefined
  let key = Buffer.alloc(0)
  for await (const { piece, at, isLast } of inFrames(source, frame + tagLength, headLength)) {
    if (head === undefined) {
      head = piece
      key = Buffer.from(await keyOf(passphrase, head.subarray(magic.length, magic.length + 16)))
      continue
    }
    yield open(piece, { key, head, nonce: nonceOf(head, at - 1, isLast) })
  }
}

function open(piece: Buffer, by: { key: Buffer; head: Buffer; nonce: Buffer }): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', by.key, by.nonce).setAAD(by.head)
    decipher.setAuthTag(piece.subarray(-tagLength))
    return Buffer.concat([decipher.update(piece.subarray(0, -tagLength)), decipher.final()])
  } catch (cause) {
    throw new UnusableBackup('passphrase-or-damaged', '', { cause })
  }
}

/** Cuts a stream into frames of one size (the first may have another); the last one, perhaps empty, is marked. */
async function* inFrames(source: AsyncIterable<Buffer>, size: number, first = size) {
  let held: Buffer[] = []
  let length = 0
  let at = 0
  for await (const piece of source) {
    held.push(piece)
    length += piece.length
    for (let wanted = at === 0 ? first : size; length > wanted; wanted = size) {
      const whole = Buffer.concat(held)
      yield { piece: whole.subarray(0, wanted), at: at++, isLast: false }
      held = [whole.subarray(wanted)]
      length -= wanted
    }
  }
  yield { piece: Buffer.concat(held), at, isLast: true }
}
