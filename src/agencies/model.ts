export * from './bodies-model.ts'
export * from './reform-model.ts'
