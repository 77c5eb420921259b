import { notFound, type Visit } from '#platform'
import { SystemCode } from '../../model.ts'
import type { Generation } from './conflicts.ts'

/** The partner a caller speaks for: named in its address, else the one that goes by DHIS2's own name. */
export function systemOf({ params }: Pick<Visit, 'params'>): string {
  const { system = 'dhis2' } = params
  if (!SystemCode.safeParse(system).success) throw notFound()
  return system
}

/** The generation a caller reads: that of its address' version from 43 on, else the older, which most scripts are written for. */
export function generationOf({ params }: Pick<Visit, 'params'>): Generation {
  return Number(params.version ?? 0) >= 43 ? '2.43' : '2.42'
}
