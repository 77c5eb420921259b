import { readReported, type ReportedDocument } from '#documents'
import { invalid, type Context } from '#platform'
import type { RegimeParts } from '../parts.ts'
import type { FromDocument, PrintedRegime, RegimeWordsRead } from './model.ts'

/** The reporting section of a document taken in by the acting body, beside what its words mean. @throws notFound */
export async function readFromDocument(
  ctx: Context,
  { readDays }: Pick<RegimeParts, 'readDays'>,
  importId: string,
): Promise<PrintedRegime> {
  const { reporting, ...document } = await readReported(ctx, importId)
  const isOwn = (agencyId: string | null) => agencyId !== null && agencyId === ctx.actor.agencyId
  return {
    ...{ importId, ...document },
    duties: reporting.map((one) => ({
      ...one,
      ...{ isOwn: isOwn(one.whoMeans.agencyId), isToOwn: isOwn(one.toMeans.agencyId) },
      read: readDays({ due: one.due, sentence: one.raw }),
    })),
  }
}

/** The words of chosen duties, to be kept with the regime they begin. @throws notFound; invalid `reporting.unknown-duty` */
export async function quoteDocument(ctx: Context, { importId, duties }: FromDocument): Promise<RegimeWordsRead> {
  const document = await readReported(ctx, importId)
  return { ...cited(importId, document), quotes: duties.map((at) => quoteOf(document, at)) }
}

const cited = (importId: string, { title, number, issuedOn }: ReportedDocument) => ({
  ...{ importId, title, number, issuedOn },
})

function quoteOf({ reporting }: ReportedDocument, at: number): RegimeWordsRead['quotes'][number] {
  const duty = reporting[at]
  if (duty === undefined) throw invalid('reporting.unknown-duty', { at: at + 1 })
  const { who, to, due, raw, source } = duty
  return { who, to, due, raw, source }
}
