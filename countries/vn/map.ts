import { readFileSync } from 'node:fs'
import path from 'node:path'
import { CountryMap } from '#territory/model'

/**
 * The provinces as tiles, each near where it lies, in the borders before and since 1 July 2025; and the archipelagos of Hoàng Sa (Đà Nẵng)
 * and Trường Sa (Khánh Hòa), which every map shows. The layout is this project's own.
 */
export const map = CountryMap.parse(JSON.parse(readFileSync(path.join(import.meta.dirname, 'map.json'), 'utf8')))
