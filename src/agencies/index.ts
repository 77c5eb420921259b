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
export { getAgency, holdsFunction, listAgencyNames, type AgencyHead, type NamedAgency } from './names.ts'
export { listAgencies, searchAgencies, type AgencyFilter, type FoundAgency } from './queries.ts'
export { routes as agencyRoutes } from './routes.ts'
