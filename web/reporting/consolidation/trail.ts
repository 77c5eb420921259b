import { stringifySearch } from '../../kit/url.ts'
import { numberName } from '../reports/addresses.ts'
import type { LineAt } from './queries.ts'

/** The line whose source is shown, and those one came down from, as they stand in an address. */
export const lineName = 'dong'
export const trailName = 'qua'

const between = '~'

/** Where a line of a submission comes from; `trail`: the lines it went into, from the top. */
export const traceTo = ({ reportId, number, line }: LineAt, trail: readonly LineAt[] = []): string =>
  `/bao-cao/${reportId}/nguon${stringifySearch({
    ...{ [numberName]: number, [lineName]: line },
    [trailName]: trail.map((one) => [one.reportId, one.number, one.line].join(between)),
  })}`

export const driftTo = (reportId: string, number: number): string =>
  `/bao-cao/${reportId}/bien-dong${stringifySearch({ [numberName]: number })}`

/** The lines one came down from; what is no line is left out. */
export function readTrail(texts: readonly string[]): LineAt[] {
  return texts.flatMap((text) => {
    const [reportId, number, line] = text.split(between)
    const at = Number(number)
    return reportId && line && Number.isInteger(at) && at > 0 ? [{ reportId, number: at, line }] : []
  })
}
