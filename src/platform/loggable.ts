/** A fault for the log: database messages can hold values, so only their code and place are kept. */
export function loggable(fault: unknown): unknown {
  if (fault instanceof Error && 'severity' in fault)
    return {
      type: 'database',
      code: 'code' in fault ? fault.code : undefined,
      stack: fault.stack?.split('\n').slice(1).join('\n'),
    }
  return fault
}
