export { runLinkageCommand } from './command.ts'
export type { HeadingWords, LinkageKnowledge } from './knowledge.ts'
