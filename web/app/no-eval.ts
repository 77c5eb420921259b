import { config } from 'zod/v4/core'

/** Zod would try `new Function` for speed; the policy refuses it and each try is a report. Imported before anything else. */
config({ jitless: true })
