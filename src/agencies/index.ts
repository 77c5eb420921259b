export { loadAgencies, type AgenciesData } from './commands.ts'
