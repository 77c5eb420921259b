/** Shapes of periodic reporting, for the server and the browser. */
export * from './model/calendar.ts'
export * from './model/content.ts'
export * from './model/form.ts'
export * from './model/regime.ts'
export * from './model/states.ts'
export * from './regimes/model.ts'
export { judgeRegime, type RegimeFinding } from './regimes/judge.ts'
export { partsOfWindow, periodsAfter, scheduleOf, type ScheduledPeriod } from './regimes/schedule.ts'
