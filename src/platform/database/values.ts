import pg from 'pg'

/**
 * How values leave PostgreSQL: calendar dates and decimals as text, instants as ISO text in UTC, whole numbers as
 * numbers. Nothing becomes a JavaScript `Date`, and no decimal passes through binary floating point.
 */
const byOid: Record<number, (text: string) => unknown> = {
  20: wholeNumber, // int8
  1082: String, // date
  1083: String, // time
  1114: String, // timestamp without zone
  1184: instant,
  1186: String, // interval
  1700: String, // numeric
}

const arrays: Record<number, number> = {
  1016: 20,
  1182: 1082,
  1183: 1083,
  1115: 1114,
  1185: 1184,
  1187: 1186,
  1231: 1700,
}

const textArray: number = 1009
const parseTextArray: (text: string) => unknown = pg.types.getTypeParser(textArray, 'text')

/** The table of parsers in the form `pg` wants. */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const element = arrays[oid]
    const parser = byOid[element ?? oid]
    if (format === 'binary' || parser === undefined) return pg.types.getTypeParser(oid, format)
    return element === undefined ? parser : (text: string) => parseArray(text, parser)
  },
}

/**
 * An instant as `Date.prototype.toISOString` writes it, to the millisecond, so that texts compare as instants do.
 * PostgreSQL gives `2026-11-22 01:02:03.123456+00` (the connection's time zone is UTC).
 */
export function instant(text: string): string {
  const parts = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/.exec(text)
  if (parts === null) return text // infinity, or a year before our era
  const [, day = '', time = '', fraction = ''] = parts
  return `${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}Z`
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new RangeError('A whole number from the database is too large to hold exactly')
  return value
}

function parseArray(text: string, parser: (text: string) => unknown): unknown {
  return mapNested(parseTextArray(text), parser)
}

function mapNested(value: unknown, parser: (text: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapNested(item, parser))
  return typeof value === 'string' ? parser(value) : value
}
