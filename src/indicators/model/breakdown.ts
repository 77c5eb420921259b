import { z } from 'zod'

/** Dimension and value: empty for the whole, `sex=female`, several parted by semicolons. */
export const Breakdown = z
  .string()
  .max(200)
  .regex(/^([a-z0-9.-]+=[a-z0-9.-]+(;[a-z0-9.-]+=[a-z0-9.-]+)*)?$/)
  .meta({ id: 'Breakdown' })
