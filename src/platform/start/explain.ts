import { join } from 'node:path'
import { UnusableBackup } from '../backup/unusable.ts'
import { InvalidSettings } from '../config.ts'
import { MigrationError } from '../database/migrate.ts'
import { UnsupportedPlatform } from '../database/embedded/binaries.ts'
import { UnusableDatabase } from '../database/external.ts'
import { HomeInUse } from '../database/home-lock.ts'
import { openCatalogue, readMessages } from '../languages.ts'
import { UnsafeSettings } from './instance.ts'

/**
 * What to tell the operator when a start fails for a reason they can act on, in Vietnamese and English;
 * undefined when the fault is ours and its stack is what helps.
 */
export function explainFailure(error: unknown): string | undefined {
  if (isOurs(error)) return error.message
  if (error instanceof InvalidSettings) return both('Cấu hình sai:', 'Settings that cannot be read:', error.message)
  if (error instanceof MigrationError)
    return both('Không nâng cấp được cơ sở dữ liệu:', 'The database cannot be upgraded:', error.message)
  if (error instanceof UnsafeSettings) return explainUnsafe(error.codes)
  return explainSystem(error)
}

/** Faults whose message already says it in two languages. */
function isOurs(error: unknown): error is Error {
  return [HomeInUse, UnsupportedPlatform, UnusableDatabase, UnusableBackup].some((kind) => error instanceof kind)
}

function explainUnsafe(codes: readonly string[]): string {
  const say = openCatalogue(readMessages([join(import.meta.dirname, 'messages')]))
  const list = (language: 'vi' | 'en') =>
    codes.map((code) => `  - ${code}: ${say(language, `platform.unsafe-${code}`)}`)
  return [
    'Măng Non từ chối khởi động vì cấu hình không an toàn:',
    ...list('vi'),
    'Măng Non refuses to start, because these settings are unsafe:',
    ...list('en'),
  ].join('\n')
}

/** Faults of the operating system and of connections that have one likely cause. */
function explainSystem(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const detail = error instanceof Error ? error.message : ''
  if (code === 'EADDRINUSE')
    return both(
      'Cổng đã có chương trình khác dùng; hãy đặt PORT khác.',
      'The port is in use; set another PORT.',
      detail,
    )
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'ETIMEDOUT')
    return both('Không kết nối được tới máy chủ cơ sở dữ liệu.', 'The database server cannot be reached.', detail)
  if (code === '28P01' || code === '28000')
    return both('Máy chủ cơ sở dữ liệu từ chối đăng nhập.', 'The database server refused the sign-in.', detail)
  if (code === '3D000') return both('Cơ sở dữ liệu chưa được tạo.', 'The database does not exist.', detail)
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOSPC')
    return both('Không ghi được vào thư mục dữ liệu.', 'The data directory cannot be written to.', detail)
  return undefined
}

function both(vi: string, en: string, detail: string): string {
  return `${vi}\n${en}\n${detail}`
}
