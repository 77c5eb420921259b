/** Shapes of periodic reporting, for the server and the browser. */
export * from './model/calendar.ts'
export * from './model/content.ts'
export * from './model/form.ts'
export * from './model/regime.ts'
export * from './model/states.ts'
export * from './model/reports.ts'
