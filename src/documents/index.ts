export { readDocument } from './reading/read-document.ts'
export { openSource } from './reading/open-source.ts'
export { UnreadableDocument } from './reading/errors.ts'
export type { UnreadableReason } from './reading/errors.ts'
export { runReadCommand } from './reading/command.ts'
export type { ReadCommandIo } from './reading/command.ts'
export type {
  AgencyGrammar,
  ClosingGrammar,
  DocumentGrammar,
  DutyGrammar,
  EncodingGrammar,
  FieldRole,
  LegacyEncoding,
  MarkerKind,
  ReportingGrammar,
  SectionRole,
  SentenceGrammar,
  TargetGrammar,
} from './reading/grammar.ts'
export type { Comparator, DutyKind, Frequency, ReadDuty, Reading, ReadTarget, ReadTask, ReadTime } from './model.ts'
export { writeDocx } from './writing/write-docx.ts'
export { writeDocument, writePages } from './writing/write-apart.ts'
export { minutesDocument } from './writing/minutes.ts'
export { summaryPages } from './writing/summary-pages.ts'
export { planDocument } from './writing/plan-document.ts'
export { statusReport } from './writing/status-report.ts'
export { urgingLetter } from './writing/urging-letter.ts'
export { referenceTo } from './writing/wording.ts'
export { roman } from './roman.ts'
export type { DocumentTemplates, OfficialLayout, SummaryWords } from './writing/layout.ts'
export { contentTwips } from './writing/measure.ts'
export { paragraph, space } from './writing/pieces.ts'
export type { Pages, Piece } from './writing/pieces.ts'
export type {
  DocumentHead,
  OfficialDocument,
  PlanInput,
  ReportedTask,
  StatusFigures,
  StatusReportInput,
  UrgingLetterInput,
} from './writing/model.ts'
export { readReported, type ReportedDocument } from './import/reported.ts'
export { importRoutes } from './import/routes.ts'
export { importSubject } from './import/subject.ts'
export { readImportJob } from './import/jobs.ts'
export { suggestBodies } from './import/matching.ts'
export { preset as presetBody } from './import/rules/preset.ts'
export { takeConfirmed, tieToPlan, type ConfirmedImport, type ImportParts } from './import/commands.ts'
