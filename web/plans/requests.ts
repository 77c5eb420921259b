import { send } from '../kit/api.ts'
import { stringifySearch } from '../kit/url.ts'

/** Values of a query; those undefined are left out. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

/** Reads a route; the shape is that of the schema in `#plans/model` the route declares. */
export async function read<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  const response = await send('GET', path + stringifySearch(query), undefined, signal)
  return (await response.json()) as T
}

/** Writes JSON; routes without an answer give undefined. */
export async function write<T = void>(method: 'POST' | 'PUT', path: string, body: unknown = {}): Promise<T> {
  const response = await send(method, path, new Blob([JSON.stringify(body)], { type: 'application/json' }))
  return (response.status === 204 ? undefined : await response.json()) as T
}

/** Takes something away. */
export async function remove(path: string): Promise<void> {
  await send('DELETE', path)
}

/** Sends one file as its bytes; its name goes in the query. */
export async function upload<T>(path: string, file: File): Promise<T> {
  const bytes = new Blob([file], { type: 'application/octet-stream' })
  const response = await send('POST', path + stringifySearch({ fileName: file.name }), bytes)
  return (await response.json()) as T
}

function nameIn(disposition: string | null): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  return encoded === undefined ? undefined : decodeURIComponent(encoded)
}

/**
 * Downloads a file in the name of the acting post, which a plain link would not say.
 *
 * @param name used when the answer names none
 * @param written what the file is made from, for a route that wants to be told
 */
export async function download(path: string, name: string, written?: unknown): Promise<void> {
  const body = written === undefined ? undefined : new Blob([JSON.stringify(written)], { type: 'application/json' })
  const response = await send(body === undefined ? 'GET' : 'POST', path, body)
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = nameIn(response.headers.get('content-disposition')) ?? name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
