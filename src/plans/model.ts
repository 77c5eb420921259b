export * from './model/draft.ts'
export * from './model/numbers.ts'
export * from './model/plan.ts'
export * from './model/work.ts'
