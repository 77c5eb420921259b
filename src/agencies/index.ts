export { loadAgencies, type AgenciesData } from './commands.ts'
export { listClassNames } from './class-names.ts'
export { getAgencyDetail } from './detail.ts'
export {
  findClass,
  holdersOf,
  resolveClass,
  splitNames,
  suggestAgencies,
  type AgencySuggestion,
  type HoldersQuery,
  type ResolvedClass,
} from './holders.ts'
export { findLetterhead } from './letterhead.ts'
export { getAgency, holdsFunction, listAgencyNames, nameOfBody, type AgencyHead, type NamedAgency } from './names.ts'
export { listAgencies, searchAgencies, type AgencyFilter, type FoundAgency } from './queries.ts'
export { bodyList } from './list.ts'
export { agencyRoutes } from './routes.ts'
export { applyDueReforms, applyReformsJob, type ApplyParts } from './reforms/apply.ts'
export { reformRoutes } from './reforms/routes.ts'
export { stateWith, type CountrySource } from './reforms/state.ts'
export { readAppliedReforms } from './reforms/store.ts'
export type { Moving } from './reforms/touched.ts'
export type { ReformParts, TouchedSource } from './reforms/trial.ts'
