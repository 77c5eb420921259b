export { readDocument } from './reading/read-document.ts'
export { UnreadableDocument } from './reading/errors.ts'
export type { UnreadableReason } from './reading/errors.ts'
export { runReadCommand } from './reading/command.ts'
export type { ReadCommandIo } from './reading/command.ts'
export type {
  AgencyGrammar,
  ClosingGrammar,
  DocumentGrammar,
  DutyGrammar,
  FieldRole,
  MarkerKind,
  ReportingGrammar,
  SectionRole,
  SentenceGrammar,
  TargetGrammar,
} from './reading/grammar.ts'
export type { Comparator, DutyKind, Frequency, ReadDuty, Reading, ReadTarget, ReadTask, ReadTime } from './model.ts'
