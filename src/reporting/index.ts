export { reportingRoutes } from './routes.ts'
export { landObligations } from './regimes/commands/land-obligations.ts'
export { obligationList } from './regimes/list.ts'
