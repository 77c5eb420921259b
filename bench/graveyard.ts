import { parseArgs } from 'node:util'
import { runTestOf } from '../test/graveyard/run.ts'
import { faultOf } from '../test/graveyard/spoil.ts'
import { variants } from '../test/graveyard/variants.ts'

/**
 * `npm run bench -- graveyard [--only NAME] [--sound]`: rebuilds each flaw in turn and runs the test that must fail on it.
 * With `--sound` each test is first run without the flaw, where it must pass. Exit status 1 = a flaw was not caught, a
 * variant no longer fits the code, or a test fails without its flaw.
 */
const { values } = parseArgs({ options: { only: { type: 'string' }, sound: { type: 'boolean', default: false } } })
const chosen = variants.filter((one) => values.only === undefined || values.only.split(',').includes(one.name))
let faults = 0
const sound = new Map<string, boolean>()
for (const variant of chosen) {
  const { file, test } = variant.caughtBy
  const misfit = faultOf(variant)
  if (misfit !== undefined) {
    tell('DOES NOT FIT', variant.name, misfit)
    continue
  }
  const key = `${file} ${test}`
  if (values.sound && !sound.has(key)) {
    const { passed, failed, said } = runTestOf(variant, false)
    sound.set(key, passed.length > 0 && failed.length === 0)
    if (sound.get(key) === false) tell('FAILS WITHOUT ITS FLAW', variant.name, failed.join('; ') || said)
  }
  const { failed, seconds, said } = runTestOf(variant, true)
  if (failed.length > 0) console.log(`caught in ${seconds.toFixed(0)} s  ${variant.name}: ${failed[0]}`)
  else tell('NOT CAUGHT', variant.name, said)
}
console.log(`${chosen.length} flaws rebuilt, ${chosen.length - faults} caught`)
process.exitCode = faults === 0 ? 0 : 1

function tell(what: string, name: string, why: string): void {
  faults++
  console.log(`${what}  ${name}: ${why}`)
}
