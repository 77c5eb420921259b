import type { z } from 'zod'
import type { Context } from '../context.ts'
import type { Problem } from '../errors.ts'
import type { FileStore, ReceivedFile } from '../files.ts'
import type { Sight } from '../remember.ts'
import type { CommonContext, DoneTogether, Together } from './together.ts'

/** A file in answer: sent as an attachment, never shown inline. */
export type FileAnswer = { fileName: string; mediaType: string; bytes: Uint8Array }

export type Input<P, Q, B> = { params: P; query: Q; body: B }

type Shape = z.ZodType | undefined
type Parsed<S extends Shape> = S extends z.ZodType ? z.output<S> : undefined

/**
 * A route as data: one declaration gives handler, validation, permission, OpenAPI entry and the browser's types.
 * `allow` names a permission of the table in `access`, or `public`, or how far somebody has come in: `known` (anyone, a
 * program too), `entering` (the password was given), `enrolling` (may take up a second factor), `signed-in`.
 */
export type Route = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  path: string
  summary: string
  allow: string
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  returns?: z.ZodType
  /**
   * The request's body is a file's bytes (`application/octet-stream`), at most so many. `into`: they go to this store as
   * they come, before the transaction begins, and `run` is told where they lie. `before`: refuses before a byte is taken in,
   * told what the address asks.
   */
  upload?: { maxBytes: number; into?: FileStore; before?: (ctx: Context, query: unknown) => Promise<unknown> }
  /** How large the JSON of the request may be, where a megabyte is too little. */
  maxBodyBytes?: number
  /** The answer is a file. */
  download?: true
  /** A GET that hands data out of the system: audited like a write. */
  exports?: true
  /**
   * A GET whose answer is kept until what it is made of is written to (`remembered`): of plans, bodies, units and files only,
   * for those who see the same; `person`: for one person alone.
   */
  kept?: Sight | 'person'
  /** The answer holds a secret that is told once: it is not kept for a repeat of the request. */
  shownOnce?: true
  /**
   * Writes that come in great number at once are done together, at most so many in one transaction. What is not plain it leaves undone
   * (undefined), and `run` is asked for it alone; so it is with a repeat. Nothing subscribes to what it records.
   */
  together?: {
    most: number
    run: (
      ctx: CommonContext,
      some: readonly Together<Input<never, never, never>>[],
    ) => Promise<readonly (DoneTogether | undefined)[]>
  }
  /** Its statements are the same few each time, told a few rows: their plans are kept (`keepingPlans`). For what many ask in one hour. */
  plansKept?: true
  /**
   * A problem that is returned, not thrown, refuses the request and yet keeps what was written: a failed try that must
   * be counted and recorded.
   */
  run: (ctx: Context, input: Input<never, never, never>) => Promise<unknown>
}

type Declared<P extends Shape, Q extends Shape, B extends Shape, R extends Shape, U, D> = Omit<
  Route,
  'params' | 'query' | 'body' | 'returns' | 'run' | 'together' | 'upload' | 'download'
> & {
  params?: P
  query?: Q
  body?: B
  returns?: R
  upload?: U
  download?: D
  together?: {
    most: number
    run: (
      ctx: CommonContext,
      some: readonly Together<Input<Parsed<P>, Parsed<Q>, Parsed<B>>>[],
    ) => Promise<readonly (DoneTogether | undefined)[]>
  }
  run: (
    ctx: Context,
    input: Input<
      Parsed<P>,
      Parsed<Q>,
      U extends { into: FileStore } ? ReceivedFile : U extends object ? Uint8Array : Parsed<B>
    >,
  ) => Promise<Problem | (D extends true ? FileAnswer : R extends z.ZodType ? z.input<R> : void)>
}

/** Declares a route; the types of `run` follow from the schemas. */
export function route<
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends z.ZodType | undefined = undefined,
  U extends { maxBytes: number; into?: FileStore } | undefined = undefined,
  D extends true | undefined = undefined,
>(declared: Declared<P, Q, B, R, U, D>): Route {
  return declared as unknown as Route
}
