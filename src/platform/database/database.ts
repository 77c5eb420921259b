import type { Database } from './tables.ts'

export type { Database }

/** Where the server connects. Two roles: the one that owns the schema migrates, the other one does all the rest. */
export type Connections = {
  ownerUrl: string
  appUrl: string
  /** Shown to the operator; holds no password. */
  place: string
  embedded: boolean
  /** What the operator should know of this server, in two languages; nothing that forbids to run. */
  notes: string[]
  /** Whether the embedded server this process answers for has ended: it will not come back by itself. */
  hasEnded: () => boolean
  /** Tells a start that comes now to wait for our end. */
  announceLeaving: () => void
  /** Stops the embedded server when this process answers for it. */
  stop: () => Promise<void>
}
