import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { invalid } from '../errors.ts'
import type { Route } from './route.ts'

/** How long a request may take to come in; and a file that is taken in as it comes, as long as it keeps coming. */
const receivingMs = 60_000
export const longestUploadMs = 6 * 3_600_000

/** Whoever sends slowly holds a connection: it is closed. Of a file that streams in every minute must bring something. */
export function limitReceiving(request: FastifyRequest, reply: FastifyReply): void {
  const { raw } = request
  if (request.routeOptions.config.isStreamed === true) {
    // What was refused is not taken in to its end.
    reply.raw.once('finish', () => {
      if (!raw.complete) setTimeout(() => raw.destroy(), 1000).unref()
    })
    return
  }
  const timer = setTimeout(() => {
    if (!raw.complete) raw.destroy()
  }, receivingMs)
  timer.unref()
  raw.once('close', () => clearTimeout(timer))
}

/** Takes a file in that goes to the store as it comes. @throws invalid `platform.file-expected`, `platform.too-large` */
export async function receiveFile<T extends { body: unknown }>(
  { upload }: Pick<Route, 'upload'>,
  request: FastifyRequest,
  input: T,
): Promise<T> {
  if (upload?.into === undefined) return input
  if (!(request.body instanceof Readable)) throw invalid('platform.file-expected')
  idempotencyKeyOf(request)
  if (Number(request.headers['content-length'] ?? 0) > upload.maxBytes) throw invalid('platform.too-large')
  const received = await upload.into.receive(comingIn(request.body), upload.maxBytes)
  if (received.size === 0) throw invalid('platform.file-expected')
  return { ...input, body: received }
}

/** A file as it comes, as long as it keeps coming. */
export async function* comingIn(body: Readable): AsyncGenerator<Uint8Array> {
  const timer = setTimeout(() => body.destroy(invalid('platform.unreadable-request')), receivingMs)
  timer.unref()
  try {
    for await (const chunk of body) {
      timer.refresh()
      yield chunk as Uint8Array
    }
  } finally {
    clearTimeout(timer)
  }
}

/** @throws invalid `platform.idempotency-key-missing` */
export function idempotencyKeyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key.length < 8 || key.length > 100) throw invalid('platform.idempotency-key-missing')
  return key
}
