export { loadAgencies, type AgenciesData } from './commands.ts'
export { listClassNames } from './class-names.ts'
export {
  findClass,
  holdersOf,
  resolveClass,
  suggestAgencies,
  type AgencySuggestion,
  type HoldersQuery,
  type ResolvedClass,
} from './holders.ts'
export { getAgency, listAgencyNames, type AgencyHead, type NamedAgency } from './queries.ts'
