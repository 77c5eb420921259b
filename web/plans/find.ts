import type { AgencyPage, AgencyRef } from '#agencies/model'
import type { Page } from '#platform/model'
import type { PlanDetail, PlanSummary } from '#plans/model'
import type { Find } from '../kit/Picker.tsx'
import { read } from './requests.ts'

const few = 12

/** Bodies in being by what was typed, diacritics forgiven. */
export const findAgencies: Find = async (query, signal) => {
  const page = await read<AgencyPage>('/agencies', { search: query || undefined, inBeing: true, size: few }, signal)
  return page.items.map(({ id, name, formerName, unit }) => ({ id, name, detail: formerName ?? unit.name }))
}

export async function agencyName(id: string): Promise<string> {
  return (await read<AgencyRef>(`/agencies/${id}`)).name
}

/** Plans by number or title. */
export const findPlans: Find = async (query, signal) => {
  const page = await read<Page<PlanSummary>>('/plans', { search: query || undefined, size: few }, signal)
  return page.items.map((plan) => ({
    id: plan.id,
    name: plan.number ? `${plan.number} · ${plan.title}` : plan.title,
    detail: plan.issuer.name,
  }))
}

/** The number of a plan, or its title when it has none. */
export async function planName(id: string): Promise<string> {
  const plan = await read<PlanDetail>(`/plans/${id}`)
  return plan.number ?? plan.title
}
