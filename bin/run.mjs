import { spawn } from 'node:child_process'

/** Runs a program to its end with our input and output. @returns its exit status; a signal counts as 1 */
export function run(command, parameters, options = {}) {
  return new Promise((resolve) => {
    const { onStart, ...rest } = options
    const child = spawn(command, parameters, { stdio: 'inherit', ...rest })
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`)
      resolve(1)
    })
    child.once('exit', (code) => resolve(code ?? 1))
    if (child.pid !== undefined) onStart?.(child.pid)
  })
}
