export { writeDocx } from './writing/write-docx.ts'
export { planDocument } from './writing/plan-document.ts'
export { statusReport } from './writing/status-report.ts'
export { urgingLetter } from './writing/urging-letter.ts'
export { referenceTo } from './writing/wording.ts'
export type { DocumentTemplates, OfficialLayout } from './writing/layout.ts'
export type {
  DocumentHead, OfficialDocument, PlanInput, ReportedTask, StatusFigures, StatusReportInput, UrgingLetterInput,
} from './writing/model.ts'
