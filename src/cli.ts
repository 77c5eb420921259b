import { Command } from 'commander'
import { explainFailure, generateFromMigrations, migrateConfigured, printConfig } from '#platform'

/** `mangnon`: operates the product. Commands load what they need only when they run. */
export function buildCli(): Command {
  const cli = new Command('mangnon')
  cli.description('Măng Non: vận hành hệ thống · operate the system')
  addConfig(cli)
  addMigrate(cli)
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
