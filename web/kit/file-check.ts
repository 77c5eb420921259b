/** What may be given: endings with their dot, lower case, and the most bytes. */
export interface FileRule {
  endings: readonly string[]
  maxBytes: number
}

export type FileFault = 'file-wrong-type' | 'file-too-large' | 'file-empty'

/** Whether a file may be sent; the server looks at what is inside. */
export function faultOf(file: { name: string; size: number }, rule: FileRule): FileFault | undefined {
  const name = file.name.toLowerCase()
  if (!rule.endings.some((ending) => name.endsWith(ending))) return 'file-wrong-type'
  if (file.size === 0) return 'file-empty'
  return file.size > rule.maxBytes ? 'file-too-large' : undefined
}
