export { isAtWork, OutOfBounds, runApart, type Bounds, type WorkerAnswer } from './apart.ts'
export { listAuditEntries, type AuditFilter } from './audit.ts'
export { backupConfigured, checkBackup, restoreConfigured } from './backup/commands.ts'
export { readConfig, type Config } from './config.ts'
export {
  changedParams,
  setSecurityContext,
  systemActor,
  type Actor,
  type Context,
  type RecordParams,
} from './context.ts'
export { claims, days, integers, uuids, words } from './database/arrays.ts'
export type { Database } from './database/database.ts'
export { keepingPlans } from './database/plans-kept.ts'
export { describeFindings, examine, statusOf } from './doctor/doctor.ts'
export { watchOperation } from './doctor/watched.ts'
export {
  conflict,
  forbidden,
  invalid,
  notFound,
  Problem,
  tooMany,
  unauthenticated,
  unavailable,
  type FieldFault,
} from './errors.ts'
export { fingerprintOf, readFact, writeFact } from './facts.ts'
export {
  getFile,
  keepFile,
  listFiles,
  openFileStore,
  removeFile,
  storeFile,
  sweepReceived,
  type FileStore,
  type ReceivedFile,
} from './files.ts'
export type { Door, DoorAnswer, DoorRoute, Visit } from './http/door.ts'
export { forgetOldAnswers } from './http/idempotency.ts'
export { describeApi } from './http/openapi.ts'
export { gather } from './gather.ts'
export { asActor, type CommonContext, type DoneTogether, type Together } from './http/together.ts'
export { route, type FileAnswer, type Route } from './http/route.ts'
export { cookieName, createServer, deviceCookieName, requestOf, type Authorize, type Identify } from './http/server.ts'
export { startJobRunner, type JobKind, type JobWork } from './jobs/runner.ts'
export { findJob, listJobs, requestCancel } from './jobs/store.ts'
export { messageFolders, openCatalogue, readMessages, type Catalogue } from './languages.ts'
export {
  askForFile,
  columnsOfFile,
  exportBody,
  exportJob,
  fetchFile,
  filterInAudit,
  forgetOldFiles,
  keepListFile,
  listIds,
  type ListParts,
} from './lists/export.ts'
export { beginFile, dateInFile, mediaTypes as sheetMediaTypes } from './lists/file.ts'
export { countFacets } from './lists/facets.ts'
export {
  declareList,
  noneOfIt,
  type Condition,
  type Facet,
  type List,
  type ListColumn,
  type ListFilter,
} from './lists/list.ts'
export { filterBody, listQuery, takeQuery, type ListRequest } from './lists/query.ts'
export { readPlainDate } from './lists/read.ts'
export { facetsRoute } from './lists/routes.ts'
export { onceOf, orderOf, whereOf } from './lists/where.ts'
export { openLog } from './log.ts'
export { openMailer, type Mailer } from './mail.ts'
export { openMetrics, type Metrics } from './metrics.ts'
export { countInWindow, countTry, forgetOldTries, type RateRule } from './rates.ts'
export { cellAddress, readBook, readSheet, type SheetRow } from './sheets/read.ts'
export { readBookApart } from './sheets/read-apart.ts'
export { streamCsv } from './sheets/stream.ts'
export { writeCsv } from './sheets/write-csv.ts'
export type { FormCell, FormRule, FormSheet } from './sheets/form.ts'
export { writeForm } from './sheets/write-form.ts'
export { writeSheets, type SheetTable } from './sheets/write.ts'
export { remembered, type Sight } from './remember.ts'
export { asAnother, asEverywhere, inTransaction, type Doing, type Ground, type Subscriber } from './transaction.ts'
export { dateIn, idOfKey, newId } from './values.ts'
export { checkConfig, generateFromMigrations, migrateConfigured, printConfig } from './start/commands.ts'
export { explainFailure } from './start/explain.ts'
export { openInstance, type Instance } from './start/instance.ts'
export { version } from './version.ts'
