import { Command } from 'commander'
import { explainFailure, generateFromMigrations, migrateConfigured, printConfig, readConfig } from '#platform'

/** `mangnon`: operates the product. Commands load what they need only when they run. */
export function buildCli(): Command {
  const cli = new Command('mangnon')
  cli.description('Măng Non: vận hành hệ thống · operate the system')
  addConfig(cli)
  addMigrate(cli)
  addInit(cli)
  addDocuments(cli)
  addGenerate(cli)
  return cli
}

function addConfig(cli: Command): void {
  cli
    .command('config')
    .description('liệt kê mọi thiết lập · list all settings')
    .option('--language <language>', 'vi, en, fr', 'vi')
    .action((options: { language: string }) => {
      const language = options.language === 'en' || options.language === 'fr' ? options.language : 'vi'
      printConfig(process.env, language, (line) => console.log(line))
    })
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
