import type { Context } from '#platform'
import type { ReadReporting } from '../model.ts'
import { suggestBodies } from './matching.ts'
import { preset } from './rules/preset.ts'
import { getImportRow } from './store.ts'

/** A body or class that printed words mean without doubt; both null where they may mean more than one, or nobody known. */
export type MeantBody = { agencyId: string | null; classCode: string | null; name: string | null }

export type ReportedDocument = {
  title: string | null
  number: string | null
  issuedOn: string | null
  reporting: readonly (ReadReporting & { whoMeans: MeantBody; toMeans: MeantBody })[]
}

const nobody: MeantBody = { agencyId: null, classCode: null, name: null }

/**
 * The reporting duties of a document taken in by the acting body, as they were read, with the bodies their words mean.
 * @throws notFound
 */
export async function readReported(ctx: Context, importId: string): Promise<ReportedDocument> {
  const { proposal } = await getImportRow(ctx, importId)
  if (proposal === null) return { title: null, number: null, issuedOn: null, reporting: [] }
  const { header, issuer } = proposal
  const on = header.issuedOn.value ?? ctx.today
  const known = new Map<string, MeantBody>()
  for (const raw of new Set(proposal.reporting.flatMap(({ who, to }) => [who, to])))
    if (raw !== null) {
      const options = await suggestBodies(ctx, raw, { issuerId: issuer.agencyId, on })
      const meant = preset(options)
      const name = options.find((one) => one.agencyId === meant.agencyId && one.classCode === meant.classCode)?.name
      known.set(raw, { ...meant, name: name ?? null })
    }
  const meant = (raw: string | null) => (raw === null ? nobody : (known.get(raw) ?? nobody))
  return {
    ...{ title: header.title.value, number: header.number.value },
    issuedOn: header.issuedOn.value,
    reporting: proposal.reporting.map((one) => ({ ...one, whoMeans: meant(one.who), toMeans: meant(one.to) })),
  }
}
