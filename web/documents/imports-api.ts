import { queryOptions } from '@tanstack/react-query'
import type {
  ImportDetail,
  ImportSummary,
  OriginalBlock,
  SavedProposal,
  SaveProposal,
  SuggestedBody,
  UploadAnswer,
} from '#documents/model'
import type { Page } from '#platform/model'
import { send } from '../kit/api.ts'
import type { Picked } from '../kit/Picker.tsx'

async function ask<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const sent = body === undefined ? undefined : new Blob([JSON.stringify(body)], { type: 'application/json' })
  const response = await send(method, path, sent, signal)
  return (response.status === 204 ? undefined : await response.json()) as T
}

function importPath(id: string, part = ''): string {
  return `/documents/imports/${encodeURIComponent(id)}${part}`
}

/** What an upload may be; the server looks inside. */
export const documentRule = {
  endings: ['.docx', '.pdf', '.html', '.htm', '.txt', '.doc', '.rtf', '.odt'],
  maxBytes: 20_000_000,
}

export function importsQuery(page: number, size: number, state: string | undefined) {
  const query = new URLSearchParams({ page: String(page), size: String(size), ...(state ? { state } : {}) })
  return queryOptions({
    queryKey: ['documents', 'imports', String(query)],
    queryFn: ({ signal }) => ask<Page<ImportSummary>>('GET', `/documents/imports?${query}`, undefined, signal),
  })
}

export function importQuery(id: string) {
  return queryOptions({
    queryKey: ['documents', 'import', id],
    queryFn: ({ signal }) => ask<ImportDetail>('GET', importPath(id), undefined, signal),
    // A review under way is not to be replaced under the hands of the one who makes it.
    refetchOnWindowFocus: false,
    refetchOnMount: 'always',
  })
}

export function originalQuery(id: string) {
  return queryOptions({
    queryKey: ['documents', 'original', id],
    queryFn: ({ signal }) => ask<{ blocks: OriginalBlock[] }>('GET', importPath(id, '/original'), undefined, signal),
    staleTime: Infinity,
  })
}

export async function uploadDocument(file: File, again: boolean): Promise<UploadAnswer> {
  const query = new URLSearchParams({ fileName: file.name, ...(again ? { again: 'true' } : {}) })
  const bytes = new Blob([file], { type: 'application/octet-stream' })
  const response = await send('POST', `/documents/imports?${query}`, bytes)
  return (await response.json()) as UploadAnswer
}

export const saveProposal = (id: string, body: SaveProposal) =>
  ask<SavedProposal>('PUT', importPath(id, '/proposal'), body)
export const matchAgain = (id: string, version: number) =>
  ask<ImportDetail>('POST', importPath(id, '/matching'), { version })
export const discardImport = (id: string) => ask<undefined>('POST', importPath(id, '/discard'), {})

/** Saves the file as it was loaded, in the post one acts in: a plain link would not say which. */
export async function downloadFile(id: string, name: string): Promise<void> {
  const response = await send('GET', importPath(id, '/file'))
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** Makes the plan of a finished review. */
export function makePlan(importId: string, issuerId: string, parentPlanIds: string[]): Promise<{ planId: string }> {
  return ask('POST', '/plans/from-import', { importId, issuerId, parentPlanIds })
}

export type Issuer = { id: string; name: string; endedOn: string | null }

/** Bodies whose plans one's own may keep; with one asked about, it too when it is one of them. */
export function issuersQuery(asked: string | null) {
  const query = asked === null ? '' : `?${new URLSearchParams({ agencyId: asked })}`
  return queryOptions({
    queryKey: ['plans', 'issuers', asked],
    queryFn: ({ signal }) => ask<Issuer[]>('GET', `/plans/issuers${query}`, undefined, signal),
    staleTime: 60_000,
  })
}

export function suggestBodies(id: string, raw: string, signal?: AbortSignal): Promise<SuggestedBody[]> {
  return ask('GET', importPath(id, `/suggestions?${new URLSearchParams({ raw })}`), undefined, signal)
}

/** A body as the list of bodies shows it. */
export type FoundAgency = {
  id: string
  name: string
  superior: { name: string } | null
  unit: { name: string }
  validTo: string | null
}

/** Bodies by what was typed, as they were called on a date; `more` narrows by kind or level. */
export async function findAgencies(
  search: string,
  asOf: string | undefined,
  signal?: AbortSignal,
  more: Record<string, string> = {},
): Promise<FoundAgency[]> {
  const query = new URLSearchParams({ search, size: '12', ...(asOf ? { asOf } : {}), ...more })
  return (await ask<Page<FoundAgency>>('GET', `/agencies?${query}`, undefined, signal)).items
}

/** The superiors of a body, the nearest first. */
async function bodiesAbove(agencyId: string, signal?: AbortSignal): Promise<string[]> {
  const above: string[] = []
  for (let id: string | undefined = agencyId; id !== undefined && above.length < 4;) {
    const agency: { superiors: { agency: { id: string }; validTo: string | null }[] } = await ask(
      'GET',
      `/agencies/${encodeURIComponent(id)}`,
      undefined,
      signal,
    )
    id = agency.superiors.find(({ validTo }) => validTo === null)?.agency.id
    if (id !== undefined) above.push(id)
  }
  return above
}

type FoundPlan = {
  id: string
  title: string
  number: string | null
  level: string
  issuer: { id: string; name: string }
  owner: { id: string }
}

/**
 * Issued plans by what was typed, to put the new one under: those of the bodies above one's own first, then the central
 * ones, one's own, the provinces', and communes' last.
 */
export async function findPlans(search: string, agencyId: string | null, signal?: AbortSignal): Promise<Picked[]> {
  const list = async (more: Record<string, string>) => {
    const query = new URLSearchParams({ search, state: 'issued', size: '12', ...more })
    return (await ask<Page<FoundPlan>>('GET', `/plans?${query}`, undefined, signal)).items
  }
  const above = agencyId === null ? [] : await bodiesAbove(agencyId, signal)
  const found = await Promise.all([
    ...above.map((issuerId) => list({ issuerId })),
    list({ level: 'central' }),
    list({ mine: 'true' }),
    list({ level: 'province' }),
    list({}),
  ])
  const plans = [...new Map(found.flat().map((plan) => [plan.id, plan])).values()].slice(0, 30)
  return plans.map((plan) => ({
    id: plan.id,
    name: plan.number ?? plan.title,
    detail: plan.number === null ? plan.issuer.name : `${plan.issuer.name}: ${plan.title}`,
  }))
}
