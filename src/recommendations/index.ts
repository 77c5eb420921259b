export { recommendationJobs } from './import/jobs.ts'
export { runImportCommand } from './import/command.ts'
export { findKeepers, loadRecommendationLists } from './load.ts'
export { recommendationRoutes } from './routes.ts'
