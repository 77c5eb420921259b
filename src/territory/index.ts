export { readAllUnits, type AllUnits } from './all-units.ts'
export { loadTerritory } from './commands.ts'
export { wordsQuery } from './keys.ts'
export { foldName } from './names.ts'
export {
  getUnit,
  listChildren,
  listUnits,
  searchUnits,
  whatBecame,
  type FoundUnit,
  type UnitFilter,
} from './queries.ts'
export { routes as territoryRoutes } from './routes.ts'
export { holds, territoryFingerprint } from './store.ts'
