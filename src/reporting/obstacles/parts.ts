import type { DaysOff, ObstacleRules } from '../model.ts'

/** What obstacles need to know of the country. */
export type ObstacleParts = { daysOff: DaysOff; obstacles: ObstacleRules }
