import { layRecords } from '../input/records.ts'
import type { LinkageKnowledge } from '../knowledge.ts'
import type { LinkageConfig } from '../model.ts'
import { readFiles } from '../read.ts'
import { linkRecords } from '../run.ts'
import type { LinkageModel } from '../training/model.ts'
import { openRegister, type Register } from './register.ts'

/**
 * Reads a register from its file and holds it ready for new records.
 *
 * @param options.model learnt from it before; null learns one, which takes as long as linking the file
 * @throws as `readFiles` does
 */
export async function holdRegister(
  file: string,
  { config, knowledge, model }: { config: LinkageConfig; knowledge: LinkageKnowledge; model: LinkageModel | null },
): Promise<Register> {
  const { reading } = await readFiles([file], { config, knowledge, progress: () => undefined })
  const plan = reading.files[0]?.plan
  if (!plan) throw new Error('a register without a file')
  const { records, books } = await layRecords(reading)
  const learnt = model ?? (await linkRecords(records, books, { config, model, progress: () => undefined })).model
  return openRegister(records, books, { plan, config, knowledge, model: learnt })
}
