import { Command, InvalidArgumentError } from 'commander'
import {
  backupConfigured,
  checkBackup,
  checkConfig,
  describeFindings,
  examine,
  explainFailure,
  generateFromMigrations,
  migrateConfigured,
  printConfig,
  readConfig,
  restoreConfigured,
  statusOf,
} from '#platform'

/** `mangnon`: operates the product. Commands load what they need only when they run. */
export function buildCli(): Command {
  const cli = new Command('mangnon')
  cli.description('Măng Non: vận hành hệ thống · operate the system')
  addConfig(cli)
  addDoctor(cli)
  addMigrate(cli)
  addBackup(cli)
  addRestore(cli)
  addInit(cli)
  addDocuments(cli)
  addTerritory(cli)
  addRecommendations(cli)
  addLinkage(cli)
  addGenerate(cli)
  return cli
}

function addConfig(cli: Command): void {
  const config = cli.command('config').description('các thiết lập đang có hiệu lực · the settings in force')
  config
    .command('show', { isDefault: true })
    .description('liệt kê kèm nguồn, che bí mật · list them with their source, secrets masked')
    .option('--language <language>', 'vi, en, fr', languageOf, 'vi')
    .action((options: { language: Language }) => {
      printConfig(process.env, options.language, (line) => console.log(line))
    })
  config
    .command('check')
    .description('kiểm tra thiết lập, không mở cơ sở dữ liệu · check them without opening the database')
    .action(() => {
      checkConfig(process.env)
      console.log('Thiết lập dùng được · The settings can be used')
    })
}

function addDoctor(cli: Command): void {
  cli
    .command('doctor')
    .description(
      'khám hệ thống, không thay đổi gì · examine the instance, change nothing; exit 0 ok, 1 warning, 2 fault',
    )
    .option('--language <language>', 'vi, en, fr', languageOf, 'vi')
    .option('--deep', 'đọc trọn bản sao lưu mới nhất · also read the newest backup from end to end')
    .option('--json', 'in một đối tượng JSON · print one JSON object')
    .action(async (options: { language: Language; deep?: boolean; json?: boolean }) => {
      const findings = await examine(process.env, { deep: options.deep === true, now: new Date() })
      if (options.json === true) console.log(JSON.stringify({ status: statusOf(findings), findings }))
      else for (const line of describeFindings(findings, options.language)) console.log(line)
      process.exitCode = statusOf(findings)
    })
}

type Language = 'vi' | 'en' | 'fr'

function languageOf(text: string): Language {
  if (text === 'vi' || text === 'en' || text === 'fr') return text
  throw new InvalidArgumentError('vi, en, fr')
}

function addMigrate(cli: Command): void {
  cli
    .command('migrate')
    .description('nâng cấp cơ sở dữ liệu · bring the database up to date')
    .action(async () => {
      const applied = await migrateConfigured(process.env)
      console.log(applied.length > 0 ? applied.join('\n') : 'Cơ sở dữ liệu đã mới nhất · The database is up to date')
    })
}

function addBackup(cli: Command): void {
  cli
    .command('backup [file]')
    .description(
      'sao lưu cơ sở dữ liệu và tệp, kể cả khi máy chủ đang chạy · back up database and files, also while the server runs',
    )
    .option(
      '--keep <number>',
      'số bản giữ lại trong thư mục sao lưu · how many are kept in the folder of backups',
      whole,
    )
    .option('--passphrase-file <file>', 'tệp chứa cụm mật khẩu · file that holds the passphrase')
    .action(async (file: string | undefined, options: { keep?: number; passphraseFile?: string }) => {
      const { path, bytes, manifest, seal } = await backupConfigured(process.env, { file, ...options })
      console.log(
        `Đã sao lưu và kiểm tra · Backed up and verified: ${path}\n` +
          `${manifest.tables.length} bảng · tables, ${seal.rows} dòng · rows, ${seal.files} tệp · files, ${Math.ceil(bytes / 1024)} kB`,
      )
      if (seal.gaps.length === 0) return
      console.error(
        `THIẾU ${seal.gaps.length} tệp đã mất hoặc hỏng từ trước · ${seal.gaps.length} files were missing or damaged before:`,
      )
      for (const sha256 of seal.gaps.slice(0, 20)) console.error(`  ${sha256}`)
      process.exitCode = 2
    })
}

function addRestore(cli: Command): void {
  cli
    .command('restore <file>')
    .description('khôi phục từ bản sao lưu; máy chủ phải dừng · restore from a backup; the server must be stopped')
    .option('--replace', 'thay thế dữ liệu hiện có (được sao lưu trước) · replace what is there (backed up first)')
    .option('--check', 'chỉ kiểm tra bản sao lưu · only verify the backup')
    .option('--passphrase-file <file>', 'tệp chứa cụm mật khẩu · file that holds the passphrase')
    .action(async (file: string, options: { replace?: boolean; check?: boolean; passphraseFile?: string }) => {
      const { passphraseFile } = options
      if (options.check === true) {
        const { manifest, seal } = await checkBackup(process.env, { file, passphraseFile })
        console.log(`Nguyên vẹn · Whole: ${manifest.madeAt}, ${seal.rows} dòng · rows, ${seal.files} tệp · files`)
        return
      }
      const { endEverySession } = await import('#access')
      const replace = options.replace === true
      const restored = await restoreConfigured(process.env, {
        file,
        replace,
        passphraseFile,
        afterLoading: endEverySession,
      })
      if (restored.before !== undefined) console.log(`Trạng thái trước đó · The state before: ${restored.before}`)
      const { manifest, seal } = restored
      const last = manifest.migrations.at(-1)?.name ?? ''
      console.log(
        `Đã khôi phục · Restored: ${manifest.madeAt}, ${seal.rows} dòng · rows, ${seal.files} tệp · files (${last})\n` +
          'Mọi người phải đăng nhập lại · Everyone signs in anew',
      )
    })
}

function whole(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('1–9999')
  return Number(text)
}

function addInit(cli: Command): void {
  cli
    .command('init')
    .description('tạo hệ thống trống, chỉ có địa bàn và cơ quan · make an empty instance with units and bodies only')
    .action(async () => {
      const { initialise } = await import('./init.ts')
      for (const line of await initialise(process.env)) console.log(line)
    })
}

function addDocuments(cli: Command): void {
  cli
    .command('documents')
    .description('văn bản · documents')
    .command('read <file>')
    .description('đọc một văn bản hành chính (.txt, .docx) · read an official document; exit 0 read, 2 not readable')
    .option('--json', 'in một đối tượng JSON · print one JSON object')
    .action(async (file: string, options: { json?: boolean }) => {
      const { openCountry } = await import('./app.ts')
      const { runReadCommand } = await import('#documents')
      const { documentGrammar } = await openCountry(readConfig(process.env).country)
      if (documentGrammar === null) throw new Error('this country gives no grammar of documents')
      const io = {
        out: (text: string) => process.stdout.write(text),
        err: (text: string) => process.stderr.write(text),
      }
      process.exitCode = await runReadCommand(file, { json: options.json === true }, documentGrammar, io)
    })
}

function addTerritory(cli: Command): void {
  cli
    .command('territory')
    .description('địa bàn · territory')
    .command('outlines <file>')
    .description(
      'nạp ranh giới để vẽ bản đồ (.geojson, .topojson; kinh độ, vĩ độ) · bring in outlines for maps; exit 0 whole, 1 with units without outline, 2 refused',
    )
    .requiredOption('--level <level>', 'province, district, commune', levelOf)
    .requiredOption('--source <words>', 'nguồn, hiện cạnh mỗi bản đồ · where they come from, said beside every map')
    .option('--on <date>', 'ngày mà ranh giới có hiệu lực · the day whose borders they are (usual: today)')
    .option('--code <property>', 'thuộc tính chứa mã đơn vị · property that holds the code', 'code')
    .action(async (file: string, options: { level: OutlineLevel; source: string; on?: string; code: string }) => {
      const { bringOutlines } = await import('./import-outlines.ts')
      process.exitCode = await bringOutlines(process.env, { file, ...options })
    })
}

type OutlineLevel = 'province' | 'district' | 'commune'

function levelOf(text: string): OutlineLevel {
  if (text === 'province' || text === 'district' || text === 'commune') return text
  throw new InvalidArgumentError('province, district, commune')
}

function addRecommendations(cli: Command): void {
  cli
    .command('recommendations')
    .description('khuyến nghị · recommendations')
    .command('import <file>')
    .description(
      'nạp tệp JSON của Chỉ mục nhân quyền LHQ · read the JSON export of the UN index; exit 0 whole, 1 with refused records, 2 not readable',
    )
    .option('--language <language>', 'ngôn ngữ của tệp · language of the file', 'en')
    .action(async (file: string, options: { language: string }) => {
      const { importRecommendations } = await import('./import-recommendations.ts')
      process.exitCode = await importRecommendations(process.env, file, options.language)
    })
}

type LinkageOptions = {
  out: string
  config?: string
  groups?: string
  report?: string
  modelOut?: string
  model?: string
  resume?: boolean
  language: Language
}

function addLinkage(cli: Command): void {
  const linkage = cli
    .command('linkage')
    .description('tìm các bản ghi của cùng một trẻ · find records of the same child; no database needed')
  const withOptions = (command: Command) =>
    command
      .requiredOption('--out <file>', 'CSV các cặp: left_id,right_id,weight,probability · pairs, linked from 0.5 on')
      .option('--config <file>', 'cấu hình JSON · configuration (docs/users: linkage)')
      .option('--groups <file>', 'CSV các nhóm: id,group · groups of linked records')
      .option('--report <file>', 'báo cáo HTML, mở không cần mạng · report to open in a browser, offline')
      .option('--model-out <file>', 'mô hình đã học · the model that was learnt')
      .option('--model <file>', 'dùng mô hình đã có, không học lại · use a model instead of learning one')
      .option('--resume', 'làm tiếp lần chạy bị ngắt · go on with a run that was interrupted')
      .option('--language <language>', 'vi, en, fr', languageOf, 'vi')
  withOptions(linkage.command('dedupe <file>'))
    .description(
      'các bản ghi trùng trong một tệp .csv, .xlsx · records of one child within a file; exit 0 done, 2 unusable input',
    )
    .action((file: string, options: LinkageOptions) => runLinkage([file], options))
  withOptions(linkage.command('link <left> <right>'))
    .description('các bản ghi của cùng một trẻ ở hai tệp · records of one child in two files')
    .action((left: string, right: string, options: LinkageOptions) => runLinkage([left, right], options))
  addAdd(linkage)
}

function addAdd(linkage: Command): void {
  linkage
    .command('add <register> <new>')
    .description('tìm từng bản ghi mới trong cả một danh sách · find each new record in a whole register')
    .requiredOption('--out <file>', 'CSV các cặp: bản ghi cũ trái, mới phải · pairs, the register left, new ones right')
    .option('--config <file>', 'cấu hình JSON · configuration (docs/users: linkage)')
    .option('--model <file>', 'mô hình đã học từ danh sách, nhanh hơn · a model learnt from the register, quicker')
    .option('--model-out <file>', 'mô hình đã học · the model that was learnt')
    .option('--language <language>', 'vi, en, fr', languageOf, 'vi')
    .action(async (register: string, added: string, options: Omit<LinkageOptions, 'groups' | 'report'>) => {
      const { runAddCommand } = await import('#linkage')
      const { knowledge, io } = await openLinkage()
      process.exitCode = await runAddCommand({ register, added, ...options }, knowledge, io)
    })
}

async function runLinkage(files: string[], options: LinkageOptions): Promise<void> {
  const { runLinkageCommand } = await import('#linkage')
  const { knowledge, io } = await openLinkage()
  process.exitCode = await runLinkageCommand({ files, ...options }, knowledge, io)
}

async function openLinkage() {
  const { openCountry } = await import('./app.ts')
  const { linkageKnowledge: knowledge } = await openCountry(readConfig(process.env).country)
  if (knowledge === null) throw new Error('this country gives no knowledge of names')
  const io = { err: (text: string) => void process.stderr.write(text), isTerminal: process.stderr.isTTY }
  return { knowledge, io }
}

function addGenerate(cli: Command): void {
  cli
    .command('generate')
    .description('sinh kiểu dữ liệu và lược đồ từ cơ sở dữ liệu · generate row types and schema from the database')
    .option('--check', 'chỉ kiểm tra · only check')
    .action(async (options: { check?: boolean }) => {
      const check = options.check === true
      const { generateFromRoutes } = await import('./generated.ts')
      const files = [...(await generateFromMigrations({ check })), ...(await generateFromRoutes({ check }))]
      for (const file of files) console.log(`${options.check === true ? 'cũ · stale' : 'đã ghi · written'}: ${file}`)
      if (options.check === true && files.length > 0) process.exitCode = 1
    })
}

if (process.argv[1] === import.meta.filename)
  await buildCli()
    .parseAsync()
    .catch((error: unknown) => {
      console.error(explainFailure(error) ?? error)
      process.exitCode = 1
    })
