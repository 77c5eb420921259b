export { runLinkageCommand } from './command.ts'
export type { HeadingWords, LinkageKnowledge } from './knowledge.ts'
export { holdRegister } from './register/hold.ts'
export { findInRegister, type Match, type Register } from './register/register.ts'
