export { loadTerritory } from './commands.ts'
