import { layRecords } from '../input/records.ts'
import type { LinkageKnowledge } from '../knowledge.ts'
import type { LinkageConfig } from '../model.ts'
import { readFiles, type FileRead } from '../read.ts'
import { linkRecords, type Progress } from '../run.ts'
import type { LinkageModel } from '../training/model.ts'
import { openRegister, type Register } from './register.ts'

type Holding = {
  config: LinkageConfig
  knowledge: LinkageKnowledge
  model: LinkageModel | null
  progress: Progress
}

/**
 * Reads a register from its file and holds it ready for new records.
 *
 * @param options.model learnt from it before; null learns one, which takes as long as linking the file
 * @throws as `readFiles` does
 */
export async function holdRegister(
  file: string,
  { config, knowledge, model, progress }: Holding,
): Promise<{ register: Register; file: FileRead }> {
  const told = (done: number, total: number) => progress('reading', done, total)
  const { reading, files } = await readFiles([file], { config, knowledge, progress: told })
  const plan = reading.files[0]?.plan
  const [read] = files
  if (!plan || !read) throw new Error('a register without a file')
  const { records, books } = await layRecords(reading)
  const learnt = model ?? (await linkRecords(records, books, { config, model, progress })).model
  const register = await openRegister(records, books, { plan, config, knowledge, model: learnt })
  return { register, file: read }
}
