import { idOfKey, type Route } from '#platform'
import { allows } from '../../../src/access/permission-table.ts'
import { addressOf, examples, queryOf } from './examples.ts'
import { none } from './none.ts'
import { keyOf, seats, type Asked, type ProofWorld } from './world.ts'

/** Random numbers that a seed repeats (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type Probe = Asked & { body_: string; role: string; seat: (typeof seats)[number] | null; route: Route }

const hostile = [
  ...["'", '"', '%', '_', '\\', '../../etc/passwd', '${7*7}', '{{7*7}}', "' or 1=1 --", '*', '\u202e', '\u0000', 'NaN'],
  ...[
    '-1',
    '0',
    '1e309',
    '9'.repeat(40),
    'true',
    'null',
    'undefined',
    '__proto__',
    'constructor',
    'kx',
    'kxplan',
    'kx%',
  ],
]

/** Makes one probe: a person, a route, records of anybody, and now and then something that should not be there. */
export function makeProbe(world: ProofWorld, random: () => number): Probe {
  const pick = <T>(list: readonly T[]): T => {
    const at = list[Math.floor(random() * list.length)]
    if (at === undefined) throw new Error('nothing to pick from')
    return at
  }
  const route = pick(world.routes)
  const person = random() < 0.04 ? undefined : pickPerson(world, route, random, pick)
  const example = examples[keyOf(route)] ?? {}
  const of = pick(Object.values(world.records))
  const anyId = () => {
    const records = pick(Object.values(world.records))
    return pick(Object.values(records)) ?? none
  }
  const ids = (example.ids ?? []).map((name) => {
    const kind = random()
    if (kind < 0.55) return of[name] ?? none
    if (kind < 0.75) return pick(Object.values(world.records))[name] ?? none
    if (kind < 0.85) return anyId().slice(0, 200)
    return kind < 0.93 ? none : pick(hostile)
  })
  const mutate = (value: unknown): unknown => {
    if (random() < 0.06) return pick([...hostile, null, [], {}, 0, -1, anyId(), true])
    if (Array.isArray(value)) return value.map(mutate)
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mutate(part)]))
    return typeof value === 'string' && /^[0-9a-f]{8}-/.test(value) && random() < 0.4 ? anyId() : value
  }
  const body = example.body === undefined ? undefined : random() < 0.5 ? example.body(of) : mutate(example.body(of))
  return {
    who: person?.name ?? null,
    ...(person === undefined ? {} : { standing: person.standing }),
    ...{ role: person?.role ?? 'nobody', seat: person?.body ?? null, route, method: route.method },
    path:
      addressOf(route.path, ids) +
      askedWith(route, queryOf(keyOf(route), of), random, () =>
        pick([...hostile, anyId(), '1', '200', '2031-01-01', 'plan', 'kx']),
      ),
    body_: JSON.stringify(body ?? '') + ids.join(' '),
    ...(body === undefined ? {} : { body }),
    ...(example.file === undefined ? {} : { file: Buffer.from(random() < 0.7 ? example.file : pick(hostile)) }),
    headers:
      random() < 0.85
        ? {}
        : {
            [pick([
              'accept-language',
              'x-mangnon-post',
              'x-forwarded-for',
              'x-http-method-override',
              'x-request-id',
              'if-none-match',
              'authorization',
            ])]: pick([
              ...hostile.filter((one) => /^[\x20-\x7e]+$/.test(one)),
              idOfKey('post crown administrator'),
              'fr',
              'PUT',
            ]),
          },
  }
}

/** Mostly someone whose role may ask the route, so that the probe gets past the door. */
function pickPerson(world: ProofWorld, route: Route, random: () => number, pick: <T>(list: readonly T[]) => T) {
  const person = pick(world.people)
  if (random() < 0.3 || !route.allow.includes('.')) return person
  const fitting = world.people.filter((one) => one.standing === 'whole' && allows(one.role, route.allow))
  return fitting.length === 0 ? person : pick(fitting)
}

/** The query of the example, and now and then each parameter the route declares, with anything in it. */
function askedWith(route: Route, usual: string, random: () => number, any: () => string): string {
  const query = new URLSearchParams(usual)
  for (const name of Object.keys(route.query?.shape ?? {}))
    if (random() < 0.25) query.set(name, name === 'page' ? '1' : name === 'size' ? '200' : any().toWellFormed())
  if (random() < 0.05) query.set('isAdministrator', 'true')
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}
