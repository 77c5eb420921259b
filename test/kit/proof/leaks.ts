import { strFromU8, unzipSync } from 'fflate'
import { extractText, getDocumentProxy } from 'unpdf'
import type { BodyName } from '../plan-world.ts'
import { kinds, maySee, type Kind, type Owned, type Viewer } from './policy.ts'
import { homes, isOwner, owners, type Told } from './world.ts'
import { canary } from './records.ts'

/** Every record of the world with the words planted in it. */
export const planted: (Owned & { words: string })[] = kinds.flatMap((kind) =>
  homes.map((owner) => ({ kind, owner, office: isOwner(owner) ? owners[owner] : owner, words: canary(kind, owner) })),
)

/** The words of an answer, wherever they stand: body, headers, and the text of an office file, sheet or PDF. */
export async function wordsOf({ raw, headers }: Told): Promise<string> {
  const heads = JSON.stringify(headers)
  const type = String(headers['content-type'] ?? '')
  const texts = [
    heads,
    decodeURIComponent(heads.replace(/%(?![0-9a-f]{2})/gi, '%25')),
    raw.toString('utf8'),
    raw.toString('utf16le'),
  ]
  if (raw.subarray(0, 2).toString() === 'PK')
    for (const part of Object.values(unzipSync(new Uint8Array(raw))))
      texts.push(strFromU8(part).replace(/<[^>]*>/g, ''), strFromU8(part))
  if (type.includes('pdf') && raw.subarray(0, 5).toString() === '%PDF-') {
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(raw)), { mergePages: true })
    texts.push(text, text.replace(/\s+/g, ''))
  }
  return texts.join('\n')
}

/** The planted words in a text that someone may not read, save those he sent himself. */
export function leaksIn(text: string, viewer: Viewer, sent: string): string[] {
  const found = new Set(text.match(/kx[a-z]+zq/gi) ?? [])
  return [...found].filter((words) => {
    const record = planted.find((one) => one.words === words.toLowerCase())
    return record !== undefined && !maySee(viewer, record) && !sent.includes(words)
  })
}

/** How many records of a kind someone may read: what a list must count. */
export const countFor = (viewer: Viewer, kind: Kind, bodies: readonly BodyName[]) =>
  planted.filter((one) => one.kind === kind && bodies.includes(one.owner) && maySee(viewer, one)).length
