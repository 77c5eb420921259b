export * from './model/imports.ts'
export * from './model/kept.ts'
export * from './model/recommendation.ts'
export * from './model/terms.ts'
