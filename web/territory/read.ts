import { send } from '../kit/api.ts'

/** What a query may carry; what is undefined is left out. */
export type Asked = Record<string, string | number | boolean | readonly string[] | undefined>

/** Reads one of the server's answers; its shape is the route's, as the modules' models declare it. */
export async function read<T>(path: string, asked: Asked, signal?: AbortSignal): Promise<T> {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== '') query.append(name, String(one))
  const response = await send('GET', `${path}?${query.toString()}`, undefined, signal)
  return (await response.json()) as T
}
