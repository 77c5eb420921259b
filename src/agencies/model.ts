export * from './model/bodies.ts'
export * from './model/letterhead.ts'
export * from './model/reforms.ts'
